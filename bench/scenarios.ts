/**
 * What is measured: streams as a server writes them, made up anew from a seed, with what a reader has to make of them.
 */
import { encodeFrame } from '../src/frames/index.js';
import type { Delta, InteractionEvent, Step } from '../src/index.js';
import { createRandom, type Random } from './random.js';

export interface Scenario {
  /** The bytes, cut into 1 to 16 KB anywhere, inside characters too. */
  readonly chunks: readonly Uint8Array[];
  /** The events in them. Each one changes the interaction. */
  readonly events: readonly InteractionEvent[];
  /** The steps that they assemble to. */
  readonly steps: readonly Step[];
}

/** A step, and the deltas that it comes in. */
interface StreamedStep {
  /** What its `step.start` shows. */
  readonly start: Step;
  readonly deltas: readonly Delta[];
  readonly whole: Step;
}

const ENGLISH =
  'the of and a to in is was for on that with as it by at from his an were are which this also be had first'
    .split(' ')
    .map((word) => ` ${word}`);
/** About one word in a hundred is not ASCII, so that few chunks are. */
const MOSTLY_ASCII = [
  ...Array.from({ length: 10 }, () => ENGLISH).flat(),
  ' café',
  ' naïve',
  ' 🙂',
  '.\n',
  ', "quoted"',
];
const CHINESE = Array.from(
  '的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面，。',
);

const DELTAS_PER_STEP = 200;

const times = <T>(count: number, make: (at: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, at) => make(at));

const textOf = (random: Random, words: readonly string[]): string =>
  times(random.between(1, 8), () => random.pick(words)).join('');

const model = (random: Random, count: number, words: readonly string[]): StreamedStep => {
  const pieces = times(count, () => textOf(random, words));
  return {
    start: { type: 'model_output' },
    deltas: pieces.map((text) => ({ text, type: 'text' })),
    whole: { type: 'model_output', content: [{ type: 'text', text: pieces.join('') }] },
  };
};

const thought = (random: Random): StreamedStep => {
  const summary = times(DELTAS_PER_STEP - 1, () => ({ text: textOf(random, MOSTLY_ASCII), type: 'text' as const }));
  const signature = 'CiQBDDnWx+Xp0gYVp4DFf7zufCwAFeCgpkY+faWGOsR4MtgcquUKaAEMOdbHXVbxkBSTQkypbJ1bQZtW';
  return {
    start: { type: 'thought' },
    deltas: [
      ...summary.map((content) => ({ content, type: 'thought_summary' as const })),
      { signature, type: 'thought_signature' },
    ],
    whole: { type: 'thought', summary, signature },
  };
};

const functionCall = (random: Random, id: string): StreamedStep => {
  const call = { type: 'function_call', id, name: 'save_note' } as const;
  const args = { lines: times(DELTAS_PER_STEP, (line) => ({ line, text: textOf(random, MOSTLY_ASCII) })) };
  const text = JSON.stringify(args);
  const cutAt = (at: number): number => Math.floor((at * text.length) / DELTAS_PER_STEP);
  return {
    start: { ...call, arguments: {}, signature: '' },
    deltas: times(DELTAS_PER_STEP, (at) => ({
      arguments: text.slice(cutAt(at), cutAt(at + 1)),
      type: 'arguments_delta',
    })),
    whole: { ...call, arguments: args },
  };
};

/** A tool of the server. Every delta replaces the one before it: far more of them than a server sends. */
const serverTool = (random: Random, id: string): StreamedStep => {
  const versions = times(DELTAS_PER_STEP, () => ({ code: textOf(random, MOSTLY_ASCII), language: 'python' }));
  return {
    start: { type: 'code_execution_call', id },
    deltas: versions.map((code) => ({ arguments: code, type: 'code_execution_call' })),
    whole: { type: 'code_execution_call', id, arguments: versions.at(-1) },
  };
};

const ofSteps = (random: Random, streamed: readonly StreamedStep[]): Scenario => {
  const interaction = { id: 'v1_bench', object: 'interaction', model: 'gemini-3-flash-preview' };
  // Members stand in the order in which the server writes them.
  const events: readonly InteractionEvent[] = [
    { interaction: { ...interaction, status: 'in_progress' }, event_type: 'interaction.created' },
    ...streamed.flatMap(({ start, deltas }, index): readonly InteractionEvent[] => [
      { index, step: start, event_type: 'step.start' },
      ...deltas.map((delta) => ({ index, delta, event_type: 'step.delta' as const })),
      { index, event_type: 'step.stop' },
    ]),
    { interaction: { ...interaction, status: 'completed' }, event_type: 'interaction.completed' },
  ];
  const frames = events.map((event) => encodeFrame({ event: event.event_type, data: JSON.stringify(event) }));
  const bytes = Buffer.concat([...frames, encodeFrame({ event: 'done', data: '[DONE]' })]);
  return { chunks: cut(random, bytes), events, steps: streamed.map(({ whole }) => whole) };
};

const cut = (random: Random, bytes: Uint8Array): readonly Uint8Array[] => {
  const chunks: Uint8Array[] = [];
  for (let from = 0; from < bytes.length;) {
    const size = random.between(1024, 16 * 1024);
    chunks.push(Uint8Array.from(bytes.subarray(from, from + size))); // memory of its own, as from a socket
    from += size;
  }
  return chunks;
};

/** `scale` is 1 for the streams of the published figures, less for smaller ones. */
type MakeScenario = (scale: number) => Scenario;

/** The scenarios by name. */
export const scenarios = {
  /** One long answer. */
  text: (scale) => {
    const random = createRandom(1);
    return ofSteps(random, [model(random, 100_000 * scale, MOSTLY_ASCII)]);
  },
  /** Thoughts, answers, calls of functions, and tools of the server, step by step. */
  mixed: (scale) => {
    const random = createRandom(2);
    const kinds: readonly ((id: string) => StreamedStep)[] = [
      () => thought(random),
      () => model(random, DELTAS_PER_STEP, MOSTLY_ASCII),
      (id) => functionCall(random, id),
      (id) => serverTool(random, id),
    ];
    return ofSteps(
      random,
      times(200 * scale, (at) => kinds[at % kinds.length]!(`call_${at}`)),
    );
  },
  /** One long answer of characters of three bytes. */
  utf8: (scale) => {
    const random = createRandom(3);
    return ofSteps(random, [model(random, 100_000 * scale, CHINESE)]);
  },
} satisfies Record<string, MakeScenario>;

export type ScenarioName = keyof typeof scenarios;

export const isScenarioName = (name: string): name is ScenarioName => Object.hasOwn(scenarios, name);
