/**
 * What is measured: streams as a server writes them, made up anew from a seed, with what a reader has to make of them.
 */
import { encodeFrame } from '../src/frames/index.js';
import type { InteractionEvent, Step } from '../src/index.js';
import { createRandom, type Random } from './random.js';
import {
  answer,
  CHINESE,
  functionCall,
  longCall,
  pictures,
  serverTool,
  sound,
  type StreamedStep,
  thought,
  times,
} from './streamed-steps.js';

export interface Scenario {
  /** The bytes, as a socket might give them. */
  readonly chunks: readonly Uint8Array[];
  /** The events in them. Each one changes the interaction. */
  readonly events: readonly InteractionEvent[];
  /** The steps that they assemble to. */
  readonly steps: readonly Step[];
}

/** Cuts a stream, given as its frames, into chunks. */
type Cut = (frames: readonly Uint8Array[]) => readonly Uint8Array[];

/** Memory of its own, as from a socket. */
const copyOf = (bytes: Uint8Array): Uint8Array => Uint8Array.from(bytes);

/** Anywhere, inside characters too. */
const cutBySize =
  (sizeOf: () => number): Cut =>
  (frames) => {
    const bytes = Buffer.concat(frames);
    const chunks: Uint8Array[] = [];
    for (let from = 0; from < bytes.length;) {
      const size = sizeOf();
      chunks.push(copyOf(bytes.subarray(from, from + size)));
      from += size;
    }
    return chunks;
  };

const KB = 1024;

const inSmallChunks = (random: Random): Cut => cutBySize(() => random.between(KB, 16 * KB));
const inLargeChunks: Cut = cutBySize(() => 64 * KB);
const eventByEvent: Cut = (frames) => frames.map(copyOf);

const ofSteps = (streamed: readonly StreamedStep[], cut: Cut): Scenario => {
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
  const chunks = cut([...frames, encodeFrame({ event: 'done', data: '[DONE]' })]);
  return { chunks, events, steps: streamed.map(({ whole }) => whole) };
};

/** `scale` is 1 for the streams of the published figures, less for smaller ones. */
type MakeScenario = (scale: number) => Scenario;

const oneAnswer =
  (words?: readonly string[], cut?: Cut): MakeScenario =>
  (scale) => {
    const random = createRandom(1);
    return ofSteps([answer(random, 100_000 * scale, words)], cut ?? inSmallChunks(random));
  };

const oneCall =
  (kb: 64 | 256 | 1024): MakeScenario =>
  (scale) =>
    ofSteps([longCall('json-1m', (scale * kb) / 1024)], inSmallChunks(createRandom(4)));

/** The scenarios by name. */
export const scenarios = {
  /** One long answer. */
  text: oneAnswer(),
  /** Thoughts, answers, calls of functions, and tools of the server, step by step. */
  mixed: (scale) => {
    const random = createRandom(2);
    const kinds: readonly ((id: string) => StreamedStep)[] = [
      () => thought(random),
      () => answer(random),
      (id) => functionCall(random, id),
      (id) => serverTool(random, id),
    ];
    const steps = times(200 * scale, (at) => kinds[at % kinds.length]!(`call_${at}`));
    return ofSteps(steps, inSmallChunks(random));
  },
  /** One long answer of characters of three bytes. */
  utf8: oneAnswer(CHINESE),
  /** One long answer, each event in a chunk of its own: how a live stream arrives. */
  drip: oneAnswer(undefined, eventByEvent),
  /** One long answer in chunks of 64 KB: how one arrives that was waited for. */
  bulk: oneAnswer(undefined, inLargeChunks),
  /** Eight pictures of 1 MB. */
  images: (scale) => {
    const random = createRandom(9);
    return ofSteps([pictures(random, Math.ceil(8 * scale), KB * KB)], inSmallChunks(random));
  },
  /** The arguments of one call: 64 KB, 256 KB, 1 MB. */
  'args-64k': oneCall(64),
  'args-256k': oneCall(256),
  'args-1m': oneCall(1024),
  /** 20,000 short answers in one interaction. Not published: what grows with the number of steps. */
  steps: (scale) => {
    const random = createRandom(10);
    return ofSteps(
      times(20_000 * scale, () => answer(random, 3)),
      inSmallChunks(random),
    );
  },
  /** One sound of 32 MB in pieces of 3 KB. Not published: what grows with the number of pieces. */
  audio: (scale) => {
    const random = createRandom(11);
    return ofSteps([sound(random, 10_000 * scale, 3 * KB)], inSmallChunks(random));
  },
} satisfies Record<string, MakeScenario>;

export type ScenarioName = keyof typeof scenarios;
