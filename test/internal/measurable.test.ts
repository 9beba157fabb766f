import { measurable } from '../../src/internal/measurable.js';

describe('measurable', () => {
  it.each([
    [0, 0],
    [1500, 1500],
    [2 ** 31 - 1, 2 ** 31 - 1],
    [2 ** 31, 2 ** 31 - 1],
    [Infinity, 2 ** 31 - 1],
  ])('%d ms are %d', (ms, expected) => {
    expect(measurable(ms)).toBe(expected);
  });
});
