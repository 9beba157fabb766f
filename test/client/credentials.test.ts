import { inspect } from 'node:util';

import {
  type AccessTokenContext,
  type AccessTokenSource,
  type ClientConfig,
  createClient,
  CredentialsError,
  type Diagnostic,
  InteractionError,
  type InteractionsClient,
  reduceInteraction,
  type Transport,
  type TransportRequest,
} from 'rx-interactions';
import { concat, EMPTY, finalize, lastValueFrom, map, NEVER, Observable, of, throwError, timer } from 'rxjs';

import { errorOf } from '../transport/support/observe.js';
import { cleanEnvironment } from './support/clean-environment.js';
import { type Answer, fakeTransport } from './support/fake-transport.js';

cleanEnvironment();

/** The headers that a request is sent with. */
const headersFor = async (
  config: ClientConfig,
  headers?: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> => {
  const { transport, requests } = fakeTransport();
  await lastValueFrom(createClient({ ...config, transport }).get('v1_a', { headers }));
  expect(requests).toHaveLength(1);
  return requests[0]!.headers;
};

/** Who asks, as the server sees it. */
const credentialsFor = async (config: ClientConfig, given?: Readonly<Record<string, string>>) => {
  const { 'x-goog-api-key': key, authorization: token } = await headersFor(config, given);
  return { ...(key !== undefined && { key }), ...(token !== undefined && { token }) };
};

/** Why nothing was sent. */
const refusalFor = async (
  config: ClientConfig,
  headers?: Readonly<Record<string, string>>,
): Promise<CredentialsError> => {
  const { transport, requests } = fakeTransport();
  const error = await errorOf(createClient({ ...config, transport }).get('v1_a', { headers }));
  expect(requests).toEqual([]);
  expect(InteractionError.is(error)).toBe(true);
  expect(error).toMatchObject({ name: 'CredentialsError' });
  return error as CredentialsError;
};

describe('a key from the environment', () => {
  it.each(['GEMINI_API_KEY', 'GOOGLE_API_KEY', 'GOOGLE_GENAI_API_KEY'])('is that of %s', async (name) => {
    process.env[name] = 'from-the-environment';
    expect(await credentialsFor({})).toEqual({ key: 'from-the-environment' });
  });

  it('is that of GOOGLE_API_KEY before that of GEMINI_API_KEY, and a diagnostic says so without either', async () => {
    process.env['GEMINI_API_KEY'] = 'gemini-secret';
    process.env['GOOGLE_API_KEY'] = 'google-secret';
    const diagnostics: Diagnostic[] = [];
    const onDiagnostic = (diagnostic: Diagnostic) => diagnostics.push(diagnostic);
    expect(await credentialsFor({ onDiagnostic })).toEqual({ key: 'google-secret' });
    expect(diagnostics).toEqual([
      { code: 'credentials_ambiguous', text: expect.stringMatching(/GOOGLE_API_KEY.*GEMINI_API_KEY/) as string },
    ]);
    expect(JSON.stringify(diagnostics)).not.toContain('secret');
  });

  it('is that of either before that of GOOGLE_GENAI_API_KEY', async () => {
    process.env['GOOGLE_GENAI_API_KEY'] = 'low-level';
    process.env['GEMINI_API_KEY'] = 'gemini';
    expect(await credentialsFor({})).toEqual({ key: 'gemini' });
  });

  it('is not ambiguous where both say the same, or only one is set', async () => {
    process.env['GOOGLE_API_KEY'] = 'same';
    const onDiagnostic = jest.fn();
    await credentialsFor({ onDiagnostic });
    process.env['GEMINI_API_KEY'] = ' same ';
    await credentialsFor({ onDiagnostic });
    expect(onDiagnostic).not.toHaveBeenCalled();
  });

  it('does not mind a listener that throws', async () => {
    process.env['GEMINI_API_KEY'] = 'gemini';
    process.env['GOOGLE_API_KEY'] = 'google';
    const onDiagnostic = () => {
      throw new Error('listener');
    };
    expect(await credentialsFor({ onDiagnostic })).toEqual({ key: 'google' });
  });

  it('is trimmed, and empty means unset', async () => {
    process.env['GOOGLE_API_KEY'] = ' \t ';
    process.env['GEMINI_API_KEY'] = '  key\n';
    expect(await credentialsFor({})).toEqual({ key: 'key' });
  });

  it('comes before a token from there', async () => {
    process.env['GOOGLE_GENAI_ACCESS_TOKEN'] = 'token';
    process.env['GEMINI_API_KEY'] = 'key';
    expect(await credentialsFor({})).toEqual({ key: 'key' });
  });

  it('is looked up when somebody subscribes, not when the client is made', async () => {
    const { transport, requests } = fakeTransport();
    process.env['GEMINI_API_KEY'] = 'at-creation';
    const client = createClient({ transport });
    const get$ = client.get('v1_a');
    process.env['GEMINI_API_KEY'] = 'at-subscription';
    await lastValueFrom(get$);
    process.env['GEMINI_API_KEY'] = 'at-the-next';
    await lastValueFrom(get$);
    expect(requests.map(({ headers }) => headers['x-goog-api-key'])).toEqual(['at-subscription', 'at-the-next']);
  });
});

describe('a token from the environment', () => {
  it('is that of GOOGLE_GENAI_ACCESS_TOKEN, sent as a bearer token', async () => {
    process.env['GOOGLE_GENAI_ACCESS_TOKEN'] = ' ya29.token ';
    expect(await credentialsFor({})).toEqual({ token: 'Bearer ya29.token' });
  });

  it('that is blank is none', async () => {
    process.env['GOOGLE_GENAI_ACCESS_TOKEN'] = '  ';
    expect((await refusalFor({})).code).toBe('missing');
  });
});

describe('credentials that are given', () => {
  beforeEach(() => {
    process.env['GOOGLE_API_KEY'] = 'environment';
    process.env['GOOGLE_GENAI_ACCESS_TOKEN'] = 'environment';
  });

  it('come before the environment: a key', async () => {
    expect(await credentialsFor({ apiKey: 'given' })).toEqual({ key: 'given' });
  });

  it('come before the environment: a token', async () => {
    expect(await credentialsFor({ accessToken: 'given' })).toEqual({ token: 'Bearer given' });
  });

  it('are trimmed, and empty means not given', async () => {
    expect(await credentialsFor({ apiKey: ' given\n' })).toEqual({ key: 'given' });
    expect(await credentialsFor({ apiKey: '', accessToken: ' ' })).toEqual({ key: 'environment' });
    expect(await credentialsFor({ apiKey: undefined })).toEqual({ key: 'environment' });
  });

  it('are the key where there is a token, too', async () => {
    const accessToken = jest.fn(() => of('token'));
    expect(await credentialsFor({ apiKey: 'key', accessToken })).toEqual({ key: 'key' });
    expect(await credentialsFor({ apiKey: 'key', accessToken: 'token' })).toEqual({ key: 'key' });
    expect(accessToken).not.toHaveBeenCalled();
  });

  it('are none with apiKey: null, whatever else there is', async () => {
    expect(await credentialsFor({ apiKey: null })).toEqual({});
    expect(await credentialsFor({ apiKey: null, accessToken: 'token' })).toEqual({});
  });

  it.each(['Bearer abc', 'bearer abc', 'BEARER abc'])('keep the prefix of the token %j', async (accessToken) => {
    expect(await credentialsFor({ accessToken })).toEqual({ token: accessToken });
  });
});

describe('accessToken as a function', () => {
  it.each([
    ['a Promise', () => Promise.resolve('fresh')],
    ['an Observable', () => of('fresh')],
    ['an Observable that takes a while', () => timer(0).pipe(map(() => 'fresh'))],
    ['an array', () => ['fresh']],
  ])('may give %s', async (_what, accessToken) => {
    expect(await credentialsFor({ accessToken })).toEqual({ token: 'Bearer fresh' });
  });

  it('is asked at each request, and not before', async () => {
    const { transport, requests } = fakeTransport();
    let count = 0;
    const accessToken = jest.fn(() => Promise.resolve(`token-${String((count += 1))}`));
    const get$ = createClient({ accessToken, transport }).get('v1_a');
    expect(accessToken).not.toHaveBeenCalled();
    await lastValueFrom(get$);
    await lastValueFrom(get$);
    expect(requests.map(({ headers }) => headers['authorization'])).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  it('is left when the request is', () => {
    const { transport, requests } = fakeTransport();
    const left = jest.fn();
    const accessToken = () => NEVER.pipe(finalize(left));
    const subscription = createClient({ accessToken, transport }).get('v1_a').subscribe();
    expect(left).not.toHaveBeenCalled();
    subscription.unsubscribe();
    expect(left).toHaveBeenCalledTimes(1);
    expect(requests).toEqual([]);
  });

  it('may go on: its first token is the one', async () => {
    expect(await credentialsFor({ accessToken: () => concat(of('first', 'second'), NEVER) })).toEqual({
      token: 'Bearer first',
    });
  });

  it('is not asked where the caller brings credentials', async () => {
    const accessToken = jest.fn(() => of('token'));
    expect(await credentialsFor({ accessToken }, { Authorization: 'Basic abc' })).toEqual({ token: 'Basic abc' });
    expect(accessToken).not.toHaveBeenCalled();
  });

  it('that gives an empty token is refused', async () => {
    const error = await refusalFor({ accessToken: () => of('  ') });
    expect(error.code).toBe('missing');
    expect(error.message).toContain('accessToken');
  });

  it('that gives nothing is refused', async () => {
    const error = await refusalFor({ accessToken: () => EMPTY });
    expect(error.code).toBe('missing');
    expect(error.message).toContain('accessToken');
  });

  it.each<[string, () => Observable<never>]>([
    ['fails', () => throwError(() => new Error('the metadata server is away'))],
    [
      'throws',
      () => {
        throw new Error('the metadata server is away');
      },
    ],
  ])('that %s is an error of this library, with the reason as its cause', async (_what, accessToken) => {
    const error = await refusalFor({ accessToken });
    expect(error.message).toContain('accessToken');
    expect(error.cause).toMatchObject({ message: 'the metadata server is away' });
  });
});

describe('a source of tokens', () => {
  it('may say whose quota is used, unless that is said elsewhere', async () => {
    const accessToken = () => of({ token: 'fresh', userProject: 'of-the-token' });
    expect(await headersFor({ accessToken })).toMatchObject({
      authorization: 'Bearer fresh',
      'x-goog-user-project': 'of-the-token',
    });
    expect(await headersFor({ accessToken, userProject: 'given' })).toMatchObject({ 'x-goog-user-project': 'given' });
    process.env['GOOGLE_GENAI_USER_PROJECT'] = 'environment';
    expect(await headersFor({ accessToken })).toMatchObject({ 'x-goog-user-project': 'environment' });
    const headers = { 'X-Goog-User-Project': 'header' };
    expect(await headersFor({ accessToken }, headers)).toMatchObject({ 'x-goog-user-project': 'header' });
  });

  it('cannot say so in a way that no header can carry', async () => {
    const error = await refusalFor({ accessToken: () => of({ token: 't', userProject: 'sec\nret' }) });
    expect(error.code).toBe('unsupported');
    expect(String(error)).not.toMatch(/sec\s*ret/);
  });

  it('may say itself what is wrong', async () => {
    const wrong = new CredentialsError('unavailable', 'Sign in first');
    expect(await refusalFor({ accessToken: () => throwError(() => wrong) })).toBe(wrong);
  });
});

describe('a token that the server refuses', () => {
  const refused: Answer = { status: 401, body: { error: { code: 401, status: 'UNAUTHENTICATED', message: 'No.' } } };

  /** A server that lets in one token, and a client with a source of tokens. */
  const setUp = (valid: string, accessToken: AccessTokenSource, config: ClientConfig = {}) => {
    const tokenOf = ({ headers }: TransportRequest) => headers['authorization']?.slice('Bearer '.length);
    const { transport, requests } = fakeTransport((request) =>
      tokenOf(request) === valid ? { body: { id: 'v1_a', status: 'completed' } } : refused,
    );
    const diagnostics: Diagnostic[] = [];
    const client = createClient({
      accessToken,
      transport,
      onDiagnostic: (diagnostic) => diagnostics.push(diagnostic),
      ...config,
    });
    return { client, diagnostics, tokens: () => requests.map(tokenOf) };
  };

  it.each<[string, (client: InteractionsClient) => Observable<unknown>]>([
    ['get', (client) => client.get('v1_a')],
    ['create, which has not been accepted', (client) => client.create({ model: 'm' })],
    ['stream', (client) => client.stream({ model: 'm' }).pipe(reduceInteraction())],
    ['resume', (client) => client.resume('v1_a').pipe(reduceInteraction())],
    ['delete', (client) => client.delete('v1_a')],
  ])('is replaced by another one, once: %s', async (_name, call) => {
    const contexts: AccessTokenContext[] = [];
    const { client, tokens, diagnostics } = setUp('new', (context) => {
      contexts.push(context);
      return of(context.refused === undefined ? 'old' : 'new');
    });
    await lastValueFrom(call(client));
    expect(tokens()).toEqual(['old', 'new']);
    expect(contexts).toEqual([{}, { refused: 'old' }]);
    expect(diagnostics).toEqual([
      { code: 'request_retried', text: expect.stringMatching(/unauthenticated.*another token/) as string },
    ]);
  });

  it('is told as it was given', async () => {
    const accessToken = jest.fn(({ refused: token }: AccessTokenContext) =>
      of({ token: token === undefined ? ' Bearer old ' : 'new' }),
    );
    await lastValueFrom(setUp('new', accessToken).client.get('v1_a'));
    expect(accessToken).toHaveBeenLastCalledWith({ refused: ' Bearer old ' });
  });

  it('is refused for good where the other one is refused, too', async () => {
    let count = 0;
    const { client, tokens } = setUp('none', () => of(`token-${String((count += 1))}`));
    const error = await errorOf(client.create({ model: 'm' }));
    expect(error).toMatchObject({ name: 'HttpError', status: 401, code: 'unauthenticated' });
    expect(tokens()).toEqual(['token-1', 'token-2']);
  });

  it('is not sent again where there is no other', async () => {
    const { client, tokens, diagnostics } = setUp('none', () => of('the only one'));
    expect(await errorOf(client.get('v1_a'))).toMatchObject({
      name: 'HttpError',
      status: 401,
      message: expect.stringContaining('No.'),
    });
    expect(tokens()).toEqual(['the only one']);
    expect(diagnostics).toEqual([]);
  });

  it('leads to the error of the source where that fails', async () => {
    const { client } = setUp('new', ({ refused: token }) =>
      token === undefined ? of('old') : throwError(() => new Error('signed out')),
    );
    expect(await errorOf(client.get('v1_a'))).toMatchObject({
      name: 'CredentialsError',
      code: 'unavailable',
      cause: { message: 'signed out' },
    });
  });

  it.each<[string, ClientConfig]>([
    ['a text', { accessToken: 'old' }],
    ['a key', { apiKey: 'old' }],
    ['in a header', { headers: { authorization: 'Bearer old' } }],
  ])('stays refused where it is %s', async (_what, config) => {
    const accessToken = jest.fn(() => of('new'));
    const { client, tokens } = setUp('new', accessToken, config);
    expect(await errorOf(client.get('v1_a'))).toMatchObject({ name: 'HttpError', status: 401 });
    expect(tokens()).toHaveLength(1);
    expect(accessToken).not.toHaveBeenCalled();
  });

  it('is not what another status means: nobody is asked again', async () => {
    const accessToken = jest.fn(() => of('token'));
    const { transport, requests } = fakeTransport({ status: 403 });
    expect(await errorOf(createClient({ accessToken, transport }).get('v1_a'))).toMatchObject({ status: 403 });
    expect(requests).toHaveLength(1);
    expect(accessToken).toHaveBeenCalledTimes(1);
  });

  it('ends its request before the other one is asked for, and leaving leaves that', () => {
    const order: string[] = [];
    const transport: Transport = () =>
      new Observable((subscriber) => {
        subscriber.next({ status: 401, headers: new Headers(), body: of(new Uint8Array()) });
        return () => order.push('request ended');
      });
    const accessToken: AccessTokenSource = ({ refused: token }) => {
      if (token === undefined) return of('old');
      order.push('asked');
      return NEVER.pipe(finalize(() => order.push('left')));
    };
    const subscription = createClient({ accessToken, transport }).get('v1_a').subscribe();
    expect(order).toEqual(['request ended', 'asked']);
    subscription.unsubscribe();
    expect(order).toEqual(['request ended', 'asked', 'left']);
  });

  it('is in no error and in no diagnostic', async () => {
    const { client, diagnostics } = setUp('none', ({ refused: token }) =>
      of(token === undefined ? 'Top-Secret-1' : 'Top-Secret-2'),
    );
    const error = await errorOf(client.get('v1_a'));
    expect(`${inspect([error, diagnostics], { depth: 20 })} ${JSON.stringify([error, diagnostics])}`).not.toContain(
      'Secret',
    );
  });
});

describe('headers that the caller gives', () => {
  it.each<[string, Readonly<Record<string, string>>, object]>([
    ['Authorization', { Authorization: 'Bearer mine' }, { token: 'Bearer mine' }],
    ['authorization', { authorization: 'Bearer mine' }, { token: 'Bearer mine' }],
    ['X-Goog-Api-Key', { 'X-Goog-Api-Key': 'mine' }, { key: 'mine' }],
    ['x-goog-api-key', { 'x-goog-api-key': 'mine' }, { key: 'mine' }],
  ])('are the only credentials where %s is among them', async (_name, headers, expected) => {
    process.env['GEMINI_API_KEY'] = 'environment';
    expect(await credentialsFor({ apiKey: 'configured' }, headers)).toEqual(expected);
    expect(await credentialsFor({ apiKey: 'configured', headers })).toEqual(expected);
    expect(await credentialsFor({ headers })).toEqual(expected);
  });

  it('are enough: nothing in the environment is needed then', async () => {
    expect(await credentialsFor({ headers: { Authorization: 'Bearer mine' } })).toEqual({ token: 'Bearer mine' });
  });

  it('of one request win over those of the client, in whatever case they are written', async () => {
    const headers = await headersFor(
      { apiKey: 'k', headers: { 'X-Trace': 'client', 'X-Kept': 'yes', Authorization: 'Bearer client' } },
      { 'x-trace': 'call', AUTHORIZATION: 'Bearer call' },
    );
    expect(headers).toMatchObject({ 'x-trace': 'call', 'x-kept': 'yes', authorization: 'Bearer call' });
    expect(Object.keys(headers).filter((name) => /^(x-trace|authorization)$/i.test(name))).toHaveLength(2);
  });

  it('win over ours', async () => {
    expect(await headersFor({ apiKey: 'k' }, { Accept: 'application/vnd.test+json' })).toMatchObject({
      accept: 'application/vnd.test+json',
    });
  });

  it.each(['x-goog-api-key', 'Authorization', 'X-Other'])(
    'are refused where %s cannot be sent, and are not shown',
    async (name) => {
      const { transport, requests } = fakeTransport();
      const error = await errorOf(
        createClient({ apiKey: 'k', transport }).get('v1_a', { headers: { [name]: 'se\ncret' } }),
      );
      expect(requests).toEqual([]);
      expect(InteractionError.is(error)).toBe(true);
      expect(InteractionError.is(error) && error.message.toLowerCase()).toContain(name.toLowerCase());
      expect(String(error)).not.toMatch(/se\s*cret/);
    },
  );
});

describe('what is refused', () => {
  it('no credentials at all: the error names the variables, at the first subscription', async () => {
    const { transport } = fakeTransport();
    const client = createClient({ transport });
    const get$ = client.get('v1_a');
    const error = await errorOf(get$);
    expect(error).toMatchObject({ name: 'CredentialsError', code: 'missing' });
    expect(String(error)).toMatch(/GEMINI_API_KEY.*GOOGLE_API_KEY/);
    expect(String(error)).toContain('apiKey');
    process.env['GEMINI_API_KEY'] = 'now there is one';
    await expect(lastValueFrom(get$)).resolves.toBeDefined();
  });

  it.each(['given', 'environment'])('an ephemeral token of the Live API (%s)', async (where) => {
    if (where === 'environment') process.env['GEMINI_API_KEY'] = 'auth_tokens/secret';
    const error = await refusalFor(where === 'given' ? { apiKey: 'auth_tokens/secret' } : {});
    expect(error.code).toBe('unsupported');
    expect(error.message).toContain('Live API');
    expect(String(error)).not.toContain('secret');
  });

  it.each<[string, ClientConfig]>([
    ['a key with a line break', { apiKey: 'sec\nret' }],
    ['a key with a carriage return', { apiKey: 'sec\rret' }],
    ['a key with a character beyond ASCII', { apiKey: 'secrét' }],
    ['a token with a line break', { accessToken: 'sec\nret' }],
    ['a token with a line break, from a function', { accessToken: () => of('sec\r\nret') }],
  ])('%s, which is not shown', async (_what, config) => {
    const error = await refusalFor(config);
    expect(error.code).toBe('unsupported');
    expect(String(error)).not.toMatch(/sec\s*r/);
    expect(error.message).toMatch(/apiKey|accessToken/);
  });

  it('a key from the environment with a line break in it, which is not shown', async () => {
    process.env['GEMINI_API_KEY'] = 'sec\nret';
    expect(String(await refusalFor({}))).not.toMatch(/sec\s*r/);
  });
});

describe('credentials over plain http', () => {
  it.each([
    'http://generativelanguage.googleapis.com',
    'http://192.168.1.7:8080',
    'http://localhost.example.com',
    'http://127.0.0.1.example.com',
    'http://my-relay/',
  ])('are refused for %s', async (baseUrl) => {
    for (const config of [
      { apiKey: 'secret' },
      { accessToken: 'secret' },
      { apiKey: null, headers: { Authorization: 'Bearer secret' } },
      { apiKey: null, headers: { 'X-Goog-Api-Key': 'secret' } },
    ]) {
      const error = await refusalFor({ ...config, baseUrl });
      expect(error.code).toBe('insecure');
      expect(error.message).toContain(new URL(baseUrl).origin);
      expect(String(error)).not.toContain('secret');
    }
  });

  it('are refused for a base from the environment, too', async () => {
    process.env['GOOGLE_GEMINI_BASE_URL'] = 'http://relay.example.com';
    expect((await refusalFor({ apiKey: 'secret' })).code).toBe('insecure');
  });

  it.each([
    'http://localhost:8080',
    'http://LOCALHOST',
    'http://api.localhost:1',
    'http://127.0.0.1:8080',
    'http://127.1.2.3',
    'http://[::1]:8080',
  ])('are sent to %s, which is this machine', async (baseUrl) => {
    expect(await credentialsFor({ apiKey: 'key', baseUrl })).toEqual({ key: 'key' });
  });

  it('do not matter where there are none', async () => {
    expect(await credentialsFor({ apiKey: null, baseUrl: 'http://relay.example.com' })).toEqual({});
  });
});

describe('a client', () => {
  it('can be made without anything, and asks for nothing until somebody subscribes', () => {
    expect(() => {
      const client = createClient();
      client.get('v1_a');
      client.stream({ model: 'm' });
    }).not.toThrow();
  });
});
