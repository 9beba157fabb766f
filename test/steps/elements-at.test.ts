import fc from 'fast-check';
import { from, of } from 'rxjs';
import { elementsAt, OutputError } from 'rx-interactions';

import { pieceQuestions, pieces } from '../json/support/piece-questions.js';
import { cuts, jsonText } from '../json/support/json-text.js';
import { outcomeOf, valuesOf } from '../support/outcome.js';

const { a, b, x } = pieces;

describe('elementsAt', () => {
  pieceQuestions(() => elementsAt('list[*]'), {
    values: { a: 10, b: { x: 'y' }, c: 3 },
    empty: { pieces: '--|', result: '--|' },
    one: { pieces: '-n-|', result: '---|' },
    many: { pieces: '-a-b-c----|', result: '---a-(bc)-|' },
    fails: { pieces: '-a-b-#', result: '---a-#' },
    wrong: {
      pieces: '-a-b-x-|',
      result: '---a-#',
      error: new OutputError('not_json', 'The output is not JSON: expected "," or "}", found "x" at 20', a + b + x),
    },
    cut: {
      pieces: '-a-b-|',
      result: '---a-#',
      error: new OutputError(
        'incomplete',
        'The output ended before it was whole: expected more, found the end at 19',
        a + b,
      ),
    },
    left: { pieces: '-a-b-c-', until: '----!', result: '---a' },
  });

  const document =
    '{"list":[{"name":"a","tags":["x","y"]},{"name":"b","tags":[]},7,{"tags":["z"]}],"a b":{"0":[1,[2,3]]},"n":null}';

  it.each<[string, readonly unknown[]]>([
    ['$', [JSON.parse(document)]],
    ['n', [null]],
    ['$.list[1]', [{ name: 'b', tags: [] }]],
    ['list[*].name', ['a', 'b']],
    ['list[*].tags[*]', ['x', 'y', 'z']],
    ['list[*].tags', [['x', 'y'], [], ['z']]],
    ['list[0].tags[1]', ['y']],
    ['$["a b"]["0"][1][*]', [2, 3]],
    ['$["a b"][*][0]', [1]],
    ['$[*][*].name', ['a', 'b']],
    ['nothing[*]', []],
    ['n[*]', []],
    ['list.name', []],
    ['$["a b"][0]', []],
  ])('%s leads to %j, however the text is cut', (path, elements) => {
    for (const size of [1, 7, document.length]) {
      const cut = document.match(new RegExp(`.{1,${String(size)}}`, 'gs'))!;
      expect(valuesOf(from(cut).pipe(elementsAt(path)))).toEqual(elements);
    }
  });

  it('finds the elements of any document, whatever they are', () => {
    fc.assert(
      fc.property(jsonText(), cuts, (text, cut) => {
        const value: unknown = JSON.parse(text);
        const children = typeof value === 'object' && value !== null ? value : {};
        const inOrder = valuesOf(from(cut(text)).pipe(elementsAt('[*]')));
        // Keys that are whole numbers stand first in an object, wherever they are in the text.
        const sorted = (list: readonly unknown[]) => list.map((item) => JSON.stringify(item)).sort();
        expect(sorted(inOrder)).toEqual(sorted(Object.values(children)));
        if (Array.isArray(value)) expect(inOrder).toEqual(value);
      }),
    );
  });

  it('emits both of two members with one name', () => {
    expect(valuesOf(of('{"a":1,"a":[2]}').pipe(elementsAt('a')))).toEqual([1, [2]]);
  });

  it('emits a number that is the document at the end', () => {
    expect(valuesOf(of('4', '2').pipe(elementsAt('$')))).toEqual([42]);
  });

  it('emits what was complete within the piece that is wrong', () => {
    expect(outcomeOf(of('[1,2,x').pipe(elementsAt('[*]')))).toMatchObject({
      values: [1, 2],
      error: { name: 'OutputError', code: 'not_json' },
    });
  });

  it.each([
    ['', 0],
    ['a[', 1],
    ['a.b[-1]', 3],
    ['$.a..b', 3],
  ])('throws when it is called with %j, which is no path at %i', (path, offset) => {
    expect(() => elementsAt(path)).toThrow(TypeError);
    expect(() => elementsAt(path)).toThrow(`at ${String(offset)}`);
  });
});
