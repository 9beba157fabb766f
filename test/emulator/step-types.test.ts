import { Annotation, Content, Delta, Step } from '../../src/protocol/index.js';
import { requestOf, SCENARIOS } from './scenarios.js';
import { eventsOf, inProcess, type Json, messagesOf } from './support/api.js';

/** What wire-format 6 and 7 list, and only a client makes; `function_call` as a delta is a spelling of the past. */
const OF_CLIENTS = { steps: ['user_input', 'function_result'], deltas: ['function_call', 'function_result'] };

/** Wire-format 6.1 and 6.2. */
const STEPS = [
  ...['user_input', 'model_output', 'thought', 'function_call', 'function_result'],
  ...[
    ...['google_search', 'url_context', 'code_execution', 'google_maps', 'file_search'],
    ...['retrieval', 'mcp_server_tool', 'processing'],
  ].flatMap((tool) => [`${tool}_call`, `${tool}_result`]),
];

/** Wire-format 7.1: those of text, media, thoughts and calls, and one for each step of a server-side tool. */
const DELTAS = [
  ...['text', 'image', 'audio', 'video', 'document', 'text_annotation_delta'],
  ...['thought_summary', 'thought_signature', 'arguments_delta'],
  ...STEPS.filter((type) => /_(call|result)$/.test(type)),
];

/** Wire-format 6.4. */
const CONTENTS = ['text', 'image', 'audio', 'video', 'document'];

/** Wire-format 6.5. */
const ANNOTATIONS = ['url_citation', 'file_citation', 'place_citation', 'word_info', 'speech_metadata'];

interface Seen {
  readonly steps: Set<unknown>;
  readonly deltas: Set<unknown>;
  readonly contents: Set<unknown>;
  readonly summaries: Set<unknown>;
  readonly annotations: Set<unknown>;
}

const seen: Seen = {
  steps: new Set(),
  deltas: new Set(),
  contents: new Set(),
  summaries: new Set(),
  annotations: new Set(),
};

const look = (event: Json): void => {
  const { step, delta } = event as { readonly step?: Json; readonly delta?: Json };
  if (step) seen.steps.add(step['type']);
  if (!delta) return;
  seen.deltas.add(delta['type']);
  if (CONTENTS.includes(String(delta['type']))) seen.contents.add(delta['type']);
  if (delta['type'] === 'thought_summary') seen.summaries.add((delta['content'] as Json)['type']);
  for (const { type } of (delta['annotations'] ?? []) as readonly Json[]) seen.annotations.add(type);
};

beforeAll(async () => {
  for (const { turns, path } of SCENARIOS) {
    const { send } = await inProcess({ pace: 0 });
    let previous: Json = {};
    for (const turn of turns.slice(0, -1)) {
      previous = (await (await send('POST', path, requestOf(turn, previous))).json()) as Json;
    }
    const response = await send('POST', path, { ...requestOf(turns.at(-1)!, previous), stream: true });
    eventsOf(await messagesOf(response)).forEach(look);
  }
});

const without = (all: readonly string[], some: readonly string[]) => all.filter((type) => !some.includes(type)).sort();

it('the lists are those of the protocol', () => {
  expect([...STEPS].sort()).toEqual(Object.keys(Step.cases).sort());
  expect([...DELTAS].sort()).toEqual(Object.keys(Delta.cases).sort());
  expect([...CONTENTS].sort()).toEqual(Object.keys(Content.cases).sort());
  expect([...ANNOTATIONS].sort()).toEqual(Object.keys(Annotation.cases).sort());
});

describe('in some scenario there is', () => {
  it('every step that a server makes', () => {
    expect([...seen.steps].sort()).toEqual(without(STEPS, OF_CLIENTS.steps));
  });

  it('every delta that a server sends', () => {
    expect([...seen.deltas].sort()).toEqual(without(DELTAS, OF_CLIENTS.deltas));
  });

  it('every content', () => {
    expect([...seen.contents].sort()).toEqual([...CONTENTS].sort());
  });

  it('every content of a summary', () => {
    expect([...seen.summaries].sort()).toEqual(['image', 'text']);
  });

  it('every annotation', () => {
    expect([...seen.annotations].sort()).toEqual([...ANNOTATIONS].sort());
  });
});
