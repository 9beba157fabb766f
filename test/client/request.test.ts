import {
  createClient,
  type InteractionRequest,
  InteractionError,
  type InteractionsClient,
  RequestError,
} from 'rx-interactions';
import { lastValueFrom, type Observable } from 'rxjs';

import { errorOf } from '../transport/support/observe.js';
import { bodyOf, fakeTransport } from './support/fake-transport.js';

const model = 'gemini-3-flash-preview';

const createTestClient = () => {
  const { transport, requests } = fakeTransport({ body: { id: 'v1_a', status: 'completed' } });
  return { client: createClient({ apiKey: 'test', transport }), requests };
};

/** What is sent for a request. */
const sentFor = async (
  request: InteractionRequest,
  extraBody?: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> => {
  const { client, requests } = createTestClient();
  await lastValueFrom(client.create(request, { extraBody }));
  expect(requests).toHaveLength(1);
  return bodyOf(requests[0]!) as Record<string, unknown>;
};

/** Input that its type does not allow: from JavaScript, from a file, from a form. */
const untyped = (request: object): InteractionRequest => request;

describe.each<[string, (client: InteractionsClient, request: InteractionRequest) => Observable<unknown>]>([
  ['stream', (client, request) => client.stream(request)],
  ['create', (client, request) => client.create(request)],
])('%s refuses, before anything is sent,', (_method, call) => {
  const refusedFor = async (request: InteractionRequest): Promise<RequestError> => {
    const { client, requests } = createTestClient();
    const error = await errorOf(call(client, request));
    expect(error).toBeInstanceOf(RequestError);
    expect(InteractionError.is(error)).toBe(true);
    expect(requests).toEqual([]);
    return error as RequestError;
  };

  it.each<[string, InteractionRequest, readonly string[]]>([
    ['neither a model nor an agent', { input: 'Hi' }, ['model', 'agent']],
    ['an empty model', { model: '', input: 'Hi' }, ['model', 'agent']],
    ['an empty agent', { agent: '', input: 'Hi' }, ['model', 'agent']],
    ['both empty', { model: '', agent: '', input: 'Hi' }, ['model', 'agent']],
    ['a model and an agent', { model, agent: 'deep-research', input: 'Hi' }, ['model', 'agent']],
    ['a model with agent_config', { model, agent_config: {}, input: 'Hi' }, ['model', 'agent_config']],
    [
      'an agent with generation_config',
      { agent: 'deep-research', generation_config: {}, input: 'Hi' },
      ['agent', 'generation_config'],
    ],
    ['store: false with background: true', { model, store: false, background: true }, ['store', 'background']],
    ['an empty previous_interaction_id', { model, previous_interaction_id: '' }, ['previous_interaction_id']],
    [
      'blocks and steps in one input',
      untyped({
        model,
        input: [
          { type: 'text', text: 'Hi' },
          { type: 'user_input', content: [] },
        ],
      }),
      ['input'],
    ],
    [
      'results and blocks in one input',
      untyped({
        model,
        input: [
          { type: 'function_result', call_id: '1', result: '' },
          { type: 'image', uri: 'x' },
        ],
      }),
      ['input'],
    ],
  ])('%s', async (_what, request, fields) => {
    const error = await refusedFor(request);
    expect(error.code).toBe('invalid_request');
    expect(error.fields).toEqual(fields);
    for (const field of fields) expect(error.message).toContain(field);
  });

  it('what JSON cannot hold: a cycle', async () => {
    const labels: Record<string, unknown> = {};
    labels['self'] = labels;
    const error = await refusedFor({ model, input: 'Hi', labels });
    expect(error.message).toContain('JSON');
    expect(error.cause).toBeDefined();
  });

  it('what JSON cannot hold: a bigint', async () => {
    const error = await refusedFor({ model, input: 'Hi', labels: { size: 1n } });
    expect(error.message).toContain('BigInt');
  });

  it('what JSON cannot hold, in an input of steps', async () => {
    const result: unknown[] = [];
    result.push({ result });
    await refusedFor({ model, input: [{ type: 'function_result', call_id: '1', result }] });
  });

  it('for each subscription anew', async () => {
    const { client } = createTestClient();
    const call$ = call(client, {});
    expect(await errorOf(call$)).toBeInstanceOf(RequestError);
    expect(await errorOf(call$)).toBeInstanceOf(RequestError);
  });

  it('as an error of the stream: the call itself does not throw', () => {
    const { client } = createTestClient();
    expect(() => call(client, {})).not.toThrow();
  });
});

describe('the body', () => {
  it('is the request, and nothing is added', async () => {
    const request: InteractionRequest = {
      model,
      input: 'Hi',
      system_instruction: 'Be brief.',
      tools: [{ type: 'google_search' }],
      generation_config: { temperature: 0, tool_choice: 'auto' },
      response_format: { type: 'text', mime_type: 'application/json', schema: { type: 'object' } },
      store: true,
    };
    expect(await sentFor(request)).toEqual(request);
  });

  it('asks for a stream where one is wanted', async () => {
    const { client, requests } = createTestClient();
    await lastValueFrom(client.stream({ model, input: 'Hi' }));
    expect(bodyOf(requests[0]!)).toEqual({ model, input: 'Hi', stream: true });
  });

  it('asks for what the method promises, whatever the request says of stream', async () => {
    expect(await sentFor({ model, input: 'Hi', stream: true })).toEqual({ model, input: 'Hi' });
  });

  it('leaves out what is undefined or null', async () => {
    const sent = await sentFor(
      untyped({ model, input: 'Hi', system_instruction: undefined, tools: null, previous_interaction_id: null }),
    );
    expect(sent).toEqual({ model, input: 'Hi' });
  });

  it('takes null for absent when it looks for what excludes each other', async () => {
    expect(await sentFor(untyped({ model, agent: null, agent_config: null, input: 'Hi' }))).toEqual({
      model,
      input: 'Hi',
    });
  });

  it('keeps what is false, zero or empty', async () => {
    const request = { model, input: '', store: false, generation_config: { seed: 0, stop_sequences: [] } };
    expect(await sentFor(request)).toEqual(request);
  });

  it('may have no input at all', async () => {
    expect(await sentFor({ model, continuation_token: 'tok' })).toEqual({ model, continuation_token: 'tok' });
  });

  it.each<[string, InteractionRequest['input']]>([
    ['text', 'Hi'],
    ['one block', { type: 'text', text: 'Hi' }],
    [
      'blocks',
      [
        { type: 'image', uri: 'https://example.com/a.png', mime_type: 'image/png' },
        { type: 'text', text: '?' },
      ],
    ],
    ['one step', { type: 'function_result', call_id: '1', result: 'ok' }],
    [
      'steps',
      [
        { type: 'user_input', content: [{ type: 'text', text: 'Hi' }] },
        { type: 'thought', signature: 's' },
      ],
    ],
    ['nothing', []],
  ])('takes input that is %s as it is', async (_what, input) => {
    expect((await sentFor({ model, input }))['input']).toEqual(input);
  });

  it('writes steps that were not understood back as they were received', async () => {
    const received = { type: 'tool_call', id: 'x', signature: 's', args: [1, { deep: null }] };
    const sent = await sentFor({
      model,
      input: [
        { type: 'unknown', received },
        { type: 'thought', signature: 't' },
      ],
    });
    expect(sent['input']).toEqual([received, { type: 'thought', signature: 't' }]);
  });

  it('writes blocks that were not understood back as they were received, alone and in steps', async () => {
    const received = { type: 'hologram', data: 'AAAA' };
    const block = { type: 'unknown', received } as const;
    expect((await sentFor({ model, input: block }))['input']).toEqual(received);
    expect((await sentFor({ model, input: [{ type: 'text', text: 'a' }, block] }))['input']).toEqual([
      { type: 'text', text: 'a' },
      received,
    ]);
    expect((await sentFor({ model, input: [{ type: 'model_output', content: [block] }] }))['input']).toEqual([
      { type: 'model_output', content: [received] },
    ]);
  });

  it('writes tools and formats that were not understood back as they were received', async () => {
    const tool = { type: 'time_travel', year: 1985 };
    const format = { type: 'hologram', size: '1m' };
    const sent = await sentFor({
      model,
      input: 'Hi',
      tools: [{ type: 'unknown', received: tool }, { type: 'google_search' }],
      response_format: [{ type: 'unknown', received: format }, { type: 'text' }],
    });
    expect(sent['tools']).toEqual([tool, { type: 'google_search' }]);
    expect(sent['response_format']).toEqual([format, { type: 'text' }]);
  });

  it('sends a step of a kind that is newer than this library', async () => {
    const input = [
      { type: 'user_input', content: [] },
      { type: 'hologram_call', id: 'h' },
    ];
    expect((await sentFor(untyped({ model, input })))['input']).toEqual(input);
  });

  it('does not change what it is given', async () => {
    const request = Object.freeze({
      model,
      input: Object.freeze([Object.freeze({ type: 'unknown', received: Object.freeze({ type: 'x' }) } as const)]),
      store: undefined,
    });
    await sentFor(request);
    expect(request).toEqual({ model, input: [{ type: 'unknown', received: { type: 'x' } }], store: undefined });
  });

  it('has the members of extraBody too, and they win', async () => {
    const sent = await sentFor(
      { model, input: 'Hi', service_tier: 'flex' },
      { service_tier: 'priority', brand_new: { a: 1 }, model: null },
    );
    expect(sent).toEqual({ input: 'Hi', service_tier: 'priority', brand_new: { a: 1 } });
  });
});

describe('an id', () => {
  const calls: [string, (client: InteractionsClient, id: string) => Observable<unknown>][] = [
    ['get', (client, id) => client.get(id)],
    ['resume', (client, id) => client.resume(id)],
    ['poll', (client, id) => client.poll(id)],
    ['cancel', (client, id) => client.cancel(id)],
    ['delete', (client, id) => client.delete(id)],
  ];

  it.each(calls)('that is empty is refused by %s, before anything is sent', async (_method, call) => {
    const { client, requests } = createTestClient();
    const error = await errorOf(call(client, ''));
    expect(error).toMatchObject({ name: 'RequestError', fields: ['id'] });
    expect(requests).toEqual([]);
  });

  it.each(['.', '..', '\ud800'])('that cannot be a segment of a path is refused: %j', async (id) => {
    const { client, requests } = createTestClient();
    expect(await errorOf(client.delete(id))).toMatchObject({ name: 'RequestError', fields: ['id'] });
    expect(requests).toEqual([]);
  });

  it.each([
    ['v1_Ab-9', 'v1_Ab-9'],
    ['a/b', 'a%2Fb'],
    ['../other', '..%2Fother'],
    ['a?b#c', 'a%3Fb%23c'],
    ['100%', '100%25'],
    ['grün', 'gr%C3%BCn'],
    ['a b', 'a%20b'],
  ])('is one segment of the path, whatever is in it: %j', async (id, segment) => {
    const { client, requests } = createTestClient();
    await lastValueFrom(client.get(id));
    await lastValueFrom(client.cancel(id));
    expect(requests.map(({ url }) => new URL(url).pathname)).toEqual([
      `/v1beta/interactions/${segment}`,
      `/v1beta/interactions/${segment}/cancel`,
    ]);
  });
});
