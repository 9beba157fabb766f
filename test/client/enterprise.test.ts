import {
  type ClientConfig,
  createClient,
  type CredentialsError,
  type Diagnostic,
  type EnterpriseConfig,
  InteractionError,
  type InteractionsClient,
  reduceInteraction,
} from 'rx-interactions';
import { createEmulator } from 'rx-interactions/emulator';
import { lastValueFrom, type Observable, of } from 'rxjs';

import { errorOf } from '../transport/support/observe.js';
import { cleanEnvironment } from './support/clean-environment.js';
import { fakeTransport } from './support/fake-transport.js';
import { guardedTransport } from './support/guarded-transport.js';

cleanEnvironment();

type Environment = Readonly<Record<string, string>>;

const model = 'gemini-3-flash-preview';
const PROJECT = { project: 'p' };
const GLOBAL = 'https://aiplatform.googleapis.com/v1beta1/projects/p/locations/global/interactions';

/** What is sent, and what is said about it. */
const sentBy = async (
  config: ClientConfig,
  environment: Environment = {},
  call: (client: InteractionsClient) => Observable<unknown> = (client) => client.get('x'),
) => {
  Object.assign(process.env, environment);
  const diagnostics: Diagnostic[] = [];
  const { transport, requests } = fakeTransport({ body: { id: 'v1_a', status: 'completed' } });
  const onDiagnostic = (diagnostic: Diagnostic) => diagnostics.push(diagnostic);
  await lastValueFrom(call(createClient({ transport, onDiagnostic, ...config })));
  expect(requests).toHaveLength(1);
  const { method, url, headers } = requests[0]!;
  return { method, url, key: headers['x-goog-api-key'], token: headers['authorization'], headers, diagnostics };
};

/** Why nothing was sent. */
const refusalFor = async (config: ClientConfig, environment: Environment = {}): Promise<InteractionError> => {
  Object.assign(process.env, environment);
  const { transport, requests } = fakeTransport();
  const error = await errorOf(createClient({ transport, ...config }).get('x'));
  expect(requests).toEqual([]);
  if (!InteractionError.is(error)) throw error;
  return error;
};

