import fc from 'fast-check';

import { callsIn, closeAll, inProcess, type Json, MODEL, overSockets, WEATHER, like } from './support/api.js';

afterEach(closeAll);

const good = { model: MODEL, input: 'Hi' };
const code = 'invalid_request';
const pixel = { type: 'image', mime_type: 'image/png', data: 'iVBORw0KGgo=' };

/** What is refused: the body, and what the answer names. */
const REFUSED: readonly (readonly [name: string, body: unknown, names: string, code?: string])[] = [
  ['no JSON', '{"model":', 'not valid JSON'],
  ['no body', '', 'not valid JSON'],
  ['an array', [], 'JSON object'],
  ['null', 'null', 'JSON object'],
  ['neither model nor agent', { input: 'Hi' }, "'model' or 'agent'"],
  ['an empty model', { model: '', input: 'Hi' }, "'model' or 'agent'"],
  ['both model and agent', { ...good, agent: 'a' }, 'exclude each other'],
  ['no input', { model: MODEL }, "'input'"],
  ['empty input', { model: MODEL, input: '' }, "'input'"],
  ['input of no items', { model: MODEL, input: [] }, "'input'"],
  ['an unknown member', { ...good, foo: 1 }, "'foo'", 'parameter_unknown'],
  ['a member of a library', { ...good, maxRounds: 3 }, "'maxRounds'", 'parameter_unknown'],
  [
    'response_mime_type (Q18)',
    { ...good, response_mime_type: 'text/plain' },
    "'response_mime_type'",
    'parameter_unknown',
  ],
  [
    'an unknown member deep inside',
    { ...good, generation_config: { top_q: 1 } },
    "'generation_config.top_q'",
    'parameter_unknown',
  ],
  [
    'an unknown member of a tool',
    { ...good, tools: [{ ...WEATHER, strict: true }] },
    "'tools[0].strict'",
    'parameter_unknown',
  ],
  [
    'an unknown member of a step',
    { model: MODEL, input: [{ type: 'user_input', content: 'Hi', id: 1 }] },
    "'input[0].id'",
    'parameter_unknown',
  ],
  [
    'an unknown member called like one of every object',
    { ...good, constructor: 1 },
    "'constructor'",
    'parameter_unknown',
  ],
  ['a model that is no string', { model: 3, input: 'Hi' }, "'model': expected string"],
  ['a flag that is no boolean', { ...good, stream: 'true' }, "'stream': expected boolean"],
  [
    'a temperature in words',
    { ...good, generation_config: { temperature: 'hot' } },
    "'generation_config.temperature': expected number",
  ],
  ['tools that are no list', { ...good, tools: WEATHER }, "'tools': expected an array"],
  ['a tool that is no object', { ...good, tools: ['get_weather'] }, "'tools[0]': expected an object"],
  ['a tool without a name', { ...good, tools: [{ type: 'function' }] }, "'tools[0].name'"],
  ['a tool of no known type', { ...good, tools: [{ type: 'constructor' }] }, "'tools[0].type'"],
  ['a wrapper around tools (dialect E)', { ...good, tools: [{ functionDeclarations: [] }] }, "'tools[0].type'"],
  [
    'parameters that are no schema',
    { ...good, tools: [{ type: 'function', name: 'f', parameters: 'none' }] },
    "'tools[0].parameters': expected object",
  ],
  [
    'an unknown enum value',
    { ...good, generation_config: { thinking_summaries: 'THINKING_SUMMARIES_AUTO' } },
    "'generation_config.thinking_summaries'",
  ],
  ['an unknown response format', { ...good, response_format: { type: 'smell' } }, "'response_format.type'"],
  ['input that is a number', { model: MODEL, input: 5 }, "'input'"],
  ['a list of strings', { model: MODEL, input: ['Hi'] }, "'input[0]': expected an object"],
  ['a block without text', { model: MODEL, input: [{ type: 'text' }] }, "'input[0].text'"],
  ['a block of no known type', { model: MODEL, input: [{ type: 'smell' }] }, "'input[0].type'"],
  ['an image that is nowhere', { model: MODEL, input: [{ type: 'image' }] }, "either 'data' or 'uri'"],
  [
    'an image in two places',
    { model: MODEL, input: [{ ...pixel, uri: 'https://example.com/a.png' }] },
    "either 'data' or 'uri'",
  ],
  ['a user step without content', { model: MODEL, input: [{ type: 'user_input' }] }, "'input[0].content'"],
  ['turns with roles (dialect D)', { model: MODEL, input: [{ role: 'user', content: 'Hi' }] }, "'input[0].type'"],
  [
    'steps and blocks mixed',
    {
      model: MODEL,
      input: [
        { type: 'user_input', content: 'Hi' },
        { type: 'text', text: 'Hi' },
      ],
    },
    "'input[1]'",
  ],
  ['store:false with background:true', { ...good, store: false, background: true }, "'background'"],
  ['a webhook in the foreground', { ...good, webhook_config: { uris: [] } }, "'webhook_config'"],
  [
    'a tool choice without function tools',
    { ...good, generation_config: { tool_choice: 'any' } },
    'function_declarations',
  ],
  [
    'a tool choice with other tools only',
    { ...good, tools: [{ type: 'google_search' }], generation_config: { tool_choice: 'auto' } },
    'function_declarations',
  ],
  ['agent_config for a model', { ...good, agent_config: {} }, "'agent_config'"],
  ['generation_config for an agent', { agent: 'a', input: 'Hi', generation_config: {} }, "'generation_config'"],
  ['deep research in the foreground', { agent: 'deep-research-preview-04-2026', input: 'Hi' }, "'background'"],
  [
    'deep research with an instruction',
    { agent: 'deep-research-preview-04-2026', input: 'Hi', background: true, system_instruction: 'Be short' },
    "'system_instruction'",
  ],
  ['a managed agent without an environment', { agent: 'antigravity-preview-09-2026', input: 'Hi' }, "'environment'"],
  [
    'a result without a call',
    { model: MODEL, input: [{ type: 'function_result', call_id: 'x', result: '1' }] },
    "call_id 'x'",
  ],
  [
    'a result without call_id',
    { model: MODEL, input: [{ type: 'function_result', result: '1' }] },
    "'input[0].call_id'",
  ],
  [
    'a call without a result',
    { model: MODEL, input: [{ type: 'function_result', call_id: 'x' }] },
    "'input[0].result'",
  ],
  [
    'a result that is a number',
    { model: MODEL, input: [{ type: 'function_result', call_id: 'x', result: 4 }] },
    "'input[0].result'",
  ],
  [
    'a result that is a list of values',
    { model: MODEL, input: [{ type: 'function_result', call_id: 'x', result: [1, 2] }] },
    "'input[0].result[0]'",
  ],
  ['an unknown predecessor', { ...good, previous_interaction_id: 'v1_x' }, "'v1_x' was not found", 'not_found'],
];

