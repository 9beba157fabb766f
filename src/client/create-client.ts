import {
  concat,
  defer,
  EMPTY,
  from,
  mergeMap,
  type MonoTypeOperatorFunction,
  type Observable,
  of,
  switchMap,
  throwError,
} from 'rxjs';

import { defaultTransport } from '#default-transport';

import { heardBy } from '../internal/heard-by.js';
import { retell, stateAt } from '../interaction/index.js';
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
import type {
  CallConfig,
  ClientConfig,
  ListenConfig,
  PollConfig,
  RequestConfig,
  ResumeCallConfig,
} from './client-config.js';
import { credentialsOf } from './credentials.js';
import { endpoint, type Place, refuseInsecure } from './endpoint.js';
import { environment, presence } from './environment.js';
import { type HeaderMap, lowerCased, refuseUnsendable } from './headers.js';
import { createHops, streamHops } from './hops.js';
import { httpErrorOf } from './http-error-of.js';
import { keyInBrowser } from './key-in-browser.js';
import { pollRun } from './poll-run.js';
import { readText } from './read-body.js';
import { readEvents } from './read-events.js';
import { readInteraction } from './read-interaction.js';
import { requestBody } from './request-body.js';
import { isInterruption, resumeFrom, withResume } from './resume-ladder.js';
import { type RequestKind, retryGate } from './retry-gate.js';
import { seeEvent } from './see-event.js';
import { limitAnswer, limitConnect, limitIdle, limitSilence, limitTotal, type TimeLimits } from './time-limits.js';
import { withCredentials } from './with-credentials.js';

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
   * cursor use `scanInteraction({ from: cursor })`; for other operators, which know nothing of what came before, there is
   * `replay`. A cursor of a settled interaction lacks nothing: it completes at once.
   */
  resume(cursorOrId: Cursor | string, config?: ResumeCallConfig): Observable<InteractionEvent>;
  /**
   * Looks at a stored interaction until it is no longer running; emits what each look saw.
   *
   * A look that fails, after the tries of `retry`, for a reason that passes (no connection, 429, 5xx, an answer that cannot
   * be read) is followed by the next one until `limits.total` or `limits.idle` ends it; without these by nine at most. The
   * first look has to succeed, and `404` ends it. Errors have what was seen last as `partial`, and a `cursor` for `resume`.
   */
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

/** What a look shows of it. */
const seeInteraction = ({ id, status }: Interaction) => ({ id, isRunning: isLive(status) });

/**
 * How long a stream that was resumed may be silent before the server is asked how the interaction stands, in ms, where the
 * caller sets no limit: some are silent for ever after an event or two (quirk Q13), and models think for minutes.
 */
