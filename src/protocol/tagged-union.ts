import * as t from 'io-ts';

import { isRecord } from '../internal/is-record.js';
import type { Codec } from './codec.js';

type Cases = Readonly<Record<string, t.Mixed>>;

/** What a union keeps of an object whose tag it does not know: the object, verbatim, under a tag of its own. */
export type Unknown<Tag extends string> = Readonly<Record<Tag, 'unknown'>> & { readonly received: unknown };

type UnionOf<Tag extends string, Members extends Cases> = t.TypeOf<Members[keyof Members]> | Unknown<Tag>;

/** The cases of a union by their tags, which are their names. */
/* @__NO_SIDE_EFFECTS__ */
export function byName<List extends readonly t.Mixed[]>(...cases: List): Readonly<Record<string, List[number]>> {
  return Object.fromEntries(cases.map((codec) => [codec.name, codec]));
}

/** A union that looks at the tag first, then at one case: unknown is not malformed. */
export interface TaggedUnion<A> extends Codec<A> {
  /** The member that tells the cases apart. */
  readonly tag: string;
  /** The codec of each case, by its tag. */
  readonly cases: Cases;
}

/**
 * Describes a union by its tag.
 *
 * A known tag decodes by the codec of that case, so that a broken case is an error and never passes for an unknown one.
 * An unknown tag becomes `{ [tag]: 'unknown', received }`; encoding writes `received` back.
 *
 * @param normalize - What to make of a value before its tag is looked at: the place to infer a tag that is missing.
 */
/* @__NO_SIDE_EFFECTS__ */
export function taggedUnion<const Tag extends string, Members extends Cases>(
  name: string,
  tag: Tag,
  cases: Members,
  normalize: (value: unknown) => unknown = (value) => value,
): TaggedUnion<UnionOf<Tag, Members>> {
  type A = UnionOf<Tag, Members>;
  const codecs: ReadonlyMap<unknown, t.Mixed> = new Map(Object.entries(cases));
  const isUnknown = (u: Record<string, unknown>) => u[tag] === 'unknown' && 'received' in u;

  const is = (u: unknown): u is A => {
    if (!isRecord(u)) return false;
    const codec = codecs.get(u[tag]);
    return codec ? codec.is(u) : isUnknown(u);
  };

  const validate = (u: unknown, context: t.Context): t.Validation<A> => {
    const value = normalize(u);
    if (!isRecord(value)) return t.failure(u, context);
    const codec = codecs.get(value[tag]);
    // Safe: the codec of a case decodes to a member of the union.
    if (codec) return codec.validate(value, context) as t.Validation<A>;
    return t.success(isUnknown(value) ? value : { [tag]: 'unknown', received: value });
  };

  const encode = (value: A): unknown => {
    const members: Readonly<Record<string, unknown>> = value;
    const codec = codecs.get(members[tag]);
    return codec ? codec.encode(value) : members['received'];
  };

  return Object.assign(new t.Type<A, unknown, unknown>(name, is, validate, encode), { tag, cases });
}
