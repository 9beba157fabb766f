import { isRecord } from '../internal/is-record.js';
import type { ImageContent } from '../protocol/index.js';

/**
 * The connection is lost here; the interaction goes on. It happens once: whoever resumes gets past it. Nobody can resume
 * what is not stored, so with `store: false` this is the end.
 */
export interface Cut {
  readonly kind: 'cut';
  /** `end`: the body just ends. `reset`: it breaks. `silence`: it stays open and says nothing more. */
  readonly how: 'end' | 'reset' | 'silence';
}

/** Nothing happens for a while. */
export interface Pause {
  readonly kind: 'pause';
  readonly ms: number;
}

/** Nothing happens any more: the interaction never settles, and streams of it stay open. */
export interface Stall {
  readonly kind: 'stall';
}

/** Something that happens between two events, even in the middle of a step. */
export type Interruption = Cut | Pause | Stall;

/** A step as it is streamed: what it starts with, and the deltas that fill it. */
export interface StepPart {
  readonly kind: 'step';
  readonly start: object;
  readonly deltas: readonly (object | Interruption)[];
}

/** A thought: the items of its summary, texts and images, and the signature that ends it (one is made up). */
export interface ThoughtPart {
  readonly kind: 'thought';
  readonly summary: readonly (string | ImageContent | Interruption)[];
}

/** A function call: its id is made up, its arguments are streamed as the pieces of their JSON text. */
export interface CallPart {
  readonly kind: 'call';
  readonly name: string;
  readonly pieces: readonly (string | Interruption)[];
  readonly id?: string | undefined;
}

/** A tool that the server runs, by the name that its two steps begin with (wire-format 6.2). */
export type ServerToolName =
  | 'google_search'
  | 'url_context'
  | 'code_execution'
  | 'google_maps'
  | 'file_search'
  | 'retrieval'
  | 'mcp_server_tool'
  | 'processing';

/**
 * A tool that the server runs: the step of the call and the step of the result, each bare at first and filled by one delta.
 * The id that joins them and the signatures are made up (calls of MCP servers have none).
 */
export interface ServerToolPart {
  readonly kind: 'server_tool';
  readonly tool: ServerToolName;
  /** Members of the call: `arguments`, … */
  readonly call: object;
  /** Members of the result: `result`, `is_error`, … */
  readonly result: object;
}

/** Events to send as they are: objects, or the `data` of a message that is not even JSON. */
export interface EventsPart {
  readonly kind: 'events';
  readonly events: readonly (object | string)[];
}

/** Characters written into the event stream as they are, in no message. */
export interface RawPart {
  readonly kind: 'raw';
  readonly text: string;
}

/** The status the interaction settles with; or, if it is a live one, an update on the way. */
export interface StatusPart {
  readonly kind: 'status';
  readonly status: string;
  /** Further members of the final interaction, or of the update: `continuation_token`, `errors`, `usage`, … */
  readonly members: Readonly<Record<string, unknown>>;
}

/** An `error` event. As the last part it ends the stream, and the interaction has failed. */
export interface ErrorPart {
  readonly kind: 'error';
  readonly error?: { readonly code: string; readonly message?: string | undefined } | undefined;
}

/** An answer without any interaction. */
export interface HttpPart {
  readonly kind: 'http';
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

/** A piece of an answer, in the order in which it happens. */
export type ReplyPart =
  | StepPart
  | ThoughtPart
  | CallPart
  | ServerToolPart
  | EventsPart
  | RawPart
  | StatusPart
  | ErrorPart
  | HttpPart
  | Interruption;

/**
 * What the model answers, as data. Both the streamed and the JSON answer are made from it, so they say the same.
 *
 * The frame is not part of it: `interaction.created`, the first status, `interaction.completed` with the usage, and
 * `[DONE]` come by themselves, unless there are raw {@link EventsPart | events}, which bring their own.
 */
export type Reply = readonly ReplyPart[];

/** The JSON text of arguments, cut where a model would cut it: anywhere. */
const cutJson = (args: Readonly<Record<string, unknown>>): readonly string[] => {
  const text = JSON.stringify(args);
  return text === '{}' ? [] : (text.match(/[^]{1,9}/g) ?? []);
};

const parsed = (line: string): object | string => {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? value : line;
  } catch {
    return line;
  }
};

