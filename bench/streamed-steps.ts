import type { Delta, Step } from '../src/index.js';
import { type JsonScenarioName, jsonScenarios } from './json-scenarios.js';
import type { Random } from './random.js';

/** A step, and the deltas that it comes in. */
export interface StreamedStep {
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
export const MOSTLY_ASCII: readonly string[] = [
  ...Array.from({ length: 10 }, () => ENGLISH).flat(),
  ' café',
  ' naïve',
  ' 🙂',
  '.\n',
  ', "quoted"',
];

export const CHINESE: readonly string[] = Array.from(
  '的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面，。',
);

const DELTAS_PER_STEP = 200;

export const times = <T>(count: number, make: (at: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, at) => make(at));

const textOf = (random: Random, words: readonly string[]): string =>
  times(random.between(1, 8), () => random.pick(words)).join('');

/** An answer in so many pieces of text. */
export const answer = (
  random: Random,
  count = DELTAS_PER_STEP,
  words: readonly string[] = MOSTLY_ASCII,
): StreamedStep => {
  const pieces = times(count, () => textOf(random, words));
  return {
    start: { type: 'model_output' },
    deltas: pieces.map((text) => ({ text, type: 'text' })),
    whole: { type: 'model_output', content: [{ type: 'text', text: pieces.join('') }] },
  };
};

export const thought = (random: Random): StreamedStep => {
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

const calling = (id: string, pieces: readonly string[], args: Readonly<Record<string, unknown>>): StreamedStep => {
  const call = { type: 'function_call', id, name: 'save_note' } as const;
  return {
    start: { ...call, arguments: {}, signature: '' },
    deltas: pieces.map((piece) => ({ arguments: piece, type: 'arguments_delta' })),
    whole: { ...call, arguments: args },
  };
};

export const functionCall = (random: Random, id: string): StreamedStep => {
  const args = { lines: times(DELTAS_PER_STEP, (line) => ({ line, text: textOf(random, MOSTLY_ASCII) })) };
  const text = JSON.stringify(args);
  const cutAt = (at: number): number => Math.floor((at * text.length) / DELTAS_PER_STEP);
  return calling(
    id,
    times(DELTAS_PER_STEP, (at) => text.slice(cutAt(at), cutAt(at + 1))),
    args,
  );
};

/** A call with one of the JSON texts for an argument, in the pieces that it is cut into there. */
export const longCall = (scenario: JsonScenarioName, scale: number): StreamedStep => {
  const pieces = ['{"document":', ...jsonScenarios[scenario](scale).pieces, '}'];
  return calling('call_1', pieces, JSON.parse(pieces.join('')) as Record<string, unknown>);
};

/** A tool of the server. Every delta replaces the one before it: far more of them than a server sends. */
export const serverTool = (random: Random, id: string): StreamedStep => {
  const versions = times(DELTAS_PER_STEP, () => ({ code: textOf(random, MOSTLY_ASCII), language: 'python' }));
  return {
    start: { type: 'code_execution_call', id },
    deltas: versions.map((code) => ({ arguments: code, type: 'code_execution_call' })),
    whole: { type: 'code_execution_call', id, arguments: versions.at(-1) },
  };
};

/** So many bytes that look like nothing in particular, in base64 without padding. */
const noise = (random: Random, bytes: number): string => {
  const words = Int32Array.from(times(bytes / 4, () => random.between(-(2 ** 31), 2 ** 31 - 1)));
  return Buffer.from(words.buffer).toString('base64');
};

/** Pictures with a line of text before each; each comes whole, as the API sends them (wire-format R2). */
export const pictures = (random: Random, count: number, bytes: number): StreamedStep => {
  const content = times(count, () => [
    { text: textOf(random, MOSTLY_ASCII), type: 'text' as const },
    { mime_type: 'image/jpeg' as const, data: noise(random, bytes), type: 'image' as const },
  ]).flat();
  return { start: { type: 'model_output' }, deltas: content, whole: { type: 'model_output', content } };
};

/** One sound, in so many pieces that go on from each other (wire-format R2a). */
export const sound = (random: Random, count: number, bytes: number): StreamedStep => {
  const format = { mime_type: 'audio/l16', sample_rate: 24_000, type: 'audio' } as const;
  const pieces = times(count, () => noise(random, bytes));
  return {
    start: { type: 'model_output' },
    deltas: pieces.map((data) => ({ ...format, data })),
    whole: { type: 'model_output', content: [{ ...format, data: pieces.join('') }] },
  };
};
