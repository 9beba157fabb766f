import { createClient, fetchTransport, reduceInteraction } from 'rx-interactions';
import { createEmulator, reply, type Reply, type Turn } from 'rx-interactions/emulator';
import { lastValueFrom } from 'rxjs';

import { describeRecordings } from '../support/recordings.js';
import {
  callsIn,
  closeAll,
  eventsOf,
  inProcess,
  type Json,
  messagesOf,
  MODEL,
  readerOf,
  textIn,
  WAYS,
  WEATHER,
  like,
} from './support/api.js';

afterEach(closeAll);

const HI = { model: MODEL, input: 'Hi' };

/** An API whose next answer is scripted. */
const answering = async (answer: Reply, open: (typeof WAYS)[number][1] = inProcess) => {
  const api = await open();
  api.emulator.script({ reply: answer });
  return api;
};

/** The first event that says what the interaction is called. */
const idIn = (events: readonly Json[]) => (events[0]?.['interaction'] as Json | undefined)?.['id'];

describe('an entry', () => {
  it('is used once, in order, before the model answers by itself', async () => {
    const { create, emulator } = await inProcess();
    emulator.script({ reply: [reply.text('one')] }, { reply: () => [reply.text('two')] });
    const texts = [];
    for (let at = 0; at < 3; at += 1) texts.push(textIn((await create({ ...HI, input: 'Count to 2' }))['steps']));

    expect(texts).toEqual(['one', 'two', '1, 2']);
  });

  it('is used as often as it says', async () => {
    const { create, emulator } = await inProcess();
    emulator.script({ times: 2, reply: [reply.text('a')] }, { times: Infinity, reply: [reply.text('b')] });
    const texts = [];
    for (let at = 0; at < 4; at += 1) texts.push(textIn((await create(HI))['steps']));

    expect(texts.join('')).toBe('aabb');
  });

  it('is for the requests it names', async () => {
    const { create, emulator } = await inProcess();
    emulator.script(
      { when: /snow/g, times: 2, reply: [reply.text('flakes')] },
      { when: ({ store }) => store === false, reply: [reply.text('forgotten')] },
    );
    const ask = async (body: Json) => textIn((await create({ ...HI, ...body }))['steps']);

    expect(await ask({ input: 'Count to 2' })).toBe('1, 2');
    expect(await ask({ store: false })).toBe('forgotten');
    expect(await ask({ input: [{ type: 'text', text: 'More snow?' }] })).toBe('flakes');
    expect(await ask({ input: 'snow' })).toBe('flakes');
  });

  it('is told what the model has before it', async () => {
    const { create, emulator } = await inProcess();
    const turns: Turn[] = [];
    const tell = (_reply: unknown, turn: Turn) => {
      turns.push(turn);
      return [reply.text('Well.')];
    };
    const asked = await create({ model: MODEL, input: 'The weather in Oslo?', tools: [WEATHER] });
    const [call] = callsIn(asked['steps']);
    emulator.script({ reply: tell });
    const result = { type: 'function_result', call_id: call?.['id'], result: 'Snow' };
    await create({
      model: MODEL,
      previous_interaction_id: asked['id'],
      input: [result],
      system_instruction: 'Be short',
    });

    expect(turns).toMatchObject([
      {
        prompt: 'The weather in Oslo?',
        request: { system_instruction: 'Be short' },
        input: [result],
        history: [{ type: 'user_input' }, { type: 'thought' }, call],
        results: [{ call, result }],
      },
    ]);
  });

  it('that throws is answered with 500', async () => {
    const { post, emulator } = await inProcess();
    emulator.script({
      reply: () => {
        throw new Error('what now?');
      },
    });
    const response = await post(HI);

    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({
      error: { code: 'api_error', message: like.containing('what now?') },
    });
  });
});

