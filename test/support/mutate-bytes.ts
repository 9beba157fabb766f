import type { Random } from '../../bench/random.js';

const joined = (...pieces: readonly Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(pieces));

/** Bytes that mean something in UTF-8, in JSON or in an event stream, out of place. */
const ODD = [
  0x00, 0x0a, 0x0d, 0x20, 0x22, 0x2c, 0x3a, 0x5b, 0x5c, 0x5d, 0x7b, 0x7d, 0x80, 0xbf, 0xc0, 0xe2, 0xf0, 0xff,
];

type Change = (bytes: Uint8Array, at: number, random: Random, other: Uint8Array) => Uint8Array;

const CHANGES: readonly Change[] = [
  (bytes, at, random) => bytes.map((byte, place) => (place === at ? byte ^ (1 << random.between(0, 7)) : byte)),
  (bytes, at, random) => bytes.map((byte, place) => (place === at ? random.pick(ODD) : byte)),
  (bytes, at, random) => {
    const inserted = Uint8Array.from({ length: random.between(1, 4) }, () => random.pick(ODD));
    return joined(bytes.subarray(0, at), inserted, bytes.subarray(at));
  },
  (bytes, at, random) => joined(bytes.subarray(0, at), bytes.subarray(at + random.between(1, 40))),
  (bytes, at, random) => {
    const end = at + random.between(1, 400);
    return joined(bytes.subarray(0, end), bytes.subarray(at, end), bytes.subarray(end));
  },
  (bytes, at) => bytes.slice(0, at),
  (bytes, at, random, other) => joined(bytes.subarray(0, at), other.subarray(random.between(0, other.length))),
];

/** Changes bytes at one place: flips, inserts, leaves out, doubles, cuts off, or goes on with those of another stream. */
export const mutateBytes = (random: Random, bytes: Uint8Array, other: Uint8Array): Uint8Array =>
  random.pick(CHANGES)(bytes, random.between(0, Math.max(0, bytes.length - 1)), random, other);
