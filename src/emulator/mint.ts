/** Makes what a server makes up: ids, signatures, times. The same sources give the same values, in order. */
export interface Mint {
  /** `v1_` and base64url of what a live one holds: a name, twice, in the members 1 and 2 of a message. */
  interactionId(): string;
  /** Eight letters and digits. */
  callId(): string;
  /** Standard base64, opaque: bytes in a message in a message. */
  signature(): string;
  /** Opaque, of the letters of base64url. */
  continuationToken(): string;
  /** A bare UUID. */
  environmentId(): string;
  /** The time it is: ISO 8601, in seconds, UTC. */
  timestamp(): string;
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
const NAME_LETTERS = `${LETTERS}ABCDEFGHIJKLMNOPQRSTUVWXYZ-_`;

/** Bytes, one per character of a string, as base64. */
export const base64 = (binary: string): string => btoa(binary);

const base64url = (binary: string): string =>
  base64(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/** The id of the event at a place of an interaction: told by the place alone, so that every replay gives it the same one. */
export const eventIdAt = (position: number): string => `v1_${base64url(`0_${position}`)}`;

export const createMint = (random: () => number, now: () => number): Mint => {
  const below = (limit: number): number => Math.min(limit - 1, Math.floor(random() * limit));
  const list = (length: number, make: () => string): string => Array.from({ length }, make).join('');
  const binary = (length: number): string => list(length, () => String.fromCharCode(below(256)));
  const name = (): string => list(23, () => NAME_LETTERS.charAt(below(NAME_LETTERS.length)));
  const hex = (length: number): string => list(length, () => below(16).toString(16));
  return {
    interactionId: () => {
      const letters = name();
      return `v1_${base64url(`\n\x17${letters}\x12\x17${letters}`)}`;
    },
    callId: () => list(8, () => LETTERS.charAt(below(LETTERS.length))),
    signature: () => base64(`\x12\x58\n\x56${binary(86)}`),
    continuationToken: () => base64url(binary(48)),
    environmentId: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
    timestamp: () => new Date(now()).toISOString().replace(/\.\d+Z$/, 'Z'),
  };
};
