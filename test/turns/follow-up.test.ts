import {
  createClient,
  followUp,
  functionCallsOf,
  functionResult,
  type InteractionRequest,
  RequestError,
  type Step,
} from 'rx-interactions';
import { completed, created, stepStart, stepStop, thoughtSignature } from 'rx-interactions/testing';
import { lastValueFrom } from 'rxjs';

import { bodyOf, fakeTransport } from '../client/support/fake-transport.js';
import { callEvents, callStep, interactionOf, reduced } from './support/interactions.js';

const model = 'gemini-3-flash-preview';
const tools: InteractionRequest['tools'] = [{ type: 'function', name: 'get_weather' }];
const request: InteractionRequest = { model, tools, input: 'What is the weather in Oslo?' };

const calls = [callStep('k3f9', 'get_weather', { city: 'Oslo' }), callStep('k3fa', 'now'), callStep('k3fb', 'bad')];
const settled = interactionOf(calls, { id: 'v1_bb' });
const [weather, now, bad] = functionCallsOf(settled);

const allResults = [
  functionResult(weather!, { temp_c: 4 }),
  functionResult(now!, '2026-06-01T10:00:00Z'),
  functionResult(bad!, new Error('city not found')),
];

describe('followUp of a stored interaction', () => {
  it('is the request of wire-format 8.1', () => {
    expect(followUp(request, settled, allResults)).toEqual({
      model,
      previous_interaction_id: 'v1_bb',
      tools: [{ type: 'function', name: 'get_weather' }],
      input: [
        { type: 'function_result', call_id: 'k3f9', name: 'get_weather', result: { temp_c: 4 } },
        { type: 'function_result', call_id: 'k3fa', name: 'now', result: '2026-06-01T10:00:00Z' },
        { type: 'function_result', call_id: 'k3fb', name: 'bad', is_error: true, result: 'city not found' },
      ],
    });
  });

  it('has the results in the order of the calls', () => {
    expect(followUp(request, settled, [...allResults].reverse()).input).toEqual(allResults);
  });

  it('answers a call for which there is no result with an error that names it', () => {
    const { input } = followUp(request, settled, [allResults[1]!]);
    expect(input).toEqual([
      expect.objectContaining({
        call_id: 'k3f9',
        is_error: true,
        result: expect.stringContaining('get_weather') as unknown,
      }),
      allResults[1],
      expect.objectContaining({ call_id: 'k3fb', is_error: true, result: expect.stringContaining('bad') as unknown }),
    ]);
  });

  it('answers a call whose arguments were no JSON with an error that shows them', () => {
    const broken = reduced(
      created(),
      ...callEvents(0, '1', 'get_weather', '{"city":'),
      ...callEvents(1, '2', 'now'),
      completed({ status: 'requires_action' }),
    );
    const [call] = functionCallsOf(broken);
    expect(followUp(request, broken, [functionResult(call!, 'noon')]).input).toEqual([
      expect.objectContaining({ call_id: '1', is_error: true, result: expect.stringContaining('{"city":') as unknown }),
      { type: 'function_result', call_id: '2', name: 'now', result: 'noon' },
    ]);
  });

  it('leaves out results that answer no open call', () => {
    const stray = functionResult({ id: 'other', name: 'f' }, 'x');
    expect(followUp(request, settled, [stray, ...allResults]).input).toEqual(allResults);
  });

  it('uses the id that it gave to a call without one', () => {
    const nameless = interactionOf([{ type: 'function_call', name: 'f' }]);
    const [call] = functionCallsOf(nameless);
    expect(followUp(request, nameless, [functionResult(call!, 'x')]).input).toEqual([
      { type: 'function_result', call_id: call!.id, name: 'f', result: 'x' },
    ]);
  });

  it('sends again whatever the server does not remember', () => {
    const everything: InteractionRequest = {
      model,
      tools,
      input: 'Hi',
      system_instruction: 'Be brief.',
      generation_config: { temperature: 0, thinking_level: 'low' },
      response_format: { type: 'text' },
      response_modalities: ['text'],
      service_tier: 'flex',
      store: true,
      background: false,
      labels: { team: 'a' },
      safety_settings: [{ type: 'jailbreak', threshold: 'off' }],
      environment: 'remote',
    };
    const { input: _input, ...kept } = everything;
    expect(followUp(everything, settled, allResults)).toEqual({
      ...kept,
      previous_interaction_id: 'v1_bb',
      input: allResults,
    });
  });

  it('goes on from the interaction that settled, not from the one before it, and from no checkpoint', () => {
    const next = followUp(
      { ...request, previous_interaction_id: 'v1_aa', continuation_token: 't' },
      settled,
      allResults,
    );
    expect(next.previous_interaction_id).toBe('v1_bb');
    expect(next).not.toHaveProperty('continuation_token');
  });

  it.each<[InteractionRequest['generation_config'], InteractionRequest['generation_config']]>([
    [
      { tool_choice: 'any', seed: 1 },
      { tool_choice: 'auto', seed: 1 },
    ],
    [{ tool_choice: 'auto' }, { tool_choice: 'auto' }],
    [{ tool_choice: 'none' }, { tool_choice: 'none' }],
    [{ tool_choice: 'validated' }, { tool_choice: 'validated' }],
    [
      { tool_choice: { allowed_tools: { mode: 'any', tools: ['f'] } } },
      { tool_choice: { allowed_tools: { mode: 'auto', tools: ['f'] } } },
    ],
    [
      { tool_choice: { allowed_tools: { mode: 'validated', tools: ['f'] } } },
      { tool_choice: { allowed_tools: { mode: 'validated', tools: ['f'] } } },
    ],
    [{ tool_choice: { allowed_tools: { tools: ['f'] } } }, { tool_choice: { allowed_tools: { tools: ['f'] } } }],
    [{ temperature: 1 }, { temperature: 1 }],
    [undefined, undefined],
  ])('does not force the next call: %j becomes %j', (given, expected) => {
    const next = followUp({ ...request, generation_config: given }, settled, allResults);
    expect(next.generation_config).toEqual(expected);
  });

  it('does not change what it is given', () => {
    const before = JSON.stringify([request, settled, allResults]);
    followUp(request, settled, allResults);
    expect(JSON.stringify([request, settled, allResults])).toBe(before);
  });

  it('is refused where there is no id to go on from', () => {
    const { id: _id, ...unnamed } = settled;
    expect(() => followUp(request, unnamed, allResults)).toThrow(RequestError);
    expect(() => followUp(request, unnamed, allResults)).toThrow(/store: false/);
    try {
      followUp(request, unnamed, allResults);
    } catch (error) {
      expect(error).toMatchObject({ fields: ['previous_interaction_id'] });
    }
  });
});

