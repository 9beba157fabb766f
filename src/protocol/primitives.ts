import * as t from 'io-ts';

import { isRecord } from '../internal/is-record.js';
import type { Codec } from './codec.js';

/** What a guard lets through, as it came. */
/* @__NO_SIDE_EFFECTS__ */
export function guarded<A>(name: string, is: (u: unknown) => u is A): t.Type<A> {
  return new t.Type(name, is, (u, context) => (is(u) ? t.success(u) : t.failure(u, context)), t.identity);
}

// io-ts has these, each with a class of its own, which a bundle would carry.
export const string: t.Type<string> = guarded('string', (u) => typeof u === 'string');
export const number: t.Type<number> = guarded('number', (u) => typeof u === 'number');
export const boolean: t.Type<boolean> = guarded('boolean', (u) => typeof u === 'boolean');
export const unknown: t.Type<unknown> = guarded('unknown', (_u): _u is unknown => true);

/** Values the API documents today, and any other string: every enum of this API is open (wire-format 0). */
export type OpenEnum<Known extends string> = Known | (string & Record<never, never>);

/** The codec of an {@link OpenEnum}: the listed values are for the type, any string decodes. */
/* @__NO_SIDE_EFFECTS__ */
export function openEnum<const Known extends string>(
  name: string,
  known: readonly Known[],
): t.Type<OpenEnum<Known>, string> & { readonly known: readonly Known[] } {
  return Object.assign(
    guarded(name, (u): u is OpenEnum<Known> => typeof u === 'string'),
    { known },
  );
}

/** A JSON object with any members. */
export const JsonObject: t.Type<Readonly<Record<string, unknown>>> = guarded('object', isRecord);

/** A number; 64-bit counters that arrive as decimal strings are read as numbers (wire-format 0). */
export const Count: t.Type<number, number> = new t.Type(
  'number',
  (u): u is number => typeof u === 'number',
  (u, context) => {
    if (typeof u === 'number') return t.success(u);
    return typeof u === 'string' && /^-?\d+(\.\d+)?$/.test(u) ? t.success(Number(u)) : t.failure(u, context);
  },
  t.identity,
);

/** A string; a number in its place is read as its digits (error codes come as either, wire-format 12.1). */
export const Code: t.Type<string, string> = new t.Type(
  'string',
  (u): u is string => typeof u === 'string',
  (u, context) => {
    if (typeof u === 'string') return t.success(u);
    return typeof u === 'number' ? t.success(String(u)) : t.failure(u, context);
  },
  t.identity,
);

/** An array whose items all decode. Unchanged arrays are returned as they came. */
/* @__NO_SIDE_EFFECTS__ */
export function listOf<A>(item: Codec<A>): Codec<readonly A[]> & {
  readonly item: Codec<A>;
} {
  const name = `${item.name}[]`;
  const is = (u: unknown): u is readonly A[] => Array.isArray(u) && u.every((value) => item.is(value));
  const validate = (u: unknown, context: t.Context): t.Validation<readonly A[]> => {
    if (is(u)) return t.success(u);
    if (!Array.isArray(u)) return t.failure(u, context);
    const errors: t.ValidationError[] = [];
    const items: A[] = [];
    u.forEach((value: unknown, at) => {
      const result = item.validate(value, t.appendContext(context, String(at), item, value));
      if (result._tag === 'Left') errors.push(...result.left);
      else items.push(result.right);
    });
    return errors.length > 0 ? t.failures(errors) : t.success(items);
  };
  const encode = (items: readonly A[]): unknown => {
    const encoded = items.map((value) => item.encode(value));
    return encoded.some((value, at) => value !== items[at]) ? encoded : items;
  };
  const codec = new t.Type<readonly A[], unknown, unknown>(
    name,
    is,
    validate,
    item.encode === t.identity ? t.identity : encode,
  );
  return Object.assign(codec, { item });
}

/**
 * A value of one of two codecs. For small unions without a tag.
 *
 * @param isSecond - Which values are for the second codec. By default those that it accepts as they are, and those that the
 * first one does not decode.
 */
/* @__NO_SIDE_EFFECTS__ */
export function either<A, B>(
  first: Codec<A>,
  second: Codec<B>,
  isSecond: (value: unknown) => boolean = second.is,
): Codec<A | B> & { readonly choices: readonly [Codec<A>, Codec<B>] } {
  const codec = new t.Type<A | B, unknown, unknown>(
    `${first.name} | ${second.name}`,
    (u): u is A | B => first.is(u) || second.is(u),
    (u, context) => {
      if (isSecond(u)) return second.validate(u, context);
      const result = first.validate(u, context);
      return result._tag === 'Right' ? result : second.validate(u, context);
    },
    (value) => (first.is(value) ? first.encode(value) : second.encode(value)),
  );
  return Object.assign(codec, { choices: [first, second] as const });
}
