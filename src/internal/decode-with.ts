import type * as t from 'io-ts';

/** A Standard Schema (version 1), as zod, valibot and arktype make them: as much of it as is read. */
export interface StandardSchema<A> {
  readonly '~standard': {
    readonly version: 1;
    readonly validate: (value: unknown) => StandardResult<A> | Promise<StandardResult<A>>;
  };
}

/** What a Standard Schema makes of a value: another value, or issues. */
export type StandardResult<A> =
  { readonly value: A; readonly issues?: undefined } | { readonly issues: readonly StandardIssue[] };

/** One thing that a Standard Schema does not like, and where. */
export interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** What checks a value and gives it its type: an io-ts codec, or a Standard Schema. */
export type Decoder<A> = t.Type<A, unknown> | StandardSchema<A>;

/** One thing that a decoder does not like. */
export interface DecodingIssue {
  /** Where: member names and array places, like `rows.3.name`; empty for the whole. */
  readonly path: string;
  /** What is wrong there, in the decoder's words. */
  readonly message: string;
}

/** The value as its decoder gives it, or why there is none. */
export type Decoded<A> =
  | { readonly value: A; readonly issues?: undefined }
  | { readonly value?: undefined; readonly issues: readonly DecodingIssue[] };

/** What is wrong, for a message. */
export const describeIssue = ({ path, message }: DecodingIssue): string =>
  path === '' ? message : `${path}: ${message}`;

/**
 * What is wrong, for a message, and how many more things there are: what every element of a long list lacks is said once.
 *
 * @param most - How many are told.
 */
export const describeIssues = (issues: readonly DecodingIssue[], most = 1): string => {
  const told = issues.length === 0 ? 'no reason was given' : issues.slice(0, most).map(describeIssue).join('; ');
  return issues.length > most ? `${told} (and ${issues.length - most} more)` : told;
};

/**
 * Decodes a value with an io-ts codec or a Standard Schema; a promise only where the schema gives one. What the decoder
 * itself throws is thrown on. The two are told apart by what they can do: `instanceof` fails between two copies of a package.
 */
export const decodeWith = <A>(decoder: Decoder<A>, value: unknown): Decoded<A> | Promise<Decoded<A>> => {
  // Asked first: a zod schema has a `decode` of its own.
  if (!('~standard' in decoder)) return decodeWithCodec(decoder, value);
  const result = decoder['~standard'].validate(value);
  return 'then' in result ? result.then(fromStandard) : fromStandard(result);
};

const fromStandard = <A>(result: StandardResult<A>): Decoded<A> =>
  result.issues === undefined ? result : { issues: result.issues.map(fromStandardIssue) };

const fromStandardIssue = ({ message, path = [] }: StandardIssue): DecodingIssue => ({
  path: path.map((segment) => String(typeof segment === 'object' ? segment.key : segment)).join('.'),
  message,
});

const decodeWithCodec = <A>(codec: t.Type<A, unknown>, value: unknown): Decoded<A> => {
  const decoded = codec.decode(value);
  return decoded._tag === 'Right'
    ? { value: decoded.right }
    : {
        issues: decoded.left.map(({ context }) => ({
          path: pathOf(context),
          message: `expected ${context.at(-1)?.type.name ?? 'something else'}`,
        })),
      };
};

/** The members of the value that lead to an issue. Which member of a union or an intersection it was says nothing of the value. */
const pathOf = (context: t.Context): string =>
  context
    .filter(({ key }, at) => key !== '' && !hasAlternatives(context[at - 1]?.type))
    .map(({ key }) => key)
    .join('.');

const hasAlternatives = (codec: object | undefined): boolean =>
  codec !== undefined &&
  '_tag' in codec &&
  (codec._tag === 'UnionType' || codec._tag === 'IntersectionType' || codec._tag === 'TaggedUnionType');
