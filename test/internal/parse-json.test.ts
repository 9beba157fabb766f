import { MAX_DEPTH, parseJson, TooDeep } from '../../src/internal/parse-json.js';

const nested = (depth: number, [open, close]: readonly [string, string]) =>
  `${open.repeat(depth)}1${close.repeat(depth)}`;

describe('parseJson', () => {
  it.each<[string, readonly [string, string]]>([
    ['lists', ['[', ']']],
    ['objects', ['{"a":', '}']],
  ])('reads %s up to a depth, and no deeper', (_name, brackets) => {
    expect(JSON.stringify(parseJson(nested(MAX_DEPTH, brackets)))).toBe(nested(MAX_DEPTH, brackets));
    expect(() => parseJson(nested(MAX_DEPTH + 1, brackets))).toThrow(TooDeep);
    expect(() => parseJson(nested(100_000, brackets))).toThrow(TooDeep);
  });

  it.each([
    ['brackets in a text', JSON.stringify({ text: '[{'.repeat(5000) })],
    ['quotes and backslashes before them', JSON.stringify({ text: `\\"${'{'.repeat(5000)}\\\\` })],
    ['many side by side', JSON.stringify(Array.from({ length: 5000 }, () => ({ a: [] })))],
  ])('%s are not deep', (_name, text) => {
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });

  it('throws what JSON.parse throws', () => {
    expect(() => parseJson('[1,')).toThrow(SyntaxError);
    expect(() => parseJson('{'.repeat(MAX_DEPTH))).toThrow(SyntaxError);
  });
});
