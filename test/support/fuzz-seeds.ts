import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import fc from 'fast-check';
import { decodeFrames, encodeEvents } from 'rx-interactions';
import { createEmulator } from 'rx-interactions/emulator';
import { from } from 'rxjs';

import { isRecord } from '../../src/internal/is-record.js';
import { utf8 } from './bytes.js';
import { plausible } from './plausible.js';
import { streams } from './streams.js';

/** The messages of a stream that went well: what is mutated. */
export type Seed = readonly object[];

const parsed = (text: string): readonly object[] => {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? [value] : [];
  } catch {
    return []; // `[DONE]`
  }
};

const messagesOf = (bytes: readonly Uint8Array[]): Seed => {
  const messages: object[] = [];
  from(bytes)
    .pipe(decodeFrames())
    .subscribe(({ data }) => messages.push(...parsed(data)));
  return messages;
};

const LONG = 2000;

/** The same without media of megabytes, which only cost time here. */
const shortened = (value: unknown): unknown => {
  if (typeof value === 'string') return value.length > LONG ? value.slice(0, 400) : value;
  if (Array.isArray(value)) return value.map(shortened);
  return isRecord(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shortened(item)]))
    : value;
};

/** Relative to where tests and scripts are run: the top of the project. */
const RECORDINGS = path.resolve('../shared/recordings');

/** What the live service really sent, where that is beside this checkout. */
const recorded = (): readonly Seed[] =>
  existsSync(RECORDINGS)
    ? readdirSync(RECORDINGS, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.events.ndjson'))
        .sort()
        .map((file) => readFileSync(path.join(RECORDINGS, file), 'utf8').split('\n').flatMap(parsed))
    : [];

/** Streams that are made up: any steps in any order, and with mishaps. */
const made = (seed: number): readonly Seed[] =>
  [
    ...fc.sample(streams({ unstopped: true, cut: true, replays: true }), { seed, numRuns: 60 }),
    ...fc.sample(plausible, { seed, numRuns: 40 }).map(({ events }) => events),
  ].map((events) => {
    const bytes: Uint8Array[] = [];
    from(events)
      .pipe(encodeEvents())
      .subscribe((chunk) => bytes.push(chunk));
    return messagesOf(bytes);
  });

const model = 'gemini-3-flash-preview';
const WEATHER = {
  type: 'function',
  name: 'get_weather',
  description: 'Get the current weather in a given location',
  parameters: { type: 'object', properties: { location: { type: 'string' } }, required: ['location'] },
};
const ALOUD = { thinking_summaries: 'auto' };
const SCHEMA = {
  type: 'object',
  properties: { ingredients: { type: 'array', items: { type: 'object', properties: { name: { type: 'string' } } } } },
  required: ['ingredients'],
};

/** Requests that between them get every shape of an answer. */
const REQUESTS: readonly object[] = [
  { model, input: 'Count to 12.' },
  { model, input: 'Tell me a joke.', store: false },
  { model, input: 'What is the greatest common divisor of 1071 and 462?', generation_config: ALOUD },
  { model, input: 'What is the weather in Paris and in Oslo?', tools: [WEATHER] },
  {
    model,
    input: 'Search what it the largest mountain in Europe and what the weather is there right now?',
    tools: [{ type: 'google_search' }, WEATHER],
  },
  { model, input: 'Who won the euro 2024?', tools: [{ type: 'google_search' }] },
  { model, input: 'Summarize https://example.com/a.', tools: [{ type: 'url_context' }] },
  { model, input: 'Calculate the 20th Fibonacci number with code.', tools: [{ type: 'code_execution' }] },
  { model, input: 'Restaurants near here?', tools: [{ type: 'google_maps' }] },
  {
    model,
    input: 'Give me a recipe for banana bread',
    response_format: { type: 'text', mime_type: 'application/json', schema: SCHEMA },
  },
  {
    model: 'gemini-3.1-flash-image-preview',
    input: 'Write a short illustrated story.',
    response_format: [{ type: 'text' }, { type: 'image' }],
  },
  { model: 'gemini-3.1-flash-tts-preview', input: 'Say hello', response_format: { type: 'audio' } },
  { agent: 'deep-research-preview-04-2026', input: 'Research quantum computing.', background: true },
];

/** What the emulator's model answers. */
const emulated = async (): Promise<readonly Seed[]> => {
  let state = 1;
  const random = (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  const emulator = createEmulator({ pace: 0, random, now: () => 1_780_000_000_000 });
  const answers: Seed[] = [];
  for (const request of REQUESTS) {
    const response = await emulator.fetch('/v1beta/interactions', {
      method: 'POST',
      headers: { 'x-goog-api-key': 'any' },
      body: JSON.stringify({ ...request, stream: true }),
    });
    if (response.status === 200) answers.push(messagesOf([utf8(await response.text())]));
  }
  return answers;
};

/** Streams to begin with: recorded ones, those of the emulator's model, and made up ones; the same ones every time. */
export const loadSeeds = async (): Promise<readonly Seed[]> =>
  [...(await emulated()), ...made(20260520), ...recorded()]
    .filter(({ length }) => length > 0)
    .map((seed) => seed.map((message) => shortened(message) as object)); // Safe: an object stays one.
