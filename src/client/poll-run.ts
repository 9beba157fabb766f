import { defer, type Observable, tap } from 'rxjs';

import { withPartial } from '../errors/index.js';
import { mapError } from '../internal/map-error.js';
import type { Interaction } from '../protocol/index.js';
import { cursorAtStart } from './cursor-at-start.js';
import { lookUntilSettled, type LookUntilSettledConfig } from './look-until-settled.js';
import { limitTotal } from './time-limits.js';

/** How many looks in a row may fail where there is no limit that would end it. Each is several tries. */
const FAILURES = 10;

export interface PollRunConfig extends Omit<LookUntilSettledConfig, 'mayPass'> {
  readonly id: string;
  /** How long all of it may take, in ms. */
  readonly total: number | undefined;
  /** Whether a failure says nothing of the interaction. */
  readonly isPassing: (error: unknown) => boolean;
}

/**
 * Looks at a run until it settles, stands still, or takes too long; what ends it says what was seen last, and where to go on.
 *
 * A look that fails for a passing reason has seen nothing, and another one follows, as long as a limit of time is there to end
 * that; without one, ten in a row are enough.
 */
export const pollRun = (
  look$: Observable<Interaction>,
  { id, total, isPassing, ...config }: PollRunConfig,
): Observable<Interaction> =>
  defer(() => {
    let last: Interaction | undefined;
    const isLimited = total !== undefined || config.idle !== undefined;
    const mayPass = (error: unknown, inARow: number) => isPassing(error) && (isLimited || inARow < FAILURES);
    return lookUntilSettled(look$, { ...config, mayPass }).pipe(
      tap((seen) => {
        last = seen;
      }),
      limitTotal({ total }, config.scheduler),
      mapError((error) =>
        withPartial(error, { partial: last, cursor: last && cursorAtStart(last), interactionId: id }),
      ),
    );
  });
