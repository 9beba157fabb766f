import { format } from 'node:util';

import { createGoogleGenerativeAI, type GoogleGenerativeAIProvider } from '@ai-sdk/google';
import { GoogleGenAI } from '@google/genai';
import type { ToolSet } from 'ai';
import { decode as decodeJpeg } from 'jpeg-js';
import { PNG } from 'pngjs';
import { isLive } from 'rx-interactions';
import { createEmulator, type Emulator, type EmulatorConfig, type LoggedRequest } from 'rx-interactions/emulator';
import { exhaustMap, lastValueFrom, takeWhile, timeout, timer, toArray } from 'rxjs';

import { type Json, like, listen } from '../support/api.js';

export { callsIn, closeAll, eventsOf, type Json, like, messagesOf, textIn } from '../support/api.js';

/** What a sample writes, kept instead of shown. */
export interface Output {
  /** As `process.stdout.write` does. */
  readonly write: (text: string) => void;
  /** As `console.log` does. */
  readonly log: (...values: readonly unknown[]) => void;
  /** All that was written so far. */
  readonly printed: () => string;
}

/** An emulator that serves over HTTP, the clients that talk to it, and what they write. */
export interface Clients extends Output {
  readonly emulator: Emulator;
  readonly url: string;
  /** The official SDK. */
  readonly official: GoogleGenAI;
  /** Vercel's provider. */
  readonly vercel: GoogleGenerativeAIProvider;
  /** `curl -X POST` with the headers of the samples, and a body that is sent as it is. */
  readonly curl: (body: string, path?: string) => Promise<Response>;
  /** `curl` of an interaction, with the headers of the samples. */
  readonly curlGet: (id: unknown) => Promise<Response>;
}

const REST_HEADERS = {
  'x-goog-api-key': 'any',
  'Content-Type': 'application/json',
  'Api-Revision': '2026-05-20',
};

const createOutput = (): Output => {
  let text = '';
  return {
    write: (piece) => {
      text += piece;
    },
    log: (...values) => {
      text += `${format(...values)}\n`;
    },
    printed: () => text,
  };
};

/** Starts an emulator for one test; `closeAll` ends it. */
export const openClients = async (config?: EmulatorConfig): Promise<Clients> => {
  const emulator = createEmulator(config);
  const { url } = await listen(emulator);
  return {
    ...createOutput(),
    emulator,
    url,
    official: new GoogleGenAI({ apiKey: 'any', httpOptions: { baseUrl: url } }),
    vercel: createGoogleGenerativeAI({ apiKey: 'any', baseURL: `${url}/v1beta` }),
    curl: (body, path = '/v1beta/interactions') =>
      fetch(`${url}${path}`, { method: 'POST', headers: REST_HEADERS, body }),
    curlGet: (id) =>
      fetch(`${url}/v1beta/interactions/${String(id)}`, {
        headers: { 'x-goog-api-key': 'any', 'Api-Revision': '2026-05-20' },
      }),
  };
};

/** The JSON of an answer, which has to be a good one. */
export const jsonOf = async (answer: Promise<Response>): Promise<Json> => {
  const response = await answer;
  const value = (await response.json()) as Json;
  expect({ status: response.status, value }).toMatchObject({ status: 200 });
  return value;
};

/** The request that came last. */
export const lastRequest = ({ requests }: Emulator): LoggedRequest => requests.at(-1)!;

/** The bodies of all requests that had one. */
export const bodiesOf = ({ requests }: Emulator): readonly unknown[] =>
  requests.flatMap(({ body }) => (body === undefined ? [] : [body]));

interface EventParts {
  readonly event_type?: string;
  readonly step?: { readonly type?: string };
  readonly delta?: { readonly type?: string };
}

const membersNamed =
  (name: string) =>
  (events: readonly object[]): readonly Json[] =>
    events
      .map((event) => (event as Readonly<Record<string, Json | undefined>>)[name])
      .filter((part) => part !== undefined);

/** What the steps of a stream start with. */
export const startsIn = membersNamed('step');

/** What the deltas of a stream carry. */
export const deltasIn = membersNamed('delta');

/** What a stream says last about the interaction. */
export const finalOf = (events: readonly object[]): Json => membersNamed('interaction')(events).at(-1) ?? {};

/** A stream as a list: the type of each event and of what it carries. Repeated lines are said once. */
export const outlineOf = (events: readonly object[]): readonly string[] =>
  events
    .map(({ event_type, step, delta }: EventParts) => [event_type, step?.type ?? delta?.type].join(' ').trim())
    .filter((line, at, all) => line !== all[at - 1]);

