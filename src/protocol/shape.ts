import * as t from 'io-ts';

import { isRecord } from '../internal/is-record.js';
import { guarded } from './primitives.js';

/** The members of an object and the codec of each. */
export type Members = Readonly<Record<string, t.Mixed>>;

type Flat<T> = { readonly [K in keyof T]: T[K] };

/** The type that {@link shape} describes: every optional member may also be there as `undefined`. */
export type ShapeOf<Required extends Members, Optional extends Members> = Flat<
  { readonly [K in keyof Required]: t.TypeOf<Required[K]> } & {
    readonly [K in keyof Optional]?: t.TypeOf<Optional[K]> | undefined;
  }
>;

/**
 * A plain guard for the values that come most often. It may leave anything to the codec, but must accept nothing
 * that the codec refuses.
 */
export type IsCommon = (value: Readonly<Record<string, unknown>>) => boolean;

/**
 * An object codec that is strict about what must be read and lenient about the rest.
 *
 * - Members it does not list are kept.
 * - A *required* member that does not decode is an error, with its path.
 * - An *optional* member that does not decode, or is `null`, is left out of the result.
 * - What needs no change is returned as it came: the same object.
 */
export class Shape<Required extends Members, Optional extends Members> extends t.Type<
  ShapeOf<Required, Optional>,
  unknown
> {
  readonly _tag = 'Shape';
  readonly required: Required;
  readonly optional: Optional;

  constructor(name: string, required: Required, optional: Optional, isCommon?: IsCommon) {
    type A = ShapeOf<Required, Optional>;
    const must = Object.entries<t.Mixed>(required);
    const may = Object.entries<t.Mixed>(optional);

    const is = (u: unknown): u is A => {
      if (!isRecord(u)) return false;
      if (isCommon?.(u)) return true;
      for (const [key, codec] of must) if (!codec.is(u[key])) return false;
      for (const [key, codec] of may) {
        const value = u[key];
        if (value !== undefined && !codec.is(value)) return false;
      }
      return true;
    };

    const validate = (u: unknown, context: t.Context): t.Validation<A> => {
      if (is(u)) return t.success(u);
      if (!isRecord(u)) return t.failure(u, context);
      const decoded = { ...u };
      const errors: t.ValidationError[] = [];
      for (const [key, codec] of must) {
        const result = codec.validate(u[key], t.appendContext(context, key, codec, u[key]));
        if (result._tag === 'Left') errors.push(...result.left);
        else decoded[key] = result.right;
      }
      for (const [key, codec] of may) {
        if (u[key] === undefined) continue;
        const result = codec.validate(u[key], context);
        if (result._tag === 'Left') Reflect.deleteProperty(decoded, key);
        else decoded[key] = result.right;
      }
      // Safe: every listed member has just been decoded by its codec or left out.
      return errors.length > 0 ? t.failures(errors) : t.success(decoded as A);
    };

    const rewritten = [...must, ...may].filter(([, codec]) => codec.encode !== t.identity);
    const encode = (value: A): unknown => {
      let encoded: Record<string, unknown> = value;
      for (const [key, codec] of rewritten) {
        const member = encoded[key];
        if (member === undefined) continue;
        const wire: unknown = codec.encode(member);
        if (wire === member) continue;
        if (encoded === value) encoded = { ...value };
        encoded[key] = wire;
      }
      return encoded;
    };

    super(name, is, validate, rewritten.length > 0 ? encode : t.identity);
    this.required = required;
    this.optional = optional;
  }
}

/** Describes an object: its name (error paths are built from it), what it must have, what it may have. */
/* @__NO_SIDE_EFFECTS__ */
export function shape<Required extends Members, Optional extends Members = Record<never, never>>(
  name: string,
  required: Required,
  optional: Optional = {} as Optional,
  isCommon?: IsCommon,
): Shape<Required, Optional> {
  return new Shape(name, required, optional, isCommon);
}

/** A {@link shape} with a literal `type` member: one case of a union. */
/* @__NO_SIDE_EFFECTS__ */
export function tagged<
  const Type extends string,
  Required extends Members = Record<never, never>,
  Optional extends Members = Record<never, never>,
>(
  type: Type,
  required: Required = {} as Required,
  optional: Optional = {} as Optional,
): Shape<Required & { readonly type: t.Type<Type, Type> }, Optional> {
  return shape(type, { ...required, type: literal(type) }, optional);
}

/** One string, exactly. */
/* @__NO_SIDE_EFFECTS__ */
export function literal<const Value extends string>(value: Value): t.Type<Value, Value> {
  return guarded(JSON.stringify(value), (u): u is Value => u === value);
}