it.each(REFUSED.map(([name, body, names, expected = code]) => [name, body, names, expected] as const))(
  'refuses %s',
  async (_name, body, names, expected) => {
    const { post, emulator } = await inProcess();
    const response = await post(body);

    expect(await response.json()).toEqual({ error: { code: expected, message: like.containing(names) } });
    expect(response.status).toBe(expected === 'not_found' ? 404 : 400);
    expect(emulator.requests).toMatchObject([{ status: response.status, open: false }]);
  },
);

it.each([
  ['a string', 'Hi'],
  ['a block', { type: 'text', text: 'Hi' }],
  ['blocks', [{ type: 'text', text: 'Hi' }, pixel, { type: 'document', uri: 'https://example.com/a.pdf' }]],
  ['a step', { type: 'user_input', content: [{ type: 'text', text: 'Hi' }] }],
  ['a step whose content is a string', [{ type: 'user_input', content: 'Hi' }]],
  [
    'a history',
    [
      { type: 'user_input', content: 'Hi' },
      { type: 'thought', signature: 'c2ln' },
      {
        type: 'model_output',
        content: [
          { type: 'text', text: 'Hello.', annotations: [] },
          { type: 'hologram', data: '' },
        ],
      },
      { type: 'tool_call', id: 'x', signature: 'c2ln' },
      { type: 'user_input', content: 'And now?' },
    ],
  ],
])('takes %s as input', async (_form, input) => {
  const { create } = await inProcess();

  expect(await create({ model: MODEL, input })).toMatchObject({ status: 'completed' });
});

it.each([
  [
    'everything a model takes',
    {
      system_instruction: 'Be short',
      service_tier: 'flex',
      response_modalities: ['text'],
      tools: [WEATHER, { type: 'google_search', search_types: ['web_search'] }],
      generation_config: {
        temperature: 1,
        top_k: 3,
        seed: 7,
        stop_sequences: ['x'],
        thinking_level: 'low',
        tool_choice: { allowed_tools: { mode: 'auto', tools: ['get_weather'] } },
      },
    },
  ],
  ['null for what is not there', { previous_interaction_id: null, tools: null, generation_config: { seed: null } }],
  ['a bare schema', { response_format: { type: 'OBJECT', properties: {} } }],
  ['several formats', { response_format: [{ type: 'text' }, { type: 'image', aspect_ratio: '1:1' }] }],
])('takes %s', async (_case, members) => {
  const { create } = await inProcess();

  expect(await create({ ...good, ...members })).toMatchObject({ status: 'completed' });
});

