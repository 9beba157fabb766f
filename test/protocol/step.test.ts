import { Step } from '../../src/protocol/step.js';
import { decoded } from '../support/decode.js';

/** Every step of wire-format 6, as the JSON answer shows it. */
const STEPS = [
  { type: 'user_input', content: [{ type: 'text', text: 'Hi' }] },
  { type: 'model_output', content: [{ type: 'text', text: 'Hello' }] },
  { type: 'model_output', error: { code: 3, message: 'no', details: [{ reason: 'r' }] } },
  { type: 'thought', summary: [{ type: 'text', text: 'Plan' }], signature: 's' },
  { type: 'function_call', id: 'c', name: 'f', arguments: { a: 1 }, signature: 's' },
  { type: 'function_result', call_id: 'c', name: 'f', result: [{ type: 'text', text: 'r' }], is_error: false },
  { type: 'google_search_call', id: 'c', arguments: { queries: ['q'] }, search_type: 'web_search' },
  { type: 'google_search_result', call_id: 'c', result: [{ search_suggestions: '<b>' }], is_error: false },
  { type: 'url_context_call', id: 'c', arguments: { urls: ['https://example.com'] } },
  { type: 'url_context_result', call_id: 'c', result: [{ url: 'https://example.com', status: 'paywall' }] },
  { type: 'code_execution_call', id: 'c', arguments: { code: '1', language: 'python' } },
  { type: 'code_execution_result', call_id: 'c', result: '1\n' },
  { type: 'code_execution_result', call_id: 'c', result: [{ type: 'image', data: 'AA==' }] },
  { type: 'google_maps_call', id: 'c', arguments: { queries: ['q'] } },
  { type: 'google_maps_result', call_id: 'c', result: [{ places: [{ name: 'p' }], widget_context_token: 't' }] },
  { type: 'file_search_call', id: 'c' },
  { type: 'file_search_result', call_id: 'c', result: [{ any: 1 }] },
  { type: 'retrieval_call', id: 'c', arguments: { queries: ['q'] }, retrieval_type: 'rag_store' },
  { type: 'retrieval_result', call_id: 'c', is_error: true },
  { type: 'mcp_server_tool_call', id: 'c', name: 'n', server_name: 's', arguments: { a: 1 } },
  { type: 'mcp_server_tool_result', call_id: 'c', name: 'n', server_name: 's', result: { any: 1 } },
  { type: 'processing_call', id: 'c', signature: 's' },
  { type: 'processing_result', call_id: 'c', signature: 's' },
];

describe('Step', () => {
  it.each(STEPS)('returns a $type as it came', (step) => {
    expect(decoded(Step, step)).toBe(step);
  });

  it('knows the step types of wire-format 6, and no others', () => {
    expect(Object.keys(Step.cases).sort()).toEqual([...new Set(STEPS.map(({ type }) => type))].sort());
  });

  it('accepts a bare step of every type, as it starts', () => {
    for (const type of Object.keys(Step.cases)) expect(Step.is({ type })).toBe(true);
  });

  it('reads content that is a bare string', () => {
    expect(decoded(Step, { type: 'user_input', content: 'Hi' })).toEqual({
      type: 'user_input',
      content: [{ type: 'text', text: 'Hi' }],
    });
  });

  it('keeps the untyped tool_call verbatim (Q25)', () => {
    const received = { type: 'tool_call', id: 'c', signature: 's' };
    expect(decoded(Step, received)).toEqual({ type: 'unknown', received });
  });
});
