/**
 * Writes streams to whoever asks: a process of its own, so that its work is not the readers'. It ends with the process that
 * started it, and after ten minutes in any case.
 *
 * Argument: the sizes of the streams, as JSON.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

import { delta, HEAD, now, type Route, type Sizes, TAIL } from './streams.js';

/** What is sent once, when it listens. */
export interface ServerMessage {
  readonly url: string;
}

const LONGEST_RUN = 600_000;
const CHUNK = 16 * 1024;
/** Between two events, in ms: enough for a reader to be idle again. */
const PACE = 1;

const { throughput, latency, together } = JSON.parse(process.argv[2] ?? '') as Sizes;

const long = Buffer.concat([HEAD, ...Array.from({ length: throughput }, (_, at) => delta(` word ${at}`)), TAIL]);

/** Those that are written to together. */
let waiting: ServerResponse[] = [];

const answers: Readonly<Record<Route, (response: ServerResponse) => Promise<void> | void>> = {
  async throughput(response) {
    for (let from = 0; from < long.length && !response.destroyed; from += CHUNK) {
      if (!response.write(long.subarray(from, from + CHUNK))) await once(response, 'drain');
    }
    response.end();
  },
  async latency(response) {
    response.write(HEAD);
    for (let left = latency; left > 0; left -= 1) {
      await wait(PACE);
      response.write(delta(String(now())));
    }
    response.end(TAIL);
  },
  first(response) {
    response.write(HEAD);
    response.write(delta(String(now())));
    response.end(TAIL);
  },
  together(response) {
    response.write(Buffer.concat([HEAD, delta('here')]));
    waiting.push(response);
  },
};

/** Writes the next event to all that wait, or the end. */
const goOn = (left: number): void => {
  const chunk = left > 0 ? delta(` word ${left}`) : TAIL;
  for (const each of waiting) each.write(chunk);
  if (left > 0) return;
  for (const each of waiting) each.end();
  waiting = [];
};

/** A reader of many streams says with each byte that it has read all of them so far: nobody gets two events at once. */
const listenTo = (request: IncomingMessage, response: ServerResponse): void => {
  let left = together.events;
  request.on('data', () => {
    goOn(left);
    left -= 1;
  });
  request.on('end', () => response.end());
};

const isRoute = (name: string): name is Route => Object.hasOwn(answers, name);

const server = createServer((request, response) => {
  const [, route = ''] = request.url?.split('/') ?? [];
  if (route === 'next') {
    listenTo(request, response);
    return;
  }
  request.resume();
  if (!isRoute(route)) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  void answers[route](response);
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo; // safe: it listens on a port
  process.send?.({ url: `http://127.0.0.1:${port}` } satisfies ServerMessage);
});
process.on('disconnect', () => process.exit());
setTimeout(() => process.exit(), LONGEST_RUN).unref();
