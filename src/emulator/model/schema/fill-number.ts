import { fitsSchema } from './fits-schema.js';
import { numberAt, type Schema } from './json-schema.js';

/** Multiples that are tried before it is given up. */
const MOST_TRIED = 1000;

/** The candidates for a number, the best first: what is wanted, as near to it as the limits let it be. */
const candidates = function* (schema: Schema, wanted: number, isInteger: boolean): Generator<number> {
  const [above, below] = [numberAt(schema, 'exclusiveMinimum'), numberAt(schema, 'exclusiveMaximum')];
  const low = Math.max(numberAt(schema, 'minimum') ?? -Infinity, above ?? -Infinity);
  const high = Math.min(numberAt(schema, 'maximum') ?? Infinity, below ?? Infinity);
  const step = numberAt(schema, 'multipleOf') ?? (isInteger ? 1 : 0);
  const nearest = Math.max(low, Math.min(high, wanted));
  yield nearest;
  if (Number.isFinite(low) && Number.isFinite(high)) yield (low + high) / 2;
  if (step <= 0) {
    yield* [nearest + 0.5, nearest - 0.5, nearest + 1, nearest - 1];
    return;
  }
  const first = Math.ceil(nearest / step);
  for (let at = 0; at < MOST_TRIED; at += 1) {
    yield (first + at) * step;
    yield (first - at) * step;
    // 3 × 0.1 is not 0.3 in floating point, and 3 / 10 is
    if (step < 1) yield* [(first + at) / Math.round(1 / step), (first - at) / Math.round(1 / step)];
  }
};

/** What numbers usually are, by a word of their name. */
const USUAL: readonly (readonly [name: RegExp, number: number])[] = [
  [/year/, 2001],
  [/(?:^|_)age(?:$|_)|temperature|celsius/, 21],
  [/rating|score|stars/, 4],
  [/minutes|seconds|duration/, 30],
  [/percent/, 50],
  [/price|cost|amount/, 10],
];

/** "yearPublished" and "year_published" are one name. */
const snakeCase = (name: string): string => name.replace(/(?<=[\p{Ll}\d])(?=\p{Lu})/gu, '_').toLowerCase();

/** What a number of this name is, for all that is known: a small one, of those that the limits leave. */
const plausible = (schema: Schema, name: string, ordinal: number): number => {
  const low = numberAt(schema, 'minimum') ?? numberAt(schema, 'exclusiveMinimum') ?? -Infinity;
  const high = numberAt(schema, 'maximum') ?? numberAt(schema, 'exclusiveMaximum') ?? Infinity;
  const word = snakeCase(name);
  const usual = USUAL.find(([about]) => about.test(word))?.[1] ?? 1;
  const first = usual < low || usual > high ? Math.max(low, Math.min(high, 1)) : usual;
  const { multipleOf: step } = schema;
  const distance = ordinal * (typeof step === 'number' && step > 0 ? step : 1);
  return first + distance > high ? first - distance : first + distance;
};

/**
 * A number within the limits of a schema, as near to the wanted one as can be.
 *
 * @param wanted - A number of the prompt; without one, it is what a number of that name usually is.
 * @param ordinal - How many of the same were made before it: each is another one.
 */
export const fillNumber = (
  schema: Schema,
  name: string,
  wanted: number | undefined,
  ordinal: number,
  isInteger: boolean,
): number => {
  const aim = wanted ?? plausible(schema, name, ordinal);
  const types = { ...schema, type: isInteger ? 'integer' : 'number' };
  for (const value of candidates(schema, aim, isInteger)) if (fitsSchema(value, types, schema)) return value;
  return aim;
};
