import { toCanonicalEvent, toCanonicalInteraction } from '../../../src/protocol/dialects/index.js';
import { deepFreeze } from '../../support/freeze.js';

type Row = readonly [what: string, received: object, canonical: object];

const start = (step: object) => ({ event_type: 'step.start', index: 0, step });
const delta = (payload: object) => ({ event_type: 'step.delta', index: 0, delta: payload });
const created = (interaction: object) => ({ event_type: 'interaction.created', interaction });
const completed = (interaction: object) => ({ event_type: 'interaction.completed', interaction });
const statusUpdate = (status: string, more: object = {}) => ({
  event_type: 'interaction.status_update',
  status,
  ...more,
});
const output = (...content: readonly unknown[]) => ({ type: 'model_output', content });
const text = (value: string) => ({ type: 'text', text: value });

/** A step where it can stand: in the event that starts it, and in the interaction that it is part of. */
const steps = (what: string, received: object, canonical: object): readonly Row[] => [
  [`${what}, in a step.start`, start(received), start(canonical)],
  [`${what}, in an interaction`, completed({ steps: [received] }), completed({ steps: [canonical] })],
];

/** What a tool was asked or gave where it can stand: in its step, and in a delta. */
const tools = (what: string, received: object, canonical: object): readonly Row[] => [
  ...steps(what, received, canonical),
  [`${what}, in a delta`, delta(received), delta(canonical)],
];

const itReads = (rows: readonly Row[]): void => {
  it.each(rows)('%s', (_what, received, canonical) => {
    const read = toCanonicalEvent(deepFreeze(received));
    expect(read).toEqual(canonical);
    expect(toCanonicalEvent(read)).toBe(read);
    expect(toCanonicalEvent(deepFreeze(canonical))).toBe(canonical);
  });
};

