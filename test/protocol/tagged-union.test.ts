import * as t from 'io-ts';

import { tagged } from '../../src/protocol/shape.js';
import { taggedUnion } from '../../src/protocol/tagged-union.js';
import { decoded, faultsOf } from '../support/decode.js';

const Circle = tagged('circle', { radius: t.number });
const Square = tagged('square', { side: t.number });
const Figure = taggedUnion('Figure', 'type', { circle: Circle, square: Square });

describe('taggedUnion', () => {
  it('decodes by the case that the tag names, and returns what needs no change as it came', () => {
    const circle = { type: 'circle', radius: 1 };
    expect(decoded(Figure, circle)).toBe(circle);
    expect(Figure.is(circle)).toBe(true);
  });

  it('refuses a known case that is broken: it never passes for an unknown one', () => {
    expect(faultsOf(Figure, { type: 'circle' })).toEqual(['radius']);
    expect(Figure.is({ type: 'circle' })).toBe(false);
  });

  it.each([[{ type: 'oval', axes: [1, 2] }], [{ type: 1 }], [{ type: null }], [{}]])(
    'keeps %j, whose tag it does not know, verbatim',
    (received) => {
      const figure = decoded(Figure, received);
      expect(figure).toEqual({ type: 'unknown', received });
      expect((figure as { readonly received: unknown }).received).toBe(received);
      expect(Figure.is(figure)).toBe(true);
      expect(Figure.is(received)).toBe(false);
    },
  );

  it('does not wrap twice what it has wrapped', () => {
    const unknown = { type: 'unknown', received: { type: 'oval' } };
    expect(decoded(Figure, unknown)).toBe(unknown);
  });

  it('wraps an object that only calls itself unknown', () => {
    expect(decoded(Figure, { type: 'unknown' })).toEqual({ type: 'unknown', received: { type: 'unknown' } });
  });

  it.each([[null], ['circle'], [[]], [undefined]])('refuses %j, which is no object', (value) => {
    expect(faultsOf(Figure, value)).toEqual(['']);
    expect(Figure.is(value)).toBe(false);
  });

  it('does not take inherited members for its cases', () => {
    expect(decoded(Figure, { type: 'constructor' })).toEqual({ type: 'unknown', received: { type: 'constructor' } });
    expect(decoded(Figure, { type: '__proto__' })).toEqual({ type: 'unknown', received: { type: '__proto__' } });
  });

  it('writes back what was received', () => {
    const received = { type: 'oval' };
    expect(Figure.encode({ type: 'unknown', received })).toBe(received);
  });

  it('writes a known case by its codec', () => {
    const square = { type: 'square', side: 2 } as const;
    expect(Figure.encode(square)).toBe(square);
  });

  it('looks at the tag after what normalizes the value', () => {
    const Named = taggedUnion('Named', 'type', { circle: Circle }, (value) =>
      typeof value === 'number' ? { type: 'circle', radius: value } : value,
    );
    expect(decoded(Named, 3)).toEqual({ type: 'circle', radius: 3 });
  });
});
