import { createEmulator, type Emulator, type EmulatorConfig, type Listening } from 'rx-interactions/emulator';

/** A message of an event stream, as it came. */
export interface Message {
  readonly event: string | undefined;
  readonly data: string;
}

export type Json = Readonly<Record<string, unknown>>;

/** An emulator, and a way to talk to it. */
export interface Api {
  readonly emulator: Emulator;
  /** Sends a request with a key. `body` is sent as JSON. */
  readonly send: (method: string, path: string, body?: unknown, init?: RequestInit) => Promise<Response>;
  readonly post: (body: unknown, init?: RequestInit) => Promise<Response>;
  /** The JSON answer, which has to be a good one. */
  readonly create: (body: unknown) => Promise<Json>;
  /** The events of a stream, which has to end well. */
  readonly stream: (body: unknown) => Promise<readonly Json[]>;
  readonly get: (id: unknown, query?: string) => Promise<Response>;
}

export const MODEL = 'gemini-3-flash-preview';
export const KEY = { 'x-goog-api-key': 'any' };

const listening: Listening[] = [];

/** Closes whatever listens. */
export const closeAll = async (): Promise<void> => {
  await Promise.all(listening.splice(0).map(({ close }) => close()));
};

export const listen = async (emulator: Emulator): Promise<Listening> => {
  const server = await emulator.listen();
  listening.push(server);
  return server;
};

const apiOf = (emulator: Emulator, fetching: (path: string, init: RequestInit) => Promise<Response>): Api => {
  const send: Api['send'] = (method, path, body, init = {}) =>
    fetching(path, {
      method,
      ...init,
      headers: { ...KEY, ...(init.headers as Record<string, string> | undefined) },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  const post: Api['post'] = (body, init) => send('POST', '/v1beta/interactions', body, init);
  return {
    emulator,
    send,
    post,
    create: async (body) => {
      const response = await post(body);
      const value = (await response.json()) as Json;
      expect({ status: response.status, value }).toMatchObject({ status: 200 });
      return value;
    },
    stream: async (body) => {
      const response = await post({ ...(body as object), stream: true });
      expect(response.headers.get('content-type')).toBe('text/event-stream');
      return eventsOf(await messagesOf(response));
    },
    get: (id, query = '') => send('GET', `/v1beta/interactions/${encodeURIComponent(String(id))}${query}`),
  };
};

/** In the same process: no network. */
export const inProcess = (config?: EmulatorConfig): Promise<Api> => {
  const emulator = createEmulator(config);
  return Promise.resolve(apiOf(emulator, (path, init) => emulator.fetch(path, init)));
};

/** Over real sockets, with the global `fetch`. */
export const overSockets = async (config?: EmulatorConfig): Promise<Api> => {
  const emulator = createEmulator(config);
  const { url } = await listen(emulator);
  return apiOf(emulator, (path, init) => fetch(`${url}${path}`, init));
};

export const WAYS = [
  ['in process', inProcess],
  ['over sockets', overSockets],
] as const;

const messageOf = (block: string): Message => {
  const field = (name: string) =>
    block
      .split('\n')
      .filter((line) => line.startsWith(`${name}: `))
      .map((line) => line.slice(name.length + 2));
  return { event: field('event')[0], data: field('data').join('\n') };
};

/** The messages of a whole stream. */
export const messagesOf = async (response: Response): Promise<readonly Message[]> => {
  const blocks = (await response.text()).split('\n\n');
  expect(blocks.at(-1)).toBe('');
  return blocks.slice(0, -1).map(messageOf);
};

/** The events of messages that end with `[DONE]`, each framed under its own name. */
export const eventsOf = (messages: readonly Message[]): readonly Json[] => {
  expect(messages.at(-1)).toEqual({ event: 'done', data: '[DONE]' });
  return messages.slice(0, -1).map(({ event, data }) => {
    const value = JSON.parse(data) as Json;
    expect(value['event_type']).toBe(event);
    return value;
  });
};

/** The messages of a stream, one by one, as they come. */
export const readerOf = (response: Response) => {
  const reader = response.body!.getReader();
  const decoder = new TextDecoder();
  let text = '';
  return {
    /** The next message; `undefined` at the end. */
    next: async (): Promise<Message | undefined> => {
      for (;;) {
        const end = text.indexOf('\n\n');
        if (end !== -1) {
          const block = text.slice(0, end);
          text = text.slice(end + 2);
          return messageOf(block);
        }
        const { done, value } = await reader.read();
        if (done) return undefined;
        text += decoder.decode(value, { stream: true });
      }
    },
    cancel: () => reader.cancel(),
  };
};

/** The text that a stream, or the steps of an interaction, hold. */
export const textIn = (parts: unknown): string => {
  if (Array.isArray(parts)) return parts.map(textIn).join('');
  const { delta, content, text, type } = (parts ?? {}) as Json;
  if (type === 'text') return String(text);
  return type === 'thought' ? '' : textIn(delta ?? content ?? []);
};

/** The same numbers, in the same order, every time. */
export const seeded = (seed = 1): (() => number) => {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
};

export const WEATHER = {
  type: 'function',
  name: 'get_weather',
  description: 'Get the current weather in a given location',
  parameters: {
    type: 'object',
    properties: { location: { type: 'string', description: 'The city and state, e.g. San Francisco, CA' } },
    required: ['location'],
  },
};

/** The function calls among steps. */
export const callsIn = (steps: unknown): readonly Json[] =>
  (steps as readonly Json[]).filter(({ type }) => type === 'function_call');

/** Jest's matchers of parts of a value, which are typed `any` there. */
export const like = {
  string: expect.any(String) as unknown,
  number: expect.any(Number) as unknown,
  anything: expect.anything() as unknown,
  containing: (text: string): unknown => expect.stringContaining(text),
  matching: (pattern: RegExp): unknown => expect.stringMatching(pattern),
  having: (members: object): unknown => expect.objectContaining(members),
};
