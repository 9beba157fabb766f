import { defer, mergeMap, type MonoTypeOperatorFunction, type Observable, of, type SchedulerLike } from 'rxjs';

import { ContinuationError } from '../errors/index.js';
import { chainInteractions, eventsOf, reduceInteraction } from '../interaction/index.js';
import { mapError } from '../internal/map-error.js';
import type { Interaction, InteractionEvent, InteractionRequest } from '../protocol/index.js';
import { type Checkpoint, reopenHop } from './reopen-hop.js';
import { withoutInput } from './without-input.js';

/** Agents, and runs in the background, are continued by the server itself (wire-format 10). */
const isContinued = ({ agent, agent_config, background }: InteractionRequest): boolean =>
  agent === undefined && agent_config === undefined && background !== true;

/** Where to go on, if the answer says so; not where it stopped before, without any progress. */
const checkpointOf = (
  { status, continuation_token: token, id }: Interaction,
  startedWith: string | undefined,
): Checkpoint | undefined =>
  status === 'requires_continuation' && token && token !== startedWith ? { token, owner: id } : undefined;

/** The body of the next hop: the input is known to the server, if it keeps anything. */
const nextRequest = (request: InteractionRequest, { token, owner }: Checkpoint): InteractionRequest => {
  const { input: _input, ...rest } = request;
  return request.store === false || owner === undefined
    ? { ...request, continuation_token: token }
    : { ...rest, continuation_token: token, previous_interaction_id: owner };
};

const isHopEnd = ({ event_type }: InteractionEvent): boolean => event_type === 'interaction.completed';

export interface StreamHopsConfig {
  /**
   * Whether a hop that broke off is asked for again, although it may have been accepted (`retry.resend`). Not where answers are
   * JSON, for which the retry gate does that: such an answer is there, or is not.
   */
  readonly resend?: boolean | undefined;
  readonly scheduler?: SchedulerLike | undefined;
  /** Whether an answer that is to be continued is continued. @defaultValue `true` */
  readonly isAuto?: boolean;
  /** What limits all hops together. */
  readonly within?: MonoTypeOperatorFunction<InteractionEvent>;
}

/**
 * Streams an answer, however many requests it takes (T18): each hop's events as they are, one hop behind the other.
 *
 * Errors with `ContinuationError` when a later hop fails.
 */
export const streamHops = (
  request: InteractionRequest,
  open: (request: InteractionRequest) => Observable<InteractionEvent>,
  { resend = false, scheduler, isAuto = true, within }: StreamHopsConfig = {},
): Observable<InteractionEvent> =>
  defer(() => {
    const mayContinue = isAuto && isContinued(request);
    const openAt = (checkpoint: Checkpoint) => open(nextRequest(request, checkpoint));
    const hop = (hop$: Observable<InteractionEvent>, from: Checkpoint | undefined) =>
      resend && mayContinue ? reopenHop(hop$, { from, openAt, scheduler }) : hop$;
    let startedWith = request.continuation_token;
    return hop(open(request), undefined).pipe(
      chainInteractions<InteractionEvent>({
        isEnd: isHopEnd,
        within,
        next: (soFar) => {
          const checkpoint = mayContinue ? checkpointOf(soFar, startedWith) : undefined;
          if (!checkpoint) return undefined;
          const { token, owner } = checkpoint;
          startedWith = token;
          return hop(openAt(checkpoint), checkpoint).pipe(
            mapError((cause) => new ContinuationError({ continuationToken: token, owner, ids: soFar.ids }, { cause })),
          );
        },
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
