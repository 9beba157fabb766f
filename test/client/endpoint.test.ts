import { type ClientConfig, createClient, type InteractionsClient, type RequestConfig } from 'rx-interactions';
import { lastValueFrom, type Observable } from 'rxjs';

import { errorOf } from '../transport/support/observe.js';
import { cleanEnvironment } from './support/clean-environment.js';
import { fakeTransport } from './support/fake-transport.js';

cleanEnvironment();

const model = 'gemini-3-flash-preview';

/** What is sent. */
const sentBy = async (
  call: (client: InteractionsClient) => Observable<unknown>,
  config: ClientConfig = {},
): Promise<{ readonly method: string; readonly url: string; readonly headers: Readonly<Record<string, string>> }> => {
  const { transport, requests } = fakeTransport({ body: { id: 'v1_a', status: 'completed' } });
  await lastValueFrom(call(createClient({ apiKey: 'test', transport, ...config })));
  expect(requests).toHaveLength(1);
  return requests[0]!;
};

const urlFor = async (config: ClientConfig): Promise<string> => (await sentBy((client) => client.get('x'), config)).url;

describe('each call', () => {
  const base = 'https://generativelanguage.googleapis.com/v1beta/interactions';

  it.each<[string, (client: InteractionsClient, config?: RequestConfig) => Observable<unknown>, object]>([
    [
      'stream',
      (client, config) => client.stream({ model }, config),
      { method: 'POST', url: base, headers: { accept: 'text/event-stream', 'content-type': 'application/json' } },
    ],
    [
      'create',
      (client, config) => client.create({ model }, config),
      { method: 'POST', url: base, headers: { accept: 'application/json', 'content-type': 'application/json' } },
    ],
    [
      'get',
      (client, config) => client.get('v1_a', config),
      { method: 'GET', url: `${base}/v1_a`, headers: { accept: 'application/json' } },
    ],
    [
      'resume',
      (client, config) => client.resume('v1_a', config),
      { method: 'GET', url: `${base}/v1_a?stream=true`, headers: { accept: 'text/event-stream' } },
    ],
    [
      'poll',
      (client, config) => client.poll('v1_a', config),
      { method: 'GET', url: `${base}/v1_a`, headers: { accept: 'application/json' } },
    ],
    [
      'cancel',
      (client, config) => client.cancel('v1_a', config),
      { method: 'POST', url: `${base}/v1_a/cancel`, headers: { accept: 'application/json' } },
    ],
    [
      'delete',
      (client, config) => client.delete('v1_a', config),
      { method: 'DELETE', url: `${base}/v1_a`, headers: { accept: 'application/json' } },
    ],
  ])('%s has its method, its address and its headers', async (_name, call, expected) => {
    const { headers } = expected as { headers: object };
    const sent = await sentBy((client) => call(client, { headers: { 'X-Trace': 't' } }));
    expect(sent).toMatchObject(expected);
    expect(sent.headers).toEqual({ ...headers, 'x-goog-api-key': 'test', 'x-trace': 't' });
  });
});

describe('the address', () => {
  it.each<[string, ClientConfig, string]>([
    ['default', {}, 'https://generativelanguage.googleapis.com/v1beta/interactions/x'],
    ['another version', { apiVersion: 'v1' }, 'https://generativelanguage.googleapis.com/v1/interactions/x'],
    ['beta', { apiVersion: 'beta' }, 'https://generativelanguage.googleapis.com/v1beta/interactions/x'],
    ['another base', { baseUrl: 'https://relay.example.com' }, 'https://relay.example.com/v1beta/interactions/x'],
    [
      'a base with a path',
      { baseUrl: 'https://a.example/api/gemini' },
      'https://a.example/api/gemini/v1beta/interactions/x',
    ],
    [
      'a base with a slash at its end',
      { baseUrl: 'https://a.example/api//' },
      'https://a.example/api/v1beta/interactions/x',
    ],
    ['a base with a port', { baseUrl: 'http://localhost:8080/' }, 'http://localhost:8080/v1beta/interactions/x'],
    [
      'spaces around both',
      { baseUrl: ' https://a.example ', apiVersion: ' v1 ' },
      'https://a.example/v1/interactions/x',
    ],
    ['empty ones', { baseUrl: '', apiVersion: '' }, 'https://generativelanguage.googleapis.com/v1beta/interactions/x'],
  ])('is made of %s', async (_what, config, url) => {
    expect(await urlFor(config)).toBe(url);
  });

  it('is that of the environment where none is given', async () => {
    process.env['GOOGLE_GEMINI_BASE_URL'] = ' https://relay.example.com/ ';
    process.env['GOOGLE_GENAI_API_VERSION'] = 'v9';
    expect(await urlFor({})).toBe('https://relay.example.com/v9/interactions/x');
    expect(await urlFor({ baseUrl: 'https://given.example.com', apiVersion: 'v1' })).toBe(
      'https://given.example.com/v1/interactions/x',
    );
  });

  it('takes beta from the environment for v1beta, and empty for unset', async () => {
    process.env['GOOGLE_GEMINI_BASE_URL'] = ' ';
    process.env['GOOGLE_GENAI_API_VERSION'] = 'beta';
    expect(await urlFor({})).toBe('https://generativelanguage.googleapis.com/v1beta/interactions/x');
  });

  it.each(['/api', 'not an address', 'http://'])('cannot be %j outside a browser', async (baseUrl) => {
    const { transport, requests } = fakeTransport();
    const error = await errorOf(createClient({ apiKey: 'test', baseUrl, transport }).get('x'));
    expect(error).toMatchObject({ name: 'RequestError', fields: ['baseUrl'] });
    expect(requests).toEqual([]);
  });

  it('may be relative to the page in a browser', async () => {
    const page = { location: { href: 'https://app.example.com/chat/' } };
    Object.assign(globalThis, page);
    try {
      expect(await urlFor({ baseUrl: '/api', apiKey: null })).toBe('https://app.example.com/api/v1beta/interactions/x');
    } finally {
      Reflect.deleteProperty(globalThis, 'location');
    }
  });

  it('never holds a key', async () => {
    expect(await urlFor({ apiKey: 'secret' })).not.toContain('secret');
  });
});

describe('the headers', () => {
  it('name no revision and no project unless they are told', async () => {
    const { headers } = await sentBy((client) => client.get('x'));
    expect(Object.keys(headers).sort()).toEqual(['accept', 'x-goog-api-key']);
  });

  it('name the revision and the project that are given', async () => {
    process.env['GOOGLE_GENAI_USER_PROJECT'] = 'environment';
    const { headers } = await sentBy((client) => client.get('x'), { apiRevision: '2026-05-20', userProject: 'mine' });
    expect(headers).toMatchObject({ 'api-revision': '2026-05-20', 'x-goog-user-project': 'mine' });
  });

  it('name the project of the environment where none is given', async () => {
    process.env['GOOGLE_GENAI_USER_PROJECT'] = ' environment ';
    const { headers } = await sentBy((client) => client.get('x'));
    expect(headers).toMatchObject({ 'x-goog-user-project': 'environment' });
  });

  it("have the client's and the call's on top of ours", async () => {
    const { headers } = await sentBy(
      (client) =>
        client.create({ model }, { headers: { 'X-B': 'call', 'Content-Type': 'application/json; charset=utf-8' } }),
      { headers: { 'X-A': 'client', 'X-B': 'client' } },
    );
    expect(headers).toEqual({
      accept: 'application/json',
      'content-type': 'application/json; charset=utf-8',
      'x-goog-api-key': 'test',
      'x-a': 'client',
      'x-b': 'call',
    });
  });
});
