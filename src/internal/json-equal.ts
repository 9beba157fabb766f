import { isRecord } from './is-record.js';

/** Whether two JSON values say the same, whatever the order of their keys. Members that are `undefined` count as absent. */
export const jsonEqual = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, at) => jsonEqual(item, b[at]));
  }
  if (!isRecord(a) || !isRecord(b)) return false;
  const present = (record: Record<string, unknown>) => Object.keys(record).filter((key) => record[key] !== undefined);
  const keys = present(a);
  return keys.length === present(b).length && keys.every((key) => Object.hasOwn(b, key) && jsonEqual(a[key], b[key]));
};
