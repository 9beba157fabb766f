import { GoogleGenAI } from '@google/genai';
import { createClient, fetchTransport, outputText, reduceInteraction } from 'rx-interactions';
import { createEmulator, type EmulatorConfig, reply } from 'rx-interactions/emulator';
import { lastValueFrom } from 'rxjs';

import {
  type Api,
  callsIn,
  closeAll,
  eventsOf,
  inProcess,
  type Json,
  like,
  listen,
  messagesOf,
  MODEL,
  readerOf,
  textIn,
  WAYS,
  WEATHER,
} from './support/api.js';

afterEach(closeAll);

const COUNT = { model: MODEL, input: 'Count to 60' };
const COUNTED = Array.from({ length: 60 }, (_, at) => at + 1).join(', ');

/** The body of the next hop, as wire-format 10 says. */
const nextOf = (body: Json, { id, continuation_token }: Json): Json => {
  if (id === undefined || id === '') return { ...body, continuation_token };
  const { input: _, ...rest } = body;
  return { ...rest, continuation_token, previous_interaction_id: id };
};

/** Every hop of an answer: as JSON, or what the last event of a stream says of it, with the text of its deltas. */
const hopsOf = async ({ create, stream }: Api, body: Json, streamed: boolean): Promise<readonly Json[]> => {
  const hops: Json[] = [];
  for (let next: Json | undefined = body; next;) {
    if (streamed) {
      const events = await stream(next);
      hops.push({ ...(events.at(-1)?.['interaction'] as Json), text: textIn(events) });
    } else {
      const answer = await create(next);
      hops.push({ ...answer, text: textIn(answer['steps']) });
    }
    const hop = hops.at(-1) ?? {};
    next = hop['status'] === 'requires_continuation' ? nextOf(body, hop) : undefined;
  }
  return hops;
};

const FORMS = [
  ['JSON, stored', false, true],
  ['JSON, not stored', false, false],
  ['streams, stored', true, true],
  ['streams, not stored', true, false],
] as const;

const tokens = (hop: Json, kind: string) => (hop['usage'] as Readonly<Record<string, number>>)[kind] ?? 0;

describe.each(WAYS)('%s', (_way, open) => {
  it.each(FORMS)('an answer that is too long comes in hops: %s', async (_form, streamed, store) => {
    const hops = await hopsOf(await open({ tokensPerHop: 10 }), { ...COUNT, store }, streamed);
    const ids = hops.map(({ id }) => id ?? '');

    expect(hops.length).toBeGreaterThan(3);
    expect(hops.map(({ text }) => text).join('')).toBe(COUNTED);
    expect(hops.map(({ status }) => status)).toEqual([
      ...hops.slice(1).map(() => 'requires_continuation'),
      'completed',
    ]);
    expect(hops.at(-1)).not.toHaveProperty('continuation_token');
    expect(new Set(ids).size).toBe(store ? hops.length : 1);
  });
});

it.each(FORMS)('every hop bills what went before it: %s', async (_form, streamed, store) => {
  const hops = await hopsOf(await inProcess({ tokensPerHop: 10 }), { ...COUNT, store }, streamed);

  for (const [at, hop] of hops.entries()) {
    expect(tokens(hop, 'total_output_tokens')).toBeLessThan(15);
    const before = hops[at - 1];
    if (!before) continue;
    const read = tokens(before, 'total_input_tokens') + tokens(before, 'total_output_tokens');
    expect(tokens(hop, 'total_input_tokens')).toBeGreaterThanOrEqual(read - 1); // they are rounded
  }
});

it('hops are stored one by one, each with what it made and what it goes on from', async () => {
  const api = await inProcess({ tokensPerHop: 10 });
  const [first, second] = await hopsOf(api, COUNT, false);
  const got = async (hop: Json | undefined) => (await (await api.get(hop?.['id'])).json()) as Json;

  expect(await got(first)).toMatchObject({
    status: 'requires_continuation',
    continuation_token: first?.['continuation_token'],
    steps: [
      { type: 'user_input' },
      { type: 'thought' },
      { type: 'model_output', content: [{ text: first?.['text'] }] },
    ],
  });
  const seen = await got(second);
  expect(seen).toMatchObject({ previous_interaction_id: first?.['id'] });
  expect(seen['steps']).toEqual([{ type: 'model_output', content: [{ type: 'text', text: second?.['text'] }] }]);
});

