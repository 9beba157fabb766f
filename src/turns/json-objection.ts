import { isObservable } from 'rxjs';

import { isError } from '../internal/error-like.js';

/** Something in a value that JSON cannot hold as it is. */
export interface JsonObjection {
  /** Where: member names and array places, like `rows.3.when`; empty for the whole. */
  readonly path: string;
  /** What it is, and what to send instead. */
  readonly message: string;
}

const kindOf = (value: object): string => Object.prototype.toString.call(value).slice('[object '.length, -1);

const isBytes = (value: object): boolean =>
  ArrayBuffer.isView(value) || ['ArrayBuffer', 'SharedArrayBuffer', 'Blob', 'File'].includes(kindOf(value));

/** `toJSON` of an object that has one, as a URL or a decimal number of a library does. */
const toJsonOf = (value: object): (() => unknown) | undefined =>
  'toJSON' in value && typeof value.toJSON === 'function' ? (value.toJSON as () => unknown) : undefined;

const objectionToObject = (value: object): string | undefined => {
  if (isBytes(value)) return `is bytes (${kindOf(value)}); send a content block made of them, as imageFrom makes one`;
  if (isError(value)) return 'is an Error; send its message';
  if (isObservable(value)) return 'is an Observable; return it from the tool itself';
  const kind = kindOf(value);
  switch (kind) {
    case 'Object':
    case 'Array':
      return undefined;
    case 'Date':
      return 'is a Date; send its toISOString()';
    case 'Map':
      return 'is a Map; send Object.fromEntries(map)';
    case 'Set':
      return 'is a Set; send [...set]';
    case 'Promise':
      return 'is a Promise; wait for it';
    default:
      return toJsonOf(value)
        ? undefined
        : `is of a kind (${kind}) that JSON does not know; send what the model needs of it`;
  }
};

const objectionToValue = (value: unknown): string | undefined => {
  switch (typeof value) {
    case 'bigint':
      return 'is a bigint; send it as text, or as a number';
    case 'number':
      return Number.isFinite(value) ? undefined : `is ${String(value)}; send null, or text`;
    case 'function':
    case 'symbol':
      return `is a ${typeof value}; leave it out`;
    case 'object':
      return value === null ? undefined : objectionToObject(value);
    default:
      return undefined;
  }
};

interface Found {
  /** The innermost member comes first. */
  readonly path: string[];
  readonly message: string;
}

/** How many levels of nesting are looked at, and sent: far more than any tool needs, and less than costs the stack. */
const MOST_LEVELS = 1000;

/** @param within - The objects on the way to the value. What two members share is no cycle. */
const find = (value: unknown, within: Set<object>): Found | undefined => {
  const message = objectionToValue(value);
  if (message !== undefined) return { path: [], message };
  if (typeof value !== 'object' || value === null) return undefined;
  if (within.has(value)) return { path: [], message: 'is what holds it; send what the model needs of it' };
  if (within.size === MOST_LEVELS) return { path: [], message: 'is nested too deep; send what the model needs of it' };
  within.add(value);
  const toJson = toJsonOf(value);
  const found = toJson ? find(toJson.call(value), within) : findInside(value, within);
  within.delete(value);
  return found;
};

const findInside = (value: object, within: Set<object>): Found | undefined => {
  for (const [name, member] of Object.entries(value)) {
    const found = find(member, within);
    if (found) {
      found.path.push(name);
      return found;
    }
  }
  return undefined;
};

/**
 * What keeps a value from being JSON, the first such thing; `undefined` if nothing does.
 *
 * Stricter than `JSON.stringify`, which writes a `Map` as `{}`, bytes as an object of numbers, and `NaN` as `null`: what the
 * model is told shall be what the program meant. Members that are `undefined` are left out, as ever.
 */
export const jsonObjection = (value: unknown): JsonObjection | undefined => {
  const found = find(value, new Set());
  return found && { path: found.path.reverse().join('.'), message: found.message };
};
