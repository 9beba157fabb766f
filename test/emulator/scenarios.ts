import { callsIn, type Json, MODEL, WEATHER } from './support/api.js';

/** A conversation with the emulator's own model. */
export interface Scenario {
  readonly name: string;
  /** The requests, one after the other; each may be made of the answer to the one before it. The last one is looked at. */
  readonly turns: readonly (Json | ((previous: Json) => Json))[];
  /** Where requests go. */
  readonly path: string;
}

export const ENTERPRISE = '/v1beta1/projects/demo/locations/global/interactions';

const asking = (name: string, ...turns: Scenario['turns']): Scenario => ({ name, turns, path: '/v1beta/interactions' });

const withModel = (request: Json): Json => (request['agent'] === undefined ? { model: MODEL, ...request } : request);

/** The request of a turn, given the answer to the one before it. */
export const requestOf = (turn: Scenario['turns'][number], previous: Json): Json =>
  withModel(typeof turn === 'function' ? turn(previous) : turn);

/** Goes on from an interaction with results for all of its calls. */
const answering = (result: unknown, more: Json = {}) => {
  return (previous: Json): Json => ({
    previous_interaction_id: previous['id'],
    input: callsIn(previous['steps']).map(({ id, name }) => ({ type: 'function_result', call_id: id, name, result })),
    ...more,
  });
};

const TEMPERATURE = { ...WEATHER, name: 'get_current_temperature', description: 'Gets the current temperature.' };
const SEARCH = { type: 'google_search' };
const ALOUD = { generation_config: { thinking_summaries: 'auto' } };

const RECIPE = {
  type: 'object',
  properties: {
    recipe_name: { type: 'string', description: 'Name of the recipe.' },
    ingredients: { type: 'array', items: { type: 'string' }, description: 'List of ingredients.' },
    prep_time_minutes: { type: 'integer', description: 'Prep time in minutes.' },
  },
  required: ['recipe_name', 'ingredients'],
};

/** 16 × 9 pixels: as much of a PNG as says so. */
const PNG_HEAD = Buffer.from('89504e470d0a1a0a0000000d49484452000000100000000908020000', 'hex').toString('base64');

const media = (text: string, ...blocks: readonly Json[]): readonly Json[] => [{ type: 'text', text }, ...blocks];
const VIDEO = { type: 'video', uri: 'https://example.com/cats.mp4', mime_type: 'video/mp4' };
const SPEECH = { type: 'audio', uri: 'https://example.com/talk.mp3', mime_type: 'audio/mp3' };

const DOGS = { type: 'user_input', content: [{ type: 'text', text: 'I have 2 dogs in my house.' }] };
const PAWS = { type: 'user_input', content: [{ type: 'text', text: 'How many paws are in my house?' }] };

/** The prompts of the two guides that the emulator answers as they show. */
const GUIDES: readonly Scenario[] = [
  asking('counting', { input: 'Count to from 1 to 25.' }),
  asking('weather in Paris, the call', { input: 'What is the weather in Paris right now?', tools: [WEATHER] }),
  asking(
    'weather in Paris, the answer',
    { input: 'What is the weather in Paris right now?', tools: [WEATHER] },
    answering({ content: [{ type: 'text', text: '{"weather": "Sunny and 22°C"}' }] }),
  ),
  asking('a search and a call in one answer', {
    input: 'Search what it the largest mountain in Europe and what the weather is there right now?',
    tools: [SEARCH, WEATHER],
  }),
  asking('thinking aloud', { input: 'What is the greatest common divisor of 1071 and 462?', ...ALOUD }),
  asking('deep research', {
    agent: 'deep-research-preview-04-2026',
    input: 'Research the latest advances in quantum computing.',
    background: true,
    agent_config: { type: 'deep-research', thinking_summaries: 'auto' },
  }),
  asking('an illustrated story', {
    model: 'gemini-3.1-flash-image-preview',
    tools: [{ ...SEARCH, search_types: ['web_search', 'image_search'] }],
    input:
      'Search for the history of the Colosseum and write a short illustrated story about a gladiator named Marcus. Interleave text and generated images.',
    response_format: [{ type: 'text' }, { type: 'image' }],
    ...ALOUD,
  }),
  asking('AI in a few words', { input: 'Explain how AI works in a few words' }),
  asking('AI', { input: 'Explain how AI works' }),
  asking('paws, chained', { input: 'I have 2 dogs in my house.' }, ({ id }) => ({
    input: 'How many paws are in my house?',
    previous_interaction_id: id,
  })),
  asking('paws, stateless', { store: false, input: [DOGS] }, ({ steps }) => ({
    store: false,
    input: [DOGS, ...(steps as readonly Json[]), PAWS],
  })),
  asking('an image and a sound', {
    input: media(
      'Compare this local image and this remote audio file.',
      { type: 'image', data: PNG_HEAD, mime_type: 'image/png' },
      { type: 'audio', uri: 'https://example.com/data/sample.mp3', mime_type: 'audio/mp3' },
    ),
  }),
  asking('a skyline', {
    model: 'gemini-3.1-flash-image',
    input: 'Generate an image of a futuristic city skyline at sunset',
  }),
  asking('banana bread', {
    input: 'Give me a recipe for banana bread',
    response_format: { type: 'text', mime_type: 'application/json', schema: RECIPE },
  }),
  asking('a search with citations', { input: 'Who won the euro 2024?', tools: [SEARCH] }),
  asking('temperature in London, the call', { input: 'What is the temperature in London?', tools: [TEMPERATURE] }),
  asking(
    'temperature in London, the answer',
    { input: 'What is the temperature in London?', tools: [TEMPERATURE] },
    answering([{ type: 'text', text: '{"location": "London", "temperature": "22", "unit": "celsius"}' }], {
      tools: [TEMPERATURE],
    }),
  ),
  asking('a managed agent', {
    agent: 'antigravity-preview-05-2026',
    environment: 'remote',
    input:
      'Write a Python script that generates the first 20 Fibonacci numbers and saves them to fibonacci.txt. Then read the file and print its contents.',
  }),
  asking('an analysis in the background', {
    input: 'Write a detailed analysis of the impact of artificial intelligence on modern healthcare.',
    background: true,
  }),
];

