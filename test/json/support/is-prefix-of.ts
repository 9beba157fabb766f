import { isDeepStrictEqual } from 'node:util';

import { isRecord } from '../../../src/internal/is-record.js';

/**
 * Whether a value is a prefix of another, as the architecture defines it: strings grow, numbers and literals are there as a
 * whole or not at all, a key is there with the start of its value, only the last child of a container is partial.
 */
export const isPrefixOf = (part: unknown, whole: unknown): boolean => {
  if (part === undefined) return true;
  if (typeof part === 'string') return typeof whole === 'string' && whole.startsWith(part);
  if (Array.isArray(part)) {
    if (!Array.isArray(whole) || part.length > whole.length) return false;
    const last = part.length - 1;
    return part.every((item, at) => (at === last ? isPrefixOf(item, whole[at]) : isDeepStrictEqual(item, whole[at])));
  }
  if (isRecord(part)) {
    if (!isRecord(whole)) return false;
    const keys = Object.keys(part);
    const inOrder = Object.keys(whole).filter((key) => Object.hasOwn(part, key));
    const partial = keys.filter((key) => !isDeepStrictEqual(part[key], whole[key]));
    return (
      isDeepStrictEqual(keys, inOrder) &&
      partial.length <= 1 &&
      partial.every((key) => Object.hasOwn(whole, key) && isPrefixOf(part[key], whole[key]))
    );
  }
  return Object.is(part, whole);
};