it('nothing is continued that is short enough, or that goes on by itself', async () => {
  const { create, stream, get } = await inProcess({ tokensPerHop: 10 });
  const run = await create({ ...COUNT, background: true });

  expect(textIn(eventsOf(await messagesOf(await get(run['id'], '?stream=true'))))).toBe(COUNTED);
  expect(await create({ ...COUNT, input: 'Count to 5' })).toMatchObject({ status: 'completed' });
  expect((await stream({ ...COUNT, agent: 'a', model: undefined })).at(-1)).toMatchObject({
    interaction: { status: 'completed' },
  });
  expect(await (await inProcess()).create(COUNT)).toMatchObject({ status: 'completed' });
});

it('calls of all hops are answered together', async () => {
  const api = await inProcess({ tokensPerHop: 1 });
  const body = { model: MODEL, input: 'The weather in Paris and Oslo?', tools: [WEATHER] };
  const hops = await hopsOf(api, body, false);
  const calls = hops.flatMap(({ steps }) => callsIn(steps));
  const input = calls.map(({ id }) => ({ type: 'function_result', call_id: id, result: 'Rain' }));
  const answer = (results: readonly Json[]) => ({
    model: MODEL,
    previous_interaction_id: hops.at(-1)?.['id'],
    input: results,
  });

  expect(hops.length).toBeGreaterThan(1);
  expect(hops.at(-1)).toMatchObject({ status: 'requires_action' });
  expect(calls).toHaveLength(2);
  expect((await api.post(answer(input.slice(1)))).status).toBe(400);
  const said = await hopsOf(api, answer(input), false);
  expect(said.map(({ text }) => text).join('')).toMatch(/Paris.*Rain.*Oslo.*Rain/);
});

it('what a script says comes in hops, too, with its media whole and its citations in one piece', async () => {
  const { emulator, ...api } = await inProcess({ tokensPerHop: 2 });
  const image = { type: 'image', mime_type: 'image/png', data: 'iVBORw0KGgo=' };
  const cited = [
    { type: 'text', text: 'Some words ' },
    { type: 'text', text: 'that are cited.' },
    { type: 'text_annotation_delta', annotations: [{ type: 'url_citation', start_index: 0, end_index: 10 }] },
  ];
  emulator.script({
    reply: [
      reply.text('Once upon ', 'a time '),
      reply.step({ type: 'model_output' }, image, { type: 'text', text: 'there was' }),
      reply.step({ type: 'model_output' }, ...cited),
      reply.status('incomplete'),
    ],
  });
  const hops = await hopsOf({ emulator, ...api }, { model: MODEL, input: 'A story' }, false);

  expect(hops.map(({ steps }) => steps)).toEqual([
    [{ type: 'model_output', content: [{ type: 'text', text: 'Once upon ' }] }],
    [
      { type: 'model_output', content: [{ type: 'text', text: 'a time ' }] },
      { type: 'model_output', content: [image] },
    ],
    [{ type: 'model_output', content: [{ type: 'text', text: 'there was' }] }],
    [
      {
        type: 'model_output',
        content: [{ type: 'text', text: 'Some words that are cited.', annotations: cited.at(-1)?.annotations }],
      },
    ],
  ]);
  expect(hops.at(-1)).toMatchObject({ status: 'incomplete' });
});

it('a conversation goes on from the last hop', async () => {
  const api = await inProcess({ tokensPerHop: 10 });
  const { emulator, create } = api;
  const last = (await hopsOf(api, COUNT, false)).at(-1);
  const heard: string[] = [];
  emulator.script({
    reply: (words, { history }) => {
      heard.push(textIn(history.filter(({ type }) => type === 'model_output')));
      return [words.text('Yes.')];
    },
  });
  await create({ model: MODEL, input: 'Was that all?', previous_interaction_id: last?.['id'] });

  expect(heard).toEqual([COUNTED]);
});

