import fc from 'fast-check';
import * as t from 'io-ts';
import { from, lastValueFrom, type Observable, of } from 'rxjs';
import { OutputError, reduceJson } from 'rx-interactions';
import * as z from 'zod';

import { pieceQuestions, pieces } from '../json/support/piece-questions.js';
import { cuts, jsonText } from '../json/support/json-text.js';
import { errorOf, valuesOf } from '../support/outcome.js';
import { emits } from '../support/types.js';

const { a, b, x } = pieces;

describe('reduceJson', () => {
  pieceQuestions(reduceJson, {
    values: { c: { list: [10, { x: 'y' }, 3] }, n: 7 },
    empty: {
      pieces: '--|',
      result: '--#',
      error: new OutputError('incomplete', 'There was no output: no text came at all', ''),
    },
    one: { pieces: '-n-|', result: '---(n|)' },
    many: { pieces: '-a-b-c-|', result: '-------(c|)' },
    fails: { pieces: '-a-b-#', result: '-----#' },
    wrong: {
      pieces: '-a-b-x-|',
      result: '-----#',
      error: new OutputError('not_json', 'The output is not JSON: expected "," or "}", found "x" at 20', a + b + x),
    },
    cut: {
      pieces: '-a-b-|',
      result: '-----#',
      error: new OutputError(
        'incomplete',
        'The output ended before it was whole: expected more, found the end at 19',
        a + b,
      ),
    },
    left: { pieces: '-a-b-c-', until: '----!', result: '----' },
  });

  it('gives what JSON.parse gives', () => {
    fc.assert(
      fc.property(jsonText({ repeatKeys: true }), cuts, (text, cut) => {
        expect(valuesOf(from(cut(text)).pipe(reduceJson()))).toEqual([JSON.parse(text)]);
      }),
    );
  });

  it('takes pieces without any text for no output', () => {
    expect(errorOf(of('', '').pipe(reduceJson()))).toMatchObject({ code: 'incomplete', text: '' });
  });
});

describe('reduceJson with what decodes', () => {
  const text = '{"rows":[{"n":1},{"n":"2"}]}';
  const Rows = t.type({ rows: t.array(t.type({ n: t.union([t.number, t.string]) })) });
  const Numbers = t.type({ rows: t.array(t.type({ n: t.number })) });
  const whole = { rows: [{ n: 1 }, { n: '2' }] };

  it('has the type of an io-ts codec', () => {
    const result = of(text).pipe(reduceJson(Rows));
    emits<t.TypeOf<typeof Rows>>()(result);
    expect(valuesOf(result)).toEqual([whole]);
  });

  it('has the output type of a Standard Schema', () => {
    const result = of(text).pipe(
      reduceJson(z.object({ rows: z.array(z.object({ n: z.coerce.number() })).transform((rows) => rows.length) })),
    );
    emits<{ rows: number }>()(result);
    expect(valuesOf(result)).toEqual([{ rows: 2 }]);
  });

  it('has no type without', () => {
    emits<unknown>()(of(text).pipe(reduceJson()));
  });

  it('takes a Standard Schema that is a function, and its promises', async () => {
    const schema = Object.assign(() => undefined, {
      '~standard': { version: 1 as const, validate: (value: unknown) => Promise.resolve({ value: [value] }) },
    });
    const result = of(text).pipe(reduceJson(schema));
    emits<unknown[]>()(result);
    await expect(lastValueFrom(result)).resolves.toEqual([whole]);
  });

  it.each<[string, Observable<unknown>]>([
    ['rows.1.n: expected number', of(text).pipe(reduceJson(Numbers))],
    [
      'rows.1.n: Invalid input: expected number, received string',
      of(text).pipe(reduceJson(z.object({ rows: z.array(z.object({ n: z.number() })) }))),
    ],
    ['expected { rows:', of('[]').pipe(reduceJson(Numbers))],
    [
      'Invalid input: expected array, received object (and 1 more)',
      of('{"b":1}').pipe(reduceJson(z.intersection(z.array(z.number()), z.object({ a: z.string() })))),
    ],
  ])('errors where the value does not fit: %s', (message, result) => {
    const error = errorOf(result);
    expect(error).toMatchObject({ name: 'OutputError', code: 'invalid' });
    expect(error).toHaveProperty('message', expect.stringContaining(`The output does not fit: ${message}`));
    expect(error).toHaveProperty('text', expect.stringMatching(/^[[{]/));
  });

  it('errors where a promise says that the value does not fit', async () => {
    const schema = z.object({ rows: z.string().refine(() => Promise.resolve(false), 'never') });
    await expect(lastValueFrom(of('{"rows":"a"}').pipe(reduceJson(schema)))).rejects.toMatchObject({
      code: 'invalid',
      message: 'The output does not fit: rows: never',
    });
  });

  it('passes on what the schema itself throws', async () => {
    const bug = new TypeError('a bug of theirs');
    const schema = (validate: () => never | Promise<never>) => ({ '~standard': { version: 1 as const, validate } });
    const throwing = schema(() => {
      throw bug;
    });
    expect(errorOf(of(text).pipe(reduceJson(throwing)))).toBe(bug);
    await expect(lastValueFrom(of(text).pipe(reduceJson(schema(() => Promise.reject(bug)))))).rejects.toBe(bug);
  });

  it('does not ask the schema about text that is cut', () => {
    const validate = jest.fn();
    const schema = { '~standard': { version: 1 as const, validate } };
    expect(errorOf(of('{"rows":').pipe(reduceJson(schema)))).toMatchObject({ code: 'incomplete' });
    expect(validate).not.toHaveBeenCalled();
  });
});
