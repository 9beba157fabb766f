import { EMPTY, expand, type Observable, retry, type SchedulerLike, switchMap, timer } from 'rxjs';

import { InteractionError } from '../errors/index.js';
import { measurable } from '../internal/measurable.js';
import { type Interaction, isLive } from '../protocol/index.js';
import { waitBefore } from './back-off.js';
import { limitStandstill } from './time-limits.js';

/** How long the server asks to wait before another try, in ms. */
const retryAfterOf = (error: unknown): number => (InteractionError.is(error) ? (error.retryAfter ?? 0) : 0);

export interface LookUntilSettledConfig {
  /** The wait before the second look, in ms; doubles from look to look. @defaultValue 1,000 */
  readonly delay?: number | undefined;
  /** The longest wait, in ms. @defaultValue 10,000 */
  readonly maxDelay?: number | undefined;
  /** How long the answer may stay the same, in ms (quirk Q15). @defaultValue `Infinity` */
  readonly idle?: number | undefined;
  /**
   * Whether a look that failed is to be followed by another one, after so many in a row. Not asked of the first look: as long
   * as nothing has been seen, it may be the id, the address or the key that is wrong. @defaultValue never
   */
  readonly mayPass?: (error: unknown, inARow: number) => boolean;
  readonly scheduler: SchedulerLike;
}

/**
 * Looks at an interaction until it is no longer running, each time after a longer wait; emits what each look saw. Errors with
 * `TimeLimitError` when it stands still.
 *
 * ```text
 * looks                -p                        p: in progress  c: completed
 *                         ~-#                    ~: waits
 *                            ~~-c|
 * lookUntilSettled()   -p-------c|
 * ```
 */
export const lookUntilSettled = (
  look$: Observable<Interaction>,
  { delay = 1000, maxDelay = 10_000, idle = Infinity, mayPass, scheduler }: LookUntilSettledConfig,
): Observable<Interaction> => {
  // Between two looks nothing is seen to change: one has to fall into every such time.
  const backOff = { delay, maxDelay: Math.min(maxDelay, idle / 2) };
  const lookAfter = (ms: number): Observable<Interaction> =>
    timer(measurable(ms), scheduler).pipe(
      switchMap(() => look$),
      retry({
        delay: (error: unknown, inARow) => {
          if (!mayPass?.(error, inARow)) throw error;
          return timer(measurable(Math.max(0, retryAfterOf(error) - ms)), scheduler);
        },
      }),
    );
  return look$.pipe(
    expand(({ status }, looks) => (isLive(status) ? lookAfter(waitBefore(backOff, looks)) : EMPTY)),
    limitStandstill(idle, scheduler),
  );
};
