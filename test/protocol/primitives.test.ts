import * as t from 'io-ts';

import { Code, Count, either, JsonObject, listOf, openEnum } from '../../src/protocol/primitives.js';
import { tagged } from '../../src/protocol/shape.js';
import { taggedUnion } from '../../src/protocol/tagged-union.js';
import { decoded, faultsOf } from '../support/decode.js';

describe('openEnum', () => {
  const Color = openEnum('Color', ['red', 'green']);

  it('accepts any string, and lists those it knows', () => {
    expect(decoded(Color, 'red')).toBe('red');
    expect(decoded(Color, 'mauve')).toBe('mauve');
    expect(Color.known).toEqual(['red', 'green']);
  });

  it.each([[1], [null], [{}]])('refuses %j', (value) => {
    expect(faultsOf(Color, value)).toEqual(['']);
  });
});

describe('Count', () => {
  it.each([
    [3, 3],
    ['42', 42],
    ['-1', -1],
    ['2.5', 2.5],
    ['9007199254740993', 9007199254740992],
  ])('reads %j as %d', (value, number) => {
    expect(decoded(Count, value)).toBe(number);
  });

  it.each([[''], ['abc'], ['1e3'], ['0x10'], [' 1'], [null], [true], [[1]]])('refuses %j', (value) => {
    expect(faultsOf(Count, value)).toEqual(['']);
  });
});

describe('Code', () => {
  it.each([
    ['not_found', 'not_found'],
    [404, '404'],
  ])('reads %j as %j', (value, code) => {
    expect(decoded(Code, value)).toBe(code);
  });

  it.each([[null], [{}], [true]])('refuses %j', (value) => {
    expect(faultsOf(Code, value)).toEqual(['']);
  });
});

describe('JsonObject', () => {
  it('returns an object as it came', () => {
    const value = { any: [1] };
    expect(decoded(JsonObject, value)).toBe(value);
  });

  it.each([[null], [[]], ['{}'], [1]])('refuses %j', (value) => {
    expect(faultsOf(JsonObject, value)).toEqual(['']);
  });
});

describe('listOf', () => {
  const Dot = tagged('dot');

  it('returns a list that needs no change as it came', () => {
    const dots = [{ type: 'dot' }];
    expect(decoded(listOf(Dot), dots)).toBe(dots);
  });

  it('decodes every item', () => {
    expect(decoded(listOf(Count), [1, '2'])).toEqual([1, 2]);
  });

  it('says at which place an item is wrong', () => {
    expect(faultsOf(listOf(Dot), [{ type: 'dot' }, { type: 'dash' }])).toEqual(['1.type']);
  });

  it.each([[{}], ['a'], [null]])('refuses %j', (value) => {
    expect(faultsOf(listOf(Dot), value)).toEqual(['']);
  });

  it('encodes items only where an item needs it', () => {
    const Figures = listOf(taggedUnion('Figure', 'type', { dot: Dot }));
    const known = [{ type: 'dot' } as const];
    expect(Figures.encode(known)).toBe(known);
    expect(Figures.encode([...known, { type: 'unknown', received: 1 }])).toEqual([{ type: 'dot' }, 1]);
  });
});

describe('either', () => {
  const Size = either(t.number, listOf(Count));

  it('takes the first that accepts', () => {
    expect(decoded(Size, 1)).toBe(1);
    expect(decoded(Size, ['1'])).toEqual([1]);
  });

  it('refuses what neither accepts', () => {
    expect(faultsOf(Size, 'big')).toEqual(['']);
  });

  it('encodes by the one that the value is of', () => {
    const Figure = taggedUnion('Figure', 'type', { dot: tagged('dot') });
    expect(either(t.string, Figure).encode({ type: 'unknown', received: 'x' })).toBe('x');
    expect(either(t.string, Figure).encode('text')).toBe('text');
  });
});
