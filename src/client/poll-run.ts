import { defer, type Observable, type SchedulerLike, tap } from 'rxjs';

import { withPartial } from '../errors/index.js';
import { mapError } from '../internal/map-error.js';
import type { Interaction } from '../protocol/index.js';
import type { BackOff } from './back-off.js';
import { cursorAtStart } from './cursor-at-start.js';
import { lookUntilSettled } from './look-until-settled.js';
import { limitStandstill, limitTotal, type TimeLimits } from './time-limits.js';

/** How many looks in a row may fail where there is no limit that would end it. Each is several tries. */
const FAILURES = 10;

export interface PollRunConfig {
  readonly id: string;
  readonly backOff: BackOff;
  /** `total`: to the end. `idle`: how long the answer may stay the same (quirk Q15). */
  readonly limits: Pick<TimeLimits, 'total' | 'idle'>;
  /** Whether a failure says nothing of the interaction. */
  readonly isPassing: (error: unknown) => boolean;
  readonly scheduler: SchedulerLike;
}

/**
 * Looks at a run until it settles, stands still, or takes too long; what ends it says what was seen last, and where to go on.
 *
 * A look that fails for a passing reason has seen nothing, and another one follows, as long as a limit of time is there to end
 * that; without one, ten in a row are enough.
 */
export const pollRun = (
  look$: Observable<Interaction>,
  { id, backOff: { delay, maxDelay }, limits: { total, idle }, isPassing, scheduler }: PollRunConfig,
): Observable<Interaction> =>
  defer(() => {
    let last: Interaction | undefined;
    const isLimited = total !== undefined || idle !== undefined;
    // Between two looks nothing is seen to change: one has to fall into every such time.
    const backOff = { delay, maxDelay: Math.min(maxDelay, (idle ?? Infinity) / 2) };
    return lookUntilSettled(
      look$,
      backOff,
      scheduler,
      (error, inARow) => isPassing(error) && (isLimited || inARow < FAILURES),
    ).pipe(
      tap((seen) => {
        last = seen;
      }),
      limitStandstill({ idle }, scheduler),
      limitTotal({ total }, scheduler),
      mapError((error) =>
        withPartial(error, { partial: last, cursor: last && cursorAtStart(last), interactionId: id }),
      ),
    );
  });
