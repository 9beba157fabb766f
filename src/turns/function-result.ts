import { isError } from '../internal/error-like.js';
import { isRecord } from '../internal/is-record.js';
import { Content, type FunctionResultStep } from '../protocol/index.js';
import type { FunctionCall } from '../steps/index.js';
import { jsonObjection } from './json-objection.js';

/** Whether a value is a content block that holds something: text, or a medium inline or by reference. */
const isBlock = (value: unknown): boolean =>
  isRecord(value) &&
  Object.hasOwn(Content.cases, String(value['type'])) &&
  Content.is(value) &&
  (value.type === 'text' || 'data' in value || 'uri' in value);

/** A value in one of the forms that `result` may have: text, an object, content blocks (wire-format 8.1). */
const resultOf = (value: unknown): unknown => {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  // A list is taken for content, so that any other list has to be wrapped; and an object for data, a block on its own, too.
  if (Array.isArray(value)) return value.length > 0 && value.every(isBlock) ? value : { result: value };
  if (isBlock(value)) return [value];
  return isRecord(value) ? value : { result: value };
};

/**
 * The answer to a function call, as a step to send.
 *
 * Text and objects go as they are. Content blocks (text, images, …) go as content, which the model sees and hears: a list
 * of them, or one, as `imageFrom` makes it. Other lists, numbers, booleans and `null` are wrapped as `{ result }`;
 * `undefined` is empty text (wire-format 8.1). An `Error` becomes `is_error: true` with its message, or its name where it
 * has none, and nothing else of it: the model can recover.
 *
 * Throws a `TypeError` that names the place and says what to send instead, for what JSON cannot hold as it is, at any depth:
 * a `bigint`, a cycle, a `Date`, a `Map`, a `Set`, bytes, an `Error`, a function, `NaN`.
 *
 * @example
 * ```ts
 * functionResult(call, { celsius: 22 });
 * functionResult(call, new Error('no such city'));
 * ```
 */
export const functionResult = (call: Pick<FunctionCall, 'id' | 'name'>, value: unknown): FunctionResultStep => {
  const answer = {
    type: 'function_result',
    call_id: call.id,
    ...(call.name === '' ? {} : { name: call.name }),
  } as const;
  if (isError(value)) return { ...answer, is_error: true, result: value.message || value.name };
  const objection = jsonObjection(value);
  if (objection) {
    const { path, message } = objection;
    throw new TypeError(`The result of ${call.name} cannot be sent as JSON: ${path || 'it'} ${message}`);
  }
  return { ...answer, result: resultOf(value) };
};
