import { once } from 'node:events';
import { connect } from 'node:net';

import fc from 'fast-check';
import { createEmulator } from 'rx-interactions/emulator';

import {
  type Api,
  closeAll,
  inProcess,
  type Json,
  KEY,
  like,
  listen,
  MODEL,
  overSockets,
  WEATHER,
} from './support/api.js';

/*
 * Whatever is wrong with a request, the answer is a 4xx in the shape of the API. Every case that is made here is wrong for
 * sure, so that a request that slips through fails the test, too.
 */

afterAll(closeAll);

const CREATE = '/v1beta/interactions';

/** A request as it is sent. */
interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer> | undefined;
}

const VALID: readonly Json[] = [
  {
    model: MODEL,
    input: 'Hi',
    system_instruction: 'Be short',
    service_tier: 'flex',
    store: true,
    tools: [WEATHER, { type: 'google_search', search_types: ['web_search'] }, { type: 'code_execution' }],
    generation_config: {
      temperature: 0.5,
      top_p: 0.9,
      max_output_tokens: 100,
      seed: 3,
      stop_sequences: ['x'],
      thinking_level: 'low',
      thinking_summaries: 'auto',
      tool_choice: { allowed_tools: { mode: 'auto', tools: ['get_weather'] } },
    },
  },
  {
    model: MODEL,
    input: [
      { type: 'text', text: 'What is this?' },
      { type: 'image', data: 'iVBORw0KGgo=', mime_type: 'image/png', resolution: 'low' },
      { type: 'video', uri: 'https://example.com/a.mp4', mime_type: 'video/mp4', processing: 'static' },
    ],
    response_format: [
      { type: 'text', mime_type: 'application/json', schema: { type: 'object' } },
      { type: 'image', aspect_ratio: '1:1', image_size: '1K' },
      { type: 'video', duration: '8s', resolution: '720p', delivery: 'uri' },
    ],
    response_modalities: ['text', 'image'],
  },
  {
    model: MODEL,
    store: false,
    stream: true,
    input: [
      { type: 'user_input', content: [{ type: 'text', text: 'The weather?' }] },
      { type: 'thought', signature: 'c2ln', summary: [{ type: 'text', text: 'Hm' }] },
      { type: 'function_call', id: 'c1', name: 'get_weather', arguments: {} },
      { type: 'function_result', call_id: 'c1', name: 'get_weather', result: 'Sunny', is_error: false },
    ],
  },
  {
    agent: 'deep-research-preview-04-2026',
    input: { type: 'text', text: 'Research' },
    background: true,
    agent_config: { type: 'deep-research', thinking_summaries: 'auto', visualization: 'off' },
    webhook_config: { uris: ['https://example.com'] },
  },
  {
    agent: 'antigravity-preview-09-2026',
    input: 'Go',
    environment: { type: 'remote', network: 'disabled', sources: [{ type: 'inline', target: 'a', content: 'b' }] },
    tools: [
      { type: 'mcp_server', name: 'docs', url: 'https://example.com/mcp', allowed_tools: [{ tools: ['a'] }] },
      { type: 'file_search', file_search_store_names: ['s'], top_k: 3 },
      { type: 'google_maps', latitude: 1.5, longitude: 2, enable_widget: false },
      { type: 'computer_use', environment: 'browser' },
    ],
  },
];

type Path = readonly (string | number)[];

/** Where anything may stand: JSON Schema, arguments, results that are objects. */
const isOpen = (path: Path): boolean => ['schema', 'parameters', 'arguments'].includes(String(path.at(-1)));

/** Every place in a value that the API reads. */
const placesIn = (value: unknown, path: Path = []): readonly Path[] => {
  if (typeof value !== 'object' || value === null || isOpen(path)) return [path];
  const items: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? value.map((item, at) => [at, item] as const)
    : Object.entries(value);
  return [path, ...items.flatMap(([key, item]) => placesIn(item, [...path, key]))];
};