describe('the words of a reply', () => {
  it('say thoughts, texts and calls', async () => {
    const { stream } = await answering([
      reply.thought('**Plan**', ' done'),
      reply.text('One ', 'moment.'),
      reply.call('f', { a: [1, 2] }, { id: 'c1' }),
      reply.call('g', {}),
      reply.call('h', { b: 1 }, { pieces: ['{"b"', ':1}'] }),
    ]);
    const events = await stream(HI);
    const of = (type: string) =>
      events.flatMap(({ delta }) => ((delta as Json | undefined)?.['type'] === type ? [delta as Json] : []));
    const starts = events.flatMap(({ event_type, index, step }) =>
      event_type === 'step.start' ? [[index, (step as Json)['type']]] : [],
    );

    expect(starts).toEqual([
      [0, 'thought'],
      [1, 'model_output'],
      [2, 'function_call'],
      [3, 'function_call'],
      [4, 'function_call'],
    ]);
    expect(of('thought_summary').map(({ content }) => (content as Json)['text'])).toEqual(['**Plan**', ' done']);
    expect(of('text').map(({ text }) => text)).toEqual(['One ', 'moment.']);
    expect(of('arguments_delta').map((delta) => delta['arguments'])).toEqual(['{"a":[1,2', ']}', '{"b"', ':1}']);
    expect(events.filter(({ index }) => index === 3).map(({ event_type }) => event_type)).toEqual([
      'step.start',
      'step.stop',
    ]);
    expect(events.at(-1)).toMatchObject({ interaction: { status: 'requires_action' } });
  });

  it('say steps of any kind', async () => {
    const { stream } = await answering([reply.step({ type: 'hologram', size: 1 }, { type: 'beam', more: 2 })]);

    expect(await stream(HI)).toEqual(
      expect.arrayContaining([
        { event_type: 'step.start', index: 0, step: { type: 'hologram', size: 1 } },
        { event_type: 'step.delta', index: 0, delta: { type: 'beam', more: 2 } },
      ]),
    );
  });

  it('say how it ends, and what happens on the way', async () => {
    const { stream, get } = await answering([
      reply.status('queued'),
      reply.status('in_progress', { continuation_token: 't1' }),
      reply.text('a'),
      reply.status('incomplete', { errors: [{ code: 'max_tokens' }] }),
    ]);
    const events = await stream(HI);
    const id = idIn(events);

    expect(events.slice(2, 4)).toEqual([
      { event_type: 'interaction.status_update', interaction_id: id, status: 'queued' },
      { event_type: 'interaction.status_update', interaction_id: id, status: 'in_progress', continuation_token: 't1' },
    ]);
    expect(events.at(-1)).toMatchObject({ interaction: { status: 'incomplete', errors: [{ code: 'max_tokens' }] } });
    expect(await (await get(id)).json()).toMatchObject({ status: 'incomplete' });
  });

  it('say an error that ends everything', async () => {
    const { post, get } = await answering([reply.text('So'), reply.error('gateway_timeout', 'Deadline expired.')]);
    const messages = await messagesOf(await post({ ...HI, stream: true }));
    const last = JSON.parse(messages.at(-1)?.data ?? '') as Json;

    expect(last).toEqual({ event_type: 'error', error: { code: 'gateway_timeout', message: 'Deadline expired.' } });
    const { interaction } = JSON.parse(messages[0]?.data ?? '') as { readonly interaction: Json };
    expect(await (await get(interaction['id'])).json()).toMatchObject({ status: 'failed', errors: [last['error']] });
  });

  it('say an error that ends nothing', async () => {
    const { stream } = await answering([reply.text('So'), reply.error(), reply.text(' what')]);
    const events = await stream(HI);

    expect(events).toContainEqual({ event_type: 'error' });
    expect(textIn(events)).toBe('So what');
    expect(events.at(-1)).toMatchObject({ interaction: { status: 'completed' } });
  });

  it('are written as they are, where they are no event', async () => {
    const raw = '[{"error":{"code":503,"message":"Gone.","status":"UNAVAILABLE"}}\n]';
    const { post } = await answering([reply.raw(': still here\n\n'), reply.text('So'), reply.raw(raw)]);
    const text = await (await post({ ...HI, stream: true })).text();

    expect(text).toMatch(/\n\n: still here\n\nevent: step\.start\n/);
    expect(text.endsWith(`"event_type":"step.stop"}\n\n${raw}`)).toBe(true);
  });

  it.each([
    ['a string code', 400, { error: { code: 'invalid_request', message: 'No.' } }],
    ['google.rpc', 400, { error: { code: 400, message: 'No.', status: 'INVALID_ARGUMENT' } }],
    ['a list', 503, [{ error: { code: 503, message: 'Gone.', status: 'UNAVAILABLE' } }]],
  ])('answer with an error in the shape of %s', async (_shape, status, body) => {
    const { post, emulator } = await answering([reply.httpError(status, body, { 'Retry-After': '3' })]);
    const response = await post({ ...HI, stream: true });

    expect([response.status, response.headers.get('retry-after')]).toEqual([status, '3']);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(await response.json()).toEqual(body);
    expect(emulator.requests).toMatchObject([{ status }]);
  });

  it.each([
    ['nothing', 502, undefined, null, ''],
    ['HTML', 502, '<html>Bad gateway</html>', 'text/html; charset=UTF-8', '<html>Bad gateway</html>'],
    ['HTML that looks like success', 200, '\n<!doctype html>', 'text/html; charset=UTF-8', '\n<!doctype html>'],
    ['text', 429, 'Slow down', 'text/plain; charset=UTF-8', 'Slow down'],
  ])('answer with %s', async (_shape, status, body, type, text) => {
    const response = await (await answering([reply.httpError(status, body)])).post(HI);

    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      status,
      type,
      text,
    ]);
  });
});

