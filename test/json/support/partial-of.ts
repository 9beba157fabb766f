const TOKEN = /"(?:[^"\\]|\\[^])*"|"[^]*|[{}[\],:]|[^\s{}[\],:"]+/g;

const isWhole = (string: string): boolean => /^"(?:[^"\\]|\\[^])*"$/.test(string);

/** The part of a string that can be told, without the escape or the surrogate pair that is cut at its end. */
const closedString = (string: string): string => {
  const [units = '"'] = /^"(?:[^\\]|\\u[\da-fA-F]{4}|\\[^u])*/.exec(string) ?? [];
  const value = JSON.parse(`${units}"`) as string;
  return JSON.stringify(value.replace(/[\ud800-\udbff]$/, ''));
};

/**
 * What the beginning of a JSON text shows, found the slow way: what cannot be told yet is taken away, what is open is closed,
 * and the rest is for `JSON.parse`. Another program than the one that it tests, with no state and nothing incremental.
 */
export const partialOf = (text: string): unknown => {
  const tokens = text.match(TOKEN) ?? [];
  const open: string[] = [];
  const kept: string[] = [];
  tokens.forEach((token, at) => {
    const isLast = at === tokens.length - 1;
    if (token === '{' || token === '[') open.push(token === '{' ? '}' : ']');
    if (token === '}' || token === ']') open.pop();
    const isKey = open.at(-1) === '}' && (kept.at(-1) === '{' || kept.at(-1) === ',');
    if (isLast && token.startsWith('"') && !isWhole(token)) {
      if (!isKey) kept.push(closedString(token));
    } else if (!isLast || !isCut(token, text)) kept.push(token);
  });
  const closers = open.reverse().join('');
  // A key without its value goes, and the comma before it.
  for (const end of [kept.length, kept.length - 1, kept.length - 2, kept.length - 3]) {
    const candidate = kept.slice(0, Math.max(0, end)).join('');
    if (candidate === '') return undefined;
    try {
      return JSON.parse(candidate + closers);
    } catch {
      // one token less
    }
  }
  throw new Error(`Not the beginning of a JSON text: ${text}`);
};

/** Whether a number or a literal may go on behind the end of the text. */
const isCut = (token: string, text: string): boolean =>
  text.endsWith(token) && /^[-\da-z]/.test(token) && !['true', 'false', 'null'].includes(token);