describe('B, the dialect of the migration guide', () => {
  itReads([
    ['type for event_type', { type: 'step.stop', index: 0 }, { event_type: 'step.stop', index: 0 }],
    ['an error under type', { type: 'error', error: { code: 'c' } }, { event_type: 'error', error: { code: 'c' } }],
    ['interaction.complete', { type: 'interaction.complete', interaction: { id: 'a' } }, completed({ id: 'a' })],
    ['status created', created({ id: 'a', status: 'created' }), created({ id: 'a', status: 'in_progress' })],
    ['status done', completed({ id: 'a', status: 'done' }), completed({ id: 'a', status: 'completed' })],
    ['status done in an update', statusUpdate('done'), statusUpdate('completed')],
    [
      'a status_update without an id',
      { type: 'interaction.status_update', status: 'in_progress' },
      statusUpdate('in_progress'),
    ],
    [
      'a thought delta',
      delta({ type: 'thought', text: 'Hm.' }),
      delta({ type: 'thought_summary', content: text('Hm.') }),
    ],
    [
      'an arguments delta',
      delta({ type: 'arguments', partial_arguments: '{"a"' }),
      delta({ type: 'arguments_delta', arguments: '{"a"' }),
    ],
    [
      'partial_arguments in an arguments_delta (SDK 2.0)',
      delta({ type: 'arguments_delta', partial_arguments: '{"a"' }),
      delta({ type: 'arguments_delta', arguments: '{"a"' }),
    ],
    [
      'partial_arguments without a type (R8)',
      delta({ partial_arguments: '{"a"' }),
      delta({ type: 'arguments_delta', arguments: '{"a"' }),
    ],
    [
      'the status of a step that is done',
      { event_type: 'step.stop', index: 0, status: 'done' },
      { event_type: 'step.stop', index: 0 },
    ],
    [
      'the status of a step that waits',
      { event_type: 'step.stop', index: 0, status: 'waiting' },
      { event_type: 'step.stop', index: 0 },
    ],
    ...steps('the status of a step', { type: 'thought', status: 'done' }, { type: 'thought' }),
    [
      'a call that starts without arguments',
      { type: 'step.start', index: 0, step: { type: 'function_call', id: 'c', name: 'f' } },
      start({ type: 'function_call', id: 'c', name: 'f', arguments: {} }),
    ],
    [
      'prompt_tokens and completion_tokens',
      completed({ usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 } }),
      completed({ usage: { total_input_tokens: 10, total_output_tokens: 5, total_tokens: 15 } }),
    ],
    ...tools(
      'the query of a search',
      { type: 'google_search_call', id: 'q', query: 'x' },
      { type: 'google_search_call', id: 'q', arguments: { queries: ['x'] } },
    ),
    ...tools(
      'the query of a search as text',
      { type: 'google_search_call', content: [text('x')] },
      { type: 'google_search_call', arguments: { queries: ['x'] } },
    ),
    ...tools(
      'rendered_content',
      { type: 'google_search_result', call_id: 'q', rendered_content: '<b>', signature: 's' },
      { type: 'google_search_result', call_id: 'q', result: [{ rendered_content: '<b>' }], signature: 's' },
    ),
    ...tools(
      'search_suggestions',
      { type: 'google_search_result', search_suggestions: '<b>' },
      { type: 'google_search_result', result: [{ search_suggestions: '<b>' }] },
    ),
    ...tools(
      'the result of a search as text',
      { type: 'google_search_result', content: [text('Spain won')] },
      { type: 'google_search_result', result: [{ text: 'Spain won' }] },
    ),
    ...steps(
      'an annotation without a type',
      output({ ...text('a'), annotations: [{ uri: 'u', title: 't', start_index: 0, end_index: 1 }] }),
      output({
        ...text('a'),
        annotations: [{ type: 'url_citation', url: 'u', title: 't', start_index: 0, end_index: 1 }],
      }),
    ),
    [
      'an annotation without a type in a delta',
      delta({ type: 'text_annotation_delta', annotations: [{ uri: 'u' }] }),
      delta({ type: 'text_annotation_delta', annotations: [{ type: 'url_citation', url: 'u' }] }),
    ],
  ]);

  it('leaves a payload that is complete in its start, and what is echoed, as it is', () => {
    for (const step of [
      { type: 'google_search_result', call_id: 'q', result: [{ url: 'u' }] },
      { type: 'user_input', content: [text('Hi')] },
      { type: 'function_result', call_id: 'c', name: 'f', result: [text('52°F')] },
    ]) {
      const event = start(step);
      expect(toCanonicalEvent(event)).toBe(event);
    }
  });
});

describe('C, the dialect of the breaking-changes notice', () => {
  itReads([
    [
      'interaction.in_progress',
      { event_type: 'interaction.in_progress', interaction_id: 'a', event_id: 'e1' },
      statusUpdate('in_progress', { interaction_id: 'a', event_id: 'e1' }),
    ],
    [
      'interaction.requires_action with its interaction',
      {
        event_type: 'interaction.requires_action',
        interaction: { id: 'a', status: 'requires_action', usage: { total_tokens: 1 }, continuation_token: 't' },
      },
      statusUpdate('requires_action', {
        interaction_id: 'a',
        usage: { total_tokens: 1 },
        continuation_token: 't',
      }),
    ],
    [
      'a status in the event that its name does not say',
      { event_type: 'interaction.in_progress', status: 'queued' },
      statusUpdate('queued'),
    ],
    [
      'a status_update with its interaction',
      { event_type: 'interaction.status_update', interaction: { id: 'a', status: 'QUEUED' } },
      statusUpdate('queued', { interaction_id: 'a' }),
    ],
    ...['google_search_result', 'url_context_result', 'google_maps_result'].flatMap((type) =>
      tools(`a ${type} that is an object`, { type, result: { x: 1 } }, { type, result: [{ x: 1 }] }),
    ),
    [
      'event_type beside type',
      { type: 'interaction.complete', event_type: 'interaction.in_progress' },
      statusUpdate('in_progress', { type: 'interaction.complete' }),
    ],
  ]);

  it('leaves the results of functions and MCP servers, and content in a start, as they are', () => {
    for (const step of [
      { type: 'function_result', result: { a: 1 } },
      { type: 'mcp_server_tool_result', result: { a: 1 } },
      output(text('Once')),
    ]) {
      const event = start(step);
      expect(toCanonicalEvent(event)).toBe(event);
    }
  });
});

