import {
  fetchTransport,
  InteractionError,
  type Transport,
  type TransportRequest,
  TransportError,
} from 'rx-interactions';
import { undiciTransport } from 'rx-interactions/node';
import {
  EMPTY,
  firstValueFrom,
  ignoreElements,
  lastValueFrom,
  map,
  mergeMap,
  type Observable,
  Subject,
  switchMap,
  take,
  tap,
  toArray,
} from 'rxjs';

import { errorOf, failureOf, notificationsOf } from './support/observe.js';
import { deadUrl, type Exchange, startServer, stopServers } from './support/test-server.js';

afterEach(stopServers);

const get = (url: string): TransportRequest => ({ method: 'GET', url, headers: {} });
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

/** The bytes of the answer, as text, piece by piece. */
const pieces = (transport: Transport, request: TransportRequest): Observable<string> =>
  transport(request).pipe(
    switchMap(({ body }) => body),
    map(textOf),
  );

/** Begins an answer and writes the first piece of it. */
const begin = ({ response }: Exchange, piece: string): void => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(piece);
};

/** Subscribes, and hears of each piece. */
const listen = (source: Observable<string>) => {
  const heard: string[] = [];
  const errors: unknown[] = [];
  const heard$ = new Subject<string>();
  const ended$ = new Subject<void>();
  const subscription = source.subscribe({
    next: (piece) => {
      heard.push(piece);
      heard$.next(piece);
    },
    error: (error: unknown) => {
      errors.push(error);
      ended$.next();
    },
    complete: () => {
      ended$.next();
    },
  });
  return {
    heard,
    errors,
    subscription,
    /** Resolves with the next piece. */
    piece: () => firstValueFrom(heard$),
    /** Resolves when it has completed or failed. */
    ended: firstValueFrom(ended$),
  };
};

