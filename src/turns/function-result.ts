import { isError } from '../internal/error-like.js';
import { isRecord } from '../internal/is-record.js';
import { Content, type FunctionResultStep } from '../protocol/index.js';
import type { FunctionCall } from '../steps/index.js';

/** Whether an array is content blocks, which the API takes as they are; any other array has to be wrapped. */
const isContentList = (value: readonly unknown[]): boolean =>
  value.length > 0 &&
  value.every((item) => isRecord(item) && Object.hasOwn(Content.cases, String(item['type'])) && Content.is(item));

/** A value in one of the forms that `result` may have: text, an object, content blocks (wire-format 8.1). */
const resultOf = (value: unknown): unknown => {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return isContentList(value) ? value : { result: value };
  return isRecord(value) ? value : { result: value };
};

/**
 * The answer to a function call, as a step to send.
 *
 * Text, objects and arrays of content blocks go as they are; other arrays, numbers, booleans and `null` are wrapped as
 * `{ result }`; `undefined` is empty text. An `Error` becomes `is_error: true` with its message: the model can recover.
 *
 * Throws a `TypeError` for what JSON cannot hold (a `bigint`, a cycle).
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
  if (isError(value)) return { ...answer, is_error: true, result: value.message };
  try {
    JSON.stringify(value);
  } catch (cause) {
    throw new TypeError(`The result of ${call.name} cannot be written as JSON: ${String(cause)}`, { cause });
  }
  return { ...answer, result: resultOf(value) };
};
