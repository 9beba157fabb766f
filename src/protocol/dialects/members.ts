import { isRecord } from '../../internal/is-record.js';
import type { Received } from './dialect.js';

/* Objects with members changed. Spread and rest define members, so that one called `__proto__` stays a member. */

/** The object with a member under another name, unless something stands there already. */
export const renamed = (
  object: Received,
  from: string,
  to: string,
  change: (value: unknown) => unknown = (value) => value,
): Received => {
  if (object[from] === undefined || object[to] !== undefined) return object;
  const { [from]: value, ...rest } = object;
  return { ...rest, [to]: change(value) };
};

/** The object without a member. */
export const without = (object: Received, key: string): Received => {
  const { [key]: _dropped, ...rest } = object;
  return rest;
};

/** The object with a member changed; the same one where that changes nothing. */
export const withMember = (object: Received, key: string, change: (value: unknown) => unknown): Received => {
  const value = object[key];
  if (value === undefined) return object;
  const changed = change(value);
  return changed === value ? object : { ...object, [key]: changed };
};

/** The list with its items changed; the same one where that changes nothing. */
export const withItems = (items: readonly unknown[], change: (item: unknown) => unknown): readonly unknown[] => {
  const changed = items.map(change);
  return changed.some((item, at) => item !== items[at]) ? changed : items;
};

/** An object, or each object of a list, changed; anything else is left alone. */
export const eachRecord = (value: unknown, change: (object: Received) => unknown): unknown =>
  Array.isArray(value)
    ? withItems(value, (item) => (isRecord(item) ? change(item) : item))
    : isRecord(value)
      ? change(value)
      : value;

/** The texts in a list of blocks, in a block, or in a bare string; `undefined` where there are none. */
export const textsIn = (content: unknown): readonly string[] | undefined => {
  const texts = (Array.isArray(content) ? content : [content]).flatMap((block: unknown): readonly string[] => {
    if (typeof block === 'string') return [block];
    return isRecord(block) && typeof block['text'] === 'string' ? [block['text']] : [];
  });
  return texts.length === 0 ? undefined : texts;
};
