import {
  connect,
  endWith,
  identity,
  ignoreElements,
  merge,
  mergeMap,
  type MonoTypeOperatorFunction,
  type SchedulerLike,
  takeUntil,
  throwError,
  timer,
} from 'rxjs';

import { measurable } from './measurable.js';

/**
 * Ends with an error what has not come to its end in time, however lively it is.
 *
 * @param ms - How long it may take; `undefined` for as long as it likes.
 */
export const within = <T>(
  ms: number | undefined,
  scheduler: SchedulerLike | undefined,
  exceeded: (ms: number) => Error,
): MonoTypeOperatorFunction<T> =>
  ms === undefined
    ? identity
    : connect((values$) =>
        merge(
          timer(measurable(ms), scheduler).pipe(
            mergeMap(() => throwError(() => exceeded(ms))),
            takeUntil(values$.pipe(ignoreElements(), endWith('over'))),
          ),
          values$,
        ),
      );
