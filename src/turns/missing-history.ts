import { catchError, defer, type MonoTypeOperatorFunction, type Observable, tap, throwError } from 'rxjs';

import { InteractionError } from '../errors/index.js';
import type { InteractionEvent, InteractionRequest, Step } from '../protocol/index.js';
import { inputSteps } from './ledger.js';

/** The interaction to go on from is not there, or the server goes on from none. */
const isMissing = (error: unknown): boolean =>
  InteractionError.is(error) &&
  error.name === 'HttpError' &&
  error.code !== 'model_not_found' &&
  (error.status === 404 || error.status === 501);

/** The same request with its history instead of a name for it. */
export const withHistory = (request: InteractionRequest, history: readonly Step[]): InteractionRequest => {
  const { previous_interaction_id: _previous, input, ...rest } = request;
  return { ...rest, input: [...history, ...inputSteps(input)] };
};

/**
 * Sends the history along where the server does not know the interaction that it is kept in (`404`), or keeps none (`501`).
 * Nothing was begun then, so nothing is done twice.
 *
 * @param send - Streams a request.
 * @param history - Everything before the request's input.
 */
export const replayMissing =
  (
    request: InteractionRequest,
    history: readonly Step[],
    send: (request: InteractionRequest) => Observable<InteractionEvent>,
  ): MonoTypeOperatorFunction<InteractionEvent> =>
  (source) =>
    defer(() => {
      let hasBegun = false;
      return source.pipe(
        tap(() => {
          hasBegun = true;
        }),
        catchError((error: unknown) =>
          !hasBegun && request.previous_interaction_id !== undefined && isMissing(error)
            ? send(withHistory(request, history))
            : throwError(() => error),
        ),
      );
    });
