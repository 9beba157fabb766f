import { isRecord } from '../../src/internal/is-record.js';

describe('isRecord', () => {
  it.each([[{}], [{ a: 1 }], [Object.create(null)]])('is true of the object %j', (value) => {
    expect(isRecord(value)).toBe(true);
  });

  it.each([[null], [undefined], [[]], ['text'], [0], [true]])('is false of %j', (value) => {
    expect(isRecord(value)).toBe(false);
  });
});