const SILENCE = 360_000;

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
  const reportKey = keyInBrowser(report);
  const limitsOf = ({ limits }: CallConfig): TimeLimits => ({ ...config.limits, ...limits });

  /** Sends a call, once, with all that says where it goes and who asks. */
  const dispatch = (
    { method, body, place, accept }: Call,
    headers: CallConfig['headers'] = {},
    limit: MonoTypeOperatorFunction<TransportResponse>,
  ): Observable<TransportResponse> =>
    defer(() => {
      const given = lowerCased({ ...config.headers, ...headers });
      refuseUnsendable(given);
      const credentials = credentialsOf(config, given, report);
      const url = endpoint(config, place);
      const userProject = presence(config.userProject) ?? environment('GOOGLE_GENAI_USER_PROJECT');
      const withHeaders = (credential: HeaderMap): Observable<TransportResponse> => {
        const all = {
          accept,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(config.apiRevision === undefined ? {} : { 'api-revision': config.apiRevision }),
          ...credential,
          ...(userProject === undefined ? {} : { 'x-goog-user-project': userProject }),
          ...given,
        };
        refuseInsecure(url, all);
        reportKey(all);
        return transport({ method, url: url.href, headers: all, ...(body === undefined ? {} : { body }) }).pipe(limit);
      };
      return withCredentials(credentials, withHeaders, report);
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
      const isJson = request.accept === 'application/json';
      const limit = isJson ? (kind === 'create' ? () => unchanged : limitAnswer) : limitConnect<TransportResponse>;
      return dispatch(request, options.headers, limit(limitsOf(options), scheduler));
    }).pipe(
      switchMap((response) =>
        response.status >= 400
          ? httpErrorOf(response).pipe(mergeMap((error) => throwError(() => error)))
          : read(response),
      ),
      retryGate({ kind, retry, report, scheduler, random: config.random ?? Math.random }),
    );
  };

  const readStream: Read<InteractionEvent> = (response) => readEvents(response, { ...config, report });
  const readJson: Read<Interaction> = (response) => readInteraction(response, report);

  const streamOnce = (request: InteractionRequest, options: RequestConfig): Observable<InteractionEvent> =>
    send(
      'create',
      () => ({
        method: 'POST',
        place: {},
        accept: 'text/event-stream',
        body: requestBody(request, true, options.extraBody),
      }),
      readStream,
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
      readJson,
      options,
    );

  const get = (id: string, options: CallConfig = {}): Observable<Interaction> =>
    send('repeatable', () => ({ method: 'GET', place: { id }, accept: 'application/json' }), readJson, options);

  const cancel = (id: string, options: CallConfig = {}, retry = config.retry): Observable<Interaction> =>
    send(
      'repeatable',
      () => ({ method: 'POST', place: { id, action: 'cancel' }, accept: 'application/json' }),
      readJson,
      options,
      retry,
    );

  const listen = (
    id: string,
    lastEventId: string | undefined,
    options: CallConfig,
    retry = config.retry,
  ): Observable<InteractionEvent> =>
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
      readStream,
      options,
      retry,
    );

  /** How to go on with a stream that breaks off, if that is possible and wanted. */
  const ladder = ({ headers, limits, resume = config.resume ?? {} }: ListenConfig, isStored: boolean, id?: string) => {
    const { idle, firstEvent } = limitsOf({ limits });
    const patience = idle ?? firstEvent;
    return {
      resume: isStored && resume !== false ? resume : undefined,
      id,
      openStream: (id: string, lastEventId: string | undefined) =>
        listen(id, lastEventId, { headers, limits }, { count: 0 }).pipe(
          limitIdle(patience ?? SILENCE, config.scheduler),
        ),
      look: (id: string) => get(id, { headers, limits }).pipe(limitIdle(patience ?? SILENCE, config.scheduler)),
      patience,
      report,
      scheduler: config.scheduler,
      random: config.random ?? Math.random,
    };
  };

  const totalOf = <T>(options: CallConfig) => limitTotal<T>(limitsOf(options), config.scheduler);
  const silenceOf = <T>(options: CallConfig) => limitSilence<T>(limitsOf(options), config.scheduler);
  const teardownOf = <T>(
    { teardown, headers }: ListenConfig,
    see: Parameters<typeof cancelOnLeave<T>>[0]['see'],
    id?: string,
  ) =>
    teardown === 'cancel'
      ? cancelOnLeave<T>({ see, id, cancel: (running) => cancel(running, { headers }, { count: 0 }) })
      : unchanged<T>;

  return {
    stream: (request, options = {}) => {
      const stream = (hop: InteractionRequest) =>
        streamOnce(hop, options).pipe(silenceOf(options), withResume(ladder(options, request.store !== false)));
      return streamHops(request, stream, {
        resend: config.retry?.resend ?? false,
        scheduler: config.scheduler,
        isAuto: options.continuation !== 'manual',
        within: totalOf(options),
      }).pipe(request.background === true ? teardownOf(options, seeEvent) : unchanged);
    },
    create: (request, options = {}) => {
      const create = (hop: InteractionRequest) => createOnce(hop, options);
      return (options.continuation === 'manual' ? create(request) : createHops(request, create)).pipe(totalOf(options));
    },
    get: (id, options = {}) => get(id, options).pipe(totalOf(options)),
    resume: (cursorOrId, options = {}) =>
      defer(() => {
        if (typeof cursorOrId === 'string') {
          const events$ = listen(cursorOrId, undefined, options).pipe(
            silenceOf(options),
            withResume({ ...ladder(options, true, cursorOrId), within: totalOf(options) }),
          );
          return events$.pipe(teardownOf(options, seeEvent, cursorOrId));
        }
        const state = stateAt(cursorOrId);
        const before$ = options.replay === true ? from(retell(state)) : EMPTY;
        if (state.settled) return before$;
        const rest$ = resumeFrom({ ...ladder(options, true), from: state, within: totalOf(options) });
        return concat(before$, rest$).pipe(teardownOf(options, seeEvent, cursorOrId.interactionId));
      }),
    poll: (id, { delay = 1000, maxDelay = 10_000, ...options } = {}) =>
      pollRun(get(id, options), {
        id,
        backOff: { delay, maxDelay },
        limits: { total: limitsOf(options).total, idle: options.limits?.idle },
        isPassing: isInterruption,
        scheduler: config.scheduler,
      }).pipe(teardownOf(options, seeInteraction, id)),
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