const at = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Readonly<Record<string | number, unknown>>)[key], value);

const changed = (value: unknown, [key, ...rest]: Path, change: (inner: unknown) => unknown): unknown => {
  if (key === undefined) return change(value);
  if (Array.isArray(value))
    return value.map((item, place) => (place === key ? changed(item, rest, change) : item) as unknown);
  return { ...(value as Json), [key]: changed((value as Json)[key], rest, change) };
};

/** What can stand in no place where the other thing does. `result` and `processing` and their like take texts and objects. */
const misfit = (value: unknown): fc.Arbitrary<unknown> => {
  switch (typeof value) {
    case 'string':
      return fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant([true]));
    case 'boolean':
      return fc.oneof(fc.constantFrom('true', 1, 0, ''), fc.constant([]), fc.constant({}));
    case 'number':
      return fc.oneof(fc.constantFrom('many', '', true), fc.constant([1]), fc.constant({}));
    default:
      return fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant([5]));
  }
};

const validOnes = fc.constantFrom(...VALID);
const placeIn = (body: Json) => fc.constantFrom(...placesIn(body).filter((path) => path.length > 0));

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A good request with one thing in the place of another. */
const misfitted = validOnes.chain((body) =>
  placeIn(body).chain((path) => misfit(at(body, path)).map((value) => changed(body, path, () => value))),
);

/** A good request that says something which the API does not know, somewhere. */
const surplus = fc
  .tuple(validOnes, fc.string({ minLength: 1 }), fc.jsonValue({ maxDepth: 2 }))
  .chain(([body, name, value]) =>
    fc
      .constantFrom(...placesIn(body).filter((path) => isObject(at(body, path)) && !isOpen(path)))
      .map((path) => changed(body, path, (inner) => ({ ...(inner as Json), [`x${name}`]: value }))),
  );

/** A good request with a word in it that is none of those to choose from. */
const CHOICES = new Set(['type', 'service_tier', 'thinking_level', 'thinking_summaries', 'mode', 'resolution']);
const misspelt = fc
  .tuple(
    fc.constantFrom(
      ...VALID.flatMap((body) =>
        placesIn(body)
          .filter((path) => path[0] !== 'input' && CHOICES.has(String(path.at(-1))))
          .map((path) => ({ body, path })),
      ),
    ),
    fc.string(),
  )
  .map(([{ body, path }, end]) => changed(body, path, (word) => `${String(word)}?${end}`));

/** Without what it cannot do without. */
const incomplete = fc.constantFrom<unknown>(
  ...VALID.flatMap((body) => [
    { ...body, input: undefined },
    { ...body, input: [] },
    { ...body, model: undefined, agent: undefined },
    { ...body, model: 'm', agent: 'a' },
  ]),
  ...placesIn(VALID[0]).flatMap((path) => (path.at(-1) === 'name' ? [changed(VALID[0], path, () => undefined)] : [])),
  ...placesIn(VALID[4]).flatMap((path) =>
    ['name', 'url', 'file_search_store_names'].includes(String(path.at(-1)))
      ? [changed(VALID[4], path, () => undefined)]
      : [],
  ),
);

/** JSON that is no request at all: what has an input has no model. */
const anything = fc
  .jsonValue({ maxDepth: 4 })
  .filter((value) => !isObject(value) || (!('model' in (value as Json)) && !('agent' in (value as Json))));

const nested = (open: string, close: string, levels: number) => open.repeat(levels) + close.repeat(levels);
const deep = fc
  .tuple(fc.integer({ min: 101, max: 50_000 }), fc.constantFrom(['[', ']'] as const, ['{"a":', '}'] as const))
  .map(([levels, [open, close]]) => {
    const schema = nested(open, close, levels).replace(':}', ':1}');
    return `{"model":"${MODEL}","input":"Hi","response_format":{"type":"text","schema":{"x":${schema}}}}`;
  });

const jsonOf = (body: unknown): string => JSON.stringify(body);

