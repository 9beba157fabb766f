import { createEmulator, type LoggedRequest } from 'rx-interactions/emulator';

import { closeAll, inProcess, type Json, MODEL, overSockets, WAYS, like } from './support/api.js';

afterEach(closeAll);

const errorOf = async (response: Response): Promise<Json> => {
  const { error } = (await response.json()) as { readonly error: Json };
  expect(error).toEqual({ code: like.string, message: like.string });
  return error;
};

describe.each(WAYS)('%s', (_way, open) => {
  it.each(['/v1beta/interactions', '/v1/interactions', '/v1beta2/interactions?alt=sse'])(
    'POST %s creates',
    async (path) => {
      const { send } = await open();
      const response = await send('POST', path, { model: MODEL, input: 'Tell me a joke.' });

      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toMatch(/^application\/json/);
      expect(await response.json()).toMatchObject({
        id: like.matching(/^v1_[\w-]{40,}$/),
        status: 'completed',
      });
    },
  );

  it('takes the paths of the enterprise endpoint', async () => {
    const { send } = await open();
    const path = '/v1beta1/projects/my-project/locations/global/interactions';
    const { id } = (await (await send('POST', path, { model: MODEL, input: 'Hi' })).json()) as Json;

    expect((await send('GET', `${path}/${String(id)}`)).status).toBe(200);
  });

  it('gets, and deletes for good', async () => {
    const { create, get, send } = await open();
    const { id } = await create({ model: MODEL, input: 'Hi' });

    expect(await (await get(id)).json()).toMatchObject({ id, status: 'completed' });
    const deleted = await send('DELETE', `/v1beta/interactions/${String(id)}`);
    expect([deleted.status, await deleted.text()]).toEqual([200, '{}']);
    expect((await errorOf(await get(id)))['code']).toBe('not_found');
    expect((await send('DELETE', `/v1beta/interactions/${String(id)}`)).status).toBe(404);
    expect((await send('POST', `/v1beta/interactions/${String(id)}/cancel`, {})).status).toBe(404);
  });

  it.each(['/', '/v1beta', '/v1beta/models', '/interactions', '/v1beta/interactions/', '/v1beta/interactions/%E0%A4'])(
    'knows nothing at %s',
    async (path) => {
      const response = await (await open()).send('GET', path);

      expect(response.status).toBe(404);
      expect((await errorOf(response))['code']).toBe('not_found');
    },
  );

  it.each([
    ['GET', '/v1beta/interactions', 'POST'],
    ['PUT', '/v1beta/interactions/x', 'GET, DELETE'],
    ['GET', '/v1beta/interactions/x/cancel', 'POST'],
  ])('does not allow %s %s', async (method, path, allowed) => {
    const response = await (await open()).send(method, path);

    expect([response.status, response.headers.get('allow')]).toEqual([405, allowed]);
    expect((await errorOf(response))['code']).toBe('method_not_allowed');
  });

  it.each([
    ['no key', {}, ''],
    ['an empty key', { 'x-goog-api-key': '' }, ''],
    ['an empty token', { authorization: 'Bearer ' }, ''],
    ['another scheme', { authorization: 'Basic YTpi' }, ''],
    ['an empty parameter', {}, '?key='],
  ])('refuses %s', async (_case, headers, query) => {
    const { emulator, send } = await open();
    const response = await send(
      'POST',
      `/v1beta/interactions${query}`,
      {},
      { headers: { 'x-goog-api-key': '', ...headers } },
    );

    expect(response.status).toBe(401);
    expect((await errorOf(response))['code']).toBe('authentication');
    expect(emulator.requests).toMatchObject([{ status: 401 }]);
  });

  it.each([
    ['a key', { 'x-goog-api-key': 'k' }, ''],
    ['a token', { authorization: 'Bearer t' }, ''],
    ['a parameter', {}, '?key=k'],
  ])('takes %s', async (_case, headers, query) => {
    const { send } = await open();
    const body = { model: MODEL, input: 'Hi' };
    const response = await send('POST', `/v1beta/interactions${query}`, body, {
      headers: { 'x-goog-api-key': '', ...headers },
    });

    expect(response.status).toBe(200);
  });

  it('lets pages of any origin in, with a key but without Api-Revision', async () => {
    const { send } = await open();
    const asking = { origin: 'https://example.com', 'access-control-request-method': 'POST' };
    const preflight = await send('OPTIONS', '/v1beta/interactions', undefined, {
      headers: { 'x-goog-api-key': '', ...asking },
    });
    const allowed = preflight.headers.get('access-control-allow-headers')?.split(', ') ?? [];

    expect(preflight.ok).toBe(true);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-methods')).toBe('POST');
    expect(allowed).toEqual(expect.arrayContaining(['x-goog-api-key', 'content-type', 'authorization']));
    expect(allowed.map((name) => name.toLowerCase())).not.toContain('api-revision');
    for (const answer of [
      await send('POST', '/v1beta/interactions', {}),
      await send('GET', '/v1beta/interactions/x'),
    ]) {
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    }
  });

  it('keeps a log without credentials', async () => {
    const { emulator, send } = await open();
    const body = { model: MODEL, input: 'Hi' };
    await send('POST', '/v1beta/interactions?key=secret1&alt=sse', body, {
      headers: { 'x-goog-api-key': 'secret2', authorization: 'Bearer secret3', 'x-goog-user-project': 'mine' },
    });
    await send('POST', '/v1beta/interactions', 'no json');
    await send('GET', '/v1beta/interactions/x');

    expect(emulator.requests).toMatchObject([
      {
        method: 'POST',
        path: '/v1beta/interactions',
        query: { alt: 'sse', key: 'redacted' },
        headers: { 'x-goog-api-key': 'redacted', authorization: 'redacted', 'x-goog-user-project': 'mine' },
        body,
        status: 200,
        open: false,
        aborted: false,
      },
      { body: 'no json', status: 400 },
      { method: 'GET', path: '/v1beta/interactions/x', body: undefined, status: 404 },
    ]);
    expect(JSON.stringify(emulator.requests)).not.toContain('secret');
  });

  it('bounds the bodies it reads', async () => {
    const { post } = await open({ maxBodyBytes: 1000 });
    const bodyOf = (bytes: number) => {
      const rest = JSON.stringify({ model: MODEL, input: '' }).length;
      return { model: MODEL, input: 'x'.repeat(bytes - rest) };
    };

    expect((await post(bodyOf(1000))).status).toBe(200);
    const response = await post(bodyOf(1001));
    expect(response.status).toBe(400);
    expect(await errorOf(response)).toMatchObject({
      code: 'invalid_request',
      message: like.containing('1000 bytes'),
    });
  });
});