describe('the address', () => {
  it.each<[string, EnterpriseConfig, string]>([
    ['no location', PROJECT, GLOBAL],
    ['global', { project: 'p', location: 'global' }, GLOBAL],
    [
      'the multi-region us',
      { project: 'p', location: 'us' },
      'https://aiplatform.us.rep.googleapis.com/v1beta1/projects/p/locations/us/interactions',
    ],
    [
      'the multi-region eu',
      { project: 'p', location: 'eu' },
      'https://aiplatform.eu.rep.googleapis.com/v1beta1/projects/p/locations/eu/interactions',
    ],
    [
      'a region',
      { project: 'p', location: 'us-central1' },
      'https://us-central1-aiplatform.googleapis.com/v1beta1/projects/p/locations/us-central1/interactions',
    ],
    [
      'a project of a domain',
      { project: 'example.com:my/project' },
      'https://aiplatform.googleapis.com/v1beta1/projects/example.com%3Amy%2Fproject/locations/global/interactions',
    ],
    ['spaces around both', { project: ' p ', location: '\tglobal\n' }, GLOBAL],
    ['an empty location', { project: 'p', location: ' ' }, GLOBAL],
  ])('is made of the project and the location: %s', async (_what, enterprise, url) => {
    expect((await sentBy({ enterprise, accessToken: 't' })).url).toBe(`${url}/x`);
  });

  it.each<[string, (client: InteractionsClient) => Observable<unknown>, string, string]>([
    ['stream', (client) => client.stream({ model }).pipe(reduceInteraction()), 'POST', ''],
    ['create', (client) => client.create({ model }), 'POST', ''],
    ['get', (client) => client.get('v1_a'), 'GET', '/v1_a'],
    ['resume', (client) => client.resume('v1_a'), 'GET', '/v1_a?stream=true'],
    ['poll', (client) => client.poll('v1_a'), 'GET', '/v1_a'],
    ['cancel', (client) => client.cancel('v1_a'), 'POST', '/v1_a/cancel'],
    ['delete', (client) => client.delete('v1_a'), 'DELETE', '/v1_a'],
  ])('is that of %s, too', async (_name, call, method, path) => {
    expect(await sentBy({ enterprise: PROJECT, accessToken: 't' }, {}, call)).toMatchObject({
      method,
      url: `${GLOBAL}${path}`,
      token: 'Bearer t',
      key: undefined,
    });
  });

  it.each<[string, ClientConfig, Environment, string]>([
    ['none', {}, {}, 'v1beta1'],
    ['given', { apiVersion: ' v1 ' }, { GOOGLE_GENAI_API_VERSION: 'v9' }, 'v1'],
    ['beta, given', { apiVersion: 'beta' }, {}, 'v1beta1'],
    ['beta, from the environment', {}, { GOOGLE_GENAI_API_VERSION: 'beta' }, 'v1beta1'],
    ['from the environment', {}, { GOOGLE_GENAI_API_VERSION: ' v9 ' }, 'v9'],
    ['blank', { apiVersion: '' }, { GOOGLE_GENAI_API_VERSION: ' ' }, 'v1beta1'],
  ])('has the version (%s)', async (_what, config, environment, version) => {
    const { url } = await sentBy({ enterprise: PROJECT, accessToken: 't', ...config }, environment);
    expect(url).toBe(`${GLOBAL.replace('v1beta1', version)}/x`);
  });

  it.each(['evil.example/', 'evil.example#', 'a@evil', 'a:1', '..', '-a', 'us central1', 'ü'])(
    'is not made of the location %j',
    async (location) => {
      const error = await refusalFor({ enterprise: { project: 'p', location }, accessToken: 'secret' });
      expect(error).toMatchObject({ name: 'RequestError', fields: ['enterprise.location'] });
    },
  );

  it.each(['.', '..', '\ud800'])('is not made of the project %j', async (project) => {
    const error = await refusalFor({ enterprise: { project }, accessToken: 'secret' });
    expect(error).toMatchObject({ name: 'RequestError', fields: ['enterprise'] });
  });

  it.each<EnterpriseConfig>([{}, { project: '' }, { project: ' \n' }, { location: 'us' }])(
    'needs a project: %j',
    async (enterprise) => {
      const error = await refusalFor({ enterprise, accessToken: 't' }, { GOOGLE_CLOUD_PROJECT: ' ' });
      expect(error).toMatchObject({ name: 'RequestError', fields: ['enterprise.project'] });
      expect(error.message).toMatch(/enterprise\.project.*GOOGLE_CLOUD_PROJECT/);
    },
  );
});

