import fc from 'fast-check';
import { from } from 'rxjs';
import { InteractionError, type JsonSnapshot, OutputError, scanJson } from 'rx-interactions';

import { pieceQuestions, pieces } from '../json/support/piece-questions.js';
import { cuts, jsonText } from '../json/support/json-text.js';
import { partialOf } from '../json/support/partial-of.js';
import { errorOf, outcomeOf, valuesOf } from '../support/outcome.js';

const { a, b, c, x } = pieces;
const snapshot = (value: unknown, text: string, complete = false): JsonSnapshot => ({ value, text, complete });

describe('scanJson', () => {
  pieceQuestions(scanJson, {
    values: {
      a: snapshot({ list: [] }, a),
      b: snapshot({ list: [10, { x: 'y' }] }, a + b),
      c: snapshot({ list: [10, { x: 'y' }, 3] }, a + b + c, true),
      m: snapshot(undefined, '7'),
      n: snapshot(7, '7', true),
    },
    empty: { pieces: '--|', result: '--|' },
    one: { pieces: '-n-|', result: '-m-(n|)' },
    many: { pieces: '-a-b-c-|', result: '-a-b-c-|' },
    fails: { pieces: '-a-b-#', result: '-a-b-#' },
    wrong: {
      pieces: '-a-b-x-|',
      result: '-a-b-#',
      error: new OutputError(
        'not_json',
        'The output is not JSON: expected "," or "}", found "x" at 20',
        `${a}${b}${x}`,
      ),
    },
    cut: {
      pieces: '-a-b-|',
      result: '-a-b-#',
      error: new OutputError(
        'incomplete',
        'The output ended before it was whole: expected more, found the end at 19',
        a + b,
      ),
    },
    left: { pieces: '-a-b-c-', until: '----!', result: '-a-b' },
  });

  it('emits after every piece, and makes a value when it is read', () => {
    fc.assert(
      fc.property(jsonText(), cuts, (text, cut) => {
        const snapshots = valuesOf(from(cut(text)).pipe(scanJson()));
        expect(snapshots.map((found) => found.text).at(-1)).toBe(text);
        expect(snapshots.at(-1)).toMatchObject({ complete: true, value: JSON.parse(text) });
        [...snapshots].reverse().forEach(({ value, text: soFar, complete }) => {
          if (!complete) expect(value).toEqual(partialOf(soFar));
        });
      }),
    );
  });

  it('gives the same object whenever a snapshot is asked', () => {
    const [first] = valuesOf(from(['{"a":', '1}']).pipe(scanJson()));
    expect(first?.value).toEqual({});
    expect(first?.value).toBe(first?.value);
  });

  it('is complete when the document is, though white space may follow', () => {
    const snapshots = valuesOf(from(['[1]', ' ', '\n']).pipe(scanJson()));
    expect(snapshots.map(({ complete }) => complete)).toEqual([true, true, true]);
  });

  it('has nothing to say against pieces without any text', () => {
    expect(outcomeOf(from(['', '']).pipe(scanJson()))).toMatchObject({ completed: true, error: undefined });
  });

  it('errors with what says where and what, in the family of errors', () => {
    const error = errorOf(from(['{"a":1', ']']).pipe(scanJson()));
    expect(InteractionError.is(error)).toBe(true);
    expect(error).toMatchObject({ name: 'OutputError', code: 'not_json', text: '{"a":1]' });
    expect(error).toHaveProperty('message', 'The output is not JSON: expected "," or "}", found "]" at 6');
  });
});
