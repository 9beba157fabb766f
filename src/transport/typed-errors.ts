import { defer, map, type MonoTypeOperatorFunction, type Observable, throwIfEmpty } from 'rxjs';

import { InteractionError, TransportError } from '../errors/index.js';
import { describeError } from '../internal/error-like.js';
import { mapError } from '../internal/map-error.js';
import type { Transport } from './transport.js';

const MESSAGES = {
  connection_failed: 'The request could not be sent or got no answer',
  connection_lost: 'The connection broke while the answer was read',
} as const;

/** Makes whatever a network library throws an error of ours, which says whether an answer had begun. */
const asTransportError = <T>(code: keyof typeof MESSAGES): MonoTypeOperatorFunction<T> =>
  mapError((cause) =>
    InteractionError.is(cause)
      ? cause
      : new TransportError(code, `${MESSAGES[code]}: ${describeError(cause)}`, { cause }),
  );

/** A body that says so when it is read twice: there is nothing left in it, which must not pass for the end. */
const once = <T>(body: Observable<T>): Observable<T> => {
  let isRead = false;
  return defer(() => {
    if (isRead) throw new TransportError('connection_lost', 'The body of an answer can be read only once');
    isRead = true;
    return body;
  });
};

/** A transport that keeps the contract where the one under it may not: typed errors, one answer, a body that is read once. */
export const withTypedErrors =
  (transport: Transport): Transport =>
  (request) =>
    defer(() => transport(request)).pipe(
      throwIfEmpty(
        () => new TransportError('connection_failed', `${MESSAGES.connection_failed}: the transport just ended`),
      ),
      asTransportError('connection_failed'),
      map((response) => ({ ...response, body: once(response.body).pipe(asTransportError('connection_lost')) })),
    );
