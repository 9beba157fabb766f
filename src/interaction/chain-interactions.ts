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
import type { Interaction, InteractionEvent, TurnMark } from '../protocol/index.js';
import { accumulateInteraction, truncateOpenSteps } from './accumulate-interaction.js';
import { cursorAt } from './cursor.js';
import { initialInteraction } from './interaction-state.js';
import { snapshotOf } from './snapshot-of.js';

/**
 * Goes on with another stream each time one has come to its end: with what `next` makes of everything so far, reduced to
 * one timeline. `undefined` ends it, and so does a stream that just ends. An error gets the whole timeline as `partial`.
 */
export const chainInteractions =
  <Event extends InteractionEvent | TurnMark>(
    isEnd: (event: Event) => boolean,
    next: (soFar: Interaction) => ObservableInput<Event> | undefined,
  ): MonoTypeOperatorFunction<Event> =>
  (source) =>
    defer(() => {
      let state = initialInteraction();
      let hasEnded = false;
      let stream: ObservableInput<Event> = source;
      return defer(() => stream).pipe(
        tap((event) => {
          state = accumulateInteraction(state, event);
          hasEnded = isEnd(event);
        }),
        takeWhile((event) => !isEnd(event), true),
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
        catchError((error: unknown) =>
          throwError(() =>
            InteractionError.is(error)
              ? withPartial(error, { partial: snapshotOf(truncateOpenSteps(state)), cursor: cursorAt(state) })
              : error,
          ),
        ),
      );
    });