describe('D, the legacy schema', () => {
  const content = (value: object) => ({ event_type: 'content.start', index: 0, content: value });
  const contentDelta = (value: object) => ({ event_type: 'content.delta', index: 0, delta: value });

  itReads([
    ['interaction.start', { event_type: 'interaction.start', interaction: { id: 'a' } }, created({ id: 'a' })],
    ['interaction.complete', { event_type: 'interaction.complete', interaction: {} }, completed({})],
    ['content.stop', { event_type: 'content.stop', index: 0 }, { event_type: 'step.stop', index: 0 }],
    ['text that is yet to come', content({ type: 'text' }), start({ type: 'model_output' })],
    ['empty text', content({ type: 'text', text: '' }), start({ type: 'model_output' })],
    ['text', content(text('a')), start(output(text('a')))],
    ...['image', 'audio', 'video', 'document'].flatMap((type): readonly Row[] => [
      [`an empty ${type}`, content({ type }), start({ type: 'model_output' })],
      [`a whole ${type}`, content({ type, data: 'AA==' }), start(output({ type, data: 'AA==' }))],
      [
        `the MIME type of a ${type} to come`,
        content({ type, mime_type: 'm' }),
        start(output({ type, mime_type: 'm' })),
      ],
    ]),
    ...['thought', 'function_call', 'code_execution_call', 'url_context_result'].map((type): Row => [
      `a ${type}`,
      content({ type, id: 'c' }),
      start({ type, id: 'c' }),
    ]),
    ['a delta', contentDelta(text('a')), delta(text('a'))],
    [
      'a summary as text',
      contentDelta({ type: 'thought_summary', text: 'Hm.' }),
      delta({ type: 'thought_summary', content: text('Hm.') }),
    ],
    [
      'a whole call in a delta',
      contentDelta({ type: 'function_call', id: 'c', name: 'f', arguments: { a: 1 } }),
      delta({ type: 'function_call', id: 'c', name: 'f', arguments: { a: 1 } }),
    ],
    [
      'outputs',
      completed({
        role: 'model',
        outputs: [
          { type: 'thought', summary: [text('Hm.')], signature: 's' },
          text('a'),
          { type: 'image', data: 'AA==' },
          { type: 'function_call', id: 'c', name: 'f', arguments: {} },
          text('b'),
        ],
      }),
      completed({
        steps: [
          { type: 'thought', summary: [text('Hm.')], signature: 's' },
          output(text('a'), { type: 'image', data: 'AA==' }),
          { type: 'function_call', id: 'c', name: 'f', arguments: {} },
          output(text('b')),
        ],
      }),
    ],
    [
      'turns',
      completed({
        steps: [
          { role: 'user', content: 'Hi' },
          { role: 'model', content: [{ type: 'thought', signature: 's' }, text('Hello')] },
        ],
      }),
      completed({
        steps: [{ type: 'user_input', content: 'Hi' }, { type: 'thought', signature: 's' }, output(text('Hello'))],
      }),
    ],
    [
      'an interaction that is not nested',
      { event_type: 'interaction.created', id: 'a', status: 'in_progress', event_id: 'e1' },
      { ...created({ id: 'a', status: 'in_progress' }), event_id: 'e1' },
    ],
    [
      'a final one',
      { event_type: 'interaction.complete', id: 'a', status: 'done', outputs: [text('a')] },
      completed({ id: 'a', status: 'completed', steps: [output(text('a'))] }),
    ],
    [
      'the status of an interaction that is not nested',
      { event_type: 'interaction.status_update', id: 'a', status: 'in_progress' },
      statusUpdate('in_progress', { interaction_id: 'a' }),
    ],
    [
      'sound that is described by its MIME type',
      delta({ type: 'audio', data: 'AA==', mime_type: 'audio/L16;codec=pcm;rate=24000' }),
      delta({ type: 'audio', data: 'AA==', mime_type: 'audio/l16', sample_rate: 24_000 }),
    ],
    [
      'sound with its rate beside it',
      delta({ type: 'audio', data: 'AA==', mime_type: 'audio/L16', rate: 16_000 }),
      delta({ type: 'audio', data: 'AA==', mime_type: 'audio/l16', sample_rate: 16_000 }),
    ],
    ...steps(
      'a block of sound with channels',
      output({ type: 'audio', data: 'AA==', mime_type: 'audio/L16; rate=8000; channels=2' }),
      output({ type: 'audio', data: 'AA==', mime_type: 'audio/l16', sample_rate: 8_000, channels: 2 }),
    ),
  ]);

  it('takes steps over outputs where both are there', () => {
    const both = completed({ steps: [output(text('a'))], outputs: [text('b')] });
    expect(toCanonicalEvent(both)).toBe(both);
  });
});