it('refuses to go on from what is still in progress', async () => {
  const { create, post, emulator } = await inProcess();
  emulator.script({ reply: (reply) => [reply.stall()] });
  const { id } = await create({ ...good, background: true });
  const response = await post({ ...good, previous_interaction_id: id });

  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({ error: { code, message: like.containing('still in progress') } });
});

describe('function results', () => {
  const ask = async () => {
    const api = await inProcess();
    const asked = await api.create({ model: MODEL, input: 'The weather in Paris and Oslo?', tools: [WEATHER] });
    const [paris, oslo] = callsIn(asked['steps']).map(({ id }) => ({
      type: 'function_result',
      call_id: id,
      result: 'Rain',
    }));
    return { ...api, id: asked['id'], paris, oslo };
  };

  it('are for the calls of the previous interaction', async () => {
    const { post, id, paris } = await ask();
    const input = [paris, { ...paris, call_id: 'another' }];
    const response = await post({ model: MODEL, previous_interaction_id: id, input });

    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { message: like.containing("'another'") } });
  });

  it('are sent for all calls at once', async () => {
    const { post, id, paris, oslo } = await ask();
    const one = await post({ model: MODEL, previous_interaction_id: id, input: [paris] });
    const both = await post({ model: MODEL, previous_interaction_id: id, input: [oslo, paris] });

    expect(one.status).toBe(400);
    expect(await one.json()).toMatchObject({ error: { message: like.containing(String(oslo?.call_id)) } });
    expect(both.status).toBe(200);
  });

  it('may be left out for something else', async () => {
    const { create, id } = await ask();

    expect(await create({ model: MODEL, previous_interaction_id: id, input: 'Never mind.' })).toMatchObject({
      status: 'completed',
    });
  });

  it('may stand among the blocks of a user step', async () => {
    const { create, id, paris, oslo } = await ask();
    const input = [{ type: 'user_input', content: [paris, oslo] }];

    expect(JSON.stringify(await create({ model: MODEL, previous_interaction_id: id, input }))).toContain('Rain');
  });
});

describe('a history that is replayed', () => {
  const ask = async () => {
    const api = await inProcess();
    const { steps } = await api.create({
      model: MODEL,
      input: 'The weather in Paris?',
      tools: [WEATHER],
      store: false,
    });
    const question = { type: 'user_input', content: 'The weather in Paris?' };
    const results = callsIn(steps).map(({ id }) => ({ type: 'function_result', call_id: id, result: 'Rain' }));
    return {
      ...api,
      steps: steps as readonly Json[],
      body: (made: readonly Json[]) => ({ model: MODEL, store: false, input: [question, ...made, ...results] }),
    };
  };

  it('is taken as it was given', async () => {
    const { create, steps, body } = await ask();

    expect(JSON.stringify(await create(body(steps)))).toMatch(/Paris.*Rain/);
  });

  it.each([
    ['without its thoughts', (steps: readonly Json[]) => steps.filter(({ type }) => type !== 'thought')],
    [
      'with another signature',
      (steps: readonly Json[]) => steps.map((step) => ('signature' in step ? { ...step, signature: 'YQ==' } : step)),
    ],
  ])('is refused %s', async (_case, change) => {
    const { post, steps, body } = await ask();
    const response = await post(body(change(steps)));

    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: 'missing_thought_signature' } });
  });
});

describe('whatever is sent', () => {
  const anything = fc.jsonValue({ maxDepth: 3 });
  const wrong = fc.oneof(
    fc.record({ model: fc.constant(MODEL), input: anything.filter((input) => typeof input !== 'string') }),
    fc.tuple(fc.string(), anything).map(([name, value]) => ({ ...good, [`x_${name}`]: value })),
    fc
      .tuple(
        fc.constantFrom(
          'tools',
          'generation_config',
          'stream',
          'store',
          'background',
          'system_instruction',
          'service_tier',
        ),
        fc.oneof(fc.integer(), fc.record({ x: anything }), fc.array(anything, { minLength: 1 })),
      )
      .map(([name, value]) => ({ ...good, [name]: value })),
    anything,
    fc.string(),
  );

  const isRefused = async (post: (body: unknown) => Promise<Response>, body: unknown): Promise<void> => {
    const response = await post(typeof body === 'string' ? body : JSON.stringify(body));
    const { error, ...rest } = (await response.json()) as Json;

    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
    expect(error).toEqual({ code: like.matching(/^[a-z_]+$/), message: like.matching(/./) });
    expect(rest).toEqual({});
  };

  it('is refused in the shape of the API, if it is wrong', async () => {
    const { post } = await inProcess();
    await fc.assert(
      fc.asyncProperty(wrong, (body) => isRefused(post, body)),
      { numRuns: 200 },
    );
  });

  it('is refused over sockets, too', async () => {
    const { post } = await overSockets();
    await fc.assert(
      fc.asyncProperty(wrong, (body) => isRefused(post, body)),
      { numRuns: 50 },
    );
  });
});
