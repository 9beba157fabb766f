import { isRecord } from '../internal/is-record.js';
import {
  Annotation,
  type Cursor,
  type CursorState,
  type CursorStep,
  type Diagnostic,
  InteractionResource,
  Step,
  Usage,
} from '../protocol/index.js';

type Is<T> = (value: unknown) => value is T;

const isString = (value: unknown): value is string => typeof value === 'string';

const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

const listOf =
  <T>(isItem: Is<T>): Is<readonly T[]> =>
  (value): value is readonly T[] =>
    Array.isArray(value) && value.every(isItem);

const optional =
  <T>(is: Is<T>): Is<T | undefined> =>
  (value): value is T | undefined =>
    value === undefined || is(value);

/** The first member that is not what it is to be. */
const wrongMember = <T extends object>(
  value: object,
  checks: { readonly [K in keyof T]-?: Is<T[K]> },
): string | undefined =>
  Object.entries<Is<unknown>>(checks).find(
    ([name, is]) => !is((value as Readonly<Record<string, unknown>>)[name]),
  )?.[0];

const hasMembers =
  <T extends object>(checks: { readonly [K in keyof T]-?: Is<T[K]> }): Is<T> =>
  (value): value is T =>
    isRecord(value) && wrongMember<T>(value, checks) === undefined;

const isSavedSteps = listOf(
  hasMembers<CursorStep>({
    index: isCount,
    step: Step.is,
    hasEnded: isBoolean,
    argumentsText: optional(isString),
    held: optional(listOf(Annotation.is)),
  }),
);

const CHECKS: { readonly [K in keyof CursorState]-?: Is<CursorState[K]> } = {
  head: InteractionResource.is,
  usage: optional(Usage.is),
  usageBefore: optional(Usage.is),
  ids: listOf(isString),
  done: listOf(Step.is),
  open: isSavedSteps,
  hopStart: isCount,
  // Safe: new codes come with new versions, and the others are what is looked for.
  diagnostics: listOf(
    (value): value is Diagnostic =>
      isRecord(value) &&
      isString(value['code']) &&
      optional(isString)(value['text']) &&
      optional(isCount)(value['count']),
  ),
  settled: isBoolean,
  recentIds: optional(listOf(isString)),
  marked: optional(hasMembers<NonNullable<CursorState['marked']>>({ done: isCount, open: isSavedSteps })),
};

/** The path of what is wrong with a value that is to be a cursor, as far as going on from it is concerned; none if it is one. */
export const faultInCursor = (value: unknown): string | undefined => {
  if (!isRecord(value)) return 'cursor';
  const { v, interactionId, lastEventId, state } = value as Partial<Record<keyof Cursor, unknown>>;
  if (v !== 1) return 'cursor.v';
  if (!isString(interactionId) || interactionId === '') return 'cursor.interactionId';
  if (!optional(isString)(lastEventId)) return 'cursor.lastEventId';
  if (!isRecord(state)) return 'cursor.state';
  const wrong = wrongMember<CursorState>(state, CHECKS);
  if (wrong !== undefined) return `cursor.state.${wrong}`;
  return (state as unknown as CursorState).head.id === interactionId ? undefined : 'cursor.interactionId';
};
