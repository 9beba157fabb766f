import { catchError, concat, defer, EMPTY, type MonoTypeOperatorFunction, tap, throwError } from 'rxjs';

import { InteractionError, ServerError } from '../errors/index.js';
import type { ErrorEvent, InteractionEvent } from '../protocol/index.js';

const serverErrorOf = ({ error }: ErrorEvent, cause?: unknown): ServerError =>
  new ServerError(error?.code ?? 'error', error?.message ?? 'The server reported an error without a message', {
    cause,
  });

/**
 * Ends the stream with the server's error, if it reported one and the interaction did not settle after it.
 *
 * `throwIfUnsettled` says that an end came too early, this says why, and so comes before it. `client.stream` has both.
 * The `error` event itself is passed on as a value; the {@link ServerError} follows when the source ends, in whatever way. An
 * empty `error` event, which has been seen in mid-stream (quirk Q11), is passed on and nothing else.
 *
 * ```text
 * events               -c-s-d-e--|      e: error
 * throwOnErrorEvent()  -c-s-d-e--#
 *
 * events               -c-s-d-e-p-f|    f: interaction.completed
 * throwOnErrorEvent()  -c-s-d-e-p-f|
 * ```
 *
 * @example
 * ```ts
 * events$.pipe(throwOnErrorEvent(), throwIfUnsettled(), textDeltas()).subscribe((piece) => process.stdout.write(piece));
 * ```
 */
export function throwOnErrorEvent(): MonoTypeOperatorFunction<InteractionEvent> {
  return (source) =>
    defer(() => {
      let reported: ErrorEvent | undefined;
      return concat(
        source.pipe(
          tap((event) => {
            if (event.event_type === 'error') {
              if (event.error?.code !== undefined || event.error?.message !== undefined) reported = event;
            } else if (event.event_type === 'interaction.completed') {
              reported = undefined;
            }
          }),
          // A connection that breaks after the server has said why is explained by what it said.
          catchError((error: unknown) =>
            throwError(() =>
              reported && InteractionError.is(error) && error.name === 'TransportError'
                ? serverErrorOf(reported, error)
                : error,
            ),
          ),
        ),
        defer(() => {
          const event = reported;
          return event ? throwError(() => serverErrorOf(event)) : EMPTY;
        }),
      );
    });
}
