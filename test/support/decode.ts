import type * as t from 'io-ts';

/** What a codec makes of a value; throws where it refuses it. */
export const decoded = <A>(codec: t.Type<A, unknown>, value: unknown): A => {
  const result = codec.decode(value);
  if (result._tag === 'Left') throw new Error(`${codec.name} refuses ${JSON.stringify(value)}`);
  return result.right;
};

/** Where a codec finds fault with a value, as member names joined with dots; empty where it accepts it. */
export const faultsOf = <A>(codec: t.Type<A, unknown>, value: unknown): readonly string[] => {
  const result = codec.decode(value);
  if (result._tag === 'Right') return [];
  return result.left.map(({ context }) =>
    context
      .map(({ key }) => key)
      .filter((key) => key !== '')
      .join('.'),
  );
};