describe.each(WAYS)('a connection, %s,', (_way, open) => {
  it('is cut in the middle of a step, and the rest can be had', async () => {
    const { post, get } = await answering(
      [reply.thought(), reply.text('It is ', reply.cut(), 'snow', reply.cut(), 'ing.')],
      open,
    );
    const events = async (response: Response) =>
      (await messagesOf(response)).flatMap(({ data }) => (data === '[DONE]' ? [] : [JSON.parse(data) as Json]));
    const first = await events(await post({ ...HI, stream: true }));
    const id = idIn(first);
    const replay = await events(await get(id, '?stream=true'));
    const at = replay.at(-1)?.['event_id'];
    const rest = await events(await get(id, `?stream=true&last_event_id=${String(at)}`));

    expect(textIn(first)).toBe('It is ');
    expect(first.at(-1)).toMatchObject({ event_type: 'step.delta' });
    expect(textIn(replay)).toBe('It is snow');
    expect(textIn(rest)).toBe('ing.');
    expect(rest.at(-1)).toMatchObject({ event_type: 'interaction.completed' });
    expect(await (await get(id)).json()).toMatchObject({
      status: 'completed',
      steps: [{}, {}, { content: [{ text: 'It is snowing.' }] }],
    });
  });

  it('is reset', async () => {
    const api = await answering([reply.text('So', reply.cut('reset'), ' what')], open);
    const stream = readerOf(await api.post({ ...HI, stream: true }));
    const heard: string[] = [];
    const hear = async () => {
      for (let message = await stream.next(); message; message = await stream.next()) heard.push(message.data);
    };

    await expect(hear()).rejects.toThrow(/reset|terminated/);
    expect(heard.join('')).not.toContain('what');
    expect(api.emulator.requests).toMatchObject([{ aborted: false, open: false }]);
  });

  it('falls silent', async () => {
    const { post, get, emulator } = await answering([reply.text('So', reply.cut('silence'), ' what')], open);
    const stream = readerOf(await post({ ...HI, stream: true }));
    const created = JSON.parse((await stream.next())?.data ?? '') as Json;
    for (let data = ''; !data.includes('"So"');) data = (await stream.next())?.data ?? '';
    const events = eventsOf(await messagesOf(await get((created['interaction'] as Json)['id'], '?stream=true')));

    expect(textIn(events)).toBe('So what');
    expect(emulator.requests).toMatchObject([{ open: true }, { open: false }]);
    await stream.cancel();
    await emulator.requests[0]?.ended;
    expect((await get((created['interaction'] as Json)['id'])).status).toBe(200);
  });

  it('is cut for good where nothing is stored', async () => {
    const { post, emulator } = await answering([reply.text('So', reply.cut(), ' what')], open);
    const messages = await messagesOf(await post({ ...HI, stream: true, store: false }));

    expect(messages.at(-1)?.data).toContain('So');
    expect(emulator.requests).toMatchObject([{ open: false, aborted: false }]);
  });

  it.each(['end', 'reset'] as const)('is lost before the JSON answer: %s', async (how) => {
    const { post } = await answering([reply.text('So', reply.cut(how))], open);

    await expect(post(HI).then((response) => response.json())).rejects.toThrow();
  });

  it('falls silent before the JSON answer', async () => {
    const created = { event_type: 'interaction.created', interaction: { id: 'v1_mine', status: 'in_progress' } };
    const { post, get, emulator } = await answering(
      [reply.events([created]), reply.cut('silence'), reply.text('So')],
      open,
    );
    const controller = new AbortController();
    const answer = post(HI, { signal: controller.signal });
    while ((await get('v1_mine')).status !== 200);
    await (await get('v1_mine', '?stream=true')).text();

    expect(emulator.requests.find(({ method }) => method === 'POST')).toMatchObject({ status: undefined, open: true });
    controller.abort();
    await expect(answer).rejects.toThrow(/abort/i);
  });

  it('hears nothing more, and stays open', async () => {
    const { post, get, emulator } = await answering([reply.text('So'), reply.stall()], open);
    const stream = readerOf(await post({ ...HI, stream: true }));
    const id = idIn([JSON.parse((await stream.next())?.data ?? '') as Json]);
    for (let data = ''; !data.includes('step.stop');) data = (await stream.next())?.data ?? '';

    expect(await (await get(id)).json()).toMatchObject({ status: 'in_progress' });
    expect(emulator.requests[0]).toMatchObject({ open: true });
    await stream.cancel();
  });

  it('hears nothing at all', async () => {
    const { post } = await answering([reply.events([]), reply.stall()], open);
    const response = await post({ ...HI, stream: true });

    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    await response.body?.cancel();
  });
});

