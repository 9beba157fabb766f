import { concat, defer, EMPTY, type MonoTypeOperatorFunction, tap, throwError } from 'rxjs';

import { InteractionError, UnsettledError } from '../errors/index.js';
import { mapError } from '../internal/map-error.js';
import type { InteractionEvent } from '../protocol/index.js';
import { accumulateInteraction } from './accumulate-interaction.js';
import { initialInteraction, type InteractionState } from './interaction-state.js';
import { withState } from './with-state.js';

/** A connection that broke is the cause of an unsettled end, not the end itself; any other error says more on its own. */
const explain = (error: unknown, state: InteractionState): unknown => {
  const lost = InteractionError.is(error) && error.name === 'TransportError' && error.code === 'connection_lost';
  return withState(lost ? new UnsettledError('disconnected', { cause: error }) : error, state);
};

/**
 * Makes an end that is not the interaction's end an error: a cut stream never looks finished.
 *
 * `takeUntilSettled` ends a stream at the event that this one waits for; `throwOnErrorEvent`, before it, says why there is
 * none. `client.stream` has all three. Errors with {@link UnsettledError} when the source completes, or its connection
 * breaks, without an `interaction.completed` after the last `interaction.created`. Every error of this library that passes
 * gets `partial`, the interaction so far, so that nothing that arrived is lost.
 *
 * ```text
 * events              -c-s-d--|
 * throwIfUnsettled()  -c-s-d--#
 *
 * events              -c-s-d-p-f|
 * throwIfUnsettled()  -c-s-d-p-f|
 * ```
 *
 * @example What had arrived
 * ```ts
 * events$.pipe(take(3), throwIfUnsettled()).subscribe({
 *   error: (error: unknown) => {
 *     console.log(InteractionError.is(error) && error.partial?.status); // in_progress
 *   },
 * });
 * ```
 */
export function throwIfUnsettled(): MonoTypeOperatorFunction<InteractionEvent> {
  return (source) =>
    defer(() => {
      let state = initialInteraction();
      return concat(
        source.pipe(
          tap((event) => {
            state = accumulateInteraction(state, event);
          }),
        ),
        defer(() => (state.settled ? EMPTY : throwError(() => new UnsettledError('disconnected')))),
      ).pipe(mapError((error) => explain(error, state)));
    });
}
