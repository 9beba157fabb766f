import { type MarbleHelpers, marbles as libraryMarbles } from 'rx-interactions/testing';

/** A test in virtual time, compared by Jest. */
export const marbles = (body: (helpers: MarbleHelpers) => void): (() => void) =>
  libraryMarbles((actual, expected) => {
    expect(actual).toEqual(expected);
  }, body);
