import { createClient, fetchTransport, type InteractionsClient, type Transport } from 'rx-interactions';
import { undiciTransport } from 'rx-interactions/node';
import { completed, created, stepStart, textDelta } from 'rx-interactions/testing';
import { firstValueFrom, lastValueFrom, type Observable, Subject, take, tap, toArray } from 'rxjs';

import { errorOf, failureOf } from '../transport/support/observe.js';
import { type Exchange, startServer, stopServers } from '../transport/support/test-server.js';
import { frame } from './support/fake-transport.js';

afterEach(stopServers);

const request = { model: 'gemini-3-flash-preview', input: 'Hi' };

const begin = ({ response }: Exchange, ...events: readonly object[]): void => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
  for (const event of events) response.write(frame(event));
};

describe.each<[string, () => Transport]>([
  ['undici', () => undiciTransport()],
  ['fetch', () => fetchTransport()],
])('over a socket with %s', (_name, createTransport) => {
  const start = async () => {
    const server = await startServer();
    return {
      server,
      client: createClient({ apiKey: 'test', baseUrl: server.url, transport: createTransport(), resume: false }),
    };
  };

  describe('a stream that is left closes its socket', () => {
    it.each<[string, (client: InteractionsClient) => Observable<unknown>]>([
      ['stream', (client) => client.stream(request)],
      ['create', (client) => client.create(request)],
      ['get', (client) => client.get('v1_a')],
      ['resume', (client) => client.resume('v1_a')],
      ['poll', (client) => client.poll('v1_a')],
      ['cancel', (client) => client.cancel('v1_a')],
      ['delete', (client) => client.delete('v1_a')],
    ])('while %s waits for an answer', async (_method, call) => {
      const { server, client } = await start();
      const subscription = call(client).subscribe();
      const { closed } = await server.next();
      subscription.unsubscribe();
      await closed;
      expect(server.exchanges).toHaveLength(1);
    });

    it.each<[string, readonly object[]]>([
      ['when the interaction is there', [created()]],
      ['in the middle of a text', [created(), stepStart(0, 'model_output'), textDelta(0, 'Hi')]],
    ])('%s, while nothing arrives', async (_when, events) => {
      const { server, client } = await start();
      const last$ = new Subject<void>();
      const arrived = firstValueFrom(last$);
      let count = 0;
      const subscription = client
        .stream(request)
        .pipe(tap(() => (count += 1) === events.length && last$.next()))
        .subscribe();
      const exchange = await server.next();
      begin(exchange, ...events);
      await arrived;
      subscription.unsubscribe();
      await exchange.closed;
      expect(count).toBe(events.length);
    });

    it('in the middle of a flood', async () => {
      const { server, client } = await start();
      const taken = lastValueFrom(client.stream(request).pipe(take(5), toArray()));
      const exchange = await server.next();
      const { response } = exchange;
      begin(exchange, created(), stepStart(0, 'model_output'));
      const flood = frame(textDelta(0, 'x'.repeat(10_000)));
      const write = (): void => {
        while (response.write(flood));
      };
      response.on('drain', write);
      write();
      expect(await taken).toHaveLength(5);
      await exchange.closed;
    });

    it('in the middle of a JSON answer', async () => {
      const { server, client } = await start();
      const subscription = client.create(request).subscribe();
      const { response, closed } = await server.next();
      response.writeHead(200, { 'content-type': 'application/json' });
      await new Promise<void>((resolve) => response.write('{"id":"v1_a",', () => resolve()));
      subscription.unsubscribe();
      await closed;
    });

    it('in the middle of an error body', async () => {
      const { server, client } = await start();
      const subscription = client.create(request).subscribe();
      const { response, closed } = await server.next();
      response.writeHead(500, { 'content-type': 'application/json' });
      await new Promise<void>((resolve) => response.write('{"error":', () => resolve()));
      subscription.unsubscribe();
      await closed;
    });

    it('and only its own: another of the same client goes on', async () => {
      const { server, client } = await start();
      const left = client.stream(request).subscribe();
      const first = await server.next();
      const kept = lastValueFrom(client.stream(request).pipe(toArray()));
      const second = await server.next();
      left.unsubscribe();
      await first.closed;
      begin(second, created(), completed());
      second.response.end();
      expect(await kept).toHaveLength(2);
    });
  });

  describe('a stream that ends by itself', () => {
    it('completes with the event that settles it, and closes a connection that the server keeps', async () => {
      const { server, client } = await start();
      const events = lastValueFrom(client.stream(request).pipe(toArray()));
      const exchange = await server.next();
      begin(exchange, created(), completed()); // and the server never ends
      expect(await events).toEqual([created(), completed()]);
      await exchange.closed;
    });

    it('closes the connection when it fails on what it reads', async () => {
      const { server, client } = await start();
      const failed = errorOf(client.stream(request));
      const exchange = await server.next();
      begin(exchange, created());
      exchange.response.write('data: {"broken\n\n');
      expect(await failed).toMatchObject({ name: 'DecodeError', partial: { id: 'v1_test' } });
      await exchange.closed;
    });

    it('is not finished when the connection is reset', async () => {
      const { server, client } = await start();
      const seen$ = new Subject<void>();
      const seen = firstValueFrom(seen$);
      const failed = failureOf(
        client.stream(request).pipe(tap(({ event_type }) => event_type === 'step.delta' && seen$.next())),
      );
      const exchange = await server.next();
      begin(exchange, created(), stepStart(0, 'model_output'), textDelta(0, 'Once upon'));
      await seen;
      exchange.request.socket.resetAndDestroy();
      const { values, error } = await failed;
      expect(values).toHaveLength(3);
      expect(error).toMatchObject({
        name: 'UnsettledError',
        cause: { name: 'TransportError', code: 'connection_lost' },
        partial: { id: 'v1_test', steps: [{ content: [{ text: 'Once upon' }] }] },
      });
    });

    it('is not finished when the connection just ends', async () => {
      const { server, client } = await start();
      const failed = errorOf(client.stream(request));
      const exchange = await server.next();
      begin(exchange, created());
      exchange.response.end();
      expect(await failed).toMatchObject({ name: 'UnsettledError', partial: { id: 'v1_test' } });
    });
  });

  it('sends nothing when it is left in the same tick', async () => {
    const { server, client } = await start();
    client.stream(request).subscribe().unsubscribe();
    const probe = lastValueFrom(client.delete('probe'));
    (await server.next()).response.end();
    await probe;
    expect(server.exchanges.map(({ request: { url } }) => url)).toEqual(['/v1beta/interactions/probe']);
  });
});
