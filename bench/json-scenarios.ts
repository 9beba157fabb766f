/**
 * JSON texts as models write them, made up anew from a seed, and the pieces in which they arrive: 16 to 64 UTF-16 units.
 */
import { createRandom, type Random } from './random.js';

export interface JsonScenario {
  readonly pieces: readonly string[];
  /** After how many pieces a value is read. */
  readonly every: number;
  /** How often it is read in one round. */
  readonly repeat: number;
}

const KB = 1024;

const WORDS = 'the of and a to in is was for on café naïve 🙂 "quoted" next\nline 50% [x] {y}'.split(' ');

const times = <T>(count: number, make: (at: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, at) => make(at));

const textOf = (random: Random, words: number): string => times(words, () => random.pick(WORDS)).join(' ');

const row = (random: Random, id: number): object => ({
  id,
  name: textOf(random, 3),
  done: random.pick([true, false, null]),
  score: random.between(0, 1e9) / 1e6,
  tags: times(random.between(0, 5), () => textOf(random, 1)),
  address: { street: textOf(random, 3), zip: String(random.between(1e4, 1e5)), at: { lat: 52.516275, lng: 13.377704 } },
  note: textOf(random, random.between(5, 40)),
});

/** Objects and arrays in one another. */
const nested = (random: Random, depth: number): unknown => {
  if (depth === 0) return textOf(random, 3);
  const child = nested(random, depth - 1);
  return random.between(0, 1) === 0 ? { kind: textOf(random, 1), child } : [random.between(0, 99), child];
};

/** The parts of a document in turn: rows, lists of 1,000, objects of 100 keys, and what is 60 levels deep. */
const PARTS: readonly ((random: Random) => unknown)[] = [
  (random) => ({ heading: textOf(random, 5), rows: times(40, (at) => row(random, at)) }),
  (random) => ({ numbers: times(1000, () => random.between(-1e6, 1e6)) }),
  (random) => ({ outline: nested(random, 60) }),
  (random) => ({ words: times(1000, () => textOf(random, 1)) }),
  (random) => ({ glossary: keysOf(random, 100) }),
];

/** A list of as many parts as it takes. */
const listOf = (size: number, make: (at: number) => unknown): string => {
  const parts: string[] = [];
  for (let length = 0; length < size;) {
    const part = JSON.stringify(make(parts.length));
    parts.push(part);
    length += part.length + 1;
  }
  return `[${parts.join(',')}]`;
};

const keysOf = (random: Random, count: number): Record<string, string> =>
  Object.fromEntries(times(count, (at) => [`key ${String(at)} ${textOf(random, 1)}`, textOf(random, 2)]));

const cut = (random: Random, text: string, { every = 1, repeat = 1 } = {}): JsonScenario => {
  const pieces: string[] = [];
  for (let from = 0; from < text.length;) {
    const size = random.between(16, 64);
    // Through bytes, so that a piece is a text of its own, as from a socket, and not a view of the whole.
    pieces.push(Buffer.from(text.slice(from, from + size), 'utf16le').toString('utf16le'));
    from += size;
  }
  return { pieces, every, repeat };
};

const argumentsOf =
  (size: number, repeat = 1) =>
  (scale: number): JsonScenario => {
    const random = createRandom(4);
    return cut(
      random,
      listOf(size * scale, (at) => PARTS[at % PARTS.length]?.(random)),
      { repeat },
    );
  };

/** The scenarios by name. `scale` is 1 for the texts of the published figures, less for smaller ones. */
export const jsonScenarios = {
  'json-32k': argumentsOf(32 * KB),
  'json-256k': argumentsOf(256 * KB, 4),
  'json-512k': argumentsOf(512 * KB, 2),
  'json-1m': argumentsOf(1024 * KB),
  /** Nothing but containers in one another, 60 deep. */
  'json-deep': (scale) => {
    const random = createRandom(8);
    return cut(
      random,
      listOf(1024 * KB * scale, () => nested(random, 60)),
    );
  },
  /** Objects of 1,000 keys, one after the other: what the engine copies key by key. */
  'json-wide': (scale) => {
    const random = createRandom(5);
    return cut(
      random,
      listOf(1024 * KB * scale, () => keysOf(random, 1000)),
    );
  },
  /** An array of 1 MB, read once per 100 pieces. */
  'json-flat': (scale) => {
    const random = createRandom(6);
    return cut(
      random,
      listOf(1024 * KB * scale, () => random.between(0, 1e6)),
      { every: 100 },
    );
  },
  /** One object of 16,384 keys, read once per 100 pieces. */
  'json-keys': (scale) => {
    const random = createRandom(7);
    return cut(random, JSON.stringify(keysOf(random, 16_384 * scale)), { every: 100 });
  },
} satisfies Record<string, (scale: number) => JsonScenario>;

export type JsonScenarioName = keyof typeof jsonScenarios;
