import { defer, EMPTY, expand, map, mergeMap, type Observable, of, switchMap, throwError, timer } from 'rxjs';

import { defaultTransport } from '#default-transport';

import {
  type Diagnostic,
  type Interaction,
  type InteractionEvent,
  type InteractionRequest,
  isLive,
} from '../protocol/index.js';
import { type TransportRequest, type TransportResponse, withTypedErrors } from '../transport/index.js';
import type { ClientConfig, PollConfig, RequestConfig } from './client-config.js';
import { credentials } from './credentials.js';
import { endpoint, type Place, refuseInsecure } from './endpoint.js';
import { environment, presence } from './environment.js';
import { lowerCased, refuseUnsendable } from './headers.js';
import { httpErrorOf } from './http-error-of.js';
import { readText } from './read-body.js';
import { readEvents } from './read-events.js';
import { readInteraction } from './read-interaction.js';
import { requestBody } from './request-body.js';

/**
 * The Interactions API as cold Observables: each subscription sends one request, unsubscribing ends it, down to the socket.
 *
 * Every error is an `InteractionError`. Nothing is sent twice.
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
  get(id: string, config?: Pick<RequestConfig, 'headers'>): Observable<Interaction>;
  /**
   * Emits the events of a stored interaction from its beginning, and goes on with it while it is running. The way to
   * listen to a background interaction.
   */
  resume(id: string, config?: Pick<RequestConfig, 'headers'>): Observable<InteractionEvent>;
  /** Looks at a stored interaction until it is no longer running; emits what each look saw. A look that fails ends it. */
  poll(id: string, config?: PollConfig): Observable<Interaction>;
  /** Asks the server to stop a background interaction; emits what it answered, whose status may lag (quirk Q16). */
  cancel(id: string, config?: Pick<RequestConfig, 'headers'>): Observable<Interaction>;
  /** Deletes a stored interaction; emits once, when it is gone. Deleting a running one does not stop it. */
  delete(id: string, config?: Pick<RequestConfig, 'headers'>): Observable<void>;
}

type Accept = 'text/event-stream' | 'application/json';

/** What one call sends: everything that does not depend on who asks. */
interface Call extends Pick<TransportRequest, 'method' | 'body'> {
  readonly place: Place;
  readonly accept: Accept;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

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

  const report = (diagnostic: Diagnostic): void => {
    try {
      config.onDiagnostic?.(diagnostic);
    } catch {
      // a listener must not break what it listens to
    }
  };

  const prepare = ({ method, body, place, accept, headers = {} }: Call): Observable<TransportRequest> =>
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

  /** Sends a call and hands the answer on if it is a success. */
  const send = <T>(call: () => Call, read: (response: TransportResponse) => Observable<T>): Observable<T> =>
    defer(() => prepare(call())).pipe(
      switchMap((request) => transport(request)),
      switchMap((response) =>
        response.status >= 400
          ? httpErrorOf(response).pipe(mergeMap((error) => throwError(() => error)))
          : read(response),
      ),
    );

  const get = (id: string, { headers }: Pick<RequestConfig, 'headers'> = {}): Observable<Interaction> =>
    send(() => ({ method: 'GET', place: { id }, accept: 'application/json', headers }), readInteraction);

  return {
    stream: (request, { headers, extraBody } = {}) =>
      send(
        () => ({
          method: 'POST',
          place: {},
          accept: 'text/event-stream',
          headers,
          body: requestBody(request, true, extraBody),
        }),
        (response) => readEvents(response, config),
      ),
    create: (request, { headers, extraBody } = {}) =>
      send(
        () => ({
          method: 'POST',
          place: {},
          accept: 'application/json',
          headers,
          body: requestBody(request, false, extraBody),
        }),
        readInteraction,
      ),
    get,
    resume: (id, { headers } = {}) =>
      send(
        () => ({ method: 'GET', place: { id, query: { stream: 'true' } }, accept: 'text/event-stream', headers }),
        (response) => readEvents(response, config),
      ),
    poll: (id, { delay = 1000, maxDelay = 10_000, headers } = {}) =>
      get(id, { headers }).pipe(
        expand(({ status }, looks) =>
          isLive(status)
            ? timer(Math.min(delay * 2 ** looks, maxDelay), config.scheduler).pipe(
                switchMap(() => get(id, { headers })),
              )
            : EMPTY,
        ),
      ),
    cancel: (id, { headers } = {}) =>
      send(
        () => ({ method: 'POST', place: { id, action: 'cancel' }, accept: 'application/json', headers }),
        readInteraction,
      ),
    delete: (id, { headers } = {}) =>
      send(
        () => ({ method: 'DELETE', place: { id }, accept: 'application/json', headers }),
        ({ body }) => readText(body).pipe(switchMap(() => of(undefined))),
      ),
  };
}
