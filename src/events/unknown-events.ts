import { map, type OperatorFunction, pipe } from 'rxjs';

import type { InteractionEvent } from '../protocol/index.js';
import { ofEventType } from './of-event-type.js';

/**
 * What the server sent that this version does not know, as it was received: the place to watch for a schema that moves on.
 *
 * ```text
 * events           -c-s-u-d-p-f|
 * unknownEvents()  -----r------|     r: u.received
 * ```
 *
 * Events only: `unknown$` of `partitionByModality` has the steps, deltas and blocks, too.
 *
 * @example
 * ```ts
 * events$.pipe(unknownEvents()).subscribe((received) => console.warn('not known yet:', received));
 * ```
 */
export function unknownEvents(): OperatorFunction<InteractionEvent, unknown> {
  return pipe(
    ofEventType('unknown'),
    map(({ received }) => received),
  );
}