describe.each<[string, () => Transport]>([
  ['undiciTransport', () => undiciTransport()],
  ['fetchTransport', () => fetchTransport()],
])('%s', (_name, createTransport) => {
  const transport = createTransport();

  describe('sends', () => {
    it('nothing before it is subscribed to, and one request for each subscription', async () => {
      const server = await startServer();
      const answer$ = pieces(transport, get(`${server.url}/each`));
      const untouched$ = transport(get(`${server.url}/never`));

      for (const name of ['first', 'second']) {
        const received = lastValueFrom(answer$);
        (await server.next()).response.end(name);
        expect(await received).toBe(name);
      }

      expect(server.exchanges.map(({ request }) => request.url)).toEqual(['/each', '/each']);
      expect(untouched$).toBeDefined();
    });

    it('method, address, headers and body as they are given', async () => {
      const server = await startServer();
      const sent = notificationsOf(
        pieces(transport, {
          method: 'POST',
          url: `${server.url}/v1beta/interactions?stream=true`,
          headers: { 'content-type': 'application/json', 'x-goog-api-key': 'k' },
          body: '{"input":"grüß dich 🌍"}',
        }),
      );
      const { request, response, body } = await server.next();

      expect(request.method).toBe('POST');
      expect(request.url).toBe('/v1beta/interactions?stream=true');
      expect(request.headers).toMatchObject({ 'content-type': 'application/json', 'x-goog-api-key': 'k' });
      expect(await body).toBe('{"input":"grüß dich 🌍"}');
      response.end();
      await sent;
    });

    it.each(['GET', 'DELETE', 'POST'] as const)('a %s without a body', async (method) => {
      const server = await startServer();
      const sent = notificationsOf(pieces(transport, { method, url: server.url, headers: {} }));
      const { request, response, body } = await server.next();
      expect(request.method).toBe(method);
      expect(await body).toBe('');
      response.end();
      await sent;
    });
  });

  describe('answers', () => {
    it('with the head while the body is still to come', async () => {
      const server = await startServer();
      const head = lastValueFrom(transport(get(server.url)).pipe(take(1)));
      const { response } = await server.next();
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Retry-After': '3' });
      response.flushHeaders();

      const { status, headers } = await head;
      expect(status).toBe(200);
      expect(headers.get('content-type')).toBe('text/event-stream');
      expect(headers.get('retry-after')).toBe('3');
    });

    it('with each piece when it arrives, and stays open until the body has ended', async () => {
      const server = await startServer();
      const order: string[] = [];
      const ended = lastValueFrom(
        transport(get(server.url)).pipe(
          tap({ next: ({ status }) => order.push(String(status)), complete: () => order.push('the answer completes') }),
          mergeMap(({ body }) => body.pipe(tap({ complete: () => order.push('the body completes') }))),
          tap((bytes) => order.push(textOf(bytes))),
          ignoreElements(),
        ),
        { defaultValue: undefined },
      );
      const exchange = await server.next();
      begin(exchange, 'one');
      exchange.response.end();
      await ended;
      expect(order).toEqual(['200', 'one', 'the body completes', 'the answer completes']);
    });

    it('with every byte of a large body', async () => {
      const server = await startServer();
      const bytes = Buffer.alloc(1_000_000, 'a pattern whose length is no power of two');
      const received = lastValueFrom(
        transport(get(server.url)).pipe(
          switchMap(({ body }) => body),
          toArray(),
        ),
      );
      (await server.next()).response.end(bytes);
      const chunks = await received;
      expect(chunks.length).toBeGreaterThan(1);
      expect(chunks.every((chunk) => chunk instanceof Uint8Array)).toBe(true);
      expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
    });

    it('with an empty body where there is none', async () => {
      const server = await startServer();
      const received = lastValueFrom(pieces(transport, get(server.url)).pipe(toArray()));
      const { response } = await server.next();
      response.writeHead(204);
      response.end();
      expect(await received).toEqual([]);
    });

    it.each([400, 404, 429, 500, 503])('with %i, which is an answer and not an error', async (status) => {
      const server = await startServer();
      const answer = lastValueFrom(
        transport(get(server.url)).pipe(
          mergeMap((head) => head.body.pipe(map((bytes) => `${String(head.status)} ${textOf(bytes)}`))),
        ),
      );
      const { response } = await server.next();
      response.writeHead(status);
      response.end('why');
      expect(await answer).toBe(`${String(status)} why`);
    });

    it('with all values of a header that comes several times', async () => {
      const server = await startServer();
      const head = lastValueFrom(transport(get(server.url)).pipe(take(1)));
      const { response } = await server.next();
      response.writeHead(200, { via: ['a', 'b'] });
      response.end();
      expect((await head).headers.get('via')).toBe('a, b');
    });

    it('once: reading a body again is an error, and not silence', async () => {
      const server = await startServer();
      let body$: Observable<Uint8Array> = EMPTY;
      const first = lastValueFrom(
        transport(get(server.url)).pipe(
          tap((head) => {
            body$ = head.body;
          }),
          mergeMap(({ body }) => body),
          map(textOf),
        ),
      );
      (await server.next()).response.end('all there is');
      expect(await first).toBe('all there is');
      expect(await errorOf(body$)).toBeInstanceOf(Error);
    });
  });

  describe('closes the connection', () => {
    it('when it is left while it waits for the head', async () => {
      const server = await startServer();
      const { subscription, errors } = listen(pieces(transport, get(server.url)));
      const { closed } = await server.next();
      subscription.unsubscribe();
      await closed;
      expect(errors).toEqual([]);
    });

    it('when it is left while nothing arrives, after the head and before the first piece', async () => {
      const server = await startServer();
      const head$ = new Subject<number>();
      const arrived = firstValueFrom(head$);
      const subscription = transport(get(server.url))
        .pipe(
          tap(({ status }) => head$.next(status)),
          switchMap(({ body }) => body),
        )
        .subscribe();
      const { response, closed } = await server.next();
      response.writeHead(200);
      response.flushHeaders();
      expect(await arrived).toBe(200);
      subscription.unsubscribe();
      await closed;
    });

    it('when it is left while nothing arrives, between two pieces', async () => {
      const server = await startServer();
      const { subscription, piece, heard, errors } = listen(pieces(transport, get(server.url)));
      const exchange = await server.next();
      const first = piece();
      begin(exchange, 'one');
      await first;
      subscription.unsubscribe();
      await exchange.closed;
      expect(heard).toEqual(['one']);
      expect(errors).toEqual([]);
    });

    it('when it is left in the middle of a piece, with more on the way', async () => {
      const server = await startServer();
      const taken = lastValueFrom(pieces(transport, get(server.url)).pipe(take(1)));
      const { response, closed } = await server.next();
      const write = (): void => {
        while (response.write('x'.repeat(65_536)));
      };
      response.on('drain', write);
      write();
      expect((await taken).startsWith('xxx')).toBe(true);
      await closed;
      expect(response.writableEnded).toBe(false);
    });

    it('when only the body is left, and ends the answer with it', async () => {
      const server = await startServer();
      const order: string[] = [];
      const ended = notificationsOf(
        transport(get(server.url)).pipe(
          tap({ complete: () => order.push('the answer completes') }),
          mergeMap(({ body }) => body.pipe(take(1))),
          map(textOf),
          tap((piece) => order.push(piece)),
        ),
      );
      const exchange = await server.next();
      begin(exchange, 'one');
      await ended;
      await exchange.closed;
      expect(order).toEqual(['one', 'the answer completes']);
    });

    it('when the head is all that is wanted', async () => {
      const server = await startServer();
      const head = lastValueFrom(transport(get(server.url)).pipe(take(1)));
      const exchange = await server.next();
      begin(exchange, 'one');
      expect((await head).status).toBe(200);
      await exchange.closed;
    });

    it('before it is there: left in the same tick, nothing is sent', async () => {
      const server = await startServer();
      transport(get(`${server.url}/left`))
        .subscribe()
        .unsubscribe();
      const probe = notificationsOf(pieces(transport, get(`${server.url}/probe`)));
      (await server.next()).response.end();
      await probe;
      expect(server.exchanges.map(({ request }) => request.url)).toEqual(['/probe']);
    });

    it('only when it is left: one that has ended is kept for later requests', async () => {
      const server = await startServer();
      const ports = new Set<number | undefined>();
      for (let count = 1; count <= 4; count += 1) {
        const received = lastValueFrom(pieces(transport, get(server.url)));
        const { request, response } = await server.next();
        ports.add(request.socket.remotePort);
        response.end('whole');
        expect(await received).toBe('whole');
      }
      expect(server.exchanges).toHaveLength(4);
      expect(ports.size).toBeLessThan(4);
    });
  });

  describe('fails with a TransportError', () => {
    const transportErrorOf = async (source: Observable<unknown>): Promise<TransportError> => {
      const error = await errorOf(source);
      expect(error).toBeInstanceOf(TransportError);
      expect(InteractionError.is(error)).toBe(true);
      return error as TransportError;
    };

    it('where nobody listens', async () => {
      const error = await transportErrorOf(transport(get(await deadUrl())));
      expect(error.code).toBe('connection_failed');
      expect(error.message).toContain('ECONNREFUSED');
      expect(error.cause).toHaveProperty('message');
    });

    it('where the name is unknown', async () => {
      const error = await transportErrorOf(transport(get('http://nobody.invalid/')));
      expect(error.code).toBe('connection_failed');
      expect(error.message).toContain('nobody.invalid');
    });

    it('where the connection breaks before the head', async () => {
      const server = await startServer();
      const failed = transportErrorOf(transport(get(server.url)));
      (await server.next()).request.socket.resetAndDestroy();
      expect((await failed).code).toBe('connection_failed');
    });

    it('where the connection is reset in the middle of the body, behind what had arrived', async () => {
      const server = await startServer();
      const { piece, heard, errors, ended } = listen(pieces(transport, get(server.url)));
      const exchange = await server.next();
      const first = piece();
      begin(exchange, 'one');
      await first;
      exchange.request.socket.resetAndDestroy();
      await ended;
      expect(heard).toEqual(['one']);
      expect(errors).toEqual([expect.objectContaining({ name: 'TransportError', code: 'connection_lost' })]);
    });

    it('where the body ends before it is as long as it was said to be', async () => {
      const server = await startServer();
      const failed = failureOf(pieces(transport, get(server.url)));
      const { request, response } = await server.next();
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => request.socket.end());
      const { values, error } = await failed;
      expect(values.join('')).toBe('half');
      expect(error).toMatchObject({ name: 'TransportError', code: 'connection_lost' });
    });

    it('where a chunked body ends without its last chunk', async () => {
      const server = await startServer();
      const failed = failureOf(pieces(transport, get(server.url)));
      const exchange = await server.next();
      begin(exchange, 'one');
      exchange.request.socket.end();
      expect(await failed).toMatchObject({
        values: ['one'],
        error: { name: 'TransportError', code: 'connection_lost' },
      });
    });

    it.each([301, 302, 303, 307, 308])(
      'where the server redirects with %i, and sends nothing there',
      async (status) => {
        const server = await startServer();
        const elsewhere = await startServer();
        const failed = transportErrorOf(
          transport({ method: 'POST', url: server.url, headers: { 'x-goog-api-key': 'secret' }, body: '{}' }),
        );
        const { response, closed } = await server.next();
        response.writeHead(status, { location: elsewhere.url });
        response.write('moved'); // and more to come, which nobody waits for
        const error = await failed;
        expect(error.code).toBe('redirect_refused');
        expect(error.message).toContain('baseUrl');
        await closed;
        expect(elsewhere.exchanges).toEqual([]);
        expect(server.exchanges).toHaveLength(1);
      },
    );
  });
});
