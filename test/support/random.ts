import fc from 'fast-check';

/** Places below a limit, random but always the same. */
export const seededCuts = (count: number, limit: number, seed = 20260520): readonly number[] =>
  fc.sample(fc.nat({ max: limit - 1 }), { numRuns: count, seed });
