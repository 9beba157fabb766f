import { catchError, defer, from, type Observable, of, switchMap } from 'rxjs';

import { assertNever } from '../internal/assert-never.js';
import { type Answer, refused } from './answer.js';
import type { Settings } from './config.js';
import { preflight } from './cors.js';
import type { Interactions } from './interactions.js';
import { parseBody, readBody } from './read-body.js';
import { notFound, Refusal } from './refusal.js';
import type { LogLine } from './request-log.js';
import { METHODS, routeOf } from './route.js';

/** Answers a request when subscribed to, once. Unsubscribing before gives up what it began. */
export type Handler = (request: Request, url: URL, line: LogLine) => Observable<Answer>;

/** Whether somebody is named who pays. Any key will do. */
const hasCredentials = ({ headers }: Request, url: URL): boolean =>
  (headers.get('x-goog-api-key') ?? '') !== '' ||
  /^Bearer \S/i.test(headers.get('authorization') ?? '') ||
  (url.searchParams.get('key') ?? '') !== '';

const toError = (error: unknown): Answer =>
  refused(error instanceof Refusal ? error : new Refusal(500, 'api_error', `The emulator failed: ${String(error)}`));

/** From a request to one of the four operations, and from what they refuse to an answer. */
export const createHandler = (
  interactions: Interactions,
  { maxBodyBytes }: Pick<Settings, 'maxBodyBytes'>,
): Handler => {
  const create = (request: Request, isEnterprise: boolean, line: LogLine): Observable<Answer> =>
    from(readBody(request, maxBodyBytes)).pipe(
      switchMap((text) => {
        line.body(text === '' ? undefined : text);
        const body = parseBody(text);
        line.body(body);
        return interactions.create(body, isEnterprise);
      }),
    );

  const answer: Handler = (request, url, line) => {
    const { method } = request;
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
        return create(request, route.isEnterprise, line);
      case 'interaction':
        return of(method === 'DELETE' ? interactions.remove(route.id) : interactions.get(route.id, url.searchParams));
      case 'cancel':
        return of(interactions.cancel(route.id));
      default:
        return assertNever(route);
    }
  };

  return (request, url, line) =>
    defer(() => answer(request, url, line)).pipe(catchError((error: unknown) => of(toError(error))));
};