/** Text that is no JSON, or not all of it, or too much. */
const noJson = fc.oneof(
  fc.string().filter((text) => {
    try {
      JSON.parse(text);
      return false;
    } catch {
      return true;
    }
  }),
  fc.tuple(validOnes, fc.double({ min: 0, max: 0.99, noNaN: true })).map(([body, part]) => {
    const text = jsonOf(body);
    return text.slice(0, Math.floor(text.length * part));
  }),
  validOnes.map((body) => `${jsonOf(body)}}`),
  validOnes.map((body) => jsonOf(body).replaceAll('"', "'")),
);

/** Bytes that are no UTF-8: those of a good request with one among them that is in no text. */
const broken = fc
  .tuple(validOnes, fc.nat(), fc.constantFrom(0x80, 0xbf, 0xc0, 0xf8, 0xff))
  .map(([body, place, byte]) => {
    const bytes = new TextEncoder().encode(jsonOf(body));
    const where = 1 + (place % (bytes.length - 1));
    return Uint8Array.from([...bytes.slice(0, where), byte, ...bytes.slice(where)]);
  });

const create = (body: Sent['body'], headers: Sent['headers'] = KEY): Sent => ({
  method: 'POST',
  path: CREATE,
  headers: { 'content-type': 'application/json', ...headers },
  body,
});

const good = jsonOf(VALID[0]);

/** A good body that comes to the wrong place, by the wrong method, or called something else. */
const misdirected: fc.Arbitrary<Sent> = fc.oneof(
  fc.constantFrom('PUT', 'PATCH', 'DELETE', 'PROPFIND', 'get').map((method) => ({
    ...create(method === 'get' ? undefined : good),
    method,
  })),
  fc
    .webPath()
    .filter((path) => !path.includes('/interactions'))
    .map((path) => ({ ...create(good), path: `/v1beta${path}` })),
  fc.string({ minLength: 1 }).map((id) => ({
    ...create(undefined),
    method: 'GET',
    path: `${CREATE}/${encodeURIComponent(id).replaceAll('.', '%2E')}`,
  })),
  fc
    .tuple(fc.constantFrom('', 'Basic YTpi', 'Bearer', 'Bearer '), fc.constantFrom(CREATE, `${CREATE}/x`))
    .map(([authorization, path]) => ({
      ...create(good, authorization === '' ? { 'x-goog-api-key': '' } : { 'x-goog-api-key': '', authorization }),
      path,
      method: 'POST',
    })),
  fc
    .constantFrom('text/html', 'application/x-www-form-urlencoded', 'multipart/form-data', 'image/png', 'x')
    .map((type) => create(good, { ...KEY, 'content-type': type })),
  fc
    .constantFrom('gzip', 'br')
    .map((encoding) => create(Uint8Array.of(0x1f, 0x8b, 8), { ...KEY, 'content-encoding': encoding })),
);

const huge = fc.integer({ min: 20_001, max: 200_000 }).map((size) => jsonOf({ model: MODEL, input: 'x'.repeat(size) }));

const wrong: fc.Arbitrary<Sent> = fc.oneof(
  { weight: 5, arbitrary: misfitted.map((body) => create(jsonOf(body))) },
  { weight: 3, arbitrary: surplus.map((body) => create(jsonOf(body))) },
  { weight: 2, arbitrary: misspelt.map((body) => create(jsonOf(body))) },
  { weight: 2, arbitrary: incomplete.map((body) => create(jsonOf(body))) },
  { weight: 2, arbitrary: anything.map((body) => create(jsonOf(body))) },
  { weight: 2, arbitrary: noJson.map((body) => create(body)) },
  { weight: 1, arbitrary: broken.map((body) => create(body)) },
  { weight: 1, arbitrary: deep.map((body) => create(body)) },
  { weight: 1, arbitrary: huge.map((body) => create(body)) },
  { weight: 3, arbitrary: misdirected },
);