describe('a token', () => {
  const begun = async (members: Json = {}, config: EmulatorConfig = {}) => {
    const api = await inProcess({ tokensPerHop: 10, ...config });
    const body = { ...COUNT, ...members };
    const first = await api.create(body);
    return { ...api, body, first, next: nextOf(body, first) };
  };

  it('goes on from the request that was sent, said once more, even if that is stored', async () => {
    const { create, body, first } = await begun();
    const answer = await create({ ...body, continuation_token: first['continuation_token'] });

    expect(COUNTED).toContain(
      textIn([...(first['steps'] as readonly Json[]), ...(answer['steps'] as readonly Json[])]),
    );
  });

  it.each<[string, (next: Json, body: Json) => Json]>([
    ['for another model', (next) => ({ ...next, model: 'gemini-3.8-flash' })],
    ['for other input', (next, body) => ({ ...body, ...next, input: 'Count to 61' })],
    ['for another interaction', (next) => ({ ...next, previous_interaction_id: 'v1_other' })],
    ['for an agent', (next) => ({ ...next, model: undefined, agent: 'a' })],
  ])('is refused %s', async (_case, change) => {
    const { post, create, next, body } = await begun();
    const response = await post(change(next, body));

    expect([response.status, await response.json()]).toEqual([
      400,
      { error: { code: 'invalid_request', message: like.containing('another request') } },
    ]);
    expect(await create(next)).toMatchObject({ status: 'requires_continuation' });
  });

  it.each([true, false])('is refused when it has been used (stored: %s)', async (store) => {
    const { post, create, next } = await begun({ store });
    await create(next);
    const response = await post(next);

    expect([response.status, await response.json()]).toEqual([
      400,
      { error: { code: 'invalid_request', message: like.containing('used already') } },
    ]);
  });

  it('is refused by another emulator', async () => {
    const { body, first } = await begun({ store: false });
    const { post } = await inProcess({ tokensPerHop: 10 });

    expect((await post(nextOf(body, first))).status).toBe(400);
  });

  it('is gone with the interaction that issued it', async () => {
    const { post, send, first, next } = await begun();
    await send('DELETE', `/v1beta/interactions/${String(first['id'])}`);

    expect((await post(next)).status).toBe(404);
  });

  it('can be used again if the connection was lost', async () => {
    const { post, create, next } = await begun();
    const stream = readerOf(await post({ ...next, stream: true }));
    await stream.next();
    await stream.cancel();

    expect(await create(next)).toMatchObject({ status: 'requires_continuation' });
  });

  it('leaves the next word to a script', async () => {
    const { emulator, post, create, next } = await begun();
    emulator.script({ reply: [reply.httpError(503, { error: { code: 'service_unavailable', message: 'Later.' } })] });

    expect((await post(next)).status).toBe(503);
    expect(await create(next)).toMatchObject({ status: 'requires_continuation' });
  });
});

it('a checkpoint is a place to go on from when the connection is lost', async () => {
  const { post, create, emulator } = await inProcess({ tokensPerHop: 10 });
  const stream = readerOf(await post({ ...COUNT, stream: true }));
  const seen: Json[] = [];
  while (seen.at(-1)?.['continuation_token'] === undefined) {
    seen.push(JSON.parse((await stream.next())?.data ?? '') as Json);
  }
  await stream.cancel(); // and the interaction is given up
  await emulator.requests[0]?.ended;
  const checkpoint = seen.at(-1);
  const id = checkpoint?.['interaction_id'];
  const token = checkpoint?.['continuation_token'];

  expect(checkpoint).toEqual({
    event_type: 'interaction.status_update',
    interaction_id: id,
    status: 'in_progress',
    continuation_token: like.matching(/^[\w-]{40,}$/),
  });
  expect(seen.at(-2)).toMatchObject({ event_type: 'step.stop' });
  const answer = await create({ model: MODEL, continuation_token: token, previous_interaction_id: id });
  expect((answer['steps'] as readonly Json[]).map(({ type }) => type)).toEqual(['model_output']);
  expect(textIn(answer['steps'])).toMatch(/^1, 2, 3/);
});

describe('the official SDK goes on by itself', () => {
  const open = async () => {
    const emulator = createEmulator({ tokensPerHop: 10 });
    const { url } = await listen(emulator);
    return { emulator, ai: new GoogleGenAI({ apiKey: 'any', httpOptions: { baseUrl: url } }) };
  };

  it.each([true, false])('over JSON (stored: %s)', async (store) => {
    const { ai, emulator } = await open();
    const answer = await ai.interactions.create({ ...COUNT, store });

    expect([answer.status, textIn(answer.steps)]).toEqual(['completed', COUNTED]);
    expect(emulator.requests.length).toBeGreaterThan(3);
  });

  it.each([true, false])('over streams (stored: %s)', async (store) => {
    const { ai, emulator } = await open();
    const events: unknown[] = [];
    for await (const event of await ai.interactions.create({ ...COUNT, store, stream: true })) events.push(event);

    expect(textIn(events)).toBe(COUNTED);
    expect(emulator.requests.length).toBeGreaterThan(3);
  });
});

it('a client of this library reads a hop like any answer', async () => {
  const { emulator } = await inProcess({ tokensPerHop: 1e6 });
  const client = createClient({ apiKey: 'any', transport: fetchTransport({ fetch: emulator.fetch }) });
  const answer = await lastValueFrom(client.stream(COUNT).pipe(reduceInteraction()));

  expect([outputText(answer), answer.status]).toEqual([COUNTED, 'completed']);
  expect(answer).not.toHaveProperty('continuation_token');
});
