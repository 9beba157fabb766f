import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import { firstValueFrom, ReplaySubject, skip } from 'rxjs';

/** A request that has reached the server; the test writes the answer. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The body of the request, when it is there. */
  readonly body: Promise<string>;
  /** Resolves when the connection is gone, from whichever side. */
  readonly closed: Promise<void>;
}

/** A server on this machine whose every answer is written by the test, by hand. */
export interface TestServer {
  readonly url: string;
  /** The requests so far. */
  readonly exchanges: readonly Exchange[];
  /** The next request nobody has taken yet; waits for it. */
  next(): Promise<Exchange>;
  /** Stops to listen: whoever connects is refused. */
  close(): Promise<void>;
}

const running = new Set<Server>();

const stop = async (server: Server): Promise<void> => {
  if (!running.delete(server)) return;
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
};

/** Ends every server of a test; for `afterEach`. */
export const stopServers = async (): Promise<void> => {
  await Promise.all([...running].map(stop));
};

export const startServer = async (): Promise<TestServer> => {
  const server = createServer();
  const exchanges: Exchange[] = [];
  const exchanges$ = new ReplaySubject<Exchange>(Infinity);
  let taken = 0;
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    response.on('error', () => undefined); // the client has left: what the tests provoke
    const exchange: Exchange = {
      request,
      response,
      body: text(request).catch(() => ''),
      // not `once`, which rejects when the connection is reset
      closed: new Promise((resolve) => {
        request.socket.on('close', () => {
          resolve();
        });
      }),
    };
    exchanges.push(exchange);
    exchanges$.next(exchange);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  running.add(server);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    exchanges,
    next: () => {
      taken += 1;
      return firstValueFrom(exchanges$.pipe(skip(taken - 1)));
    },
    close: () => stop(server),
  };
};

/** An address at which nobody listens. */
export const deadUrl = async (): Promise<string> => {
  const { url, close } = await startServer();
  await close();
  return url;
};
