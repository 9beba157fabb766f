import { catchError, defer, from, map, type Observable, of, switchMap } from 'rxjs';

import { assertNever } from '../internal/assert-never.js';
import { isRecord } from '../internal/is-record.js';
import { type Answer, refused } from './answer.js';
import type { Settings } from './config.js';
import { preflight } from './cors.js';
import type { Faults } from './faults/create-faults.js';
import { type Asked, withFault } from './faults/with-fault.js';
import type { Interactions } from './interactions.js';
import type { Operation } from './operation.js';
import { parseBody, readBody } from './read-body.js';
import { notFound, Refusal } from './refusal.js';
import type { LogLine } from './request-log.js';
import { METHODS, routeOf } from './route.js';

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

const toError = (error: unknown): Answer =>
  refused(error instanceof Refusal ? error : new Refusal(500, 'api_error', `The emulator failed: ${String(error)}`));

const orRefusal = (answer$: Observable<Answer>): Observable<Answer> =>
  answer$.pipe(catchError((error: unknown) => of(toError(error))));

/** From a request to one of the operations, and from what they refuse to an answer. */
export const createHandler = (
  interactions: Interactions,
  faults: Faults,
  settings: Pick<Settings, 'maxBodyBytes' | 'scheduler' | 'random'>,
): Handler => {
  const create = (request: Request, query: URLSearchParams, isEnterprise: boolean, line: LogLine): Observable<Call> =>
    from(readBody(request, settings.maxBodyBytes)).pipe(
      map((text) => {
        line.body(text === '' ? undefined : text);
        const body = parseBody(text);
        line.body(body);
        const operation = isRecord(body) && body['stream'] === true ? 'stream' : 'create';
        return { operation, query, answer: () => interactions.create(body, isEnterprise) };
      }),
    );

  const lookAt = (method: string, id: string, query: URLSearchParams): Call => {
    if (method === 'DELETE') return { operation: 'delete', query, answer: () => of(interactions.remove(id)) };
    const operation = query.get('stream') === 'true' ? 'resume' : 'get';
    return { operation, query, answer: (other = query) => of(interactions.get(id, other)) };
  };

  /** What a request asks for, or what it is answered without asking. */
  const understood = (request: Request, url: URL, line: LogLine): Observable<Call | Answer> => {
    const { method } = request;
    const query = url.searchParams;
    const route = routeOf(url.pathname);
    if (!route) throw notFound(`There is nothing at ${url.pathname}.`);
    const methods = METHODS[route.name];
    if (method === 'OPTIONS') return of(preflight(methods));
    if (!methods.includes(method)) {
      return of(
        refused(new Refusal(405, 'method_not_allowed', `${method} is not allowed here.`), {
          allow: methods.join(', '),
        }),
      );
    }
    if (!hasCredentials(request, url)) {
      throw new Refusal(401, 'authentication', 'The request has no credentials: set x-goog-api-key or Authorization.');
    }
    switch (route.name) {
      case 'interactions':
        return create(request, query, route.isEnterprise, line);
      case 'interaction':
        return of(lookAt(method, route.id, query));
      case 'cancel':
        return of({ operation: 'cancel', query, answer: () => of(interactions.cancel(route.id)) });
      default:
        return assertNever(route);
    }
  };

  const answered = ({ operation, query, answer }: Call, line: LogLine): Observable<Answer> => {
    const asked: Asked = { query, answer: (other) => orRefusal(defer(() => answer(other))) };
    const fault = faults.next(operation, line.request);
    if (!fault) return asked.answer();
    line.hit(fault);
    return withFault(fault, asked, settings);
  };

  return (request, url, line) =>
    defer(() => understood(request, url, line)).pipe(
      catchError((error: unknown) => of(toError(error))),
      switchMap((call) => ('operation' in call ? answered(call, line) : of(call))),
    );
};
