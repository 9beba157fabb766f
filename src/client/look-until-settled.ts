import { EMPTY, expand, type Observable, retry, type SchedulerLike, switchMap, throwError, timer } from 'rxjs';

import { InteractionError } from '../errors/index.js';
import { measurable } from '../internal/measurable.js';
import { type Interaction, isLive } from '../protocol/index.js';
import { type BackOff, waitBefore } from './back-off.js';

/** How long the server asks to wait before another try, in ms. */
const retryAfterOf = (error: unknown): number => (InteractionError.is(error) ? (error.retryAfter ?? 0) : 0);

/**
 * Looks at an interaction until it is no longer running, each time after a longer wait; emits what each look saw.
 *
 * ```text
 * looks                -p                        p: in progress  c: completed
 *                         ~-#                    ~: waits
 *                            ~~-c|
 * lookUntilSettled()   -p-------c|
 * ```
 *
 * @param mayPass - Whether a look that failed is to be followed by another one, after so many in a row. Not asked of the
 * first look: as long as nothing has been seen, it may be the id, the address or the key that is wrong.
 */
export const lookUntilSettled = (
  look$: Observable<Interaction>,
  backOff: BackOff,
  scheduler: SchedulerLike,
  mayPass: (error: unknown, inARow: number) => boolean = () => false,
): Observable<Interaction> => {
  const lookAfter = (ms: number): Observable<Interaction> =>
    timer(measurable(ms), scheduler).pipe(
      switchMap(() => look$),
      retry({
        delay: (error: unknown, inARow) =>
          mayPass(error, inARow)
            ? timer(measurable(Math.max(0, retryAfterOf(error) - ms)), scheduler)
            : throwError(() => error),
      }),
    );
  return look$.pipe(expand(({ status }, looks) => (isLive(status) ? lookAfter(waitBefore(backOff, looks)) : EMPTY)));
};