describe('E, the dialect of the enterprise samples', () => {
  itReads([
    ...steps('a step of the model (T22)', { role: 'model', content: [text('a')] }, output(text('a'))),
    ...steps(
      'a step of the user',
      { role: 'user', content: [text('a')] },
      { type: 'user_input', content: [text('a')] },
    ),
    ...steps(
      'a role beside a type',
      { type: 'thought', role: 'model', signature: 's' },
      { type: 'thought', signature: 's' },
    ),
    [
      'stepList of an interaction',
      completed({ stepList: { steps: [{ role: 'model', content: [text('a')] }] } }),
      completed({ steps: [output(text('a'))] }),
    ],
    [
      'stepList of a step',
      completed({ steps: [{ role: 'model', stepList: [{ type: 'thought' }, output(text('a'))] }] }),
      completed({ steps: [{ type: 'thought' }, output(text('a'))] }),
    ],
    ...steps(
      'one call in toolCalls',
      { role: 'model', toolCalls: [{ name: 'f', args: { someKey: 1 }, id: 'c' }] },
      { type: 'function_call', id: 'c', name: 'f', arguments: { someKey: 1 } },
    ),
    [
      'several calls in tool_calls, behind text',
      completed({
        steps: [{ type: 'model_output', content: [text('a')], tool_calls: [{ name: 'f', args: {} }, { name: 'g' }] }],
      }),
      completed({
        steps: [
          output(text('a')),
          { type: 'function_call', name: 'f', arguments: {} },
          { type: 'function_call', name: 'g', arguments: {} },
        ],
      }),
    ],
    [
      'camelCase',
      {
        eventType: 'interaction.completed',
        eventId: 'e1',
        interaction: {
          previousInteractionId: 'p',
          serviceTier: 'flex',
          usage: { totalTokens: 1, inputTokensByModality: [{ modality: 'TEXT', tokens: 1 }] },
          steps: [
            { type: 'google_search_result', callId: 'q', isError: false, result: [{ searchSuggestions: 's' }] },
            output({
              ...text('a'),
              annotations: [{ type: 'url_citation', url: 'u', startIndex: 0, customMetadata: { someKey: 1 } }],
            }),
            output({ type: 'image', mimeType: 'image/png', data: 'AA==' }),
          ],
        },
      },
      {
        ...completed({
          previous_interaction_id: 'p',
          service_tier: 'flex',
          usage: { total_tokens: 1, input_tokens_by_modality: [{ modality: 'text', tokens: 1 }] },
          steps: [
            { type: 'google_search_result', call_id: 'q', is_error: false, result: [{ searchSuggestions: 's' }] },
            output({
              ...text('a'),
              annotations: [{ type: 'url_citation', url: 'u', start_index: 0, custom_metadata: { someKey: 1 } }],
            }),
            output({ type: 'image', mime_type: 'image/png', data: 'AA==' }),
          ],
        }),
        event_id: 'e1',
      },
    ],
    [
      'camelCase around a delta',
      { ...delta(text('a')), eventId: 'e1', metadata: { totalUsage: { totalTokens: 1 } } },
      { ...delta(text('a')), event_id: 'e1', metadata: { total_usage: { total_tokens: 1 } } },
    ],
    [
      'upper-case enums',
      completed({ status: 'REQUIRES_ACTION', serviceTier: 'SERVICE_TIER_FLEX' }),
      completed({ status: 'requires_action', service_tier: 'flex' }),
    ],
    [
      'a piece without a type: text for its last step',
      {
        steps: [
          { role: 'user', content: 'Hi' },
          { role: 'model', content: [text('a')] },
        ],
      },
      { event_type: 'step.delta', index: 1, delta: text('a') },
    ],
    [
      'a piece without a type: another step',
      { steps: [{ role: 'model', toolCalls: [{ name: 'f', args: {} }] }] },
      start({ type: 'function_call', name: 'f', arguments: {} }),
    ],
    [
      'a piece that has settled: the whole',
      { id: 'a', status: 'COMPLETED', steps: [{ role: 'model', content: [text('a')] }] },
      completed({ id: 'a', status: 'completed', steps: [output(text('a'))] }),
    ],
  ]);

  it('keeps a step.start that stands for more than one step as it was received', () => {
    const event = start({ role: 'model', toolCalls: [{ name: 'f' }, { name: 'g' }] });
    expect(toCanonicalEvent(event)).toBe(event);
  });
});

