import { InteractionRequest } from '../../src/protocol/index.js';
import { decoded } from '../support/decode.js';

describe('InteractionRequest', () => {
  it.each([
    ['a prompt', 'Hi'],
    ['a block', { type: 'text', text: 'Hi' }],
    [
      'blocks',
      [
        { type: 'image', uri: 'https://example.com/i' },
        { type: 'text', text: '?' },
      ],
    ],
    ['a step', { type: 'function_result', call_id: 'c', result: 'r' }],
    [
      'steps',
      [
        { type: 'user_input', content: [] },
        { type: 'thought', signature: 's' },
      ],
    ],
  ])('accepts %s as input, as it came', (_name, input) => {
    const request = { model: 'gemini-3-flash-preview', input };
    expect(decoded(InteractionRequest, request)).toBe(request);
  });

  it('accepts every tool of wire-format 2.4', () => {
    const tools = [
      { type: 'function', name: 'f', description: 'd', parameters: { type: 'object' } },
      { type: 'google_search', search_types: ['web_search'] },
      { type: 'google_maps', latitude: 1, longitude: 2, enable_widget: true },
      { type: 'url_context' },
      { type: 'code_execution' },
      { type: 'file_search', file_search_store_names: ['s'], top_k: 3, metadata_filter: 'a = 1' },
      { type: 'retrieval', retrieval_types: ['rag_store'] },
      { type: 'mcp_server', name: 'n', url: 'https://example.com', allowed_tools: [{ mode: 'auto', tools: ['t'] }] },
      { type: 'computer_use', environment: 'browser' },
    ];
    const request = { model: 'm', tools };
    expect(decoded(InteractionRequest, request)).toBe(request);
  });

  it.each([['auto'], [{ allowed_tools: { mode: 'any', tools: ['f'] } }]])('accepts %j as tool_choice', (choice) => {
    const request = { generation_config: { tool_choice: choice, thinking_level: 'low' } };
    expect(decoded(InteractionRequest, request)).toBe(request);
  });

  it.each([
    [{ type: 'text', mime_type: 'application/json', schema: { type: 'object' } }],
    [[{ type: 'image', aspect_ratio: '1:1' }, { type: 'audio', sample_rate: 24000 }, { type: 'video' }]],
  ])('accepts %j as response_format', (response_format) => {
    const request = { response_format };
    expect(decoded(InteractionRequest, request)).toBe(request);
  });

  it('reads steps whose content is bare text as steps, not as blocks', () => {
    expect(decoded(InteractionRequest, { input: [{ type: 'user_input', content: 'Hi' }] }).input).toEqual([
      { type: 'user_input', content: [{ type: 'text', text: 'Hi' }] },
    ]);
  });

  it('reads a tool of an unknown kind, and writes it back', () => {
    const request = { tools: [{ type: 'bash' }] };
    const known = decoded(InteractionRequest, request);
    expect(known.tools).toEqual([{ type: 'unknown', received: { type: 'bash' } }]);
    expect(InteractionRequest.encode(known)).toEqual(request);
  });
});
