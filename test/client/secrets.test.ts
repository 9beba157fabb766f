import { inspect } from 'node:util';

import {
  type ClientConfig,
  createClient,
  fetchTransport,
  InteractionError,
  type InteractionRequest,
  type Transport,
  TransportError,
} from 'rx-interactions';
import { undiciTransport } from 'rx-interactions/node';
import { created, errorEvent, stepStart, textDelta } from 'rx-interactions/testing';
import { of } from 'rxjs';

import { errorOf } from '../transport/support/observe.js';
import { deadUrl, type Exchange, startServer, stopServers } from '../transport/support/test-server.js';
import { cleanEnvironment } from './support/clean-environment.js';
import { type Answer, eventStream, fakeTransport, frame } from './support/fake-transport.js';

cleanEnvironment();
afterEach(stopServers);

const SECRET = 'AIzaSyTop-Secret';

const request: InteractionRequest = {
  model: 'gemini-3-flash-preview',
  input: 'Hi',
  tools: [{ type: 'mcp_server', name: 'files', url: 'https://mcp.example.com', headers: { Authorization: SECRET } }],
};

const ways: [string, ClientConfig][] = [
  ['a key', { apiKey: SECRET }],
  ['a token', { accessToken: `Bearer ${SECRET}` }],
  ['a token from a function', { accessToken: () => of(SECRET) }],
  ['a token for the enterprise endpoint', { enterprise: { project: 'p' }, accessToken: () => of(SECRET) }],
  ['headers', { headers: { 'x-goog-api-key': SECRET } }],
];

/** Every way in which an error is shown to somebody. */
const expectNoSecretIn = (error: unknown): void => {
  expect(InteractionError.is(error)).toBe(true);
  let shown = inspect(error, { depth: 20, showHidden: false });
  for (let one = error as Partial<Error> | undefined; one !== undefined; one = one.cause as typeof one) {
    shown += `\n${String(one.name)} ${String(one.message)}\n${String(one.stack)}\n${JSON.stringify(one)}`;
  }
  expect(shown).not.toContain(SECRET);
  expect(shown).not.toMatch(/Top-?\s*Secret/);
};

