import { isRecord } from '../internal/is-record.js';

/**
 * The paths of the members that decoding left out because they had an unexpected type (`null` is no type: it means absent).
 * What decoding did not change is the same object, so only the changed paths are walked.
 */
export const droppedMembers = (received: unknown, decoded: unknown, path = ''): readonly string[] => {
  if (received === decoded) return [];
  if (Array.isArray(received) && Array.isArray(decoded)) {
    return received.flatMap((item, at) => droppedMembers(item, decoded[at], `${path}[${String(at)}]`));
  }
  if (!isRecord(received) || !isRecord(decoded) || decoded['received'] === received) return [];
  return Object.entries(received).flatMap(([key, value]) => {
    const at = path === '' ? key : `${path}.${key}`;
    if (value === null || value === undefined) return [];
    return Object.hasOwn(decoded, key) ? droppedMembers(value, decoded[key], at) : [at];
  });
};
