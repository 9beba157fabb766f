import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inspect, promisify } from 'node:util';

import { build } from 'esbuild';
import { gaxios, GoogleAuth, JWT, OAuth2Client } from 'google-auth-library';
import { createClient, InteractionError, reduceInteraction } from 'rx-interactions';
import { createEmulator } from 'rx-interactions/emulator';
import { applicationDefault, type ApplicationDefaultConfig } from 'rx-interactions/node';
import { forkJoin, lastValueFrom } from 'rxjs';

import { errorOf } from '../transport/support/observe.js';
import { cleanEnvironment } from './support/clean-environment.js';
import { fakeTransport } from './support/fake-transport.js';
import {
  closeAccounts,
  issuer,
  type IssuedToken,
  metadataServer,
  PRIVATE_KEY,
  serviceAccountFile,
  signedInHome,
  temporaryFolder,
  tokenEndpoint,
} from './support/google-accounts.js';
import { guardedTransport } from './support/guarded-transport.js';

const ROOT = path.resolve(__dirname, '../..');
const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';
const OTHERS = [
  'HOME',
  'APPDATA',
  'CLOUDSDK_CONFIG',
  'GCE_METADATA_HOST',
  'METADATA_SERVER_DETECTION',
  'GCLOUD_PROJECT',
];

cleanEnvironment();
afterEach(closeAccounts);

