import * as t from 'io-ts';

import { Count, listOf } from '../../src/protocol/primitives.js';
import { literal, shape, tagged } from '../../src/protocol/shape.js';
import { decoded, faultsOf } from '../support/decode.js';

const Point = shape('Point', { x: Count }, { label: t.string, inner: shape('Inner', { deep: t.string }) });

describe('shape', () => {
  it('returns a value that needs no change as it came', () => {
    const point = { x: 1, label: 'a', inner: { deep: 'b' }, other: [1] };
    expect(decoded(Point, point)).toBe(point);
  });

  it('keeps members that it does not list when it changes others', () => {
    expect(decoded(Point, { x: '1', other: { kept: true } })).toEqual({ x: 1, other: { kept: true } });
  });

  it.each([[null], [undefined], ['text'], [1], [[]]])('refuses %j, which is no object', (value) => {
    expect(faultsOf(Point, value)).toEqual(['']);
    expect(Point.is(value)).toBe(false);
  });

  it('refuses a value without a required member, and says which', () => {
    expect(faultsOf(Point, {})).toEqual(['x']);
    expect(faultsOf(Point, { x: 'one' })).toEqual(['x']);
  });

  it('names every required member that is wrong', () => {
    const Pair = shape('Pair', { a: t.number, b: listOf(t.number) });
    expect(faultsOf(Pair, { b: [1, 'two', 3, 'four'] })).toEqual(['a', 'b.1', 'b.3']);
  });

  it('leaves out an optional member of the wrong type', () => {
    expect(decoded(Point, { x: 1, label: 2 })).toEqual({ x: 1 });
    expect(decoded(Point, { x: 1, inner: { deep: 2 }, label: 'a' })).toEqual({ x: 1, label: 'a' });
  });

  it('leaves out an optional member that is null', () => {
    expect(decoded(Point, { x: 1, label: null })).toEqual({ x: 1 });
  });

  it('accepts an optional member that is there as undefined', () => {
    const point = { x: 1, label: undefined };
    expect(decoded(Point, point)).toBe(point);
  });

  it('keeps null where any value is allowed, whatever else it changes', () => {
    const Result = shape('Result', {}, { result: t.unknown, name: t.string });
    expect(decoded(Result, { result: null })).toEqual({ result: null });
    expect(decoded(Result, { result: null, name: 1 })).toEqual({ result: null });
  });

  it('has no encoder of its own where its members have none', () => {
    expect(shape('Plain', { a: t.string }).encode).toBe(t.identity);
  });

  it('encodes the members that need it, and copies only then', () => {
    const Upper = new t.Type<string, unknown>('Upper', t.string.is, t.string.validate, (value) => value.toUpperCase());
    const Loud = shape('Loud', {}, { cry: Upper });
    const loud = { cry: 'hey', other: 1 };
    expect(Loud.encode(loud)).toEqual({ cry: 'HEY', other: 1 });
    expect(loud.cry).toBe('hey');

    const silent = { cry: undefined, other: 1 };
    expect(Loud.encode(silent)).toBe(silent);
    const already = { cry: 'HEY' };
    expect(Loud.encode(already)).toBe(already);
  });
});

describe('tagged', () => {
  it('is a shape whose type is one word', () => {
    const Dot = tagged('dot', { x: t.number });
    expect(Dot.is({ type: 'dot', x: 1 })).toBe(true);
    expect(faultsOf(Dot, { type: 'line', x: 1 })).toEqual(['type']);
    expect(faultsOf(Dot, { type: 'dot' })).toEqual(['x']);
  });
});

describe('literal', () => {
  it('accepts one string and is named like it', () => {
    expect(literal('a').name).toBe('"a"');
    expect(decoded(literal('a'), 'a')).toBe('a');
    expect(faultsOf(literal('a'), 'b')).toEqual(['']);
  });
});
