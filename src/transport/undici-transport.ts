import { Observable } from 'rxjs';
import { type Dispatcher, request as send } from 'undici';

import { transportOver } from './respond.js';
import type { Transport } from './transport.js';

export interface UndiciTransportConfig {
  /** Where requests go through: a proxy, a pool, a mock. @defaultValue undici's global dispatcher */
  readonly dispatcher?: Dispatcher;
}

/** The chunks of a body as they are read off the socket; leaving destroys it, and the socket with it. */
const chunksOf = (body: Dispatcher.ResponseData['body']): Observable<Uint8Array> =>
  new Observable((subscriber) => {
    if (body.errored) {
      subscriber.error(body.errored); // before anybody listened
      return undefined;
    }
    body.on('data', (chunk: Uint8Array) => {
      subscriber.next(chunk);
    });
    body.on('end', () => {
      subscriber.complete();
    });
    body.on('error', (error) => {
      subscriber.error(error);
    });
    return () => {
      body.destroy();
    };
  });

/**
 * Sends requests with undici: the default transport in Node.
 *
 * No time limit on headers or between chunks, so that a model may think for as long as it likes (the global `fetch` of
 * Node ends a body that is silent for 300 s). Redirects are not followed.
 */
export const undiciTransport = ({ dispatcher }: UndiciTransportConfig = {}): Transport =>
  transportOver(async ({ method, url, headers, body }, signal) => {
    const response = await send(url, {
      method,
      headers: { ...headers },
      body: body ?? null,
      signal,
      headersTimeout: 0,
      bodyTimeout: 0,
      ...(dispatcher === undefined ? {} : { dispatcher }),
    });
    // An aborted body fails even when nobody reads it; without a listener that would end the process.
    response.body.on('error', () => undefined);
    return { status: response.statusCode, headers: headersOf(response.headers), body: chunksOf(response.body) };
  });

const headersOf = (received: Dispatcher.ResponseData['headers']): Headers => {
  const headers = new Headers();
  for (const [name, value] of Object.entries(received)) {
    for (const one of value === undefined ? [] : [value].flat()) headers.append(name, one);
  }
  return headers;
};
