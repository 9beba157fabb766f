import {
  callsIn,
  closeAll,
  eventsOf,
  inProcess,
  type Json,
  messagesOf,
  MODEL,
  textIn,
  WAYS,
  WEATHER,
  like,
} from './support/api.js';

afterEach(closeAll);

describe.each(WAYS)('%s', (_way, open) => {
  it('carries a turn over two rounds, and gives only what is new', async () => {
    const { create, stream, get } = await open();
    const first = await create({ model: MODEL, input: 'The weather in Paris and Boston?', tools: [WEATHER] });
    const [paris, boston] = callsIn(first['steps']);
    const input = [
      { type: 'function_result', name: 'get_weather', call_id: paris?.['id'], result: 'Sunny' },
      { type: 'function_result', name: 'get_weather', call_id: boston?.['id'], result: { celsius: 3 } },
    ];
    const events = await stream({ model: MODEL, previous_interaction_id: first['id'], input });
    const types = events.flatMap(({ step }) => (step as Json | undefined)?.['type'] ?? []);
    const { id } = events[0]?.['interaction'] as Json;

    expect(types).toEqual(['thought', 'model_output']);
    expect(textIn(events)).toMatch(/Paris right now: Sunny.*Boston right now: 3/);
    expect(id).not.toBe(first['id']);
    expect(await (await get(id)).json()).toMatchObject({
      id,
      status: 'completed',
      steps: [
        ...input,
        { type: 'thought' },
        { type: 'model_output', content: [{ type: 'text', text: textIn(events) }] },
      ],
    });
  });

  it('shows the whole timeline to who gets an interaction', async () => {
    const { create, get } = await open();
    const answer = await create({ model: MODEL, input: 'Tell me a joke.' });
    const { steps, ...got } = (await (await get(answer['id'])).json()) as Json;

    expect({ steps, ...got }).toEqual({
      ...answer,
      steps: [
        { type: 'user_input', content: [{ type: 'text', text: 'Tell me a joke.' }] },
        ...(answer['steps'] as readonly Json[]),
      ],
    });
    expect(await (await get(answer['id'], '?include_input=true')).json()).toEqual({ steps, ...got }); // Q17
  });

  it('replays a finished interaction, with ids to resume from', async () => {
    const { create, get } = await open();
    const { id } = await create({ model: MODEL, input: 'Count to 9' });
    const events = eventsOf(await messagesOf(await get(id, '?stream=true')));
    const ids = events.map(({ event_id }) => event_id);

    expect(events[0]).toMatchObject({ event_type: 'interaction.created', interaction: { id } });
    expect(events.at(-1)).toMatchObject({
      event_type: 'interaction.completed',
      interaction: { id, status: 'completed' },
    });
    expect(textIn(events)).toBe('1, 2, 3, 4, 5, 6, 7, 8, 9');
    expect(new Set(ids).size).toBe(events.length);
    for (const [at, eventId] of ids.entries()) {
      const rest = eventsOf(await messagesOf(await get(id, `?stream=true&last_event_id=${String(eventId)}`)));
      expect(rest).toEqual(events.slice(at + 1));
    }
  });

  it.each([
    ['an unknown id', '?stream=true&last_event_id=v1_nope', "'v1_nope'"],
    ['no stream', '?last_event_id=v1_x', "'stream'"],
  ])('does not resume with %s', async (_case, query, names) => {
    const { create, get } = await open();
    const { id } = await create({ model: MODEL, input: 'Hi' });
    const response = await get(id, query);

    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: { code: 'invalid_request', message: like.containing(names) },
    });
  });

  it('keeps nothing that it is told not to keep', async () => {
    const { create, stream, post } = await open();
    const before = await create({ model: MODEL, input: 'The weather in Paris?', tools: [WEATHER] });
    const results = callsIn(before['steps']).map(({ id }) => ({
      type: 'function_result',
      call_id: id,
      result: 'Rain',
    }));
    const more = { model: MODEL, previous_interaction_id: before['id'], input: results, store: false };

    expect(textIn(await stream(more))).toMatch(/Paris.*Rain/); // reads what is stored
    expect(await create(more)).not.toHaveProperty('id');
    expect((await post({ model: MODEL, input: 'Hi', store: false, background: true })).status).toBe(400);
  });
});

it('goes on from what went before, and bills it again', async () => {
  const { create } = await inProcess();
  const tokens = ({ usage }: Json) => (usage as { readonly total_input_tokens: number }).total_input_tokens;
  const first = await create({ model: MODEL, input: 'Tell me a joke.' });
  const second = await create({ model: MODEL, input: 'Tell me a joke.', previous_interaction_id: first['id'] });
  const third = await create({ model: MODEL, input: 'Tell me a joke.', previous_interaction_id: second['id'] });

  expect(tokens(second)).toBeGreaterThan(tokens(first));
  const grown = tokens(third) - tokens(second) - (tokens(second) - tokens(first));
  expect(Math.abs(grown)).toBeLessThanOrEqual(1); // each is rounded
});

