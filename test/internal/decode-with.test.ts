import * as t from 'io-ts';
import { described } from 'rx-interactions';
import * as z from 'zod';

import { decodeWith, describeIssue, describeIssues } from '../../src/internal/decode-with.js';

describe('decodeWith', () => {
  it('gives what an io-ts codec makes of the value', () => {
    const Trimmed = new t.Type<string, string>(
      'Trimmed',
      t.string.is,
      (value, context) => (typeof value === 'string' ? t.success(value.trim()) : t.failure(value, context)),
      t.identity,
    );
    expect(decodeWith(t.type({ a: Trimmed }), { a: ' b ' })).toEqual({ value: { a: 'b' } });
  });

  it('knows a codec of another copy of io-ts by what it can do', () => {
    const { name, is, validate, encode, decode } = t.number;
    const other = { name, is, validate, encode, decode, _tag: 'NumberType' } as unknown as t.Type<number, unknown>;
    expect(decodeWith(other, 1)).toEqual({ value: 1 });
  });

  it('says where a codec is not content, as places of the value', () => {
    const codec = t.type({
      rows: t.array(t.union([t.type({ n: t.number }), t.null])),
      both: t.intersection([t.type({ a: t.string }), t.partial({ b: described(t.string, 'B') })]),
    });
    const decoded = decodeWith(codec, { rows: [null, { n: 'x' }], both: { a: 1, b: 2 } });
    expect(decoded).toHaveProperty('issues', [
      { path: 'rows.1.n', message: 'expected number' },
      { path: 'rows.1', message: 'expected null' },
      { path: 'both.a', message: 'expected string' },
      { path: 'both.b', message: 'expected string' },
    ]);
  });

  it('gives what a Standard Schema makes of the value, though it can decode itself', () => {
    const schema = z.object({ a: z.coerce.number() });
    expect('decode' in schema).toBe(true);
    expect(decodeWith(schema, { a: '1' })).toEqual({ value: { a: 1 } });
    expect(decodeWith(schema, { a: 'x' })).toHaveProperty('issues.0.path', 'a');
  });

  it('reads paths of keys and of objects that hold them', () => {
    const schema = {
      '~standard': {
        version: 1 as const,
        validate: () => ({ issues: [{ message: 'no', path: ['a', { key: 0 }, Symbol('s')] }, { message: 'at all' }] }),
      },
    };
    expect(decodeWith(schema, 1)).toEqual({
      issues: [
        { path: 'a.0.Symbol(s)', message: 'no' },
        { path: '', message: 'at all' },
      ],
    });
  });

  it('waits only where the schema does', async () => {
    const decoded = decodeWith(
      z.string().refine(() => Promise.resolve(true)),
      'a',
    );
    expect(decoded).toBeInstanceOf(Promise);
    await expect(decoded).resolves.toEqual({ value: 'a' });
  });
});

describe('what is said of issues', () => {
  const issues = [
    { path: 'a.0', message: 'expected number' },
    { path: '', message: 'expected more' },
  ] as const;

  it('has the path where there is one', () => {
    expect(issues.map(describeIssue)).toEqual(['a.0: expected number', 'expected more']);
  });

  it('is the first one, and how many more there are', () => {
    expect(describeIssues(issues)).toBe('a.0: expected number (and 1 more)');
    expect(describeIssues(issues.slice(1))).toBe('expected more');
    expect(describeIssues([])).toMatch(/\S/);
  });

  it('is as many as are asked for, and how many more there are', () => {
    expect(describeIssues(issues, 2)).toBe('a.0: expected number; expected more');
    expect(describeIssues([...issues, ...issues], 3)).toBe(
      'a.0: expected number; expected more; a.0: expected number (and 1 more)',
    );
    expect(describeIssues([], 3)).toBe(describeIssues([]));
  });
});