it('loses nothing that was sent before a reset', async () => {
  const { post } = await answering([reply.text('So', reply.cut('reset'), ' what')]);
  const stream = readerOf(await post({ ...HI, stream: true }));
  for (let data = ''; !data.includes('"So"');) data = (await stream.next())?.data ?? '';

  await expect(stream.next()).rejects.toThrow('reset');
});

describe('raw events', () => {
  const created = { event_type: 'interaction.created', interaction: { id: 'v1_mine', status: 'in_progress' } };
  const completed = { event_type: 'interaction.completed', interaction: { id: 'v1_mine', status: 'completed' } };

  it('are sent as they are, and nothing else', async () => {
    const odd = { event_type: 'hologram.appeared', event_id: 'e7', x: [1] };
    const { post, get } = await answering([
      reply.events([created, odd, 'no json', '{"no":"event"}', JSON.stringify(completed)]),
    ]);

    expect(await messagesOf(await post({ ...HI, stream: true }))).toEqual([
      { event: 'interaction.created', data: JSON.stringify(created) },
      { event: 'hologram.appeared', data: JSON.stringify(odd) },
      { event: undefined, data: 'no json' },
      { event: undefined, data: '{"no":"event"}' },
      { event: 'interaction.completed', data: JSON.stringify(completed) },
      { event: 'done', data: '[DONE]' },
    ]);
    expect(await messagesOf(await get('v1_mine', '?stream=true&last_event_id=e7'))).toHaveLength(4);
  });

  it('may be cut short', async () => {
    const { post, get } = await answering([reply.events([created]), reply.stall()]);
    const stream = readerOf(await post({ ...HI, stream: true }));
    await stream.next();

    expect(await (await get('v1_mine')).json()).toMatchObject({ id: 'v1_mine', status: 'in_progress' });
    await stream.cancel();
  });
});

describeRecordings('a recorded turn', (all) => {
  it('is played in two rounds', async () => {
    const emulator = createEmulator();
    const [first, second] = ['tool-call-step1', 'tool-call-step2'].map(
      (name) => all.find((recording) => recording.name === name)?.messages ?? [],
    );
    emulator.script(
      { reply: [reply.events(first ?? [])] },
      { reply: [reply.events((second ?? []).map((event) => JSON.stringify(event)))] },
    );
    const client = createClient({ apiKey: 'any', transport: fetchTransport({ fetch: emulator.fetch }) });

    const asked = await lastValueFrom(client.stream({ model: MODEL, input: 'The weather?' }).pipe(reduceInteraction()));
    const call = asked.steps.find((step) => step.type === 'function_call');
    const answer = await lastValueFrom(
      client
        .stream({
          model: MODEL,
          previous_interaction_id: asked.id,
          input: [{ type: 'function_result', call_id: call?.id, result: 'Sunny' }],
        })
        .pipe(reduceInteraction()),
    );

    expect(asked).toMatchObject({ status: 'requires_action', id: like.matching(/^v1_Chd/) });
    expect(answer.steps.at(-1)).toMatchObject({
      content: [{ text: like.matching(/^The weather in San Francisco/) }],
    });
  });
});

describe('an entry that types would have refused', () => {
  it.each([
    ['a pattern that is text', { when: 'snow', reply: [] }, '`when` is a pattern or a function'],
    ['no reply', {}, '`reply` is an array of parts, or a function that makes one'],
    ['a misspelt member', { reply: [], tmies: 2 }, 'there is no member `tmies`'],
  ])('is refused where it is given: %s', (_what, entry, message) => {
    const { script } = createEmulator();
    expect(() => {
      script({ reply: [] }, entry as never);
    }).toThrow(`Entry 1 of script(): ${message}`);
  });
});