let saved: Readonly<Record<string, string | undefined>> = {};
beforeEach(() => {
  saved = Object.fromEntries(OTHERS.map((name) => [name, process.env[name]]));
  for (const name of OTHERS) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, {
    HOME: temporaryFolder(), // where nobody has signed in
    GOOGLE_CLOUD_PROJECT: 'p', // or the library asks `gcloud` for one
    METADATA_SERVER_DETECTION: 'none',
  });
});
afterEach(() => {
  jest.useRealTimers();
  for (const [name, value] of Object.entries(saved)) {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
});

/** A client for the emulator, behind a guard who knows which tokens are good. */
const setUp = (valid: Iterable<string>, config: ApplicationDefaultConfig = {}) => {
  const good = new Set(valid);
  const { transport, requests } = guardedTransport(createEmulator(), good);
  const client = createClient({ enterprise: {}, accessToken: applicationDefault(config), transport });
  return {
    client,
    good,
    requests,
    tokens: () => requests.map(({ token }) => token),
    ask: () => lastValueFrom(client.stream({ model: 'gemini-3-flash-preview', input: 'Hi' }).pipe(reduceInteraction())),
  };
};

/** Every way in which an error is shown to somebody. */
const shown = (error: unknown): string => `${inspect(error, { depth: 20 })} ${JSON.stringify(error)} ${String(error)}`;

/** Sets the clock, and nothing else: what waits, waits for real. */
const setClock = (time: number): void => {
  jest.useFakeTimers({
    now: time,
    doNotFake: [
      'hrtime',
      'nextTick',
      'performance',
      'queueMicrotask',
      'setImmediate',
      'clearImmediate',
      'setInterval',
      'clearInterval',
      'setTimeout',
      'clearTimeout',
    ],
  });
};

// What it uses by default is an ES module, which Jest cannot load. It is loaded below, in a program of its own.
gaxios.instance.defaults.fetchImplementation = fetch;

/** The three ways of signing in, each with what hands out its tokens. */
type SignIn = (issue: () => IssuedToken) => Promise<{ readonly config: ApplicationDefaultConfig; asked: () => number }>;

const byMetadata: SignIn = async (issue) => {
  const { host, asked } = await metadataServer(issue);
  process.env['GCE_METADATA_HOST'] = host;
  process.env['METADATA_SERVER_DETECTION'] = 'assume-present';
  return { config: {}, asked: () => asked.filter((one) => one.includes('/token')).length };
};

const byServiceAccount: SignIn = (issue) => {
  process.env['GOOGLE_APPLICATION_CREDENTIALS'] = serviceAccountFile();
  const { forms, clientOptions } = tokenEndpoint(issue);
  return Promise.resolve({
    config: { auth: new GoogleAuth({ scopes: SCOPE, clientOptions }) },
    asked: () => forms.length,
  });
};

const byUser: SignIn = (issue) => {
  process.env['HOME'] = signedInHome();
  const { forms, clientOptions } = tokenEndpoint(issue);
  return Promise.resolve({
    config: { auth: new GoogleAuth({ scopes: SCOPE, clientOptions }) },
    asked: () => forms.length,
  });
};

describe.each<[string, SignIn]>([
  ['the metadata server', byMetadata],
  ['the file of a service account', byServiceAccount],
  ['a user who has signed in', byUser],
])('tokens of %s', (_name, signIn) => {
  it('are asked for when a request is sent, and used again', async () => {
    const { config, asked } = await signIn(issuer('t'));
    const { ask, tokens, requests } = setUp(['t-1'], config);
    expect(asked()).toBe(0);
    await ask();
    await ask();
    expect(tokens()).toEqual(['t-1', 't-1']);
    expect(asked()).toBe(1);
    expect(requests[0]?.path).toBe('/v1beta1/projects/p/locations/global/interactions');
  });

  it('are the same for requests at the same time', async () => {
    const { config, asked } = await signIn(issuer('t'));
    const { client, tokens } = setUp(['t-1'], config);
    const create$ = client.create({ model: 'gemini-3-flash-preview', input: 'Hi' });
    await lastValueFrom(forkJoin([create$, create$, create$]));
    expect(tokens()).toEqual(['t-1', 't-1', 't-1']);
    expect(asked()).toBe(1);
  });

  it('are replaced shortly before they expire', async () => {
    const start = Date.now();
    const { config } = await signIn(issuer('t'));
    const { ask, tokens } = setUp(['t-1', 't-2'], config);
    await ask();
    setClock(start + 50 * 60_000);
    await ask();
    setClock(start + 58 * 60_000);
    await ask();
    expect(tokens()).toEqual(['t-1', 't-1', 't-2']);
  });

  it('are replaced where the server refuses them, once, and then used again', async () => {
    const { config, asked } = await signIn(issuer('t'));
    const { ask, good, tokens } = setUp(['t-1'], config);
    await ask();
    good.delete('t-1');
    good.add('t-2');
    await ask();
    await ask();
    expect(tokens()).toEqual(['t-1', 't-1', 't-2', 't-2']);
    expect(asked()).toBe(2);
  });

  it('are replaced once where several requests are refused', async () => {
    const { config, asked } = await signIn(issuer('t'));
    const { client, tokens } = setUp(['t-2'], config);
    const create$ = client.create({ model: 'gemini-3-flash-preview', input: 'Hi' });
    await lastValueFrom(forkJoin([create$, create$]));
    expect(tokens().slice().sort()).toEqual(['t-1', 't-1', 't-2', 't-2']);
    expect(asked()).toBe(2);
  });

  it('are in no error where none of them is good', async () => {
    const { config } = await signIn(issuer('Top-Secret'));
    const { client, tokens } = setUp([], config);
    const error = await errorOf(client.get('v1_a'));
    expect(error).toMatchObject({ name: 'HttpError', status: 401, code: 'authentication' });
    expect(tokens()).toEqual(['Top-Secret-1', 'Top-Secret-2']);
    expect(shown(error)).not.toContain('Secret');
  });
});

describe('what a token is asked for with', () => {
  it('of the metadata server: the scope of the cloud platform, or what is given', async () => {
    const { host, asked } = await metadataServer(issuer('t'));
    process.env['GCE_METADATA_HOST'] = host;
    process.env['METADATA_SERVER_DETECTION'] = 'assume-present';
    await applicationDefault()();
    await applicationDefault({ scopes: 'scope:a' })();
    await applicationDefault({ scopes: ['scope:a', 'scope:b'] })();
    expect(asked.filter((one) => one.includes('/token')).map((one) => new URL(one, 'http://m').search)).toEqual(
      [SCOPE, 'scope:a', 'scope:a,scope:b'].map((scopes) => `?scopes=${encodeURIComponent(scopes)}`),
    );
  });

  it('of a service account: a signed wish', async () => {
    process.env['GOOGLE_APPLICATION_CREDENTIALS'] = serviceAccountFile();
    const { forms, clientOptions } = tokenEndpoint(issuer('t'));
    await applicationDefault({ auth: new GoogleAuth({ scopes: SCOPE, clientOptions }) })();
    expect(forms[0]?.get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer');
    const [, payload = ''] = forms[0]?.get('assertion')?.split('.') ?? [];
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
      iss: 'robot@file-project.iam.gserviceaccount.com',
      scope: SCOPE,
    });
  });

  it('of a user: what gcloud has kept', async () => {
    process.env['HOME'] = signedInHome();
    const { forms, clientOptions } = tokenEndpoint(issuer('t'));
    await applicationDefault({ auth: new GoogleAuth({ scopes: SCOPE, clientOptions }) })();
    expect(Object.fromEntries(forms[0] ?? [])).toEqual({
      grant_type: 'refresh_token',
      client_id: 'client-id.apps.googleusercontent.com',
      client_secret: 'Top-Secret-client',
      refresh_token: 'Top-Secret-refresh',
    });
  });
});

