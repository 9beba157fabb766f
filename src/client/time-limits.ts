import {
  connect,
  distinctUntilChanged,
  identity,
  ignoreElements,
  map,
  merge,
  type MonoTypeOperatorFunction,
  pipe,
  type SchedulerLike,
  throwError,
  timeout,
} from 'rxjs';

import { type TimeLimit, TimeLimitError } from '../errors/index.js';
import { jsonEqual } from '../internal/json-equal.js';
import { measurable } from '../internal/measurable.js';
import { within } from '../internal/within.js';
import type { TransportResponse } from '../transport/index.js';

/** How long something may take, in ms; no limit where none is given. */
export type TimeLimits = Readonly<Partial<Record<TimeLimit, number | undefined>>>;

/** Limits the time to the first value, under a name of its own, and between two; no time at all where there is no limit. */
const limitWaits = <T>(
  limit: TimeLimit,
  first = Infinity,
  each = Infinity,
  scheduler: SchedulerLike,
): MonoTypeOperatorFunction<T> =>
  first === Infinity && each === Infinity
    ? identity
    : timeout({
        first: measurable(first),
        each: measurable(each),
        with: ({ seen }) =>
          throwError(() => (seen === 0 ? new TimeLimitError(limit, first) : new TimeLimitError('idle', each))),
        scheduler,
      });

/** Limits the time to the head of the answer. */
export const limitConnect = <T>({ connect }: TimeLimits, scheduler: SchedulerLike): MonoTypeOperatorFunction<T> =>
  limitWaits('connect', connect, undefined, scheduler);

/** Limits the time to the first event, and between two. */
export const limitSilence = <T>(
  { firstEvent, idle }: TimeLimits,
  scheduler: SchedulerLike,
): MonoTypeOperatorFunction<T> => limitWaits('firstEvent', firstEvent, idle, scheduler);

/** Limits the time between two events where there have been some before: the first one is not different from the others. */
export const limitIdle = <T>({ idle }: TimeLimits, scheduler: SchedulerLike): MonoTypeOperatorFunction<T> =>
  limitWaits('idle', idle, idle, scheduler);

/** Limits the time to the head of an answer that is JSON, and between two pieces of its body. */
export const limitAnswer = (
  limits: TimeLimits,
  scheduler: SchedulerLike,
): MonoTypeOperatorFunction<TransportResponse> =>
  pipe(
    limitConnect(limits, scheduler),
    map((response) => ({ ...response, body: response.body.pipe(limitIdle(limits, scheduler)) })),
  );

/** Limits the time between two answers that differ (quirk Q15). */
export const limitStandstill = <T>(idle: number, scheduler: SchedulerLike): MonoTypeOperatorFunction<T> =>
  idle === Infinity
    ? identity
    : connect((looks$) =>
        merge(looks$.pipe(distinctUntilChanged(jsonEqual), limitIdle({ idle }, scheduler), ignoreElements()), looks$),
      );

/** Limits the time to the end. */
export const limitTotal = <T>(
  { total }: TimeLimits,
  scheduler: SchedulerLike | undefined,
): MonoTypeOperatorFunction<T> => within(total, scheduler, (ms) => new TimeLimitError('total', ms));
