import { from, type MonoTypeOperatorFunction, type ObservableInput, pipe, takeWhile } from 'rxjs';

import { chainInteractions } from '../interaction/index.js';
import type { Interaction, InteractionEvent } from '../protocol/index.js';
import type { TurnEvent } from './turn-event.js';

/** A hop that ends in `requires_continuation` is not the end of its answer (wire-format 10). */
export const isSettling = (event: TurnEvent): boolean =>
  event.event_type === 'interaction.completed' && event.interaction.status !== 'requires_continuation';

/** Ends with the event that settles an interaction, hops included: whatever comes behind it is not part of it. */
export const untilSettled = <Event extends TurnEvent>(): MonoTypeOperatorFunction<Event> =>
  takeWhile((event) => !isSettling(event), true);

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
 * It knows of tools only what is in the stream: whoever answers calls by hand puts their results there ({@link resultEvents}),
 * or `next` finds them open again.
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
  return pipe(
    untilSettled<Event>(),
    chainInteractions<Event>({
      isEnd: isSettling,
      next: (settled) => {
        const more = next(settled);
        return more && from(more).pipe(untilSettled<Event>());
      },
    }),
  );
}
