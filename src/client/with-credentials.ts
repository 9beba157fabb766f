import { catchError, defer, map, type Observable, switchMap, take, throwIfEmpty } from 'rxjs';

import { CredentialsError, InteractionError } from '../errors/index.js';
import { describeError } from '../internal/error-like.js';
import { mapError } from '../internal/map-error.js';
import type { Diagnostic } from '../protocol/index.js';
import type { TransportResponse } from '../transport/index.js';
import type { AccessToken, AccessTokenContext, AccessTokenSource } from './access-token.js';
import { accessTokenHeaders, type Credentials } from './credentials.js';
import { hasStatus } from './has-status.js';
import type { HeaderMap } from './headers.js';

/** What a source of tokens gives; that it gives nothing, or fails, is a matter of credentials, too. */
const ask = (source: AccessTokenSource, context: AccessTokenContext): Observable<AccessToken> =>
  defer(() => source(context)).pipe(
    mapError((cause) =>
      InteractionError.is(cause) && cause.name === 'CredentialsError'
        ? cause
        : new CredentialsError('unavailable', `accessToken failed: ${describeError(cause)}`, { cause }),
    ),
    take(1),
    throwIfEmpty(() => new CredentialsError('missing', 'accessToken gave no token')),
    map((given) => (typeof given === 'string' ? { token: given } : given)),
  );

/**
 * Sends a request with credentials. Where they come from a source and the server refuses them with 401, the source is told,
 * and asked once more; what it gives then is sent, unless it is the same again. A request that was refused has not been
 * accepted, so that this is safe for one that makes something, too (wire-format 12.1).
 *
 * ```text
 * source()                  -a|
 * send(a)                    ----#                    # 401
 * source({ refused: a })         --b|
 * send(b)                          ----r---|
 * withCredentials()         ------------r---|
 * ```
 *
 * @param send - Sends the request with these headers; the answer is emitted, and stays open until its body has ended. A refusal is
 * an error.
 */
export const withCredentials = (
  credentials: Credentials,
  send: (headers: HeaderMap) => Observable<TransportResponse>,
  report: (diagnostic: Diagnostic) => void,
): Observable<TransportResponse> => {
  if (typeof credentials !== 'function') return send(credentials);
  return ask(credentials, {}).pipe(
    switchMap((refused) =>
      send(accessTokenHeaders(refused)).pipe(
        catchError((error: unknown) => {
          if (!hasStatus(error, 401)) throw error;
          return ask(credentials, { refused: refused.token }).pipe(
            switchMap((other) => {
              if (other.token === refused.token) throw error;
              report({ code: 'request_retried', text: `${error.name} ${error.code}, with another token` });
              return send(accessTokenHeaders(other));
            }),
          );
        }),
      ),
    ),
  );
};
