import { assertNever } from '../../src/internal/assert-never.js';

describe('assertNever', () => {
  it('throws, and says what was not foreseen', () => {
    expect(() => assertNever('surprise' as never)).toThrow(new TypeError('Unhandled case: surprise'));
  });
});