describe('the project whose quota is used', () => {
  it.each<[string, object, Readonly<Record<string, string>>, string | undefined]>([
    ['none', {}, {}, undefined],
    ['that of the file', { quota_project_id: 'file' }, {}, 'file'],
    ['that of Google’s variable', { quota_project_id: 'file' }, { GOOGLE_CLOUD_QUOTA_PROJECT: 'google' }, 'google'],
    ['that of ours', { quota_project_id: 'file' }, { GOOGLE_GENAI_USER_PROJECT: 'ours' }, 'ours'],
  ])('is %s', async (_what, more, environment, expected) => {
    process.env['HOME'] = signedInHome(more);
    Object.assign(process.env, environment);
    const { clientOptions } = tokenEndpoint(issuer('t'));
    const { ask, requests } = setUp(['t-1'], { auth: new GoogleAuth({ scopes: SCOPE, clientOptions }) });
    await ask();
    expect(requests.map(({ userProject }) => userProject)).toEqual([expected]);
  });
});

describe('a GoogleAuth of your own', () => {
  it('may hold a client of any kind', async () => {
    const { clientOptions } = tokenEndpoint(issuer('t'));
    const jwt = new JWT({ email: 'a@b.example', key: PRIVATE_KEY, scopes: [SCOPE], ...clientOptions });
    expect(await applicationDefault({ auth: new GoogleAuth({ authClient: jwt }) })()).toMatchObject({ token: 't-1' });
  });

  it('whose client cannot get another token is refused for good', async () => {
    const authClient = new OAuth2Client();
    authClient.setCredentials({ access_token: 'the-only-one' });
    const { client, tokens } = setUp([], { auth: new GoogleAuth({ authClient }) });
    const error = await errorOf(client.get('v1_a'));
    expect(error).toMatchObject({ name: 'CredentialsError', code: 'unavailable' });
    expect(shown(error)).not.toContain('the-only-one');
    expect(tokens()).toEqual(['the-only-one']);
  });

  it('is not made worse by the refusal of a token that it has replaced already', async () => {
    const { clientOptions } = tokenEndpoint(issuer('t'));
    const jwt = new JWT({ email: 'a@b.example', key: PRIVATE_KEY, scopes: [SCOPE], ...clientOptions });
    const source = applicationDefault({ auth: new GoogleAuth({ authClient: jwt }) });
    await source();
    await source({ refused: 't-1' });
    expect(await source({ refused: 't-1' })).toMatchObject({ token: 't-2' });
  });

  it('has scopes of its own', () => {
    expect(() => applicationDefault({ auth: new GoogleAuth(), scopes: SCOPE })).toThrow(TypeError);
  });
});

