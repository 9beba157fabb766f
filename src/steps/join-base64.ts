/** Base64 that is still growing: whole groups of three bytes, and the group at the end that is not, if there is one. */
export interface GrowingBase64 {
  readonly whole: string;
  /** One to three letters of a group that goes on, or a group that was padded. */
  readonly rest: string;
}

/** Whether a text may stand somewhere in base64: letters, and padding at most at the end. */
const isPiece = (text: string): boolean => /^[A-Za-z0-9+/]*={0,2}$/.test(text);

const lettersOf = (text: string): string => (text.includes('=') ? text.slice(0, text.indexOf('=')) : text);

/** Padding fills a group of two or three letters up; what has none may end anywhere. */
const isAligned = (text: string): boolean => {
  const letters = lettersOf(text).length;
  return letters === text.length || (letters % 4 >= 2 && text.length <= Math.ceil(letters / 4) * 4);
};

/** Whether a text is standard base64, or the beginning of some. */
export const isBase64 = (text: string): boolean => isPiece(text) && isAligned(text);

/**
 * The bytes of base64 text, as the characters of a string; its padding may be missing. `undefined` where it is not
 * base64, or where a last letter is left over that is not worth a byte.
 */
export const bytesOfBase64 = (text: string): string | undefined => {
  const letters = lettersOf(text);
  return isBase64(text) && letters.length % 4 !== 1 ? atob(letters) : undefined;
};

/** Base64 text as something that can grow. */
export const growingBase64 = (text: string): GrowingBase64 => {
  const open = text.length % 4 === 0 ? (text.endsWith('=') ? 4 : 0) : text.length % 4;
  return open === 0 ? { whole: text, rest: '' } : { whole: text.slice(0, -open), rest: text.slice(-open) };
};

/**
 * Appends one base64 text to another. Where the left one has no padding the texts go on from each other, whatever the
 * letter they were cut behind; where it has, the bytes do (rule R2a), and its last group is decoded and encoded again
 * together with the new ones, and nothing else.
 *
 * `undefined` where the new piece is not base64, or where bytes cannot go on because a letter would be left over.
 */
export const joinBase64 = ({ whole, rest }: GrowingBase64, piece: string): GrowingBase64 | undefined => {
  const text = rest + piece;
  if (isBase64(text)) {
    const joined = growingBase64(text);
    return { whole: whole + joined.whole, rest: joined.rest };
  }
  const left = bytesOfBase64(rest);
  const right = bytesOfBase64(piece);
  if (left === undefined || right === undefined) return undefined;
  const joined = growingBase64(btoa(left + right));
  return { whole: whole + joined.whole, rest: joined.rest };
};

/** `RIFF`, `OggS`, `fLaC` and `ID3`, in base64: the last letter also holds four bits of what follows. */
const CONTAINER = /^(?:UklGR[g-v]|T2dnU[w-z0-9+/]|ZkxhQ[w-z0-9+/]|SUQz)/;

/** Whether base64 text begins a file of its own, and so does not continue what came before. */
export const beginsContainer = (text: string): boolean => !isPiece(text.slice(0, 8)) || CONTAINER.test(text);
