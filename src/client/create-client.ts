import {
  asyncScheduler,
  concat,
  defer,
  EMPTY,
  from,
  identity,
  map,
  type MonoTypeOperatorFunction,
  type Observable,
  type SchedulerLike,
  switchMap,
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
import { cancelOnLeave, type See } from './cancel-on-leave.js';
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
import { enterpriseOf } from './enterprise.js';
import { environment, presence } from './environment.js';
import { headersOf, refuseUnsendable } from './headers.js';
import { createHops, streamHops } from './hops.js';
import { keyInBrowser } from './key-in-browser.js';
import { pollRun } from './poll-run.js';
import { readText } from './read-body.js';
import { readEvents } from './read-events.js';
import { readInteraction } from './read-interaction.js';
import { requestBody } from './request-body.js';
import { climb, isInterruption, withResume } from './resume-ladder.js';
import { type RetryConfig, retryGate } from './retry-gate.js';
import { seeEvent } from './see-event.js';
import { throwIfRefused } from './throw-if-refused.js';
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

/** What an answer is to be, and how it is read. */
interface Answer<T> {
  readonly accept: 'text/event-stream' | 'application/json';
  readonly limit: (limits: TimeLimits, scheduler: SchedulerLike) => MonoTypeOperatorFunction<TransportResponse>;
  readonly read: (response: TransportResponse) => Observable<T>;
}

/** What one call sends: everything that does not depend on who asks. */
interface Call extends Pick<TransportRequest, 'method'> {
  readonly place: Place;
  /** Writes the body. Only what makes something new has one. */
  readonly body?: () => string;
}

/** What a look shows of it. */
const seeInteraction = ({ id, status }: Interaction) => ({ id, isRunning: isLive(status) });

/**
 * How long a stream that was resumed may be silent before the server is asked how the interaction stands, in ms, where the
 * caller sets no limit: some are silent for ever after an event or two (quirk Q13), and models think for minutes.
 */
const SILENCE = 360_000;

const ONCE: RetryConfig = { count: 0 };

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

  const { scheduler = asyncScheduler, random = Math.random } = config;
  const report = heardBy<Diagnostic>(config.onDiagnostic);
  const reportKey = keyInBrowser(report);
  const limitsOf = ({ limits }: CallConfig): TimeLimits => ({ ...config.limits, ...limits });

  const events: Answer<InteractionEvent> = {
    accept: 'text/event-stream',
    limit: limitConnect,
    read: (response) => readEvents(response, { ...config, report }),
  };
  const json: Answer<Interaction> = {
    accept: 'application/json',
    limit: limitAnswer,
    read: (response) => readInteraction(response, report),
  };
  // The answer of a create request comes with its head, however long the model takes.
  const created: Answer<Interaction> = { ...json, limit: () => identity };
  const nothing: Answer<void> = { ...json, read: ({ body }) => readText(body).pipe(map(() => undefined)) };

  /** Sends a call with all that says where it goes and who asks, again where that is safe, and hands the answer on if it is a success. */
  const send = <T>(
    { method, place, body: write }: Call,
    { accept, limit, read }: Answer<T>,
    options: CallConfig,
    retry = config.retry,
  ): Observable<T> =>
    defer(() => {
      const body = write?.();
      const given = headersOf({ ...config.headers, ...options.headers });
      refuseUnsendable(given);
      const enterprise = enterpriseOf(config, report);
      const credentials = credentialsOf(config, enterprise, given, report);
      const url = endpoint(config, enterprise, place);
      const own = headersOf({
        accept,
        'content-type': body && 'application/json',
        'api-revision': config.apiRevision,
        'x-goog-user-project': presence(config.userProject) ?? environment('GOOGLE_GENAI_USER_PROJECT'),
      });
      return withCredentials(
        credentials,
        (credential) => {
          const headers = { ...credential, ...own, ...given };
          refuseInsecure(url, headers);
          reportKey(headers);
          return transport({ method, url: url.href, headers, body }).pipe(
            limit(limitsOf(options), scheduler),
            throwIfRefused(),
          );
        },
        report,
      );
    }).pipe(switchMap(read), retryGate({ isRepeatable: !write, retry, report, scheduler, random }));

  const create = <T>(
    request: InteractionRequest,
    stream: boolean,
    answer: Answer<T>,
    options: RequestConfig,
  ): Observable<T> =>
    send({ method: 'POST', place: {}, body: () => requestBody(request, stream, options.extraBody) }, answer, options);

  const get = (id: string, options: CallConfig): Observable<Interaction> =>
    send({ method: 'GET', place: { id } }, json, options);

  const cancel = (id: string, options: CallConfig, retry?: RetryConfig): Observable<Interaction> =>
    send({ method: 'POST', place: { id, action: 'cancel' } }, json, options, retry);

  const listen = (
    id: string,
    last_event_id: string | undefined,
    options: CallConfig,
    retry?: RetryConfig,
  ): Observable<InteractionEvent> =>
    send({ method: 'GET', place: { id, query: { stream: 'true', last_event_id } } }, events, options, retry);

  /** How to go on with a stream that breaks off, if that is possible and wanted. */
  const ladder = (options: ListenConfig, id?: string) => {
    const { resume = config.resume ?? {} } = options;
    const { idle, firstEvent } = limitsOf(options);
    const patience = idle ?? firstEvent;
    const limit = <T>(source: Observable<T>) => source.pipe(limitIdle({ idle: patience ?? SILENCE }, scheduler));
    return {
      resume,
      id,
      openStream: (id: string, lastEventId: string | undefined) => limit(listen(id, lastEventId, options, ONCE)),
      look: (id: string) => limit(get(id, options)),
      patience,
      report,
      scheduler,
      random,
    };
  };

  const totalOf = <T>(options: CallConfig) => limitTotal<T>(limitsOf(options), scheduler);
  const silenceOf = <T>(options: CallConfig) => limitSilence<T>(limitsOf(options), scheduler);
  const teardownOf = <T>({ teardown, headers }: ListenConfig, see: See<T>, id?: string): MonoTypeOperatorFunction<T> =>
    teardown === 'cancel'
      ? cancelOnLeave({ see, id, cancel: (running) => cancel(running, { headers }, ONCE) })
      : identity;

  return {
    stream: (request, options = {}) => {
      const stream = (hop: InteractionRequest) =>
        create(hop, true, events, options).pipe(
          silenceOf(options),
          request.store === false ? identity : withResume(ladder(options)),
        );
      return streamHops(request, stream, {
        resend: config.retry?.resend,
        scheduler,
        isAuto: options.continuation !== 'manual',
        within: totalOf(options),
      }).pipe(request.background === true ? teardownOf<InteractionEvent>(options, seeEvent) : identity);
    },
    create: (request, options = {}) => {
      const open = (hop: InteractionRequest) => create(hop, false, created, options);
      return (options.continuation === 'manual' ? open(request) : createHops(request, open)).pipe(totalOf(options));
    },
    get: (id, options = {}) => get(id, options).pipe(totalOf(options)),
    resume: (cursorOrId, options = {}) =>
      defer(() => {
        const within = totalOf<InteractionEvent>(options);
        if (typeof cursorOrId === 'string') {
          const events$ = listen(cursorOrId, undefined, options).pipe(silenceOf(options));
          return climb({ ...ladder(options, cursorOrId), within }, events$).pipe(
            teardownOf(options, seeEvent, cursorOrId),
          );
        }
        const state = stateAt(cursorOrId);
        const before$ = options.replay === true ? from(retell(state)) : EMPTY;
        if (state.settled) return before$;
        const rest$ = climb({ ...ladder(options), from: state, within });
        return concat(before$, rest$).pipe(teardownOf(options, seeEvent, cursorOrId.interactionId));
      }),
    poll: (id, { delay, maxDelay, ...options } = {}) =>
      pollRun(get(id, options), {
        id,
        delay,
        maxDelay,
        idle: options.limits?.idle,
        total: limitsOf(options).total,
        isPassing: isInterruption,
        scheduler,
      }).pipe(teardownOf(options, seeInteraction, id)),
    cancel: (id, options = {}) => cancel(id, options).pipe(totalOf(options)),
    delete: (id, options = {}) => send({ method: 'DELETE', place: { id } }, nothing, options).pipe(totalOf(options)),
  };
}