describe('a base URL of your own', () => {
  const own = 'https://relay.example.com/api/';

  it.each<[string, ClientConfig, Environment, string]>([
    ['nothing else', { enterprise: {} }, {}, 'v1beta1/interactions/x'],
    [
      'project and location of the environment',
      { enterprise: {} },
      { GOOGLE_CLOUD_PROJECT: 'env', GOOGLE_CLOUD_LOCATION: 'us' },
      'v1beta1/interactions/x',
    ],
    ['a project', { enterprise: PROJECT }, {}, 'v1beta1/projects/p/locations/global/interactions/x'],
    [
      'a location, with the project of the environment',
      { enterprise: { location: 'eu' } },
      { GOOGLE_CLOUD_PROJECT: 'env' },
      'v1beta1/projects/env/locations/eu/interactions/x',
    ],
    [
      'a location that is none of ours',
      { enterprise: { project: 'p', location: 'here/there' } },
      {},
      'v1beta1/projects/p/locations/here%2Fthere/interactions/x',
    ],
    ['a version', { enterprise: {}, apiVersion: 'v1' }, {}, 'v1/interactions/x'],
  ])('with %s', async (_what, config, environment, path) => {
    const token = { accessToken: 't' };
    expect((await sentBy({ ...token, ...config, baseUrl: own }, environment)).url).toBe(`${own}${path}`);
    const fromEnvironment = { ...environment, GOOGLE_VERTEX_BASE_URL: ` ${own} ` };
    expect((await sentBy({ ...token, ...config }, fromEnvironment)).url).toBe(`${own}${path}`);
  });

  it('is the given one before that of the environment', async () => {
    const { url } = await sentBy(
      { enterprise: {}, baseUrl: 'https://given.example.com', accessToken: 't' },
      { GOOGLE_VERTEX_BASE_URL: 'https://environment.example.com' },
    );
    expect(url).toBe('https://given.example.com/v1beta1/interactions/x');
  });

  it('is that of the endpoint which is asked: the other variable does not matter', async () => {
    const both = {
      GOOGLE_VERTEX_BASE_URL: 'https://vertex.example.com',
      GOOGLE_GEMINI_BASE_URL: 'https://gemini.example.com',
    };
    const enterprise = await sentBy({ enterprise: {}, accessToken: 't' }, both);
    expect(enterprise.url).toBe('https://vertex.example.com/v1beta1/interactions/x');
    const developer = await sentBy({ accessToken: 't' }, both);
    expect(developer.url).toBe('https://gemini.example.com/v1beta/interactions/x');
  });

  it('gets no token unencrypted', async () => {
    const error = await refusalFor({ enterprise: {}, baseUrl: 'http://relay.example.com', accessToken: 'secret' });
    expect(error).toMatchObject({ name: 'CredentialsError', code: 'insecure' });
  });
});

describe('the choice of the endpoint', () => {
  const NEWER = 'GOOGLE_GENAI_USE_ENTERPRISE';
  const OLDER = 'GOOGLE_GENAI_USE_VERTEXAI';

  it.each<[Environment, boolean, boolean]>([
    [{}, false, false],
    [{ [NEWER]: 'true' }, true, false],
    [{ [NEWER]: ' TRUE ' }, true, false],
    [{ [NEWER]: 'yes' }, false, false],
    [{ [NEWER]: '1' }, false, false],
    [{ [NEWER]: '' }, false, false],
    [{ [OLDER]: 'True' }, true, false],
    [{ [OLDER]: 'false' }, false, false],
    [{ [NEWER]: 'true', [OLDER]: 'true' }, true, false],
    [{ [NEWER]: 'false', [OLDER]: 'no' }, false, false],
    [{ [NEWER]: 'true', [OLDER]: 'false' }, true, true],
    [{ [NEWER]: 'false', [OLDER]: 'true' }, false, true],
    [{ [NEWER]: ' ', [OLDER]: 'true' }, true, false],
    [{ [NEWER]: 'true', [OLDER]: ' ' }, true, false],
  ])('is made by the environment: %j', async (environment, isEnterprise, isAmbiguous) => {
    const { url, diagnostics } = await sentBy({ accessToken: 't' }, { ...environment, GOOGLE_CLOUD_PROJECT: 'p' });
    expect(url).toBe(isEnterprise ? `${GLOBAL}/x` : 'https://generativelanguage.googleapis.com/v1beta/interactions/x');
    const text = expect.stringMatching(/GOOGLE_GENAI_USE_ENTERPRISE is used/) as string;
    expect(diagnostics).toEqual(isAmbiguous ? [{ code: 'enterprise_ambiguous', text }] : []);
  });

  it('is made by what is given before the environment, and then nothing is ambiguous', async () => {
    const environment = { [NEWER]: 'true', [OLDER]: 'false', GEMINI_API_KEY: 'key' };
    expect(await sentBy({ enterprise: false }, environment)).toMatchObject({
      url: 'https://generativelanguage.googleapis.com/v1beta/interactions/x',
      key: 'key',
      diagnostics: [],
    });
    expect(
      await sentBy({ enterprise: PROJECT, accessToken: 't' }, { [NEWER]: 'false', [OLDER]: 'true' }),
    ).toMatchObject({ url: `${GLOBAL}/x`, diagnostics: [] });
  });

  it('is made when somebody subscribes', async () => {
    const { transport, requests } = fakeTransport();
    const get$ = createClient({ accessToken: 't', transport }).get('x');
    await lastValueFrom(get$);
    Object.assign(process.env, { [NEWER]: 'true', GOOGLE_CLOUD_PROJECT: 'p' });
    await lastValueFrom(get$);
    expect(requests.map(({ url }) => new URL(url).host)).toEqual([
      'generativelanguage.googleapis.com',
      'aiplatform.googleapis.com',
    ]);
  });

  it('takes no project for a wish: GOOGLE_CLOUD_PROJECT alone changes nothing', async () => {
    const { url } = await sentBy({ apiKey: 'k' }, { GOOGLE_CLOUD_PROJECT: 'p', GOOGLE_CLOUD_LOCATION: 'us' });
    expect(url).toBe('https://generativelanguage.googleapis.com/v1beta/interactions/x');
  });
});

