import { filter, from, map, mergeMap, type Observable, type SchedulerLike, throwError } from 'rxjs';

import { UnsettledError } from '../errors/index.js';
import { eventsOf, throwIfUnsettled } from '../interaction/index.js';
import { type Interaction, type InteractionEvent, type InteractionRequest, isLive } from '../protocol/index.js';
import type { ListenConfig, RequestConfig } from './client-config.js';
import type { InteractionsClient } from './create-client.js';
import { cursorAtStart } from './cursor-at-start.js';
import { limitTotal } from './time-limits.js';
import { withoutInput } from './without-input.js';

export interface RunBackgroundConfig extends Omit<RequestConfig, 'continuation'> {
  /** What `limits.total` is measured on. @defaultValue RxJS's `asyncScheduler` */
  readonly scheduler?: SchedulerLike | undefined;
}

type BackgroundClient = Pick<InteractionsClient, 'create' | 'resume'>;

/** What the answer to a background request says: that there is an interaction, and no more than that. */
const createdEvent = (answer: Interaction): InteractionEvent => {
  const { ids: _ids, diagnostics: _diagnostics, steps: _steps, ...interaction } = answer;
  return { event_type: 'interaction.created', interaction };
};

/**
 * The events of an interaction, from the answer to the request that started it. All of them are told by `client.resume`, whose
 * `teardown` is for whoever leaves at the first one, too: `replay` makes two of the answer, which are one in a stream.
 */
const listen = (client: BackgroundClient, answer: Interaction, options: ListenConfig): Observable<InteractionEvent> => {
  if (!isLive(answer.status)) return from(eventsOf(withoutInput(answer)));
  const cursor = cursorAtStart(answer);
  if (!cursor) return throwError(() => new UnsettledError('disconnected', { partial: answer }));
  return client.resume(cursor, { ...options, replay: true }).pipe(
    filter((_event, place) => place !== 1),
    map((event, place) => (place === 0 ? createdEvent(answer) : event)),
  );
};

/**
 * Starts an interaction in the background and emits its events: for what takes minutes, and has to survive the connection.
 *
 * Where `client.stream` sends and listens with one request, this starts it with one, whose answer comes at once, and listens
 * with others, as `client.resume` does: sources disagree whether one request may do both (wire-format 15, U1). It is started
 * once, whatever happens; every event comes once, however often the connection drops.
 *
 * ```text
 * POST              -r|                        r: its id
 * GET                 -c-s-d-#
 * GET, again                  ~-c-s-d-d-p-f|   ~: waits
 * runBackground()   -c---s-d----------d-p-f|
 * ```
 *
 * `background: true` is added to the request. Unsubscribing leaves the run running, and `client.resume` with its id listens
 * again; `teardown: 'cancel'` has the server stop it, from the moment its id is known. `limits.total` is for everything
 * together; a client's own is for each of the two parts.
 *
 * Errors with `RequestError` where the request has `store: false`, and otherwise as `client.create` and `client.resume` do.
 *
 * @example
 * ```ts
 * runBackground(client, { model, input: 'Write a detailed analysis of the impact of AI on healthcare.' }, { teardown: 'cancel' })
 *   .pipe(textDeltas())
 *   .subscribe((piece) => process.stdout.write(piece));
 * ```
 *
 * @param client - From `createClient`.
 * @param request - A model's or an agent's; `deepResearch` and its like make one.
 */
export function runBackground(
  client: Pick<InteractionsClient, 'create' | 'resume' | 'cancel'>,
  request: InteractionRequest,
  { scheduler, extraBody, ...options }: RunBackgroundConfig = {},
): Observable<InteractionEvent> {
  const { headers, limits } = options;
  const run = (each: ListenConfig['limits']): Observable<InteractionEvent> =>
    client
      .create({ ...request, background: true }, { headers, limits: each, extraBody })
      .pipe(mergeMap((answer) => listen(client, answer, { ...options, limits: each })));
  if (limits?.total === undefined) return run(limits);
  return run({ ...limits, total: undefined }).pipe(limitTotal(limits, scheduler), throwIfUnsettled());
}
