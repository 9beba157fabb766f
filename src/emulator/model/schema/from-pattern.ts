/** Letters to choose from: ASCII first, then some of each other kind. */
const LETTERS = [
  ...Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at)),
  ...Array.from('\t\néßΩж中ñ😀'),
];
/** Letters are nicer than spaces and punctuation. */
const PREFERRED = [...LETTERS].sort((a, b) => Number(/[a-z]/i.test(b)) - Number(/[a-z]/i.test(a)));

const ATOM = /\[(?:\\.|[^\]\\])*\]|\\p\{[^}]*\}|\\P\{[^}]*\}|\\u\{[^}]*\}|\\u[\da-f]{4}|\\x[\da-f]{2}|\\.|[^]/iuy;
const QUANTIFIER = /([*+?]|\{(\d+)(,(\d*))?\})\??/y;
const GROUP = /\((?:\?:|\?<\w+>)?(?!\?)/y;
const MOST_LETTERS = 10_000;

interface Reader {
  readonly pattern: string;
  at: number;
  /** How often what may be repeated is repeated beyond what it must be. */
  readonly extra: number;
  /** Which of the letters that fit is taken. */
  readonly choice: number;
}

const take = (reader: Reader, token: RegExp): RegExpExecArray | undefined => {
  token.lastIndex = reader.at;
  const found = token.exec(reader.pattern);
  if (!found) return undefined;
  reader.at += found[0].length;
  return found;
};

const letterFor = (atom: string, choice: number): string => {
  if (atom === '^' || atom === '$' || atom === '\\b' || atom === '\\B') return '';
  const isFit = new RegExp(`^(?:${atom})$`, 'u');
  const fitting = PREFERRED.filter((letter) => isFit.test(letter));
  if (fitting.length === 0) throw new RangeError(`No letter fits ${atom}.`);
  return fitting[choice % fitting.length] ?? '';
};

const repeated = (reader: Reader, once: () => string): string => {
  const text = once();
  const found = take(reader, QUANTIFIER);
  if (!found) return text;
  const [, symbol = '', least = '', range, most = ''] = found;
  const [min, max] = symbol.startsWith('{')
    ? [Number(least), range === undefined ? Number(least) : most === '' ? Infinity : Number(most)]
    : [symbol === '+' ? 1 : 0, symbol === '?' ? 1 : Infinity];
  const count = Math.min(max, min + reader.extra);
  if (text.length * count > MOST_LETTERS) throw new RangeError('The text gets too long.');
  return text.repeat(count);
};

const sequence = (reader: Reader): string => {
  let text = '';
  while (reader.at < reader.pattern.length && !/[|)]/.test(reader.pattern.charAt(reader.at))) {
    text += repeated(reader, () => {
      if (take(reader, GROUP)) {
        const inner = alternatives(reader);
        reader.at += 1; // the bracket that closes it
        return inner;
      }
      if (reader.pattern.startsWith('(?', reader.at)) throw new SyntaxError('Not a group that can be written out.');
      return letterFor(take(reader, ATOM)?.[0] ?? '', reader.choice);
    });
  }
  return text;
};

/** The first alternative; the others are read and left out. */
const alternatives = (reader: Reader): string => {
  const first = sequence(reader);
  while (reader.pattern.charAt(reader.at) === '|') {
    reader.at += 1;
    sequence(reader);
  }
  return first;
};

/**
 * A text that a pattern matches, or `undefined`: what looks around or back is beyond it. `extra` makes the text longer where
 * the pattern lets it, `choice` makes it another one where there are letters to choose from.
 */
export const fromPattern = (pattern: string, extra = 0, choice = 0): string | undefined => {
  try {
    const text = alternatives({ pattern, at: 0, extra, choice });
    return new RegExp(pattern, 'u').test(text) ? text : undefined;
  } catch {
    return undefined;
  }
};