describe('followUp with store: false', () => {
  const stateless: InteractionRequest = { ...request, store: false };
  const question: Step = { type: 'user_input', content: [{ type: 'text', text: 'What is the weather in Oslo?' }] };

  const steps: Step[] = [
    { type: 'thought', signature: 'c2lnLTE=' },
    { type: 'thought', summary: [{ type: 'text', text: '**Plan**\n\n' }], signature: 'c2lnLTI=' },
    { type: 'model_output', content: [{ type: 'text', text: 'Let me' }] },
    { type: 'model_output', content: [{ type: 'text', text: ' look. ' }] },
    { type: 'google_search_call', id: 'q', arguments: { queries: ['x'] }, signature: 's' },
    { type: 'google_search_result', call_id: 'q', result: [{ search_suggestions: '<b>' }] },
    { type: 'unknown', received: { type: 'tool_call', id: 'x', signature: 'y' } },
    { type: 'function_call', id: 'k3f9', name: 'get_weather', arguments: { city: 'Oslo' }, signature: 'z' },
  ];
  const anonymous = { ...interactionOf(steps), id: undefined, ids: [] };
  const [call] = functionCallsOf(anonymous);
  const result = functionResult(call!, 'rain');

  it('sends the history along: the input, every step as it came, the results', () => {
    expect(followUp(stateless, anonymous, [result])).toEqual({
      model,
      tools,
      store: false,
      input: [question, ...steps, result],
    });
  });

  it('keeps the steps themselves', () => {
    const { input } = followUp(stateless, anonymous, [result]);
    steps.forEach((step, place) => {
      expect((input as readonly Step[])[place + 1]).toBe(step);
    });
  });

  it.each<[string, InteractionRequest['input'], readonly Step[]]>([
    ['text', 'What is the weather in Oslo?', [question]],
    ['one block', { type: 'text', text: 'What is the weather in Oslo?' }, [question]],
    [
      'blocks',
      [
        { type: 'image', uri: 'u' },
        { type: 'text', text: '?' },
      ],
      [
        {
          type: 'user_input',
          content: [
            { type: 'image', uri: 'u' },
            { type: 'text', text: '?' },
          ],
        },
      ],
    ],
    [
      'blocks, with one that is unknown among them',
      [
        { type: 'text', text: '?' },
        { type: 'unknown', received: { type: 'hologram' } },
      ],
      [
        {
          type: 'user_input',
          content: [
            { type: 'text', text: '?' },
            { type: 'unknown', received: { type: 'hologram' } },
          ],
        },
      ],
    ],
    ['one step', question, [question]],
    ['steps', [question, { type: 'thought', signature: 's' }], [question, { type: 'thought', signature: 's' }]],
    [
      'steps, with one that is unknown among them',
      [question, { type: 'unknown', received: { type: 'tool_call' } }],
      [question, { type: 'unknown', received: { type: 'tool_call' } }],
    ],
    ['nothing', undefined, []],
  ])('takes the input of the request as steps: %s', (_what, input, expected) => {
    expect(followUp({ ...stateless, input }, anonymous, [result]).input).toEqual([...expected, ...steps, result]);
  });

  it('keeps the stored history it began from', () => {
    const next = followUp({ ...stateless, previous_interaction_id: 'v1_stored' }, anonymous, [result]);
    expect(next.previous_interaction_id).toBe('v1_stored');
    expect(next.input).toEqual([question, ...steps, result]);
  });

  it('relaxes tool_choice, too', () => {
    const next = followUp({ ...stateless, generation_config: { tool_choice: 'any' } }, anonymous, [result]);
    expect(next.generation_config).toEqual({ tool_choice: 'auto' });
  });

  it('is on the wire what the server sent, and nothing more (T30)', async () => {
    const first = reduced(
      created({ id: '' }),
      stepStart(0, 'thought'),
      thoughtSignature(0, 's'),
      stepStop(0),
      stepStart(1, { type: 'function_call', id: '1', name: 'f', arguments: {}, signature: '' }),
      { event_type: 'step.delta', index: 1, delta: { type: 'arguments_delta', arguments: '{"a":' } },
      { event_type: 'step.delta', index: 1, delta: { type: 'arguments_delta', arguments: '1}' } },
      stepStop(1),
      completed({ id: '', status: 'requires_action' }),
    );
    const { transport, requests } = fakeTransport({ body: { status: 'completed' } });
    const results = functionCallsOf(first).map((one) => functionResult(one, 'done'));
    await lastValueFrom(createClient({ apiKey: 'test', transport }).create(followUp(stateless, first, results)));
    expect(bodyOf(requests[0]!)).toEqual({
      model,
      tools,
      store: false,
      input: [
        question,
        { type: 'thought', signature: 's' },
        { type: 'function_call', id: '1', name: 'f', arguments: { a: 1 } },
        { type: 'function_result', call_id: '1', name: 'f', result: 'done' },
      ],
    });
  });
});
