import {
  connect,
  distinctUntilChanged,
  ignoreElements,
  map,
  merge,
  type MonoTypeOperatorFunction,
  type Observable,
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

const unchanged = <T>(source: Observable<T>): Observable<T> => source;

const exceeded = (limit: TimeLimit, ms: number): Observable<never> => throwError(() => new TimeLimitError(limit, ms));

/** Limits the time to the head of the answer. */
export const limitConnect = <T>(
  { connect: ms }: TimeLimits,
  scheduler: SchedulerLike | undefined,
): MonoTypeOperatorFunction<T> =>
  ms === undefined
    ? unchanged
    : timeout({ first: measurable(ms), with: () => exceeded('connect', ms), ...(scheduler && { scheduler }) });

/** Limits the time to the first event, and between two. */
export const limitSilence = <T>(
  { firstEvent, idle }: TimeLimits,
  scheduler: SchedulerLike | undefined,
): MonoTypeOperatorFunction<T> =>
  firstEvent === undefined && idle === undefined
    ? unchanged
    : timeout({
        first: measurable(firstEvent ?? Infinity),
        each: measurable(idle ?? Infinity),
        with: ({ seen }) => (seen === 0 ? exceeded('firstEvent', firstEvent ?? 0) : exceeded('idle', idle ?? 0)),
        ...(scheduler && { scheduler }),
      });

/** Limits the time between two events where there have been some before: the first one is not different from the others. */
export const limitIdle = <T>(ms: number, scheduler: SchedulerLike | undefined): MonoTypeOperatorFunction<T> =>
  timeout({ each: measurable(ms), with: () => exceeded('idle', ms), ...(scheduler && { scheduler }) });

/** Limits the time to the head of an answer that is JSON, and between two pieces of its body. */
export const limitAnswer = (
  limits: TimeLimits,
  scheduler: SchedulerLike | undefined,
): MonoTypeOperatorFunction<TransportResponse> => {
  const { idle } = limits;
  const limitBody = ({ body, ...head }: TransportResponse): TransportResponse => ({
    ...head,
    body: idle === undefined ? body : body.pipe(limitIdle(idle, scheduler)),
  });
  return pipe(limitConnect(limits, scheduler), map(limitBody));
};

/** Limits the time between two answers that differ (quirk Q15). */
export const limitStandstill = <T>(
  { idle }: TimeLimits,
  scheduler: SchedulerLike | undefined,
): MonoTypeOperatorFunction<T> =>
  idle === undefined
    ? unchanged
    : connect((looks$) =>
        merge(looks$.pipe(distinctUntilChanged(jsonEqual), limitIdle(idle, scheduler), ignoreElements()), looks$),
      );

/** Limits the time to the end. */
export const limitTotal = <T>(
  { total }: TimeLimits,
  scheduler: SchedulerLike | undefined,
): MonoTypeOperatorFunction<T> => within(total, scheduler, (ms) => new TimeLimitError('total', ms));