describe('where there are no credentials', () => {
  const refusal = async (config?: ApplicationDefaultConfig) => {
    const { transport, requests } = fakeTransport();
    const error = await errorOf(
      createClient({ enterprise: {}, accessToken: applicationDefault(config), transport }).get('v1_a'),
    );
    expect(requests).toEqual([]);
    if (!InteractionError.is(error)) throw error;
    expect(error).toMatchObject({ name: 'CredentialsError', code: 'unavailable' });
    return error;
  };

  it('the error says what to read', async () => {
    expect((await refusal()).message).toMatch(/application-default credentials.*https:\/\/cloud\.google\.com\/docs/);
  });

  it('they may be there the next time', async () => {
    const { transport, requests } = fakeTransport();
    const { clientOptions } = tokenEndpoint(issuer('t'));
    const accessToken = applicationDefault({ auth: new GoogleAuth({ scopes: SCOPE, clientOptions }) });
    const get$ = createClient({ enterprise: {}, accessToken, transport }).get('v1_a');
    expect(await errorOf(get$)).toMatchObject({ code: 'unavailable' });
    process.env['HOME'] = signedInHome();
    await lastValueFrom(get$);
    expect(requests[0]?.headers['authorization']).toBe('Bearer t-1');
  });

  it('a file that is not there is named', async () => {
    process.env['GOOGLE_APPLICATION_CREDENTIALS'] = '/nowhere/account.json';
    expect((await refusal()).message).toContain('/nowhere');
  });

  it('a file that is no JSON is not quoted', async () => {
    const file = path.join(temporaryFolder(), 'account.json');
    writeFileSync(file, '{"private_key": Top-Secret');
    process.env['GOOGLE_APPLICATION_CREDENTIALS'] = file;
    const error = await refusal();
    expect(error.message).toContain('not JSON');
    expect(shown(error)).not.toContain('Secret');
  });

  it.each<[string, () => Response]>([
    [
      'the user is signed out',
      () => Response.json({ error: 'invalid_grant', error_description: 'Bad' }, { status: 400 }),
    ],
    ['the endpoint fails', () => new Response('<html>', { status: 404 })],
    ['the endpoint gives no token', () => Response.json({})],
  ])('nothing of what was sent is shown: %s', async (_what, answer) => {
    process.env['HOME'] = signedInHome();
    const { clientOptions, forms } = tokenEndpoint(answer);
    const error = await refusal({ auth: new GoogleAuth({ scopes: SCOPE, clientOptions }) });
    expect(forms).toHaveLength(1);
    expect(shown(error)).not.toMatch(/Secret|client-id/);
  });

  it('nothing of a private key is shown, either', async () => {
    process.env['GOOGLE_APPLICATION_CREDENTIALS'] = serviceAccountFile();
    const { clientOptions } = tokenEndpoint(() =>
      Response.json({ error: 'invalid_grant', error_description: 'Invalid JWT Signature.' }, { status: 400 }),
    );
    const error = await refusal({ auth: new GoogleAuth({ scopes: SCOPE, clientOptions }) });
    expect(error.message).toContain('Invalid JWT Signature.');
    expect(shown(error)).not.toMatch(/PRIVATE KEY|assertion|eyJ/);
  });
});

describe('a program of its own', () => {
  /** Runs a program with this library, in a folder; says what it printed. */
  const run = async (folder: string, contents: string): Promise<unknown> => {
    const file = path.join(folder, 'program.cjs');
    await build({
      stdin: {
        contents: `import { applicationDefault } from './src/client/application-default.ts';\n${contents}`,
        resolveDir: ROOT,
      },
      bundle: true,
      platform: 'node',
      format: 'cjs',
      external: ['google-auth-library'],
      outfile: file,
      logLevel: 'silent',
    });
    const { stdout } = await promisify(execFile)(process.execPath, [file], { cwd: folder, env: process.env });
    return JSON.parse(stdout);
  };

  it('gets its tokens from the metadata server, with nothing in between', async () => {
    const { host, asked } = await metadataServer(issuer('t'));
    process.env['GCE_METADATA_HOST'] = host;
    Reflect.deleteProperty(process.env, 'METADATA_SERVER_DETECTION'); // found by asking
    const folder = path.join(ROOT, 'node_modules', '.cache', 'rx-interactions-application-default');
    mkdirSync(folder, { recursive: true });
    const tokens = await run(
      folder,
      `(async () => {
        const source = applicationDefault();
        const tokens = [await source(), await source({}), await source({ refused: 't-1' }), await source()];
        console.log(JSON.stringify(tokens.map(({ token }) => token)));
      })();`,
    );
    expect(tokens).toEqual(['t-1', 't-1', 't-2', 't-2']);
    expect(asked[0]).toBe('instance');
  }, 30_000);

  it('is told what to install where the package is not there, and not before somebody asks', async () => {
    const folder = temporaryFolder(); // with no node_modules above it
    const error = await run(
      folder,
      `const source = applicationDefault();
      source().catch(({ name, code, message }) => console.log(JSON.stringify({ name, code, message })));`,
    );
    expect(error).toEqual({
      name: 'CredentialsError',
      code: 'unavailable',
      message: expect.stringContaining('npm install google-auth-library@10') as string,
    });
  }, 30_000);
});
