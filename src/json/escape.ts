const LETTER_U = 0x75;

const isHexDigit = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x46) || (code >= 0x61 && code <= 0x66);

/** What the letter behind a backslash stands for. */
const unitOfLetter = (letter: number): number => {
  switch (letter) {
    case 0x22: // "
    case 0x5c: // \
    case 0x2f: // /
      return letter;
    case 0x62:
      return 0x08; // b
    case 0x66:
      return 0x0c; // f
    case 0x6e:
      return 0x0a; // n
    case 0x72:
      return 0x0d; // r
    case 0x74:
      return 0x09; // t
    default:
      return -1;
  }
};

/** How long the escape is, as far as it is there, whose backslash is at this place. */
export const escapeLength = (text: string, at: number): number => (text.charCodeAt(at + 1) === LETTER_U ? 6 : 2);

/** Where an escape, or the part of it that is there, is none; -1 if it may be one. */
export const wrongInEscape = (text: string, at: number): number => {
  if (at + 1 === text.length) return -1;
  const letter = text.charCodeAt(at + 1);
  if (letter !== LETTER_U) return unitOfLetter(letter) < 0 ? at + 1 : -1;
  const end = Math.min(at + 6, text.length);
  for (let digit = at + 2; digit < end; digit += 1) {
    if (!isHexDigit(text.charCodeAt(digit))) return digit;
  }
  return -1;
};

/** The UTF-16 unit that a whole escape stands for. */
export const unitOfEscape = (text: string, at: number): number => {
  const letter = text.charCodeAt(at + 1);
  return letter === LETTER_U ? Number.parseInt(text.slice(at + 2, at + 6), 16) : unitOfLetter(letter);
};