describe.each(ways)('%s is in no error', (_way, config) => {
  it.each<[string, Answer]>([
    ['HttpError', { status: 401, body: { error: { code: 'authentication', message: 'No.' } } }],
    ['ServerError', { body: { error: { code: 'api_error', message: 'No.' } } }],
    ['ServerError', eventStream(created(), errorEvent('api_error', 'No.'))],
    ['TransportError', { headers: { 'content-type': 'text/html' }, body: ['<html>'] }],
    ['UnsettledError', eventStream(created(), stepStart(0, 'model_output'), textDelta(0, 'Hi'))],
    ['UnsettledError', { ...eventStream(created()), fault: new TransportError('connection_lost', 'reset') }],
    ['DecodeError', eventStream(created(), frame('{"no'))],
    ['DecodeError', { body: ['[]'] }],
    ['FrameError', eventStream(created(), `data: ${'x'.repeat(2000)}\n\n`)],
  ])("of the server's making: %s", async (name, answer) => {
    const { transport } = fakeTransport(answer);
    const client = createClient({
      ...config,
      transport,
      limits: { maxFrameBytes: 1000 },
      retry: { count: 0 },
      resume: false,
    });
    const error = await errorOf(client.stream(request));
    expect(error).toMatchObject({ name });
    expectNoSecretIn(error);
  });

  it.each<[string, ClientConfig, InteractionRequest]>([
    ['CredentialsError', { baseUrl: 'http://relay.example.com' }, request],
    ['RequestError', { baseUrl: 'nonsense' }, request],
    ['RequestError', {}, { ...request, model: '' }],
    ['RequestError', {}, { ...request, labels: { cycle: 1n } }],
  ])('of ours: %s', async (name, more, wrong) => {
    const { transport } = fakeTransport();
    const error = await errorOf(createClient({ ...config, ...more, transport }).stream(wrong));
    expect(error).toMatchObject({ name });
    expectNoSecretIn(error);
  });

  describe.each<[string, () => Transport]>([
    ['undici', () => undiciTransport()],
    ['fetch', () => fetchTransport()],
  ])("of the network's, with %s", (_name, createTransport) => {
    it('nobody listens', async () => {
      const client = createClient({
        ...config,
        baseUrl: await deadUrl(),
        retry: { count: 0 },
        transport: createTransport(),
      });
      const error = await errorOf(client.stream(request));
      expect(error).toMatchObject({ name: 'TransportError', code: 'connection_failed' });
      expectNoSecretIn(error);
    });

    it.each<[string, (exchange: Exchange) => void, object]>([
      [
        'the connection breaks before the answer',
        (exchange) => exchange.request.socket.resetAndDestroy(),
        { name: 'TransportError', code: 'connection_failed' },
      ],
      [
        'the connection breaks in the middle of the answer',
        ({ request: { socket }, response }) => {
          response.writeHead(200, { 'content-type': 'text/event-stream' });
          response.write(frame(created()), () => socket.resetAndDestroy());
        },
        { name: 'UnsettledError' },
      ],
      [
        'the server redirects',
        ({ response }) => {
          response.writeHead(302, { location: 'https://elsewhere.example.com' });
          response.end();
        },
        { name: 'TransportError', code: 'redirect_refused' },
      ],
      [
        'the answer is no HTTP',
        ({ request: { socket } }) => {
          socket.end('SSH-2.0-OpenSSH_9.6\r\n');
        },
        { name: 'TransportError', code: 'connection_failed' },
      ],
    ])('%s', async (_what, play, expected) => {
      const server = await startServer();
      const client = createClient({
        ...config,
        baseUrl: server.url,
        transport: createTransport(),
        retry: { count: 0 },
        resume: false,
      });
      const failed = errorOf(client.stream(request));
      play(await server.next());
      const error = await failed;
      expect(error).toMatchObject(expected);
      expectNoSecretIn(error);
    });
  });
});

describe.each<[string, () => Transport]>([
  ['undici', () => undiciTransport()],
  ['fetch', () => fetchTransport()],
])('credentials that cannot be sent are in no error, with %s', (_name, createTransport) => {
  it.each<[string, ClientConfig]>([
    ['a key with a line break', { apiKey: 'Top-\nSecret' }],
    ['a token with a line break', { accessToken: 'Top-\nSecret' }],
    ['a key from a file, with a zero', { apiKey: 'Top-Secret\u0000' }],
    ['a key that is no ASCII', { apiKey: 'Top-Secret…' }],
    ['an ephemeral token', { apiKey: 'auth_tokens/Top-Secret' }],
    ['a header with a line break', { headers: { 'x-goog-api-key': 'Top-\nSecret' } }],
    ['a header with a line break and another name', { apiKey: 'k', headers: { 'x-relay-token': 'Top-\nSecret' } }],
    ['a header that is no latin', { headers: { Authorization: 'Bearer Top-Secret…' } }],
  ])('%s', async (_what, config) => {
    const server = await startServer();
    const client = createClient({
      ...config,
      baseUrl: server.url,
      transport: createTransport(),
      retry: { count: 0 },
      resume: false,
    });
    expectNoSecretIn(await errorOf(client.stream(request)));
    expect(server.exchanges).toEqual([]);
  });
});

it('a key is in no diagnostic', async () => {
  process.env['GOOGLE_API_KEY'] = SECRET;
  process.env['GEMINI_API_KEY'] = `${SECRET}-2`;
  const diagnostics: unknown[] = [];
  const { transport } = fakeTransport({ status: 401 });
  const client = createClient({ transport, onDiagnostic: (diagnostic) => diagnostics.push(diagnostic) });
  await errorOf(client.stream(request));
  expect(diagnostics).not.toEqual([]);
  expect(inspect(diagnostics)).not.toContain(SECRET);
});
