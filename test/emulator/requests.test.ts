import { reply } from 'rx-interactions/emulator';

import { callsIn, closeAll, inProcess, type Json, MODEL, WEATHER, like } from './support/api.js';

afterEach(closeAll);

const good = { model: MODEL, input: 'Hi' };
const code = 'invalid_request';
const pixel = { type: 'image', mime_type: 'image/png', data: 'iVBORw0KGgo=' };

const research = { agent: 'deep-research-preview-04-2026', input: 'Hi', background: true };
const configured = (generation_config: Json) => ({ ...good, generation_config });
const mcp = (name: string, url: string) => ({ type: 'mcp_server', name, url });

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

  // wire-format 2.1
  ['labels', { ...good, labels: { team: 'a' } }, "'labels' is not supported in the Gemini API"],
  ['safety settings', { ...good, safety_settings: [] }, "'safety_settings' is not supported in the Gemini API"],
  ['a cache of an agent', { agent: 'a', input: 'Hi', cached_content: 'cachedContents/x' }, "'cached_content'"],
  ['a cache without a name', { ...good, cached_content: 'x' }, "'cached_content'"],
  ['modalities in upper case (Q19)', { ...good, response_modalities: ['TEXT'] }, "'response_modalities[0]'"],
  ['a tier of no name', { ...good, service_tier: 'fast' }, "'service_tier'"],
  [
    'an unknown member of a webhook',
    { ...good, background: true, webhook_config: { url: 'x' } },
    "'webhook_config.url'",
    'parameter_unknown',
  ],
  ['a sandbox of another kind', { ...good, environment: { type: 'local' } }, "'environment.type'"],
  ['a sandbox without a name', { ...good, environment: '' }, "'environment'"],
  [
    'an unknown network of a sandbox',
    { ...good, environment: { type: 'remote', network: { allowlist: [{}] } } },
    "'environment.network.allowlist[0].domain'",
  ],

  // wire-format 2.2, 6.4
  [
    'bytes that are no base64',
    { model: MODEL, input: [{ ...pixel, data: 'not base64!' }] },
    "'input[0].data': expected base64",
  ],
  [
    'sound that is called an image',
    { model: MODEL, input: [{ type: 'user_input', content: [{ ...pixel, mime_type: 'audio/wav' }] }] },
    "'input[0].content[0].mime_type'",
  ],
  [
    'another processing of a video',
    { model: MODEL, input: [{ type: 'video', uri: 'https://example.com/v', processing: 'slow' }] },
    "'input[0].processing'",
  ],

  // wire-format 2.3
  ['no tokens at all', configured({ max_output_tokens: 0 }), "'generation_config.max_output_tokens'"],
  ['half a token', configured({ max_output_tokens: 1.5 }), "'generation_config.max_output_tokens'"],
  ['a seed in fractions', configured({ seed: 0.5 }), "'generation_config.seed'"],
  ['an unknown thinking level', configured({ thinking_level: 'extreme' }), "'generation_config.thinking_level'"],
  [
    'a thinking level that the model does not have (Q23)',
    { model: 'gemini-3.7-flash', input: 'Hi', generation_config: { thinking_level: 'minimal' } },
    "'minimal'",
  ],
  [
    'a penalty of an older version',
    configured({ presence_penalty: 1 }),
    "'generation_config.presence_penalty'",
    'parameter_unknown',
  ],
  [
    'an unknown task of video',
    configured({ video_config: { task: 'dream' } }),
    "'generation_config.video_config.task'",
  ],
  [
    'an unknown ratio of images',
    configured({ image_config: { aspect_ratio: '5:3' } }),
    "'generation_config.image_config.aspect_ratio'",
  ],
  [
    'an unknown member of a voice',
    configured({ speech_config: [{ name: 'x' }] }),
    "'generation_config.speech_config[0].name'",
    'parameter_unknown',
  ],
  [
    'an unknown mode of choice',
    { ...good, tools: [WEATHER], generation_config: { tool_choice: 'some' } },
    "'generation_config.tool_choice'",
  ],
  [
    'a choice among functions that are not declared',
    {
      ...good,
      tools: [WEATHER],
      generation_config: { tool_choice: { allowed_tools: { tools: ['get_weather', 'get_time'] } } },
    },
    "'get_time'",
  ],

  // wire-format 2.4
  ['a function without a name', { ...good, tools: [{ ...WEATHER, name: '' }] }, 'needs a name'],
  ['two functions of one name', { ...good, tools: [WEATHER, WEATHER] }, "Duplicate function declaration found: 'get_w"],
  ['an MCP server with a dash (Q26)', { ...good, tools: [mcp('my-server', 'https://example.com')] }, "'my-server'"],
  ['an MCP server that is nowhere', { ...good, tools: [mcp('server', 'example.com')] }, "'url'"],
  ['a search of no files', { ...good, tools: [{ type: 'file_search', file_search_store_names: [] }] }, 'at least one'],
  ['a search of unnamed files', { ...good, tools: [{ type: 'file_search' }] }, "'tools[0].file_search_store_names'"],
  [
    'an unknown kind of search',
    { ...good, tools: [{ type: 'google_search', search_types: ['deep'] }] },
    "'tools[0].search_types[0]'",
  ],
  [
    'retrieval outside the enterprise endpoint (Q20)',
    { ...good, tools: [{ type: 'retrieval', retrieval_types: ['rag_store'] }] },
    "'retrieval' is not supported in the Gemini API",
  ],

  // wire-format 2.5
  ['no formats', { ...good, response_format: [] }, 'must not be empty'],
  ['two formats of one kind', { ...good, response_format: [{ type: 'text' }, { type: 'text' }] }, "entries for 'text'"],
  ['a delivery of images (Q21)', { ...good, response_format: { type: 'image', delivery: 'inline' } }, "for 'image'"],
  ['a delivery of sound (Q21)', { ...good, response_format: [{ type: 'audio', delivery: 'uri' }] }, "for 'audio'"],
  [
    'a schema of plain text',
    { ...good, response_format: { type: 'text', mime_type: 'text/plain', schema: { type: 'object' } } },
    "'application/json'",
  ],
  [
    'a size of no image',
    { ...good, response_format: { type: 'image', image_size: '3K' } },
    'response_format.image_size',
  ],
  [
    'an unknown kind of sound',
    { ...good, response_format: [{ type: 'audio', mime_type: 'audio/midi' }] },
    "'response_format[0].mime_type'",
  ],
  ['a video in minutes', { ...good, response_format: { type: 'video', duration: '1m' } }, "'response_format.duration'"],
  [
    'a video in a bucket, outside the enterprise endpoint',
    { ...good, response_format: { type: 'video', delivery: 'uri', gcs_uri: 'gs://mine' } },
    "'gcs_uri' is not supported in the Gemini API",
  ],

  // wire-format 2.8, 9.4
  ['deep research that is not stored', { ...research, store: false }, "'store'"],
  ['deep research that is neither', { ...research, store: false, background: false }, "'background'"],
  ['an agent config without a type', { ...research, agent_config: {} }, "'agent_config.type'"],
  [
    'an unknown member of an agent config',
    { ...research, agent_config: { type: 'deep-research', depth: 3 } },
    "'agent_config.depth'",
    'parameter_unknown',
  ],
  [
    'BigQuery outside the enterprise endpoint (Q20)',
    { ...research, agent_config: { type: 'deep-research', enable_bigquery_tool: true } },
    "'agent_config.enable_bigquery_tool'",
  ],
  [
    'a chained turn of a managed agent without an environment',
    { agent: 'antigravity-preview-09-2026', input: 'Hi', previous_interaction_id: 'v1_x' },
    "'environment'",
  ],
  ['a wrong continuation token', { ...good, continuation_token: 'x' }, 'continuation token'],
  ['a continuation token without anything else', { model: MODEL, continuation_token: 'x' }, "'input'"],
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
  ['a video by reference', { response_format: { type: 'video', delivery: 'uri', duration: '8s', resolution: '4k' } }],
  [
    'sound of several speakers',
    { generation_config: { speech_config: { speakers: [{ speaker: 'Joe', voice: 'Kore' }] } } },
  ],
  ['a cache', { cached_content: 'cachedContents/abc' }],
  [
    'a webhook in the background',
    { background: true, stream: false, webhook_config: { uris: ['https://example.com'] } },
  ],
  [
    'a described sandbox',
    {
      environment: {
        type: 'remote',
        env: { A: 'b' },
        network: { allowlist: [{ domain: 'example.com' }] },
        sources: [{ type: 'inline', target: 'a.txt', content: 'a' }],
      },
    },
  ],
])('takes %s', async (_case, members) => {
  const { create } = await inProcess();

  expect(await create({ ...good, ...members })).toMatchObject({
    status: 'background' in members ? 'in_progress' : 'completed',
  });
});