describe('project and location', () => {
  const environment = { GOOGLE_CLOUD_PROJECT: ' env ', GOOGLE_CLOUD_LOCATION: ' eu ' };

  it.each<[EnterpriseConfig, string]>([
    [{}, 'aiplatform.eu.rep.googleapis.com/v1beta1/projects/env/locations/eu'],
    [{ project: ' ', location: '' }, 'aiplatform.eu.rep.googleapis.com/v1beta1/projects/env/locations/eu'],
    [{ project: 'p' }, 'aiplatform.eu.rep.googleapis.com/v1beta1/projects/p/locations/eu'],
    [{ location: 'us' }, 'aiplatform.us.rep.googleapis.com/v1beta1/projects/env/locations/us'],
    [{ project: 'p', location: 'us' }, 'aiplatform.us.rep.googleapis.com/v1beta1/projects/p/locations/us'],
  ])('%j come before the environment', async (enterprise, place) => {
    const { url } = await sentBy({ enterprise, accessToken: 't' }, environment);
    expect(url).toBe(`https://${place}/interactions/x`);
  });
});

describe('who asks', () => {
  const environment = { GOOGLE_GENAI_ACCESS_TOKEN: ' env ' };

  it.each<[string, ClientConfig, Environment, string | undefined]>([
    ['a token', { accessToken: 't' }, environment, 'Bearer t'],
    ['a source of tokens', { accessToken: () => of('t') }, environment, 'Bearer t'],
    ['a token before a key', { accessToken: 't', apiKey: 'key' }, {}, 'Bearer t'],
    ['a source of tokens before a key', { accessToken: () => of('t'), apiKey: 'key' }, {}, 'Bearer t'],
    ['the token of the environment', {}, environment, 'Bearer env'],
    ['the token of the environment where the given one is blank', { accessToken: ' ' }, environment, 'Bearer env'],
    [
      'the token of the environment, not its keys',
      {},
      { ...environment, GEMINI_API_KEY: 'key', GOOGLE_API_KEY: 'other', GOOGLE_GENAI_API_KEY: 'third' },
      'Bearer env',
    ],
    ['a header', { accessToken: 't', headers: { Authorization: 'Bearer mine' } }, environment, 'Bearer mine'],
    ['nobody', { apiKey: null, accessToken: 't' }, environment, undefined],
  ])('%s', async (_what, config, variables, token) => {
    const sent = await sentBy({ enterprise: PROJECT, ...config }, variables);
    expect(sent).toMatchObject({ url: `${GLOBAL}/x`, key: undefined, diagnostics: [] });
    expect(sent.token).toBe(token);
  });

  it('may be said by a key in a header, for what stands before the endpoint', async () => {
    const headers = { 'X-Goog-Api-Key': 'mine' };
    expect(await sentBy({ enterprise: {}, baseUrl: 'https://relay.example.com', headers })).toMatchObject({
      key: 'mine',
    });
  });

  it.each<[string, ClientConfig, Environment]>([
    ['with a project', { enterprise: PROJECT, apiKey: 'secret' }, {}],
    ['without one (express mode)', { enterprise: {}, apiKey: 'secret' }, {}],
    ['before the project of the environment', { enterprise: {}, apiKey: 'secret' }, { GOOGLE_CLOUD_PROJECT: 'p' }],
    ['before the token of the environment', { enterprise: PROJECT, apiKey: 'secret' }, environment],
    ['where the environment chooses', { apiKey: 'secret' }, { GOOGLE_GENAI_USE_ENTERPRISE: 'true' }],
  ])('is not said by a key that is given, %s', async (_what, config, variables) => {
    const error = await refusalFor(config, variables);
    expect(error).toMatchObject({ name: 'CredentialsError', code: 'unsupported' });
    expect(error.message).toMatch(/no API key.*accessToken.*applicationDefault\(\).*enterprise: false/);
    expect(error.message).not.toContain('secret');
  });

  it.each<[string, ClientConfig, Environment]>([
    ['nothing', { enterprise: PROJECT }, {}],
    ['a blank token', { enterprise: PROJECT, accessToken: '' }, { GOOGLE_GENAI_ACCESS_TOKEN: '\n' }],
    ['a key of the environment', { enterprise: PROJECT }, { GEMINI_API_KEY: 'secret' }],
    [
      'a key and a project of the environment',
      { enterprise: {} },
      { GOOGLE_API_KEY: 'secret', GOOGLE_CLOUD_PROJECT: 'p' },
    ],
    ['a key of the environment and no project', { enterprise: {} }, { GOOGLE_API_KEY: 'secret' }],
  ])('has to be said: there is %s', async (_what, config, variables) => {
    const error = await refusalFor(config, variables);
    expect(error).toMatchObject({ name: 'CredentialsError', code: 'missing' } satisfies Partial<CredentialsError>);
    expect(error.message).toMatch(
      /accessToken.*applicationDefault\(\).*rx-interactions\/node.*GOOGLE_GENAI_ACCESS_TOKEN/,
    );
    expect(error.message).not.toContain('secret');
  });

  it('names the variable with the key that is of no use here', async () => {
    expect((await refusalFor({ enterprise: PROJECT }, { GEMINI_API_KEY: 'k' })).message).toContain('GEMINI_API_KEY');
    Reflect.deleteProperty(process.env, 'GEMINI_API_KEY');
    expect((await refusalFor({ enterprise: PROJECT })).message).not.toContain('API_KEY');
  });
});