describe('F, the spellings of enums', () => {
  itReads([
    ['a prefix', statusUpdate('INTERACTION_STATUS_IN_PROGRESS'), statusUpdate('in_progress')],
    ...tools(
      'a language',
      { type: 'code_execution_call', arguments: { code: 'X', language: 'PYTHON' } },
      { type: 'code_execution_call', arguments: { code: 'X', language: 'python' } },
    ),
    ...tools(
      'the status of a page',
      { type: 'url_context_result', result: [{ url: 'u', status: 'URL_RETRIEVAL_STATUS_SUCCESS' }] },
      { type: 'url_context_result', result: [{ url: 'u', status: 'success' }] },
    ),
    ...tools(
      'a type of search',
      { type: 'google_search_call', search_type: 'SEARCH_TYPE_WEB_SEARCH' },
      { type: 'google_search_call', search_type: 'web_search' },
    ),
    [
      'modalities',
      completed({
        response_modalities: ['TEXT', 'IMAGE', 'AUDIO'],
        usage: { grounding_tool_count: [{ type: 'GOOGLE_MAPS' }] },
      }),
      completed({
        response_modalities: ['text', 'image', 'audio'],
        usage: { grounding_tool_count: [{ type: 'google_maps' }] },
      }),
    ],
    [
      'the configuration that is echoed',
      completed({ generation_config: { thinking_summaries: 'THINKING_SUMMARIES_AUTO', tool_choice: 'VALIDATED' } }),
      completed({ generation_config: { thinking_summaries: 'auto', tool_choice: 'validated' } }),
    ],
  ]);

  it.each(['PAUSED', 'INTERACTION_STATUS_PAUSED', 'NOT_COMPLETED', 'Completed'])(
    'keeps %s, which is no status that is known',
    (status) => {
      const event = statusUpdate(status);
      expect(toCanonicalEvent(event)).toBe(event);
    },
  );
});

