import { isDeepStrictEqual } from 'node:util';

/** Ends the run of a candidate whose output is wrong. */
export const verify = (what: string, received: unknown, expected: unknown): void => {
  if (!isDeepStrictEqual(received, expected))
    throw new Error(`Wrong output of ${process.argv.slice(2).join(' ')}: ${what}`);
};
