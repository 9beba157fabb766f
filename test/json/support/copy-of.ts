import { isRecord } from '../../../src/internal/is-record.js';

/** A copy that shares nothing with the original: `structuredClone` gives objects of another realm inside Jest. */
export const copyOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(copyOf);
  return isRecord(value)
    ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, copyOf(member)]))
    : value;
};