describe('the emulator behind a guard that knows the tokens', () => {
  it('plays a whole run on the enterprise path: stream, get, resume, delete', async () => {
    const { transport, requests } = guardedTransport(createEmulator(), new Set(['good']));
    const client = createClient({
      enterprise: { project: 'example.com:p', location: 'us-central1' },
      accessToken: () => of('good'),
      transport,
    });
    const streamed = await lastValueFrom(client.stream({ model, input: 'Hi' }).pipe(reduceInteraction()));
    const stored = await lastValueFrom(client.get(streamed.id!));
    expect(stored.steps.at(-1)).toEqual(streamed.steps.at(-1));
    const resumed = await lastValueFrom(client.resume(streamed.id!).pipe(reduceInteraction()));
    expect(resumed.steps.at(-1)).toEqual(streamed.steps.at(-1));
    await lastValueFrom(client.delete(streamed.id!));

    const parent = '/v1beta1/projects/example.com%3Ap/locations/us-central1/interactions';
    expect(requests.map(({ method, path, token }) => [method, path, token])).toEqual([
      ['POST', parent, 'good'],
      ['GET', `${parent}/${streamed.id!}`, 'good'],
      ['GET', `${parent}/${streamed.id!}`, 'good'],
      ['DELETE', `${parent}/${streamed.id!}`, 'good'],
    ]);
  });

  it('lets nobody else in', async () => {
    const { transport, requests } = guardedTransport(createEmulator(), new Set(['good']));
    const client = createClient({ enterprise: PROJECT, accessToken: 'bad', transport });
    const error = await errorOf(client.stream({ model, input: 'Hi' }));
    expect(error).toMatchObject({ name: 'HttpError', status: 401, code: 'authentication' });
    expect(requests).toHaveLength(1);
  });
});
