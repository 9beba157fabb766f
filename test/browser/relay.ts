import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** One connection of the browser, as seen from between the browser and the server. */
export interface RelayedConnection {
  /** What the browser sent so far. */
  readonly request: string;
  /** What it was given so far. */
  readonly response: string;
  /** Resolves when the browser has closed the connection. */
  readonly closed: Promise<unknown>;
}

export interface Relay {
  readonly url: string;
  readonly connections: readonly RelayedConnection[];
  /** Lets pass what was held back, and everything after it. */
  release(): void;
  close(): Promise<void>;
}

/**
 * Stands between the browser and a server on this machine, and passes the response on frame by frame for as long as
 * `mayPass` says so of what went through. What a browser does while the rest is held back, it does in mid-stream.
 */
export async function startRelay(target: string, mayPass: (response: string) => boolean): Promise<Relay> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const connections: RelayedConnection[] = [];
  const pumps: (() => void)[] = [];
  let released = false;

  const server = createServer((browser) => {
    const upstream = connect(Number(port), hostname);
    const connection = { request: '', response: '', closed: new Promise((resolve) => browser.once('close', resolve)) };
    const held: string[] = [];
    const pump = () => {
      while (browser.writable && held.length > 0 && (released || mayPass(connection.response))) {
        const frame = held.shift() ?? '';
        connection.response += frame;
        browser.write(frame, 'latin1');
      }
      if (held.length === 0 && upstream.destroyed) browser.end();
    };
    for (const socket of [browser, upstream]) {
      sockets.add(socket);
      socket.setEncoding('latin1'); // one character per byte
      socket.on('error', () => socket.destroy());
    }
    browser.on('data', (text) => {
      connection.request += String(text);
      upstream.write(text, 'latin1');
    });
    upstream.on('data', (text) => {
      held.push(...String(text).split(/(?<=\n\n)/));
      pump();
    });
    browser.on('close', () => upstream.destroy());
    upstream.on('close', pump);
    connections.push(connection);
    pumps.push(pump);
  });

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections,
    release: () => {
      released = true;
      for (const pump of pumps) pump();
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
