import {
  catchError,
  defer,
  EMPTY,
  type MonoTypeOperatorFunction,
  type ObservableInput,
  of,
  repeat,
  takeWhile,
  tap,
  throwError,
} from 'rxjs';

import { InteractionError, withPartial } from '../errors/index.js';
import {
  accumulateInteraction,
  initialInteraction,
  type InteractionState,
  snapshotOf,
  truncateOpenSteps,
} from '../interaction/index.js';
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
  return (source) =>
    defer(() => {
      let state: InteractionState = initialInteraction();
      let settled = false;
      let round: ObservableInput<Event> = source;
      return defer(() => round).pipe(
        tap((event) => {
          state = accumulateInteraction(state, event);
          settled = isSettling(event);
        }),
        takeWhile((event) => !isSettling(event), true),
        // One round is subscribed to behind the other and not inside it: it costs the same however many came before.
        repeat({
          delay: () => {
            const more = settled ? next(snapshotOf(state)) : undefined;
            if (more === undefined) return EMPTY;
            round = more;
            settled = false;
            return of(true);
          },
        }),
        catchError((error: unknown) =>
          throwError(() =>
            InteractionError.is(error) ? withPartial(error, { partial: snapshotOf(truncateOpenSteps(state)) }) : error,
          ),
        ),
      );
    });
}
