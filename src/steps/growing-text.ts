/** A text that grows by pieces. */
export interface GrowingText {
  readonly text: string;
  /** What has been added lately, in pieces that the engine has not put together yet. */
  readonly recent: string;
}

/** How much is put together at once, in UTF-16 units. */
const AT_ONCE = 4096;

export const textFrom = (text: string): GrowingText => ({ text, recent: '' });

/** All of it. */
export const wholeText = ({ text, recent }: GrowingText): string => text + recent;

/** A text with one more piece. */
export const withPiece = ({ text, recent }: GrowingText, piece: string): GrowingText => {
  const more = recent + piece;
  if (more.length < AT_ONCE) return { text, recent: more };
  // Looked into, a text becomes one string and lets go of its pieces. Otherwise the garbage collector moves each of them
  // about for as long as the text is there, which takes longer than adding them.
  more.charCodeAt(0);
  return { text: text + more, recent: '' };
};