describe('G, what the reference pages show', () => {
  itReads([
    ...tools(
      'a query that is no list',
      { type: 'google_search_call', arguments: { query: 'x' } },
      { type: 'google_search_call', arguments: { queries: ['x'] } },
    ),
    ...tools(
      'a flat list of places',
      { type: 'google_maps_result', result: [{ name: 'A' }, { place_id: 'places/b' }] },
      { type: 'google_maps_result', result: [{ places: [{ name: 'A' }, { place_id: 'places/b' }] }] },
    ),
  ]);

  it.each([
    { type: 'google_maps_call', arguments: { latitude: 1, longitude: 2 } },
    { type: 'url_context_result', result: [{ url: 'u', title: 't', snippet: 's' }] },
    { type: 'mcp_server_tool_result', result: { any: 'thing' } },
    { type: 'function_call', arguments: { query: 'x' } },
  ])('keeps %j as it is', (step) => {
    const event = start(step);
    expect(toCanonicalEvent(event)).toBe(event);
  });
});

describe('what is not ours to change', () => {
  it.each([
    ['arguments', { type: 'function_call', arguments: { mimeType: 'A', status: 'DONE', query: 'q', uri: 'u' } }],
    ['result', { type: 'function_result', result: [{ callId: 'A', status: 'COMPLETED', text: 'a', uri: 'u' }] }],
    [
      'a kind of step that is not known',
      { type: 'hologram', callId: 'A', role: 'model', content: [{ mimeType: 'm' }] },
    ],
    ['a kind of block that is not known', output({ type: 'hologram', mimeType: 'm', status: 'DONE' })],
  ])('is not touched: %s', (_what, step) => {
    const event = start(step);
    expect(toCanonicalEvent(event)).toBe(event);
    const interaction = { steps: [step] };
    expect(toCanonicalInteraction(interaction)).toBe(interaction);
  });

  it.each([
    ['labels', { labels: { mimeType: 'a', STATUS: 'DONE' } }],
    ['a schema', { response_format: [{ type: 'text', schema: { type: 'OBJECT', properties: { mimeType: {} } } }] }],
    ['tools', { tools: [{ type: 'function', parameters: { type: 'OBJECT', properties: { eventType: {} } } }] }],
    ['metadata of the user', { webhook_config: { user_metadata: { eventId: 1 } } }],
    ['an environment', { environment: { env: { mimeType: 'DONE' } } }],
  ])('is not touched: %s', (_what, interaction) => {
    expect(toCanonicalInteraction(interaction)).toBe(interaction);
  });

  it('is not touched: an event of a kind that is not known', () => {
    const event = { event_type: 'x.event', eventId: 'e1', status: 'DONE', step: { role: 'model', content: 'a' } };
    expect(toCanonicalEvent(event)).toBe(event);
  });

  it.each([null, 1, 'step.stop', [], [{ type: 'step.stop' }], {}, { index: 0 }, { type: 1 }])(
    'is not made up: %j',
    (received) => {
      expect(toCanonicalEvent(received)).toBe(received);
      expect(toCanonicalInteraction(received)).toBe(received);
    },
  );

  it('keeps a member called __proto__ a member', () => {
    const json =
      '{"type":"step.start","index":0,"__proto__":{"a":1},' +
      '"step":{"role":"model","__proto__":{"type":"thought"},"status":"done","content":[{"__proto__":{"text":"b"},"type":"audio","mimeType":"audio/L16"}]}}';
    const read = toCanonicalEvent(JSON.parse(json));
    expect(JSON.parse(JSON.stringify(read))).toEqual(
      JSON.parse(
        '{"event_type":"step.start","index":0,"__proto__":{"a":1},' +
          '"step":{"type":"model_output","__proto__":{"type":"thought"},"content":[{"__proto__":{"text":"b"},"type":"audio","mime_type":"audio/l16"}]}}',
      ),
    );
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
  });
});
