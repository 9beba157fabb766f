import { finalize, Observable } from 'rxjs';

import { TransportError } from '../errors/index.js';
import type { Transport, TransportRequest, TransportResponse } from './transport.js';
import { withTypedErrors } from './typed-errors.js';

/** Sends a request with one network library, until the signal is aborted. */
export type Open = (request: TransportRequest, signal: AbortSignal) => Promise<TransportResponse>;

/**
 * What both transports share: one abort signal from the request to the last byte, and the outer stream kept open until
 * the body has ended.
 *
 * Written with `new Observable` because the end of one stream (the body) has to end another (the answer).
 */
const respond = (open: Open, request: TransportRequest): Observable<TransportResponse> =>
  new Observable((subscriber) => {
    const controller = new AbortController();
    subscriber.add(() => {
      controller.abort();
    });
    open(request, controller.signal).then(
      (response) => {
        const { status } = response;
        if (status >= 300 && status < 400) {
          subscriber.error(redirectRefused(status));
          return;
        }
        const body = response.body.pipe(
          finalize(() => {
            controller.abort();
            subscriber.complete();
          }),
        );
        subscriber.next({ ...response, body });
      },
      (error: unknown) => {
        subscriber.error(error);
      },
    );
  });

/** A redirect is not followed: the header with the credentials would go along. */
export const redirectRefused = (status?: number): TransportError =>
  new TransportError(
    'redirect_refused',
    'The server redirects, which would send credentials elsewhere; set baseUrl to the final address',
    { status },
  );

/** A transport over one network library. */
export const transportOver = (open: Open): Transport => withTypedErrors((request) => respond(open, request));
