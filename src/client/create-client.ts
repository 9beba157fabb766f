import { defer, EMPTY, map, mergeMap, type Observable, of, switchMap, throwError } from 'rxjs';

import { defaultTransport } from '#default-transport';

import { heardBy } from '../internal/heard-by.js';
import { stateAt } from '../interaction/index.js';
import {
  type Cursor,
  type Diagnostic,
  type Interaction,
  type InteractionEvent,
  type InteractionRequest,
  isLive,
} from '../protocol/index.js';
import { type TransportRequest, type TransportResponse, withTypedErrors } from '../transport/index.js';
import { cancelOnLeave } from './cancel-on-leave.js';
import type { CallConfig, ClientConfig, ListenConfig, PollConfig, RequestConfig } from './client-config.js';
import { credentials } from './credentials.js';
import { endpoint, type Place, refuseInsecure } from './endpoint.js';
import { environment, presence } from './environment.js';
import { lowerCased, refuseUnsendable } from './headers.js';
import { createHops, streamHops } from './hops.js';
import { httpErrorOf } from './http-error-of.js';
import { lookUntilSettled } from './look-until-settled.js';
import { readText } from './read-body.js';
import { readEvents } from './read-events.js';
import { readInteraction } from './read-interaction.js';
import { requestBody } from './request-body.js';
import { resumeFrom, withResume } from './resume-ladder.js';
import { type RequestKind, retryGate } from './retry-gate.js';
import { limitConnect, limitSilence, limitTotal, type TimeLimits } from './time-limits.js';

/**
 * The Interactions API as cold Observables: each subscription sends one request, unsubscribing ends it, down to the socket.
 *
 * Every error is an `InteractionError`. What starts an interaction is never sent twice once it may have been accepted;
 * what only looks, cancels or deletes is tried again, and again (`retry`).
 */
export interface InteractionsClient {
  /**
   * Starts an interaction and emits its events as they arrive; completes with the event that settles it.
   *
   * Errors with `UnsettledError` if the stream ends before, with `ServerError` if the server said why, with `HttpError`
   * if it refused; `partial` on the error is what had arrived.
   */
  stream(request: InteractionRequest, config?: RequestConfig): Observable<InteractionEvent>;
  /** Starts an interaction and emits it once, when the server has answered in full. */
  create(request: InteractionRequest, config?: RequestConfig): Observable<Interaction>;
  /** Emits a stored interaction as it is now, with its input among its steps. */
  get(id: string, config?: CallConfig): Observable<Interaction>;
  /**
   * Emits the events of a stored interaction from its beginning, or, with a cursor, only what that lacks; and goes on with
   * it while it is running. The way to listen to a background interaction, and to one that another process began. Behind a
   * cursor use `scanInteraction({ from: cursor })`; other operators know nothing of what came before. A cursor of a settled
   * interaction lacks nothing: it completes at once.
   */
  resume(cursorOrId: Cursor | string, config?: ListenConfig): Observable<InteractionEvent>;
  /** Looks at a stored interaction until it is no longer running; emits what each look saw. A look that fails ends it. */
  poll(id: string, config?: PollConfig): Observable<Interaction>;
  /** Asks the server to stop a background interaction; emits what it answered, whose status may lag (quirk Q16). */
  cancel(id: string, config?: CallConfig): Observable<Interaction>;
  /** Deletes a stored interaction; emits once, when it is gone. Deleting a running one does not stop it. */
  delete(id: string, config?: CallConfig): Observable<void>;
}

/** What one call sends: everything that does not depend on who asks. */
interface Call extends Pick<TransportRequest, 'method' | 'body'> {
  readonly place: Place;
  readonly accept: 'text/event-stream' | 'application/json';
}

type Read<T> = (response: TransportResponse) => Observable<T>;

/** What an event shows of its interaction. */
const seeEvent = (event: InteractionEvent) => {
  switch (event.event_type) {
    case 'interaction.created':
      return { id: event.interaction.id, isRunning: true };
    case 'interaction.status_update':
      return { id: event.interaction_id, isRunning: isLive(event.status) };
    case 'interaction.completed':
      return { isRunning: false };
    default:
      return undefined;
  }
};

const seeInteraction = ({ id, status }: Interaction) => ({ id, isRunning: isLive(status) });

const unchanged = <T>(source: Observable<T>): Observable<T> => source;

/**
 * Creates a client. Nothing happens until something it returns is subscribed to; the environment is read then, too.
 *
 * @example
 * ```ts
 * const client = createClient(); // GEMINI_API_KEY or GOOGLE_API_KEY from the environment
 * client
 *   .stream({ model: 'gemini-3-flash-preview', input: 'Tell me a joke.' })
 *   .pipe(ofEventType('step.delta'))
 *   .subscribe(({ delta }) => delta.type === 'text' && process.stdout.write(delta.text));
 * ```
 */
