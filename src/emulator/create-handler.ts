import { catchError, defer, from, map, type Observable, of, switchMap } from 'rxjs';

import { assertNever } from '../internal/assert-never.js';
import { isRecord } from '../internal/is-record.js';
import { type Answer, refused } from './answer.js';
import type { Settings } from './config.js';
import { preflight } from './cors.js';
import type { Faults } from './faults/create-faults.js';
import { type Asked, withFault } from './faults/with-fault.js';
import { refusedByRpc } from './generate-content/rpc-error.js';
import type { Interactions, OlderForm } from './interactions.js';
import type { Operation } from './operation.js';
import { parseBody, readBody } from './read-body.js';
import { notFound, Refusal } from './refusal.js';
import type { LogLine } from './request-log.js';
import { METHODS, type Route, routeOf } from './route.js';

/** Answers a request when subscribed to, once. Unsubscribing before gives up what it began. */
export type Handler = (request: Request, url: URL, line: LogLine) => Observable<Answer>;

/** A request that has been understood. */
interface Call extends Asked {
  readonly operation: Operation;
}

/** Whether somebody is named who pays. Any key will do. */
const hasCredentials = ({ headers }: Request, url: URL): boolean =>
  (headers.get('x-goog-api-key') ?? '') !== '' ||
  /^Bearer \S/i.test(headers.get('authorization') ?? '') ||
  (url.searchParams.get('key') ?? '') !== '';

/** How a refusal is answered: each endpoint has a shape of its own. */
type Refuse = typeof refused;

type ModelRoute = Route & { readonly name: 'model' };

/** The older endpoint streams JSON unless it is asked for messages. */
const formAt = ({ isStreaming }: ModelRoute, query: URLSearchParams): OlderForm => {
  if (!isStreaming) return 'whole';
  return query.get('alt') === 'sse' ? 'sse' : 'list';
};

const refuseAt = (route: Route | undefined, query: URLSearchParams): Refuse =>
  route?.name === 'model' ? refusedByRpc(formAt(route, query) === 'list') : refused;

const orRefusal =
  (refuse: Refuse) =>
  <A>(answer$: Observable<A>): Observable<A | Answer> =>
    answer$.pipe(
      catchError((error: unknown) =>
        of(
          refuse(
            error instanceof Refusal ? error : new Refusal(500, 'api_error', `The emulator failed: ${String(error)}`),
          ),
        ),
      ),
    );

/** From a request to one of the operations, and from what they refuse to an answer. */
export const createHandler = (
  interactions: Interactions,
  faults: Faults,
  settings: Pick<Settings, 'maxBodyBytes' | 'scheduler' | 'random'>,
): Handler => {
  const bodyOf = (request: Request, line: LogLine): Observable<unknown> =>
    from(readBody(request, settings.maxBodyBytes)).pipe(
      map((text) => {
        line.body(text === '' ? undefined : text);
        const body = parseBody(text);
        line.body(body);
        return body;
      }),
    );

  const create = (body: unknown, query: URLSearchParams, isEnterprise: boolean): Call => {
    const operation = isRecord(body) && body['stream'] === true ? 'stream' : 'create';
    return { operation, query, answer: () => interactions.create(body, isEnterprise) };
  };

  const generate = (body: unknown, query: URLSearchParams, route: ModelRoute): Call => {
    const form = formAt(route, query);
    const operation = form === 'sse' ? 'stream' : 'create';
    return { operation, query, answer: () => interactions.generate(body, route, form) };
  };

  const lookAt = (method: string, id: string, query: URLSearchParams): Call => {
    if (method === 'DELETE') return { operation: 'delete', query, answer: () => of(interactions.remove(id)) };
    const operation = query.get('stream') === 'true' ? 'resume' : 'get';
    return { operation, query, answer: (other = query) => of(interactions.get(id, other)) };
  };

  /** What a request asks for, or what it is answered without asking. */
  const understood = (
    route: Route | undefined,
    request: Request,
    url: URL,
    line: LogLine,
  ): Observable<Call | Answer> => {
    const { method } = request;
    const query = url.searchParams;
    if (!route) throw notFound(`There is nothing at ${url.pathname}.`);
    const methods = METHODS[route.name];
    if (method === 'OPTIONS') return of(preflight(methods));
    if (!methods.includes(method)) {
      return of(
        refuseAt(route, query)(new Refusal(405, 'method_not_allowed', `${method} is not allowed here.`), {
          allow: methods.join(', '),
        }),
      );
    }
    if (!hasCredentials(request, url)) {
      throw new Refusal(401, 'authentication', 'The request has no credentials: set x-goog-api-key or Authorization.');
    }
    switch (route.name) {
      case 'interactions':
        return bodyOf(request, line).pipe(map((body) => create(body, query, route.isEnterprise)));
      case 'model':
        return bodyOf(request, line).pipe(map((body) => generate(body, query, route)));
      case 'interaction':
        return of(lookAt(method, route.id, query));
      case 'cancel':
        return of({ operation: 'cancel', query, answer: () => of(interactions.cancel(route.id)) });
      default:
        return assertNever(route);
    }
  };

  const answered = ({ operation, query, answer }: Call, refuse: Refuse, line: LogLine): Observable<Answer> => {
    const asked: Asked = { query, answer: (other) => defer(() => answer(other)).pipe(orRefusal(refuse)) };
    const fault = faults.next(operation, line.request);
    if (!fault) return asked.answer();
    line.hit(fault);
    return withFault(fault, asked, settings);
  };

  return (request, url, line) => {
    const route = routeOf(url.pathname);
    const refuse = refuseAt(route, url.searchParams);
    return defer(() => understood(route, request, url, line)).pipe(
      orRefusal(refuse),
      switchMap((call) => ('operation' in call ? answered(call, refuse, line) : of(call))),
    );
  };
};
