import { asyncScheduler, EMPTY, expand, type Observable, type SchedulerLike, switchMap, timer } from 'rxjs';

import { type Interaction, isLive } from '../protocol/index.js';
import { type BackOff, waitBefore } from './back-off.js';

/** Looks at an interaction until it is no longer running, each time after a longer wait; emits what each look saw. */
export const lookUntilSettled = (
  look$: Observable<Interaction>,
  backOff: BackOff,
  scheduler: SchedulerLike = asyncScheduler,
): Observable<Interaction> =>
  look$.pipe(
    expand(({ status }, looks) =>
      isLive(status) ? timer(waitBefore(backOff, looks), scheduler).pipe(switchMap(() => look$)) : EMPTY,
    ),
  );