const isRefused = async ({ send }: Api, { method, path, headers, body }: Sent): Promise<void> => {
  const response = await send(method, path, undefined, { headers, ...(body !== undefined && { body }) });
  const { error, ...rest } = (await response.json()) as Json;

  expect(response.status).toBeGreaterThanOrEqual(400);
  expect(response.status).toBeLessThan(500);
  expect(error).toEqual({ code: like.matching(/^[a-z_]+$/), message: like.matching(/./) });
  expect(rest).toEqual({});
};

const CONFIG = { pace: 0, maxBodyBytes: 20_000, keptRequests: 10 };

it('what is called good here is good', async () => {
  const { post } = await inProcess(CONFIG);

  expect(await Promise.all(VALID.map(async (body) => (await post(body)).status))).toEqual(VALID.map(() => 200));
});

it('a thousand wrong requests are refused, in process', async () => {
  const api = await inProcess(CONFIG);
  await fc.assert(
    fc.asyncProperty(wrong, (request) => isRefused(api, request)),
    { numRuns: 1000 },
  );
}, 60_000);

it('hundreds of wrong requests are refused, over sockets', async () => {
  const api = await overSockets(CONFIG);
  await fc.assert(
    fc.asyncProperty(wrong, (request) => isRefused(api, request)),
    { numRuns: 250 },
  );
}, 60_000);

it('whatever the members hold, the answer is no 5xx', async () => {
  const { post } = await inProcess(CONFIG);
  const members = fc.constantFrom(...VALID.flatMap((body) => Object.keys(body)), 'previous_interaction_id', 'labels');
  const mixture = fc
    .tuple(validOnes, fc.dictionary(members, fc.jsonValue({ maxDepth: 3 })))
    .map(([body, others]) => ({ ...body, ...others }));
  await fc.assert(
    fc.asyncProperty(mixture, async (body) => {
      const response = await post(body);
      await response.text();
      expect(response.status).toBeLessThan(500);
    }),
    { numRuns: 300 },
  );
}, 60_000);

describe('what is hardly HTTP', () => {
  const END = '\r\n\r\n';
  const answerTo = async (bytes: string): Promise<string> => {
    const { url } = await listen(createEmulator());
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    let received = '';
    socket.setEncoding('utf8').on('data', (text: string) => {
      received += text;
    });
    socket.end(bytes, 'latin1');
    await once(socket, 'close');
    return received;
  };

  it.each([
    ['no HTTP', `hello?${END}`, 400],
    ['an unknown method', `BREW ${CREATE} HTTP/1.1\r\nhost: x${END}`, 400],
    ['a method that fetch does not know', `TRACE ${CREATE} HTTP/1.1\r\nhost: x${END}`, 400],
    ['a proxy', `CONNECT example.com:443 HTTP/1.1\r\nhost: x${END}`, 405],
    ['an address that is none', `GET http://[ HTTP/1.1\r\nhost: x${END}`, 400],
    ['no address', `OPTIONS * HTTP/1.1\r\nhost: x${END}`, 404],
    ['headers without end', `GET ${CREATE}/x HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}${END}`, 431],
    ['no host', `GET ${CREATE}/x HTTP/1.1\r\nconnection: close\r\nx-goog-api-key: k${END}`, 404],
    [
      'a wish',
      `POST ${CREATE} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nexpect: tea\r\ncontent-length: 0${END}`,
      401,
    ],
    ['another protocol', `GET ${CREATE}/x HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket${END}`, 401],
    ['a length that is none', `POST ${CREATE} HTTP/1.1\r\nhost: x\r\ncontent-length: many${END}`, 400],
  ])('%s', async (_case, bytes, status) => {
    const [head = '', body = ''] = (await answerTo(bytes)).split(END);

    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${String(status)} `));
    expect(JSON.parse(body.replace(/^[0-9a-f]+\r\n|\r\n0$/g, ''))).toEqual({
      error: { code: like.matching(/^[a-z_]+$/), message: like.string },
    });
  });
});
