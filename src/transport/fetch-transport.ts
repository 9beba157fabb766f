import { EMPTY, Observable } from 'rxjs';

import { redirectRefused, transportOver } from './respond.js';
import type { Transport } from './transport.js';

/** The part of `fetch` that is used here. */
export type FetchLike = (input: string, init?: RequestInit) => Promise<Response>;

export interface FetchTransportConfig {
  /** What sends requests. @defaultValue the global `fetch`, looked up at each request */
  readonly fetch?: FetchLike;
}

/** The chunks of a body; leaving cancels it. */
const chunksOf = (body: ReadableStream<Uint8Array>): Observable<Uint8Array> =>
  new Observable((subscriber) => {
    const reader = body.getReader();
    // A loop of `then`, not `from(body)`: that one would wait for the next chunk before it noticed that nobody listens.
    const pull = (): void => {
      reader.read().then(
        ({ done, value }) => {
          if (done) {
            subscriber.complete();
          } else {
            subscriber.next(value);
            if (!subscriber.closed) pull();
          }
        },
        (error: unknown) => {
          subscriber.error(error);
        },
      );
    };
    pull();
    return () => {
      reader.cancel().catch(() => undefined); // already failed, or aborted with its request: nothing left to release
    };
  });

/**
 * Sends requests with `fetch`: the transport of browsers, and of anything that has a `fetch` of its own
 * (an emulator in the same process, a service worker, a proxy).
 *
 * Redirects are refused, because a custom credential header would follow them. In Node the global `fetch` ends a body
 * that is silent for 300 s; `undiciTransport` does not.
 */
export const fetchTransport = ({ fetch }: FetchTransportConfig = {}): Transport =>
  transportOver(async ({ method, url, headers, body }, signal) => {
    const send: FetchLike = fetch ?? globalThis.fetch;
    const response = await send(url, {
      method,
      headers: { ...headers },
      body: body ?? null,
      signal,
      redirect: 'manual',
    });
    if (response.type === 'opaqueredirect') throw redirectRefused(); // what a browser shows of one
    return {
      status: response.status,
      headers: response.headers,
      body: response.body ? chunksOf(response.body) : EMPTY,
    };
  });
