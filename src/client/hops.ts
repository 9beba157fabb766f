import { catchError, defer, mergeMap, type Observable, of, throwError } from 'rxjs';

import { ContinuationError } from '../errors/index.js';
import { chainInteractions, eventsOf, reduceInteraction } from '../interaction/index.js';
import type { Interaction, InteractionEvent, InteractionRequest } from '../protocol/index.js';
import { withoutInput } from './without-input.js';

/** Where an answer can be continued, and whose token that is. */
interface Checkpoint {
  readonly token: string;
  /** `undefined` if it is not stored. */
  readonly owner: string | undefined;
}

/** Agents, and runs in the background, are continued by the server itself (wire-format 10). */
const isContinued = ({ agent, agent_config, background }: InteractionRequest): boolean =>
  agent === undefined && agent_config === undefined && background !== true;

/** Where to go on, if the answer says so; not where it stopped before, without any progress. */
const checkpointOf = (
  { status, continuation_token: token, id }: Interaction,
  startedWith: string | undefined,
): Checkpoint | undefined =>
  status === 'requires_continuation' && token !== undefined && token !== '' && token !== startedWith
    ? { token, owner: id }
    : undefined;

/** The body of the next hop: the input is known to the server, if it keeps anything. */
const nextRequest = (request: InteractionRequest, { token, owner }: Checkpoint): InteractionRequest => {
  const { input: _input, ...rest } = request;
  return request.store === false || owner === undefined
    ? { ...request, continuation_token: token }
    : { ...rest, continuation_token: token, previous_interaction_id: owner };
};

const isHopEnd = ({ event_type }: InteractionEvent): boolean => event_type === 'interaction.completed';

/**
 * Streams an answer, however many requests it takes (T18): each hop's events as they are, one hop behind the other.
 *
 * Errors with `ContinuationError` when a later hop fails.
 */
export const streamHops = (
  request: InteractionRequest,
  open: (request: InteractionRequest) => Observable<InteractionEvent>,
): Observable<InteractionEvent> =>
  defer(() => {
    if (!isContinued(request)) return open(request);
    let startedWith = request.continuation_token;
    return open(request).pipe(
      chainInteractions<InteractionEvent>(isHopEnd, (soFar) => {
        const checkpoint = checkpointOf(soFar, startedWith);
        if (!checkpoint) return undefined;
        const { token, owner } = checkpoint;
        startedWith = token;
        return open(nextRequest(request, checkpoint)).pipe(
          catchError((cause: unknown) =>
            throwError(() => new ContinuationError({ continuationToken: token, owner, ids: soFar.ids }, { cause })),
          ),
        );
      }),
    );
  });

/** Gets an answer, however many requests it takes: one interaction of all hops. Errors as {@link streamHops} does. */
export const createHops = (
  request: InteractionRequest,
  open: (request: InteractionRequest) => Observable<Interaction>,
): Observable<Interaction> =>
  open(request).pipe(
    mergeMap((first) => {
      if (!isContinued(request) || !checkpointOf(first, request.continuation_token)) return of(first);
      const hops$ = streamHops(request, (hop) =>
        hop === request ? of(...eventsOf(first)) : open(hop).pipe(mergeMap((next) => eventsOf(withoutInput(next)))),
      );
      return hops$.pipe(reduceInteraction());
    }),
  );