it('does not go on from what is deleted', async () => {
  const { create, post, send } = await inProcess();
  const { id } = await create({ model: MODEL, input: 'Hi' });
  await send('DELETE', `/v1beta/interactions/${String(id)}`);

  expect((await post({ model: MODEL, input: 'Hi', previous_interaction_id: id })).status).toBe(404);
});

it('goes on without input where it is given a token', async () => {
  const { create, emulator } = await inProcess();
  emulator.script(
    { reply: (reply) => [reply.text('One,'), reply.status('requires_continuation', { continuation_token: 't1' })] },
    { when: ({ continuation_token }) => continuation_token === 't1', reply: (reply) => [reply.text(' two.')] },
  );
  const first = await create({ model: MODEL, input: 'Hi' });
  expect(first).toMatchObject({ status: 'requires_continuation', continuation_token: 't1' });

  const hop = { model: MODEL, continuation_token: 't1', previous_interaction_id: first['id'] };
  expect(textIn((await create(hop))['steps'])).toBe(' two.');
});

it('takes a whole history instead', async () => {
  const { create } = await inProcess();
  const history: Json[] = [{ type: 'user_input', content: [{ type: 'text', text: 'The weather in Oslo?' }] }];
  const body = () => ({ model: MODEL, store: false, tools: [WEATHER], input: history });

  const { steps } = await create(body());
  history.push(
    ...(steps as readonly Json[]),
    ...callsIn(steps).map(({ id }) => ({ type: 'function_result', call_id: id, result: 'Snow' })),
  );
  const answer = await create(body());
  expect(textIn(answer['steps'])).toContain('Oslo right now: Snow');

  history.push(...(answer['steps'] as readonly Json[]), { type: 'user_input', content: 'Count to 3' });
  expect(textIn((await create(body()))['steps'])).toBe('1, 2, 3');
});

it.each([
  ['a new sandbox', 'remote', undefined],
  ['one that there is', '3f2b8c1e-0000-4000-a000-000000000001', '3f2b8c1e-0000-4000-a000-000000000001'],
  ['a new one where its name is taken for an id (Q27)', 'env_3f2b', undefined],
  ['a described one', { type: 'remote', network: 'disabled' }, undefined],
  ['a described one that there is', { type: 'remote', environment_id: 'mine' }, 'mine'],
])('works in %s', async (_case, environment, id) => {
  const { create, stream } = await inProcess();
  const body = { agent: 'antigravity-preview-09-2026', input: 'Hi', environment };
  const expected = id ?? like.matching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

  expect(await create(body)).toMatchObject({ environment_id: expected });
  expect((await stream(body)).at(-1)).toMatchObject({ interaction: { environment_id: expected } });
});

it('says what it goes on from, and which tier it took', async () => {
  const { create, stream, get } = await inProcess();
  const { id, ...first } = await create({ model: MODEL, input: 'Hi' });
  const next = { model: MODEL, input: 'Hi', previous_interaction_id: id, service_tier: 'priority' };
  const expected = { previous_interaction_id: id, service_tier: 'priority' };
  const second = await create(next);

  expect(first).not.toHaveProperty('previous_interaction_id');
  expect(first).toMatchObject({ service_tier: 'standard' });
  expect(second).toMatchObject(expected);
  expect(await (await get(second['id'])).json()).toMatchObject(expected);
  expect((await stream(next)).at(-1)).toMatchObject({ interaction: expected });
});

it('makes ids, signatures and times like the real ones', async () => {
  const { create } = await inProcess({ now: () => Date.UTC(2026, 5, 1, 10, 0, 0, 123) });
  const { id, created, updated, steps } = await create({ model: MODEL, input: 'Hi' });
  const bytes = Buffer.from(String(id).replace('v1_', ''), 'base64url');
  const [name, again] = [bytes.subarray(2, 25), bytes.subarray(27)];

  expect(id).toMatch(/^v1_Ch[cd][\w-]+$/);
  expect(bytes).toEqual(Buffer.concat([Buffer.of(10, name.length), name, Buffer.of(18, again.length), again]));
  expect(again).toEqual(name);
  expect([created, updated]).toEqual(['2026-06-01T10:00:00Z', '2026-06-01T10:00:00Z']);
  expect(steps).toMatchObject([{ type: 'thought', signature: like.matching(/^E[A-Za-z0-9+/]{100,}=*$/) }, {}]);
});
