/** Base64 that is still growing: whole groups of three bytes, and the group at the end that is not, if there is one. */
export interface GrowingBase64 {
  readonly whole: string;
  readonly rest: string;
}

/** Whether a text is standard base64, with its padding or without. */
export const isBase64 = (text: string): boolean => /^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 !== 1;

/** Base64 text as something that can grow. */
export const growingBase64 = (text: string): GrowingBase64 => {
  const open = text.length % 4 === 0 ? (text.endsWith('=') ? 4 : 0) : text.length % 4;
  return open === 0 ? { whole: text, rest: '' } : { whole: text.slice(0, -open), rest: text.slice(-open) };
};

/**
 * Appends the bytes of one base64 text to those of another. Texts can only be joined as they are where the left one has no
 * padding (rule R2a); otherwise the last group is decoded and encoded again together with the new bytes, and nothing else.
 *
 * `undefined` where the new piece is not base64.
 */
export const joinBase64 = ({ whole, rest }: GrowingBase64, piece: string): GrowingBase64 | undefined => {
  if (!isBase64(piece)) return undefined;
  const joined = growingBase64(rest === '' && piece.length % 4 === 0 ? piece : btoa(atob(rest) + atob(piece)));
  return { whole: whole + joined.whole, rest: joined.rest };
};

const CONTAINER = /^(RIFF|OggS|fLaC|ID3)/;

/** Whether base64 text begins a file of its own, and so does not continue what came before. */
export const beginsContainer = (text: string): boolean => {
  const start = text.slice(0, 8);
  return !isBase64(start) || CONTAINER.test(atob(start));
};
