import { toCanonicalEvent } from '../../../src/protocol/dialects/index.js';
import { deepFreeze } from '../../support/freeze.js';

/** Where an object can stand: the event that holds it. */
type Place = (object: object) => object;

const inEvent: Place = (object) => ({ event_type: 'step.stop', index: 0, ...object });
const inInteraction: Place = (interaction) => ({ event_type: 'interaction.completed', interaction });
const inStep =
  (type: string): Place =>
  (step) => ({ event_type: 'step.start', index: 0, step: { type, ...step } });
const inDelta =
  (type: string): Place =>
  (delta) => ({ event_type: 'step.delta', index: 0, delta: { type, ...delta } });
const inBlock =
  (type: string): Place =>
  (block) =>
    inStep('model_output')({ content: [{ type, ...block }] });
const inAnnotation =
  (type: string): Place =>
  (annotation) =>
    inBlock('text')({ text: '', annotations: [{ type, ...annotation }] });
const inConfig: Place = (generation_config) => inInteraction({ generation_config });
const inUsage: Place = (usage) => inInteraction({ usage });
const inTokens: Place = (tokens) => inUsage({ input_tokens_by_modality: [tokens] });

const camelCased = (name: string): string => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

const itReads = (received: object, canonical: object): void => {
  const read = toCanonicalEvent(deepFreeze(received));
  expect(read).toEqual(canonical);
  expect(toCanonicalEvent(read)).toBe(read);
};

// The members of more than one word, by the tables of wire-format 3, 5, 6 and 7, except those that hold what is the user's.
describe('members in camelCase are those in snake_case (13.E)', () => {
  it.each<readonly [string, Place, string]>([
    ['an event', inEvent, 'event_id interaction_id continuation_token'],
    [
      'an interaction',
      inInteraction,
      'previous_interaction_id continuation_token environment_id service_tier system_instruction response_modalities ' +
        'generation_config agent_config response_format safety_settings webhook_config cached_content',
    ],
    [
      'a configuration',
      inConfig,
      'max_output_tokens stop_sequences top_p top_k thinking_level thinking_summaries tool_choice speech_config ' +
        'transcription_config video_config image_config',
    ],
    ['the call of a search', inStep('google_search_call'), 'search_type'],
    ['the result of a search', inStep('google_search_result'), 'call_id is_error'],
    ['the call of a retrieval', inStep('retrieval_call'), 'retrieval_type'],
    ['the call of an MCP server', inDelta('mcp_server_tool_call'), 'server_name'],
    ['the result of a function', inDelta('function_result'), 'call_id is_error'],
    ['an image', inDelta('image'), 'mime_type'],
    ['sound', inBlock('audio'), 'mime_type sample_rate'],
    ['a place', inAnnotation('place_citation'), 'place_id review_snippets start_index end_index'],
    ['a file', inAnnotation('file_citation'), 'document_uri file_name page_number media_id custom_metadata'],
    ['a word', inAnnotation('word_info'), 'start_offset end_offset'],
    [
      'usage',
      inUsage,
      'total_input_tokens total_output_tokens total_thought_tokens total_tool_use_tokens total_cached_tokens total_tokens ' +
        'initial_input_tokens input_tokens_by_modality output_tokens_by_modality cached_tokens_by_modality ' +
        'tool_use_tokens_by_modality grounding_tool_count',
    ],
  ])('of %s', (_what, place, names) => {
    for (const name of names.split(' ')) itReads(place({ [camelCased(name)]: 'x' }), place({ [name]: 'x' }));
  });

  it('of the usage of a step, and that so far', () => {
    const usage = { totalTokens: 1 };
    itReads(
      inEvent({ stepUsage: usage, usage }),
      inEvent({ step_usage: { total_tokens: 1 }, usage: { total_tokens: 1 } }),
    );
    itReads(inEvent({ metadata: { totalUsage: usage } }), inEvent({ metadata: { total_usage: { total_tokens: 1 } } }));
  });

  it('but not what the configuration holds for others', () => {
    const speech_config = [{ someVoice: 'x' }];
    itReads(inConfig({ speechConfig: speech_config }), inConfig({ speech_config }));
  });
});

describe('values in upper case are those in lower case, with or without the name of their type (13.F)', () => {
  const status: Place = (object) => ({ event_type: 'interaction.status_update', ...object });
  it.each<readonly [string, Place, string, string]>([
    [
      'status',
      status,
      'interaction_status',
      'queued in_progress requires_action requires_continuation completed incomplete failed cancelled budget_exceeded',
    ],
    ['service_tier', inInteraction, 'service_tier', 'flex standard priority deferred'],
    ['modality', inTokens, 'response_modality', 'text image audio video document'],
    ['resolution', inBlock('image'), 'media_resolution', 'low medium high ultra_high'],
    ['search_type', inStep('google_search_call'), 'search_type', 'web_search image_search enterprise_web_search'],
    [
      'retrieval_type',
      inStep('retrieval_call'),
      'retrieval_type',
      'vertex_ai_search rag_store exa_ai_search parallel_ai_search',
    ],
    ['thinking_level', inConfig, 'thinking_level', 'minimal low medium high'],
    ['thinking_summaries', inConfig, 'thinking_summaries', 'auto none'],
    ['tool_choice', inConfig, 'tool_choice', 'auto any none validated'],
  ])('%s', (member, place, prefix, values) => {
    for (const value of values.split(' ')) {
      const canonical = place({ [member]: value });
      itReads(place({ [member]: value.toUpperCase() }), canonical);
      itReads(place({ [member]: `${prefix}_${value}`.toUpperCase() }), canonical);
      itReads(place({ [camelCased(member)]: value.toUpperCase() }), canonical);
    }
  });

  it.each([
    ['language', inDelta('code_execution_call'), 'arguments', 'python bash'],
    ['language', inStep('code_execution_call'), 'arguments', 'python bash'],
  ] as const)('%s of code', (member, place, holder, values) => {
    for (const value of values.split(' ')) {
      itReads(place({ [holder]: { [member]: value.toUpperCase() } }), place({ [holder]: { [member]: value } }));
    }
  });

  it.each(['success', 'error', 'paywall', 'unsafe'])('the status of a page: %s', (value) => {
    const place = inDelta('url_context_result');
    const received = `URL_RETRIEVAL_STATUS_${value.toUpperCase()}`;
    itReads(place({ result: [{ url: 'u', status: received }] }), place({ result: [{ url: 'u', status: value }] }));
  });

  it('of a configuration in camelCase, too', () => {
    itReads(
      inInteraction({ generationConfig: { thinkingSummaries: 'THINKING_SUMMARIES_AUTO' } }),
      inConfig({ thinking_summaries: 'auto' }),
    );
  });
});

describe('a status_update with its interaction (13.C)', () => {
  it('has the id of it, whether it says the status itself or not', () => {
    const canonical = { event_type: 'interaction.status_update', interaction_id: 'a', status: 'in_progress' };
    for (const interaction of [{ id: 'a' }, { id: 'a', status: 'queued' }]) {
      itReads({ event_type: 'interaction.status_update', status: 'in_progress', interaction }, canonical);
    }
  });
});
