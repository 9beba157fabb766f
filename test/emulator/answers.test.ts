import { decodeEvents, decodeFrames, type Interaction, reduceInteraction } from 'rx-interactions';
import type { Reply } from 'rx-interactions/emulator';
import { reply } from 'rx-interactions/emulator';
import { lastValueFrom, of } from 'rxjs';

import { describeRecordings } from '../support/recordings.js';
import {
  callsIn,
  closeAll,
  inProcess,
  type Json,
  MODEL,
  overSockets,
  seeded,
  textIn,
  WAYS,
  WEATHER,
  like,
} from './support/api.js';

afterEach(closeAll);

/** The same at every run. */
const same = () => ({ random: seeded(), now: () => Date.UTC(2026, 5, 1, 10) });

const SEARCH = [
  reply.step(
    { id: 'q1', signature: '', type: 'google_search_call' },
    { type: 'google_search_call', arguments: { queries: ['x'] }, signature: 'c2ln' },
  ),
  reply.step(
    { call_id: 'q1', signature: '', type: 'google_search_result' },
    { type: 'google_search_result', is_error: false, result: [{ search_suggestions: '<b>' }] },
  ),
];

const SERVER_TOOLS = [...SEARCH, reply.thought(), reply.text('Found', ' it.')];

const MEDIA = reply.step(
  { type: 'model_output' },
  { type: 'text', text: 'Part 1 ' },
  { type: 'text', text: 'ends.' },
  { type: 'text_annotation_delta', annotations: [{ type: 'url_citation', url: 'https://example.com/' }] },
  { type: 'image', mime_type: 'image/png', data: 'iVBORw0KGgo=' },
  { type: 'text', text: 'Part 2' },
);

/** What is asked, and what a script answers, if one does. */
const SCENARIOS = (
  [
    ['counting', { input: 'Count to from 1 to 25.' }],
    ['thinking aloud', { input: 'The GCD of 1071 and 462?', generation_config: { thinking_summaries: 'auto' } }],
    ['a joke', { input: 'Tell me a joke.' }],
    ['anything else', { input: 'Explain how AI works' }],
    ['nothing stored', { input: 'Tell me a joke.', store: false }],
    ['parallel calls', { input: 'What is the weather in Paris and Boston?', tools: [WEATHER] }],
    ['a call without arguments', { input: 'What is the time now?', tools: [{ type: 'function', name: 'time' }] }],
    [
      'structured output',
      {
        input: 'A recipe',
        response_format: {
          type: 'text',
          mime_type: 'application/json',
          schema: { type: 'object', properties: { name: { type: 'string' } } },
        },
      },
    ],
    ['a limit', { input: 'Count to 100', generation_config: { max_output_tokens: 20 } }],
    ['another tier, and a sandbox', { input: 'Hi', service_tier: 'flex', environment: 'remote' }],
    ['an agent', { input: 'Hi', agent: 'my-agent', model: undefined }],
    ['server-side tools', { input: 'Hi' }, SERVER_TOOLS],
    ['media and annotations', { input: 'Hi' }, [MEDIA]],
    ['arguments that are no JSON', { input: 'Hi' }, [reply.call('f', {}, { pieces: ['{"a":'], id: 'c1' })]],
    ['a failed start', { input: 'Hi' }, [reply.text('So'), reply.error('safety', 'Stopped.'), reply.status('failed')]],
    [
      'a continuation',
      { input: 'Hi' },
      [reply.text('So'), reply.status('requires_continuation', { continuation_token: 't1' })],
    ],
  ] as readonly (readonly [name: string, request: Json, scripted?: Reply])[]
).map(([name, request, scripted]) => [name, request, scripted] as const);

const assemble = (bytes: Uint8Array): Promise<Interaction> =>
  lastValueFrom(of(bytes).pipe(decodeFrames(), decodeEvents(), reduceInteraction()));

describe.each(WAYS)('both forms of an answer, %s:', (_way, open) => {
  it.each(SCENARIOS)('%s', async (_name, request, scripted) => {
    const streaming = await open(same());
    const plain = await open(same());
    if (scripted) for (const { emulator } of [streaming, plain]) emulator.script({ reply: scripted });
    const body = { model: MODEL, ...request };

    const bytes = new Uint8Array(await (await streaming.post({ ...body, stream: true })).arrayBuffer());
    const unary = await plain.create(body);
    const { ids, diagnostics: _, errors: _errors, ...streamed } = await assemble(bytes);
    const { errors: _faults, created, updated, ...expected } = unary;

    expect(streamed).toEqual({ created, updated, ...expected });
    expect(ids).toEqual(unary['id'] === undefined ? [] : [unary['id']]);
  });
});

it.each(SCENARIOS)('adds the usage up: %s', async (_name, request, scripted) => {
  const { emulator, create } = await inProcess();
  if (scripted) emulator.script({ reply: scripted });
  const { usage } = (await create({ model: MODEL, ...request })) as {
    readonly usage: Readonly<Record<string, number>>;
  };
  const {
    total_tokens,
    total_input_tokens = 0,
    total_output_tokens = 0,
    total_thought_tokens = 0,
    total_tool_use_tokens = 0,
  } = usage;

  expect(total_input_tokens).toBeGreaterThan(0);
  expect(total_tokens).toBe(total_input_tokens + total_output_tokens + total_thought_tokens + total_tool_use_tokens);
  expect(total_tool_use_tokens > 0).toBe(scripted === SERVER_TOOLS);
});