/**
 * The words of a {@link Reply}.
 *
 * @example A call, and a connection that is lost in the middle of the answer to its result
 * ```ts
 * const { createEmulator, reply } = await import('rx-interactions/emulator');
 * createEmulator().script(
 *   { reply: [reply.thought(), reply.call('get_weather', { city: 'Oslo' })] },
 *   { reply: [reply.text('It is ', reply.cut(), 'snowing.')] },
 * );
 * ```
 */
export const reply = {
  /** A thought, with a summary in so many items (none by default). */
  thought: (...summary: ThoughtPart['summary']): ThoughtPart => ({ kind: 'thought', summary }),

  /** A `model_output` with one text, streamed in these pieces. */
  text: (...pieces: readonly (string | Interruption)[]): StepPart => ({
    kind: 'step',
    start: { type: 'model_output' },
    deltas: pieces.map((piece) => (typeof piece === 'string' ? { text: piece, type: 'text' } : piece)),
  }),

  /**
   * A function call. By default its arguments are streamed as several pieces of their JSON text; `pieces` gives the pieces
   * instead (which need not be JSON), `id` the id.
   */
  call: (
    name: string,
    args: Readonly<Record<string, unknown>> = {},
    { pieces = cutJson(args), id }: { readonly pieces?: readonly (string | Interruption)[]; readonly id?: string } = {},
  ): CallPart => ({ kind: 'call', name, pieces, id }),

  /**
   * A tool that the server runs, as its call and its result:
   * `reply.serverTool('google_search', { arguments: { queries: ['x'] } }, { result: [{ search_suggestions: '…' }] })`.
   */
  serverTool: (tool: ServerToolName, call: object = {}, result: object = {}): ServerToolPart => ({
    kind: 'server_tool',
    tool,
    call,
    result,
  }),

  /** Any step: what `step.start` carries, and the deltas that follow. For media, citations, unknown kinds. */
  step: (start: object, ...deltas: readonly (object | Interruption)[]): StepPart => ({ kind: 'step', start, deltas }),

  /**
   * Canonical wire events, sent as they are; the rest of the frame is then theirs too. A string is taken for a line of a
   * recording if it is a JSON object, and else sent as the `data` of a message.
   */
  events: (events: readonly (object | string)[]): EventsPart => ({
    kind: 'events',
    events: events.map((event) => (typeof event === 'string' ? parsed(event) : event)),
  }),

  /** Characters in the body of the event stream, in no message: a comment, or an error without `data:`. */
  raw: (text: string): RawPart => ({ kind: 'raw', text }),

  /** How it ends (`incomplete`, `requires_continuation`, …), or an update on the way (`in_progress`, `queued`). */
  status: (status: string, members: Readonly<Record<string, unknown>> = {}): StatusPart => ({
    kind: 'status',
    status,
    members,
  }),

  /**
   * An `error` event, empty without a code. Nothing follows if it is the last part, and the interaction has `failed`
   * (which is what a JSON answer says); otherwise it was not fatal.
   */
  error: (code?: string, message?: string): ErrorPart => ({
    kind: 'error',
    error: code === undefined ? undefined : { code, message },
  }),

  /**
   * Another answer than an interaction, of any HTTP status: an error in one of the API's shapes, a page of HTML. A body
   * that is no string is sent as JSON, none is empty.
   */
  httpError: (status: number, body?: unknown, headers: Readonly<Record<string, string>> = {}): HttpPart => ({
    kind: 'http',
    status,
    body,
    headers,
  }),

  /** The connection is lost, the interaction goes on: see {@link Cut}. */
  cut: (how: Cut['how'] = 'end'): Cut => ({ kind: 'cut', how }),

  /** Nothing happens for so many ms. */
  pause: (ms: number): Pause => ({ kind: 'pause', ms }),

  /** Nothing happens any more: see {@link Stall}. */
  stall: (): Stall => ({ kind: 'stall' }),
};

/** The words a script's `reply` function is given. */
export type ReplyBuilders = typeof reply;