/** Everything else that it makes when it is asked to. */
const ON_REQUEST: readonly Scenario[] = [
  asking('speech', { model: 'gemini-3.5-flash-tts', input: 'Say cheerfully: Have a wonderful day!' }),
  asking('speech as a WAV file, and its text', {
    input: 'Good morning',
    response_format: [{ type: 'text' }, { type: 'audio', mime_type: 'audio/wav', sample_rate: 16_000 }],
  }),
  asking('speech in a format that it cannot make', {
    input: 'Good morning',
    response_format: { type: 'audio', mime_type: 'audio/mp3' },
  }),
  asking('a video', { input: 'A cat in the rain', response_modalities: ['video'] }),
  asking('a document', { input: 'A letter to the editor', response_modalities: ['document'] }),
  asking('an image, thought about aloud', {
    model: 'gemini-3.1-flash-image',
    input: 'Draw a picture of the Colosseum',
    response_format: [{ type: 'text' }, { type: 'image', mime_type: 'image/jpeg' }],
    ...ALOUD,
  }),
  asking('a story about anything', {
    model: 'gemini-3.1-flash-image',
    input: 'Write an illustrated story about a robot.',
  }),
  asking('a research plan', {
    agent: 'deep-research-preview-04-2026',
    input: 'Research the history of the bicycle',
    background: true,
    agent_config: { type: 'deep-research', collaborative_planning: true },
  }),
  asking('research with pictures', {
    agent: 'deep-research-preview-04-2026',
    input: 'Research the history of the bicycle',
    background: true,
    agent_config: { type: 'deep-research', thinking_summaries: 'auto', visualization: 'auto' },
  }),
  asking('web pages', {
    input: 'Compare https://example.com/a, https://example.org/b?c=d and https://nowhere.invalid/.',
    tools: [{ type: 'url_context' }],
  }),
  asking('files', {
    input: 'What does the handbook say about questions?',
    tools: [{ type: 'file_search', file_search_store_names: ['fileSearchStores/handbooks'] }],
  }),
  asking('a map', {
    input: 'Where is a café near the river?',
    tools: [{ type: 'google_maps', latitude: 48.86, longitude: 2.29, enable_widget: true }],
  }),
  {
    ...asking('a data store', {
      input: 'What does the catalogue say about lamps?',
      tools: [{ type: 'retrieval', retrieval_types: ['rag_store'] }],
    }),
    path: ENTERPRISE,
  },
  asking('another server', {
    input: 'Which tickets are open?',
    tools: [
      { type: 'mcp_server', name: 'tickets', url: 'https://mcp.example.com', allowed_tools: [{ tools: ['list'] }] },
    ],
  }),
  asking('a search for anything', { input: 'Search for “blå viser” – who sings it? 🎶', tools: [SEARCH] }),
  asking('code', { input: 'What are the first 12 primes?', tools: [{ type: 'code_execution' }] }),
  asking('code that fails', { input: 'What is 1 / 0?', tools: [{ type: 'code_execution' }] }),
  asking('a computer', {
    input: 'Open https://example.com/',
    tools: [{ type: 'computer_use', environment: 'browser' }],
  }),
  asking('a video, looked at step by step', {
    input: media('What happens here?', { ...VIDEO, processing: 'agentic' }),
  }),
  asking('a transcript', { model: 'gemini-3.5-transcribe', input: [SPEECH] }),
  asking('a transcript with words and speakers', {
    model: 'gemini-3.5-transcribe',
    input: [SPEECH],
    generation_config: {
      transcription_config: {
        mode: { type: 'verbatim', diarization_mode: 'speaker', timestamp_granularities: ['word'] },
      },
    },
  }),
  asking('parallel calls', { input: 'What is the weather in Paris and Boston?', tools: [WEATHER] }),
  asking('a limit', { input: 'Count to 100', generation_config: { max_output_tokens: 20 } }),
  asking('anything else', { input: 'Hello there', ...ALOUD }),
];

export const SCENARIOS: readonly Scenario[] = [...GUIDES, ...ON_REQUEST];