it('takes Request and URL objects, relative and absolute addresses', async () => {
  const { emulator } = await inProcess();
  const init = {
    method: 'POST',
    headers: { 'x-goog-api-key': 'k' },
    body: JSON.stringify({ model: MODEL, input: 'Hi' }),
  };
  const url = 'https://generativelanguage.googleapis.com/v1beta/interactions';

  for (const response of [
    await emulator.fetch('/v1beta/interactions', init),
    await emulator.fetch(url, init),
    await emulator.fetch(new URL(url), init),
    await emulator.fetch(new Request(url, init)),
  ]) {
    expect(response.status).toBe(200);
  }
});

it('answers a large body that is still being sent', async () => {
  const { send } = await overSockets();
  const response = await send('POST', '/v1beta/interactions', 'x'.repeat(21 * 1024 * 1024));

  expect(response.status).toBe(400);
  expect(await errorOf(response)).toMatchObject({ message: like.containing('20971520 bytes') });
});

it('is the same emulator behind every door', async () => {
  const { emulator, get } = await overSockets();
  const init = {
    method: 'POST',
    headers: { 'x-goog-api-key': 'k' },
    body: JSON.stringify({ model: MODEL, input: 'Hi' }),
  };
  const { id } = (await (await emulator.fetch('/v1beta/interactions', init)).json()) as Json;

  expect(await (await get(id)).json()).toMatchObject({ id });
});

describe('requests', () => {
  const HI = { model: MODEL, input: 'Hi', store: false };

  it('are told as they come, and how much was answered when they have ended', async () => {
    const seen: LoggedRequest[] = [];
    const { emulator, post, stream } = await overSockets({ onRequest: (request) => seen.push(request) });
    const text = await (await post(HI)).text();
    await stream(HI);
    await Promise.all(seen.map(({ ended }) => ended));

    expect(seen).toEqual(emulator.requests);
    expect(seen).toMatchObject([{ bytes: Buffer.byteLength(text), open: false }, { open: false }]);
    expect(seen[1]?.bytes).toBeGreaterThan(text.length);
  });

  it('are answered whatever those do who are told', async () => {
    const { create } = await inProcess({
      onRequest: () => {
        throw new Error('not now');
      },
    });

    expect(await create(HI)).toMatchObject({ status: 'completed' });
  });

  it('are forgotten when there are enough later ones', async () => {
    const { emulator, send } = await inProcess({ keptRequests: 2 });
    for (const name of ['a', 'b', 'c']) await send('GET', `/v1beta/interactions/${name}`);

    expect(emulator.requests.map(({ path }) => path.slice(-1))).toEqual(['b', 'c']);
  });

  it('that are none reject, and do not throw', async () => {
    const { emulator } = await inProcess();
    const answer = emulator.fetch('/v1beta/interactions', { method: 'TRACE' });

    await expect(answer).rejects.toThrow('TRACE');
    expect(emulator.requests).toEqual([]);
  });
});

it.each(['localhost', '0.0.0.0', '127.0.0.1'])('listens where it is told to: %s', async (host) => {
  const { url, close } = await createEmulator().listen(0, host);
  const response = await fetch(`${url}/v1beta/interactions/x`, { headers: { 'x-goog-api-key': 'k' } });
  await close();

  expect(response.status).toBe(404);
  expect(url).toMatch(/^http:\/\/[^/]+:\d+$/);
});
