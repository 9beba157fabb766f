import type { MonoTypeOperatorFunction, ObservableInput } from 'rxjs';

import { chainInteractions } from '../interaction/index.js';
import type { Interaction, InteractionEvent } from '../protocol/index.js';
import type { TurnEvent } from './turn-event.js';

/** A hop that ends in `requires_continuation` is not the end of its answer (wire-format 10). */
const isSettling = (event: TurnEvent): boolean =>
  event.event_type === 'interaction.completed' && event.interaction.status !== 'requires_continuation';

/**
 * Goes on with another interaction each time one settles: the primitive under {@link runTools}.
 *
 * Passes the stream through. When an interaction settles, `next` gets everything so far, reduced to one timeline (the steps
 * and ids of all rounds, their usage summed), and the stream goes on with what it returns; `undefined` ends it. One round
 * is followed by the next, never overlapped. An error carries the whole timeline as `partial`.
 *
 * ```text
 * round 1          -c-s-p-f|
 * next(i1)                 -c-s-p-f|      next(i2) is undefined
 * continueWith()   -c-s-p-f-c-s-p-f|
 * ```
 *
 * A source that ends without settling ends the stream; `next` is not asked.
 *
 * @example Ask for more, once
 * ```ts
 * client.stream({ model, input: 'Tell me a joke.' }).pipe(
 *   continueWith(({ id, ids }) =>
 *     ids.length < 2 ? client.stream({ model, input: 'Another one.', previous_interaction_id: id }) : undefined,
 *   ),
 * );
 * ```
 */
export function continueWith<Event extends TurnEvent = InteractionEvent>(
  next: (settled: Interaction) => ObservableInput<NoInfer<Event>> | undefined,
): MonoTypeOperatorFunction<Event> {
  return chainInteractions<Event>(isSettling, next);
}
