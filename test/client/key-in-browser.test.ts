import { type ClientConfig, createClient, type Diagnostic } from 'rx-interactions';
import { lastValueFrom, of } from 'rxjs';

import { cleanEnvironment } from './support/clean-environment.js';
import { fakeTransport } from './support/fake-transport.js';

cleanEnvironment();

/** The globals by which places are told apart. */
const PLACES = {
  page: { window: { document: {} } },
  worker: { importScripts: () => undefined },
  server: {},
  'server with a window': { window: {} },
} as const;

const standIn = (place: keyof typeof PLACES) => Object.assign(globalThis, PLACES[place]);

afterEach(() => {
  for (const name of ['window', 'importScripts']) Reflect.deleteProperty(globalThis, name);
});

const clientWith = (config: ClientConfig) => {
  const diagnostics: Diagnostic[] = [];
  const client = createClient({
    transport: fakeTransport().transport,
    onDiagnostic: (diagnostic) => diagnostics.push(diagnostic),
    ...config,
  });
  return {
    get: () => lastValueFrom(client.get('v1_a')),
    codes: () => diagnostics.map(({ code }) => code),
    diagnostics,
  };
};

describe('an API key that is sent from a browser', () => {
  it.each(['page', 'worker'] as const)('is reported once for each client, in a %s', async (place) => {
    standIn(place);
    for (const { get, codes } of [clientWith({ apiKey: 'k' }), clientWith({ apiKey: 'k' })]) {
      await get();
      await get();
      expect(codes()).toEqual(['key_in_browser']);
    }
  });

  it('is not shown, but what to do instead', async () => {
    standIn('page');
    const { get, diagnostics } = clientWith({ apiKey: 'Top-Secret' });
    await get();
    expect(JSON.stringify(diagnostics)).not.toContain('Secret');
    expect(diagnostics[0]?.text).toMatch(/apiKey: null.*accessToken/);
  });

  it('is reported where it comes as a header, too', async () => {
    standIn('page');
    const { get, codes } = clientWith({ headers: { 'X-Goog-Api-Key': 'k' } });
    await get();
    expect(codes()).toEqual(['key_in_browser']);
  });

  it('is reported when it is sent, not when the client is made', async () => {
    const { get, codes } = clientWith({ apiKey: 'k' });
    standIn('page');
    expect(codes()).toEqual([]);
    await get();
    expect(codes()).toEqual(['key_in_browser']);
  });

  it('does not fail where the listener does, or where there is none', async () => {
    standIn('page');
    const onDiagnostic = () => {
      throw new Error('listener');
    };
    await expect(clientWith({ apiKey: 'k', onDiagnostic }).get()).resolves.toBeDefined();
    await expect(clientWith({ apiKey: 'k', onDiagnostic: undefined }).get()).resolves.toBeDefined();
  });
});

describe('nothing is reported', () => {
  it.each(['server', 'server with a window'] as const)('on a %s', async (place) => {
    standIn(place);
    const { get, codes } = clientWith({ apiKey: 'k' });
    await get();
    expect(codes()).toEqual([]);
  });

  it.each<[string, ClientConfig]>([
    ['no credentials: a relay adds them', { apiKey: null }],
    ['a token', { accessToken: 't' }],
    ['a source of tokens', { accessToken: () => of('t') }],
    ['a token in a header', { headers: { Authorization: 'Bearer t' } }],
  ])('of %s', async (_what, config) => {
    standIn('page');
    const { get, codes } = clientWith(config);
    await get();
    expect(codes()).toEqual([]);
  });

  it('of a key that is not sent', async () => {
    standIn('page');
    const { get, codes } = clientWith({ apiKey: 'k', baseUrl: 'http://relay.example.com' });
    await expect(get()).rejects.toMatchObject({ name: 'CredentialsError', code: 'insecure' });
    expect(codes()).toEqual([]);
  });
});
