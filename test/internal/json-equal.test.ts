import fc from 'fast-check';

import { jsonEqual } from '../../src/internal/json-equal.js';
import { json } from '../support/arbitrary.js';

describe('jsonEqual', () => {
  it('holds between a value and a copy of it', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(jsonEqual(value, JSON.parse(JSON.stringify(value)))).toBe(true);
      }),
    );
  });

  it('holds exactly where the canonical texts are the same', () => {
    const sorted = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(sorted);
      if (typeof value !== 'object' || value === null) return value;
      const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
      return { members: members.map(([key, member]) => [key, sorted(member)]) };
    };
    fc.assert(
      fc.property(json, json, (a, b) => {
        expect(jsonEqual(a, b)).toBe(JSON.stringify([sorted(a)]) === JSON.stringify([sorted(b)]));
      }),
    );
  });

  it('does not care about the order of keys, but about that of items', () => {
    expect(jsonEqual({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 })).toBe(true);
    expect(jsonEqual([1, 2], [2, 1])).toBe(false);
  });

  it('takes a member that is undefined for one that is not there', () => {
    expect(jsonEqual({ a: 1, b: undefined }, { a: 1 })).toBe(true);
    expect(jsonEqual({ a: 1 }, { a: 1, b: undefined })).toBe(true);
    expect(jsonEqual({ a: undefined }, { b: undefined })).toBe(true);
    expect(jsonEqual({ a: undefined, b: 1 }, { a: 1, b: undefined })).toBe(false);
  });

  it.each([
    [null, {}],
    [null, undefined],
    [[], {}],
    [{}, []],
    [0, '0'],
    [0, false],
    [['a'], 'a'],
    [{ a: 1 }, { a: 1, b: 2 }],
    [[1], [1, 2]],
  ])('tells %j from %j', (a, b) => {
    expect(jsonEqual(a, b)).toBe(false);
  });

  it('does not take inherited members for members', () => {
    expect(jsonEqual({ toString: 1 }, { valueOf: 1 })).toBe(false);
    expect(jsonEqual(JSON.parse('{"__proto__":1}'), {})).toBe(false);
  });
});