it.each([
  ['deep research', { type: 'deep-research', thinking_summaries: 'auto', collaborative_planning: true }],
  ['a managed agent', { type: 'antigravity', max_total_tokens: '100000' }],
  ['another agent', { type: 'dynamic', anything: [1] }],
])('takes the config of %s', async (_agent, agent_config) => {
  const { create } = await inProcess();

  expect(await create({ agent: 'my-agent', input: 'Hi', agent_config })).toMatchObject({ status: 'completed' });
});

describe('the enterprise endpoint', () => {
  const PATH = '/v1beta1/projects/p/locations/global/interactions';

  it.each([
    ['labels', { labels: { team: 'blau_1', größe: '' } }],
    ['safety settings', { safety_settings: [{ type: 'harassment', threshold: 'block_none', method: 'severity' }] }],
    ['retrieval', { tools: [{ type: 'retrieval', retrieval_types: ['rag_store'] }] }],
    ['a video in a bucket', { response_format: { type: 'video', delivery: 'uri', gcs_uri: 'gs://mine/v' } }],
    ['turns with roles', { input: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }] }],
    [
      'a turn with a role after others',
      {
        input: [
          { role: 'user', content: 'Hi' },
          { role: 'model', content: 'Hello.' },
          { role: 'user', content: 'Count to 2' },
        ],
      },
    ],
  ])('takes %s', async (_case, members) => {
    const response = await (await inProcess()).send('POST', PATH, { ...good, ...members });

    expect([response.status, await response.json()]).toMatchObject([200, { status: 'completed' }]);
  });

  it.each([
    ['a label in upper case', { labels: { Team: 'a' } }, "'labels.Team'"],
    ['a label that begins with a digit', { labels: { '1st': 'a' } }, "'labels.1st'"],
    ['a label that is too long', { labels: { ['a'.repeat(64)]: 'a' } }, "'labels.aaaa"],
    ['a label that is no text', { labels: { team: 1 } }, "'labels.team'"],
    ['an unknown harm', { safety_settings: [{ type: 'boredom', threshold: 'off' }] }, "'safety_settings[0].type'"],
    ['half a setting', { safety_settings: [{ type: 'harassment' }] }, "'safety_settings[0].threshold'"],
    [
      'an unknown retrieval',
      { tools: [{ type: 'retrieval', retrieval_types: ['x'] }] },
      "'tools[0].retrieval_types[0]'",
    ],
    ['a video without a bucket', { response_format: { type: 'video', delivery: 'uri' } }, "'gcs_uri'"],
    ['an unknown role', { input: [{ role: 'system', content: 'Hi' }] }, "'input[0].type'"],
  ])('refuses %s', async (_case, members, names) => {
    const response = await (await inProcess()).send('POST', PATH, { ...good, ...members });

    expect([response.status, await response.json()]).toEqual([
      400,
      { error: { code, message: like.containing(names) } },
    ]);
  });
});

it.each([
  ['failed', [reply.text('So'), reply.error('safety', 'No.')]],
  ['is incomplete', [reply.text('So'), reply.status('incomplete')]],
])('goes on from an interaction that %s', async (_how, answer) => {
  const { emulator, create } = await inProcess();
  emulator.script({ reply: answer });
  const { id } = await create(good);

  expect(await create({ ...good, previous_interaction_id: id })).toMatchObject({
    status: 'completed',
    previous_interaction_id: id,
  });
});

it('reads a body only as what it is', async () => {
  const { post } = await inProcess();
  const typed = (type: string) => post(good, { headers: { 'content-type': type } });

  for (const type of ['application/json', 'application/json; charset=utf-8', 'text/plain;charset=UTF-8', 'x/y+json']) {
    expect((await typed(type)).status).toBe(200);
  }
  for (const type of ['application/x-www-form-urlencoded', 'text/html', 'application/jsonp', 'json']) {
    const response = await typed(type);
    expect([response.status, await response.json()]).toEqual([
      400,
      { error: { code, message: like.containing('Content-Type') } },
    ]);
  }
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
