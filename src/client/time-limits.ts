import {
  connect,
  endWith,
  ignoreElements,
  merge,
  mergeMap,
  type MonoTypeOperatorFunction,
  type Observable,
  type SchedulerLike,
  takeUntil,
  throwError,
  timeout,
  timer,
} from 'rxjs';

import { type TimeLimit, TimeLimitError } from '../errors/index.js';

/** How long something may take, in ms; no limit where none is given. */
export type TimeLimits = Readonly<Partial<Record<TimeLimit, number | undefined>>>;

/** The longest time that timers can measure, which is some 25 days. */
const NO_LIMIT = 2 ** 31 - 1;

const unchanged = <T>(source: Observable<T>): Observable<T> => source;

const exceeded = (limit: TimeLimit, ms: number): Observable<never> => throwError(() => new TimeLimitError(limit, ms));

/** Limits the time to the head of the answer. */
export const limitConnect = <T>(
  { connect: ms }: TimeLimits,
  scheduler: SchedulerLike | undefined,
): MonoTypeOperatorFunction<T> =>
  ms === undefined
    ? unchanged
    : timeout({ first: ms, with: () => exceeded('connect', ms), ...(scheduler && { scheduler }) });

/** Limits the time to the first event, and between two. */
export const limitSilence = <T>(
  { firstEvent, idle }: TimeLimits,
  scheduler: SchedulerLike | undefined,
): MonoTypeOperatorFunction<T> =>
  firstEvent === undefined && idle === undefined
    ? unchanged
    : timeout({
        first: firstEvent ?? NO_LIMIT,
        each: idle ?? NO_LIMIT,
        with: ({ seen }) => (seen === 0 ? exceeded('firstEvent', firstEvent ?? 0) : exceeded('idle', idle ?? 0)),
        ...(scheduler && { scheduler }),
      });

/** Limits the time to the end. */
export const limitTotal = <T>(
  { total: ms }: TimeLimits,
  scheduler: SchedulerLike | undefined,
): MonoTypeOperatorFunction<T> =>
  ms === undefined
    ? unchanged
    : connect((values$) =>
        merge(
          timer(ms, scheduler).pipe(
            mergeMap(() => exceeded('total', ms)),
            takeUntil(values$.pipe(ignoreElements(), endWith('over'))),
          ),
          values$,
        ),
      );