export function createClient(config: ClientConfig = {}): InteractionsClient {
  const transport = withTypedErrors(config.transport ?? defaultTransport());

  const report = heardBy<Diagnostic>(config.onDiagnostic);
  const limitsOf = ({ limits }: CallConfig): TimeLimits => ({ ...config.limits, ...limits });

  const prepare = (
    { method, body, place, accept }: Call,
    headers: CallConfig['headers'] = {},
  ): Observable<TransportRequest> =>
    defer(() => {
      const url = endpoint(config, place);
      const given = lowerCased({ ...config.headers, ...headers });
      refuseUnsendable(given);
      const userProject = presence(config.userProject) ?? environment('GOOGLE_GENAI_USER_PROJECT');
      return credentials(config, given, report).pipe(
        map((credential) => {
          const all = {
            accept,
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...(config.apiRevision === undefined ? {} : { 'api-revision': config.apiRevision }),
            ...(userProject === undefined ? {} : { 'x-goog-user-project': userProject }),
            ...credential,
            ...given,
          };
          refuseInsecure(url, all);
          return { method, url: url.href, headers: all, ...(body === undefined ? {} : { body }) };
        }),
      );
    });

  /** Sends a call, again where that is safe, and hands the answer on if it is a success. */
  const send = <T>(
    kind: RequestKind,
    call: () => Call,
    read: Read<T>,
    options: CallConfig,
    retry = config.retry,
  ): Observable<T> => {
    const { scheduler } = config;
    return defer(() => {
      const request = call();
      // The answer of a create request comes with its head, however long the model takes.
      const isUnaryCreate = kind === 'create' && request.accept === 'application/json';
      const limit = isUnaryCreate ? unchanged : limitConnect<TransportResponse>(limitsOf(options), scheduler);
      return prepare(request, options.headers).pipe(switchMap((prepared) => transport(prepared).pipe(limit)));
    }).pipe(
      switchMap((response) =>
        response.status >= 400
          ? httpErrorOf(response).pipe(mergeMap((error) => throwError(() => error)))
          : read(response),
      ),
      retryGate({ kind, retry, report, scheduler, random: config.random ?? Math.random }),
    );
  };

  const streamOnce = (request: InteractionRequest, options: RequestConfig): Observable<InteractionEvent> =>
    send(
      'create',
      () => ({
        method: 'POST',
        place: {},
        accept: 'text/event-stream',
        body: requestBody(request, true, options.extraBody),
      }),
      (response) => readEvents(response, config),
      options,
    );

  const createOnce = (request: InteractionRequest, options: RequestConfig): Observable<Interaction> =>
    send(
      'create',
      () => ({
        method: 'POST',
        place: {},
        accept: 'application/json',
        body: requestBody(request, false, options.extraBody),
      }),
      readInteraction,
      options,
    );

  const get = (id: string, options: CallConfig = {}): Observable<Interaction> =>
    send('repeatable', () => ({ method: 'GET', place: { id }, accept: 'application/json' }), readInteraction, options);

  const cancel = (id: string, options: CallConfig = {}, retry = config.retry): Observable<Interaction> =>
    send(
      'repeatable',
      () => ({ method: 'POST', place: { id, action: 'cancel' }, accept: 'application/json' }),
      readInteraction,
      options,
      retry,
    );

  const openStream = (id: string, lastEventId: string | undefined, options: CallConfig): Observable<InteractionEvent> =>
    send(
      'repeatable',
      () => ({
        method: 'GET',
        place: {
          id,
          query: { stream: 'true', ...(lastEventId === undefined ? {} : { last_event_id: lastEventId }) },
        },
        accept: 'text/event-stream',
      }),
      (response) => readEvents(response, config),
      options,
    ).pipe(silenceOf(options));

  /** How to go on with a stream that breaks off, if that is possible and wanted. */
  const ladder = ({ headers, limits, resume = config.resume ?? {} }: ListenConfig, isStored: boolean) => ({
    resume: isStored && resume !== false ? resume : undefined,
    openStream: (id: string, lastEventId: string | undefined) => openStream(id, lastEventId, { headers, limits }),
    look: (id: string) => get(id, { headers, limits }),
    report,
    scheduler: config.scheduler,
    random: config.random ?? Math.random,
  });

  const totalOf = <T>(options: CallConfig) => limitTotal<T>(limitsOf(options), config.scheduler);
  const silenceOf = <T>(options: CallConfig) => limitSilence<T>(limitsOf(options), config.scheduler);
  const teardownOf = <T>({ teardown, headers }: ListenConfig, see: Parameters<typeof cancelOnLeave<T>>[0]['see']) =>
    teardown === 'cancel'
      ? cancelOnLeave<T>({ see, cancel: (id) => cancel(id, { headers }, { count: 0 }) })
      : unchanged<T>;

  return {
    stream: (request, options = {}) => {
      const stream = (hop: InteractionRequest) =>
        streamOnce(hop, options).pipe(silenceOf(options), withResume(ladder(options, request.store !== false)));
      return (options.continuation === 'manual' ? stream(request) : streamHops(request, stream)).pipe(
        totalOf(options),
        request.background === true ? teardownOf(options, seeEvent) : unchanged,
      );
    },
    create: (request, options = {}) => {
      const create = (hop: InteractionRequest) => createOnce(hop, options);
      return (options.continuation === 'manual' ? create(request) : createHops(request, create)).pipe(totalOf(options));
    },
    get: (id, options = {}) => get(id, options).pipe(totalOf(options)),
    resume: (cursorOrId, options = {}) =>
      defer(() => {
        if (typeof cursorOrId === 'string') {
          return openStream(cursorOrId, undefined, options).pipe(withResume(ladder(options, true)));
        }
        const state = stateAt(cursorOrId);
        return state.settled ? EMPTY : resumeFrom({ ...ladder(options, true), from: state });
      }).pipe(totalOf(options), teardownOf(options, seeEvent)),
    poll: (id, { delay = 1000, maxDelay = 10_000, ...options } = {}) =>
      lookUntilSettled(get(id, options), { delay, maxDelay }, config.scheduler).pipe(
        totalOf(options),
        teardownOf(options, seeInteraction),
      ),
    cancel: (id, options = {}) => cancel(id, options).pipe(totalOf(options)),
    delete: (id, options = {}) =>
      send(
        'repeatable',
        () => ({ method: 'DELETE', place: { id }, accept: 'application/json' }),
        ({ body }) => readText(body).pipe(switchMap(() => of(undefined))),
        options,
      ).pipe(totalOf(options)),
  };
}