it('gives the same answer to the same request', async () => {
  const answers = await Promise.all(
    [1, 2].map(async () => (await inProcess(same())).stream({ model: MODEL, input: 'Count to 5' })),
  );

  expect(answers[0]).toEqual(answers[1]);
  const [created] = answers[0] as readonly { readonly interaction: Json }[];
  expect(created?.interaction['id']).toMatch(/^v1_[\w-]+$/);
});

it('streams what the streaming guide shows', async () => {
  const { stream } = await overSockets(same());
  const events = await stream({ model: MODEL, input: 'Count to from 1 to 25.' });
  const id = (events[0]?.['interaction'] as Json)['id'];
  const signature = (events[3]?.['delta'] as Json)['signature'];

  expect(events.slice(0, 6)).toEqual([
    {
      event_type: 'interaction.created',
      interaction: { id, status: 'in_progress', object: 'interaction', model: MODEL },
    },
    { event_type: 'interaction.status_update', interaction_id: id, status: 'in_progress' },
    { event_type: 'step.start', index: 0, step: { type: 'thought' } },
    { event_type: 'step.delta', index: 0, delta: { type: 'thought_signature', signature } },
    { event_type: 'step.stop', index: 0 },
    { event_type: 'step.start', index: 1, step: { type: 'model_output' } },
  ]);
  expect(Buffer.from(String(signature), 'base64').toString('base64')).toBe(signature);
  expect(textIn(events)).toBe(Array.from({ length: 25 }, (_, at) => at + 1).join(', '));
  expect(events.filter(({ delta }) => (delta as Json | undefined)?.['type'] === 'text').length).toBeGreaterThan(3);
  expect(events.slice(-2)).toEqual([
    { event_type: 'step.stop', index: 1 },
    {
      event_type: 'interaction.completed',
      interaction: {
        id,
        status: 'completed',
        usage: like.having({ total_cached_tokens: 0, total_tool_use_tokens: 0 }),
        created: '2026-06-01T10:00:00Z',
        updated: '2026-06-01T10:00:00Z',
        service_tier: 'standard',
        object: 'interaction',
        model: MODEL,
      },
    },
  ]);
});

it('starts a call bare, with an empty signature, and streams its arguments in pieces', async () => {
  const { stream } = await inProcess();
  const events = await stream({ model: MODEL, input: 'The weather in San Francisco, CA?', tools: [WEATHER] });
  const call = events.filter(({ index }) => index === 1);
  const [start, ...rest] = call.slice(0, -1);
  const { id } = start?.['step'] as Json;

  expect(start).toEqual({
    event_type: 'step.start',
    index: 1,
    step: {
      type: 'function_call',
      id: like.matching(/^[a-z0-9]{8}$/),
      name: 'get_weather',
      arguments: {},
      signature: '',
    },
  });
  expect(id).not.toBe('');
  expect(rest.length).toBeGreaterThan(2);
  expect(rest.map(({ delta }) => (delta as Json)['arguments']).join('')).toBe('{"location":"San Francisco, CA"}');
  expect((events.at(-1)?.['interaction'] as Json)['status']).toBe('requires_action');
});

it('leaves no id on what is not stored (Q1)', async () => {
  const { stream, create } = await inProcess();
  const body = { model: MODEL, input: 'Tell me a joke.', store: false };
  const events = await stream(body);

  expect(
    events.map(({ interaction, interaction_id }) => (interaction as Json | undefined)?.['id'] ?? interaction_id),
  ).toEqual(['', '', ...Array.from({ length: events.length - 3 }), '']);
  expect(await create(body)).not.toHaveProperty('id');
});

describeRecordings('the shape of', (all) => {
  /** The names of all members, and the types of the others: what a text says does not matter. */
  const shapeOf = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shapeOf);
    if (typeof value !== 'object' || value === null) return typeof value;
    const kinds = ['type', 'event_type', 'status', 'object', 'service_tier', 'signature', 'modality'];
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [
        key,
        kinds.includes(key) && !(key === 'signature' && member !== '')
          ? member
          : key === 'arguments'
            ? typeof member
            : shapeOf(member),
      ]),
    );
  };
  /** Every kind of event once. */
  const kinds = (events: readonly unknown[]) => new Set(events.map((event) => JSON.stringify(sorted(shapeOf(event)))));
  const sorted = (value: unknown): unknown =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, member]) => [key, sorted(member)]),
        )
      : Array.isArray(value)
        ? value.map(sorted)
        : value;

  const turns = async () => {
    const { stream, create } = await inProcess();
    const ask = { model: MODEL, input: 'What is the weather in San Francisco?', tools: [WEATHER] };
    const asked = await create(ask);
    const results = (made: unknown) =>
      callsIn(made).map(({ id, name }) => ({ type: 'function_result', call_id: id, name, result: 'Sunny' }));
    // The whole history, as it was recorded: an answer to `previous_interaction_id` names it.
    const answer = {
      model: MODEL,
      tools: [WEATHER],
      input: [
        { type: 'user_input', content: ask.input },
        ...(asked['steps'] as readonly Json[]),
        ...results(asked['steps']),
      ],
    };
    return {
      basic: [await stream({ model: MODEL, input: 'Hello?' }), await create({ model: MODEL, input: 'Hello?' })],
      'tool-call-step1': [await stream(ask), asked],
      'tool-call-step2': [await stream(answer), await create(answer)],
    } as const;
  };

  it.each(['basic', 'tool-call-step1', 'tool-call-step2'] as const)('%s is the recorded one', async (name) => {
    const recording = all.find((recorded) => recorded.name === name);
    const [events, unary] = (await turns())[name];

    expect(kinds(events)).toEqual(kinds(recording?.messages ?? []));
    expect(shapeOf(unary)).toEqual(shapeOf(recording?.unary));
  });
});
