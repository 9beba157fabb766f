import { defer, EMPTY, identity, type MonoTypeOperatorFunction, type ObservableInput, of, repeat, tap } from 'rxjs';

import { mapError } from '../internal/map-error.js';
import type { Interaction, InteractionEvent, TurnMark } from '../protocol/index.js';
import { accumulateInteraction } from './accumulate-interaction.js';
import { initialInteraction, type InteractionState } from './interaction-state.js';
import { snapshotOf } from './snapshot-of.js';
import { withState } from './with-state.js';

export interface ChainConfig<Event> {
  /** Whether an event is the end of an interaction. Its stream may still tell of other things before it completes. */
  readonly isEnd: (event: Event) => boolean;
  /** What to go on with, after everything so far; `undefined` for nothing. */
  readonly next: (soFar: Interaction) => ObservableInput<Event> | undefined;
  /** Sees every state. What it throws is an error of the stream. */
  readonly watch?: ((state: InteractionState) => void) | undefined;
  /** What limits the whole; what it errors with is explained like any other error. */
  readonly within?: MonoTypeOperatorFunction<Event> | undefined;
}

/**
 * Goes on with another stream each time one has completed behind the end of its interaction: with what `next` makes of
 * everything so far, reduced to one timeline. A stream that just completes ends it. An error gets the whole timeline as
 * `partial`.
 */
export const chainInteractions =
  <Event extends InteractionEvent | TurnMark>({
    isEnd,
    next,
    watch,
    within = identity,
  }: ChainConfig<Event>): MonoTypeOperatorFunction<Event> =>
  (source) =>
    defer(() => {
      let state = initialInteraction();
      let hasEnded = false;
      let stream: ObservableInput<Event> = source;
      return defer(() => stream).pipe(
        tap((event) => {
          state = accumulateInteraction(state, event);
          if (isEnd(event)) hasEnded = true;
          else if (event.event_type === 'interaction.created') hasEnded = false;
          watch?.(state);
        }),
        // One stream is subscribed to behind the other and not inside it: it costs the same however many came before.
        repeat({
          delay: () => {
            const more = hasEnded ? next(snapshotOf(state)) : undefined;
            if (more === undefined) return EMPTY;
            stream = more;
            hasEnded = false;
            return of(true);
          },
        }),
        within,
        mapError((error) => withState(error, state)),
      );
    });