/** The types of what came, in order. Repeated ones are said once. */
export const runsOf = (parts: readonly { readonly type: string }[]): readonly string[] =>
  parts.map(({ type }) => type).filter((type, at, all) => type !== all[at - 1]);

/** The lines of an {@link outlineOf | outline} for one step with such deltas. */
export const stepOutline = (type: string, ...deltas: readonly string[]): readonly string[] => [
  `step.start ${type}`,
  ...deltas.map((delta) => `step.delta ${delta}`),
  'step.stop',
];

/** The outline of a whole stream with such steps. */
export const streamOutline = (...steps: readonly (readonly string[])[]): readonly string[] => [
  'interaction.created',
  'interaction.status_update',
  ...steps.flat(),
  'interaction.completed',
];

/** A thought nobody sees: its signature only. */
export const SIGNED_THOUGHT = stepOutline('thought', 'thought_signature');

/** A thought as a whole that only has a signature (wire-format T2). */
export const SIGNATURE_ONLY = { type: 'thought', signature: like.matching(/^[\w+/=-]{8,}$/) };

/** What a finished `model_output` with one text looks like. */
export const said = (text: unknown): object => ({ type: 'model_output', content: [{ type: 'text', text }] });

/** What the id of a stored interaction looks like. */
export const ID = like.matching(/^v1_[\w-]+$/);

const TIMESTAMP = like.matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/);

/** The members of every settled interaction that is stored; `subject` is its model or agent. */
export const settled = (status: string, subject: object): object => ({
  id: ID,
  object: 'interaction',
  status,
  created: TIMESTAMP,
  updated: TIMESTAMP,
  usage: like.having({
    total_tokens: like.number,
    total_input_tokens: like.number,
    total_output_tokens: like.number,
  }),
  ...subject,
});

/** Checks that the parts of a usage are there and make its whole (wire-format 3.3), and gives it. */
export const checkedUsage = (usage: unknown): Json => {
  expect(usage).toMatchObject({ total_tokens: like.number, total_input_tokens: like.number });
  const counted = usage as Json;
  const parts = ['total_input_tokens', 'total_output_tokens', 'total_thought_tokens', 'total_tool_use_tokens'];
  expect(parts.reduce((sum, part) => sum + Number(counted[part] ?? 0), 0)).toBe(counted['total_tokens']);
  return counted;
};

/** Asks every 20 ms, where the samples wait for 5 s, until the status is one to stop at. Gives up after 4 s. */
export const pollStatus = <T extends { readonly status?: unknown }>(ask: () => Promise<T>): Promise<readonly T[]> =>
  lastValueFrom(
    timer(0, 20).pipe(
      exhaustMap(ask),
      takeWhile(({ status }) => isLive(String(status)), true),
      toArray(),
      timeout({ first: 4000 }),
    ),
  );

/**
 * Vercel's Google search. The types of the provider and of `ai` do not fit each other under `exactOptionalPropertyTypes`,
 * which is what the cast is for.
 */
export const searchTool = (
  vercel: GoogleGenerativeAIProvider,
  config: Parameters<GoogleGenerativeAIProvider['tools']['googleSearch']>[0] = {},
): ToolSet[string] => vercel.tools.googleSearch(config) as ToolSet[string];

/** The size of a picture, which has to be a whole one of the kind that is said. */
export const decodedImage = (data: string | Uint8Array, mimeType: unknown): { width: number; height: number } => {
  const bytes = Buffer.from(typeof data === 'string' ? Buffer.from(data, 'base64') : data);
  const { width, height } = mimeType === 'image/png' ? PNG.sync.read(bytes) : decodeJpeg(bytes);
  expect(['image/png', 'image/jpeg']).toContain(mimeType);
  expect(Math.min(width, height)).toBeGreaterThan(0);
  return { width, height };
};

/** All elements of an async iterable. */
export const collect = async <T>(source: AsyncIterable<T>): Promise<readonly T[]> => {
  const all: T[] = [];
  for await (const element of source) all.push(element);
  return all;
};

/** What a promise that has to be rejected is rejected with. */
export const rejectionOf = async (promise: PromiseLike<unknown>): Promise<Readonly<Record<string, unknown>>> => {
  const [outcome] = await Promise.allSettled([promise]);
  if (outcome.status === 'fulfilled') throw new Error('This was to be refused, and was not.');
  return outcome.reason as Readonly<Record<string, unknown>>;
};
