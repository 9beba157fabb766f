import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

import { type Observable, type Subscription, tap } from 'rxjs';

import { isConnectionReset } from './faults/network-errors.js';

/** An emulator that serves over HTTP. */
export interface Listening {
  /** Its address: what `baseUrl` takes. */
  readonly url: string;
  /** Ends every connection and what is in progress, and frees the port. */
  readonly close: () => Promise<void>;
}

const UNREADABLE = JSON.stringify({ error: { code: 'invalid_request', message: 'The request cannot be read.' } });

/** Stands for the host, which nobody looks at. */
const BASE = 'http://127.0.0.1';

/** What answers the requests. */
type Handler = (request: Request, init: RequestInit) => Promise<Response>;

export interface ListenConfig {
  readonly port: number;
  readonly host: string;
  readonly maxBodyBytes: number;
  /** Whether no connection can be made, now and whenever that changes. */
  readonly refusing$: Observable<boolean>;
}

/** The beginning of a body, up to a limit; what is behind it is thrown away as it comes. */
const readUpTo = (incoming: IncomingMessage, limit: number): Promise<Uint8Array<ArrayBuffer>> =>
  new Promise((resolve, reject) => {
    let chunks: Uint8Array[] = [];
    let size = 0;
    const done = (): void => {
      resolve(new Uint8Array(Buffer.concat(chunks)));
    };
    incoming.on('data', (chunk: Uint8Array) => {
      if (size > limit) return;
      size += chunk.byteLength;
      chunks.push(chunk);
      if (size > limit) {
        done();
        chunks = [];
      }
    });
    incoming.once('end', done);
    incoming.once('error', reject);
    incoming.once('close', () => {
      reject(new Error('The client left before its request was complete'));
    });
  });

const headersOf = ({ rawHeaders }: IncomingMessage): Headers => {
  const headers = new Headers();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) headers.append(rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '');
  return headers;
};

/** What answers on a connection. */
interface Side {
  readonly handler: Handler;
  readonly maxBodyBytes: number;
  /** Whether a connection that is done with is kept for another request. */
  readonly isOpen: () => boolean;
}

const write = async (
  response: Response,
  outgoing: ServerResponse,
  { isOpen, signal }: Pick<Side, 'isOpen'> & { readonly signal: AbortSignal },
): Promise<void> => {
  outgoing.shouldKeepAlive &&= isOpen();
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.flushHeaders(); // a stream may have nothing to say for long
  const reader = response.body?.getReader();
  let sent: Promise<unknown> = Promise.resolve();
  try {
    for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
      const { value } = read;
      sent = new Promise((resolve) => {
        outgoing.write(value, resolve);
      });
      if (outgoing.writableNeedDrain) await once(outgoing, 'drain', { signal });
    }
  } catch (error) {
    await sent; // a connection that breaks does so behind what was written to it
    throw error;
  }
  outgoing.end();
};

/** Aborts when the client has gone (or has got everything, when it no longer matters). */
const goneSignal = (outgoing: ServerResponse): AbortSignal => {
  const controller = new AbortController();
  outgoing.once('close', () => {
    controller.abort();
  });
  return controller.signal;
};

const serve = async (
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { handler, maxBodyBytes, isOpen }: Side,
): Promise<void> => {
  const { method = 'GET', url = '/' } = incoming;
  const signal = goneSignal(outgoing);
  const body = await readUpTo(incoming, maxBodyBytes);
  // Not resolved where it begins with a slash: `//x` is a path here, and no host.
  const address = new URL(url.startsWith('/') ? `${BASE}${url}` : url, BASE);
  const request = new Request(address, {
    method,
    headers: headersOf(incoming),
    ...(body.byteLength > 0 && method !== 'GET' && method !== 'HEAD' && { body }),
  });
  await write(await handler(request, { signal }), outgoing, { isOpen, signal });
};

/** How what never becomes a request is answered, on the bare connection. */
const STATUS_TEXTS = { 400: 'Bad Request', 405: 'Method Not Allowed', 431: 'Request Header Fields Too Large' } as const;

const statusOf = ({ code }: NodeJS.ErrnoException): keyof typeof STATUS_TEXTS =>
  code === 'HPE_HEADER_OVERFLOW' ? 431 : 400;

const refuse = (socket: Duplex, status: keyof typeof STATUS_TEXTS): void => {
  if (!socket.writable) return;
  const head = [
    `HTTP/1.1 ${status} ${STATUS_TEXTS[status]}`,
    'content-type: application/json',
    `content-length: ${UNREADABLE.length}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${UNREADABLE}`);
};

/** Not a pipe: it listens on a port. */
const addressOf = (server: Server): AddressInfo => server.address() as AddressInfo;

const urlOf = ({ address, family, port }: AddressInfo): string =>
  `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;

/**
 * Closes the port while no connection can be made, and opens the same one again: whoever comes is refused by the system
 * itself. Connections that there are go on, and are not used again.
 */
const refuseWhile = (refusing$: Observable<boolean>, server: Server, host: string): Subscription => {
  const { port } = addressOf(server);
  const follow = (isRefusing: boolean): void => {
    if (isRefusing && server.listening) server.close();
    else if (!isRefusing && !server.listening) server.listen(port, host);
  };
  return refusing$.pipe(tap(follow)).subscribe();
};

/** Serves a handler over HTTP. A client that goes away aborts its request, and with it the body of the answer. */
export const listen = async (
  handler: Handler,
  { port, host, maxBodyBytes, refusing$ }: ListenConfig,
): Promise<Listening> => {
  // Whether a request needs a `Host` is for nobody to say here.
  const server = createServer({ requireHostHeader: false }, (incoming, outgoing) => {
    outgoing.once('close', () => {
      if (!server.listening) server.closeIdleConnections();
    });
    serve(incoming, outgoing, { handler, maxBodyBytes, isOpen: () => server.listening }).catch((error: unknown) => {
      // The client has gone, or is to see the connection break; or the request is none that `fetch` could make.
      if (isConnectionReset(error)) outgoing.socket?.resetAndDestroy();
      else if (outgoing.headersSent || outgoing.destroyed) outgoing.destroy();
      else outgoing.writeHead(400, { 'content-type': 'application/json' }).end(UNREADABLE);
    });
  });
  server.on('checkExpectation', (incoming: IncomingMessage, outgoing: ServerResponse) => {
    server.emit('request', incoming, outgoing); // nobody needs what it expects
  });
  server.on('clientError', (error, socket) => {
    refuse(socket, statusOf(error));
  });
  server.on('connect', (_incoming, socket) => {
    refuse(socket, 405); // not a proxy
  });
  server.listen(port, host);
  await once(server, 'listening');
  const url = urlOf(addressOf(server));
  const refusing = refuseWhile(refusing$, server, host);
  return {
    url,
    close: async () => {
      refusing.unsubscribe();
      const closed = server.listening ? once(server, 'close') : undefined;
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};
