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

/** A number within the limits of a schema, as near to the wanted one as can be. */
export const fillNumber = (schema: Schema, wanted: number | undefined, ordinal: number, isInteger: boolean): number => {
  const low = numberAt(schema, 'minimum') ?? numberAt(schema, 'exclusiveMinimum');
  const { multipleOf: step } = schema;
  const aim = wanted ?? (low ?? 1) + ordinal * (typeof step === 'number' && step > 0 ? step : 1);
  const types = { ...schema, type: isInteger ? 'integer' : 'number' };
  for (const value of candidates(schema, aim, isInteger)) if (fitsSchema(value, types, schema)) return value;
  return aim;
};
