import type { OpenContainer } from './json-state.js';
import { setMember } from './set-member.js';

type JsonObject = Record<string, unknown>;

/**
 * An object of more keys than this is a dictionary to the engine. Without a prototype it is one from the start, which saves
 * making it a dictionary half-way: 28 ns for a key and not 220 (1,000 keys, V8 11.3).
 */
const MANY_KEYS = 100;

/**
 * The members that are complete, and the one that is being read where its value has begun. Of two with one key the later
 * one counts, at the place of the earlier one.
 */
const objectOf = ({ children, count }: OpenContainer, child: unknown): JsonObject => {
  const isDictionary = count > 2 * MANY_KEYS;
  const object = isDictionary ? (Object.create(null) as JsonObject) : {};
  // Safe: every other child is a key.
  for (let at = 1; at < count; at += 2) setMember(object, children[at - 1] as string, children[at]);
  if (child !== undefined) setMember(object, children[count - 1] as string, child);
  return isDictionary ? (Object.setPrototypeOf(object, Object.prototype) as JsonObject) : object;
};

/** The elements that are complete, and the one that is being read where it has begun. */
const arrayOf = ({ children, count }: OpenContainer, child: unknown): unknown[] => {
  if (children.length > count) {
    const array = children.slice(0, count);
    if (child !== undefined) array.push(child);
    return array;
  }
  // All of a list is copied four times as fast as a part of it that is as long.
  if (child === undefined) return children.slice();
  // Added to the copy, it would make the engine copy all of it once more.
  children.push(child);
  const array = children.slice();
  children.pop();
  return array;
};

/** The value of a container as far as it has been read, with the child that is being read in it, if there is one. */
export const valueOf = (container: OpenContainer, child?: unknown): unknown =>
  container.isObject ? objectOf(container, child) : arrayOf(container, child);
