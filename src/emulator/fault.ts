import { errorBody, type ErrorShape } from './faults/error-body.js';

/** How far an answer gets: so many messages of its stream, or so many bytes of its body. */
export type After = { readonly events: number } | { readonly bytes: number };

/** Nobody listens: no connection can be made. */
export interface RefuseFault {
  readonly kind: 'refuse';
  readonly ms: number;
}

/** The connection is reset before there is any answer. The request was accepted. */
export interface ResetFault {
  readonly kind: 'reset';
}

/** Another answer, of any HTTP status; the request is not accepted. */
export interface StatusFault {
  readonly kind: 'status';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The head of the answer is late. */
export interface SlowHeadersFault {
  readonly kind: 'slow_headers';
  readonly ms: number;
}

/** The body ends, or breaks, too early. */
export interface CutFault {
  readonly kind: 'cut';
  readonly after: After;
  readonly how: 'end' | 'reset';
}

/** The body falls silent, and the connection stays open. */
export interface StallFault {
  readonly kind: 'stall';
  readonly after: After;
}

/** The body comes in pieces that have nothing to do with its messages. */
export interface SplitFault {
  readonly kind: 'split';
  readonly most: number;
  readonly ms: number;
}

/** A stream that was asked to go on after an event begins before it. */
export interface DuplicateFault {
  readonly kind: 'duplicate';
  readonly events: number;
}

/** A message is left out. */
export interface DropFault {
  readonly kind: 'drop';
  readonly event: number;
}

/** Only some events have an id. */
export interface EventIdsFault {
  readonly kind: 'event_ids';
  readonly every: number;
}

/** The data of a message is only half there. */
export interface MalformedFault {
  readonly kind: 'malformed';
  readonly event: number;
}

/** A very large message, of a kind that nobody knows, before another. */
export interface OversizedFault {
  readonly kind: 'oversized';
  readonly event: number;
  readonly bytes: number;
}

/** An `error` event between the others. */
export interface ErrorEventFault {
  readonly kind: 'error_event';
  readonly after: number;
  /** `undefined`: it says nothing, and the stream goes on. Otherwise it is the last. */
  readonly error: { readonly code: string; readonly message: string } | undefined;
}

/** The stream ends with error JSON that is in no message. */
export interface RawErrorFault {
  readonly kind: 'raw_error';
  readonly after: number;
  readonly text: string;
}

/** The stream ends without `[DONE]`. */
export interface NoDoneFault {
  readonly kind: 'no_done';
}

/** The stream ends right behind the data of its last event. */
export interface NoBlankLineFault {
  readonly kind: 'no_blank_line';
}

/** The header says something else than the body is. */
export interface ContentTypeFault {
  readonly kind: 'content_type';
  /** `undefined`: there is no such header. */
  readonly contentType: string | undefined;
}

/** JSON where a stream was asked for. */
export interface JsonFault {
  readonly kind: 'json';
}

/** What may go wrong with a request that reaches the API. */
export type AnswerFault =
  | ResetFault
  | StatusFault
  | SlowHeadersFault
  | CutFault
  | StallFault
  | SplitFault
  | DuplicateFault
  | DropFault
  | EventIdsFault
  | MalformedFault
  | OversizedFault
  | ErrorEventFault
  | RawErrorFault
  | NoDoneFault
  | NoBlankLineFault
  | ContentTypeFault
  | JsonFault;

/** What may go wrong between a client and the API, as data. {@link fault} makes them. */
export type Fault = RefuseFault | AnswerFault;

const atLeast = (least: number, value: number, name: string): number => {
  if (!(value >= least)) throw new TypeError(`fault: \`${name}\` is a number of at least ${String(least)}`);
  return value;
};

const checkedAfter = (after: After): After => {
  atLeast(0, 'bytes' in after ? after.bytes : after.events, 'bytes' in after ? 'bytes' : 'events');
  return after;
};

/** How an error is answered. */
export interface StatusFaultConfig {
  /** The shape of the body (wire-format 12.1). @defaultValue `'code'` */
  readonly shape?: ErrorShape | undefined;
  /** The code in it. @defaultValue the one that goes with the status */
  readonly code?: string | undefined;
  /** What it says. @defaultValue `'Not now.'` */
  readonly message?: string | undefined;
  /** The `retry-after` header: seconds, or a date. @defaultValue none */
  readonly retryAfter?: number | string | undefined;
  /** The `retry-after-ms` header. @defaultValue none */
  readonly retryAfterMs?: number | undefined;
}

/**
 * Makes faults: the words that `faults()` is told in. Places are counted from 1, times are in ms. The examples are entries.
 * Numbers that make no sense throw a `TypeError`.
 *
 * @example A stream that is silent after two messages, and an answer that comes at the second attempt
 * ```ts
 * const { createEmulator, fault } = await import('rx-interactions/emulator');
 * const emulator = createEmulator();
 * emulator.faults({ when: 'stream', fault: fault.stall({ events: 2 }) }, { when: 'create', fault: fault.status(503) });
 * const send = (body: object) =>
 *   emulator.fetch('/v1beta/interactions', {
 *     method: 'POST',
 *     headers: { 'x-goog-api-key': 'any' },
 *     body: JSON.stringify({ model, input: 'Count to 3.', ...body }),
 *   });
 * console.log((await send({})).status, (await send({})).status); // 503 200
 * const silent = await send({ stream: true });
 * await silent.body?.cancel();
 * console.log(emulator.requests.at(-1)?.fault?.kind); // stall
 * ```
 */
export const fault = {
  /**
   * No connection can be made for so many ms: sockets see `ECONNREFUSED`, and after that the port is the same as before. In
   * process, `fetch` rejects with a `TypeError` whose `cause.code` is that. It begins when the faults before it are used up,
   * and so at once if there are none; it can have neither `when` nor `times`, as nobody sees the requests that are not
   * made. `Infinity`: for good.
   *
   * @example `{ fault: fault.refuse(300) }`
   */
  refuse: (ms: number): RefuseFault => ({ kind: 'refuse', ms: atLeast(0, ms, 'ms') }),

  /**
   * The connection is reset before there is any answer. The request was accepted: what it starts is started. (Behind the
   * headers it is `cut({ bytes: 0 }, 'reset')`.)
   *
   * @example `{ when: 'create', fault: fault.reset() }`
   */
  reset: (): ResetFault => ({ kind: 'reset' }),

  /**
   * An error of any status, in any of its shapes. The request is not accepted.
   *
   * @example `{ when: ['create', 'stream'], times: 2, fault: fault.status(429, { shape: 'rpc', retryAfter: 1 }) }`
   */
  status: (
    status: number,
    { shape = 'code', code, message = 'Not now.', retryAfter, retryAfterMs }: StatusFaultConfig = {},
  ): StatusFault => {
    const { body, contentType } = errorBody(status, { shape, code, message });
    return {
      kind: 'status',
      status: atLeast(200, status, 'status'),
      body,
      headers: {
        ...(contentType !== undefined && { 'content-type': contentType }),
        ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
        ...(retryAfterMs !== undefined && { 'retry-after-ms': String(retryAfterMs) }),
      },
    };
  },

  /**
   * A page of HTML with status 200: a proxy, a captive portal. The request is not accepted.
   *
   * @example `{ fault: fault.page() }`
   */
  page: (): StatusFault => fault.status(200, { shape: 'html', message: 'Please sign in' }),

  /**
   * A redirect (301, 302, 303, 307, 308) to another address. The request is not accepted.
   *
   * @example `{ fault: fault.redirect(308, 'https://elsewhere.invalid/v1beta/interactions') }`
   */
  redirect: (status = 307, location = 'https://elsewhere.invalid/'): StatusFault => ({
    kind: 'status',
    status: atLeast(300, status, 'status'),
    body: '',
    headers: { location },
  }),

  /**
   * The head of the answer comes so many ms late; with `Infinity` never. The request was accepted.
   *
   * @example `{ when: 'stream', fault: fault.slowHeaders(5000) }`
   */
  slowHeaders: (ms: number): SlowHeadersFault => ({ kind: 'slow_headers', ms: atLeast(0, ms, 'ms') }),

  /**
   * The body ends after so many messages or bytes, or breaks (`reset`): with 0 bytes right behind the headers. What the
   * answer is about goes on.
   *
   * @example `{ when: 'stream', fault: fault.cut({ events: 4 }, 'reset') }`
   */
  cut: (after: After = { bytes: 0 }, how: CutFault['how'] = 'end'): CutFault => ({
    kind: 'cut',
    after: checkedAfter(after),
    how,
  }),

  /**
   * The body falls silent after so many messages or bytes (quirk Q13), and stays open. What it is about goes on.
   *
   * @example `{ when: 'resume', fault: fault.stall({ events: 2 }) }`
   */
  stall: (after: After = { bytes: 0 }): StallFault => ({ kind: 'stall', after: checkedAfter(after) }),

  /**
   * The body comes byte by byte, one every so many ms (with 0 as fast as the scheduler can).
   *
   * @example `{ fault: fault.drip() }`
   */
  drip: (ms = 0): SplitFault => fault.split(1, ms),

  /**
   * The body comes in pieces of 1 to so many bytes, at random, even within a character of UTF-8, one every so many ms. The
   * emulator's `random` makes the same pieces again.
   *
   * @example `{ times: Infinity, fault: fault.split(16) }`
   */
  split: (most = 16, ms = 0): SplitFault => ({
    kind: 'split',
    most: atLeast(1, most, 'most'),
    ms: atLeast(0, ms, 'ms'),
  }),

  /**
   * A stream that was asked to go on after an event (`last_event_id`) begins so many events earlier, and so ends its
   * repetition with that event; with `Infinity` from the start. One that was asked for everything is left as it is.
   *
   * @example `{ fault: fault.duplicate(3) }`
   */
  duplicate: (events = 1): DuplicateFault => ({ kind: 'duplicate', events: atLeast(1, events, 'events') }),

  /**
   * A message of the stream is left out.
   *
   * @example `{ when: 'resume', fault: fault.drop(2) }`
   */
  drop: (event = 1): DropFault => ({ kind: 'drop', event: atLeast(1, event, 'event') }),

  /**
   * Only every so many-th message of the stream keeps its `event_id`; with `Infinity` none (quirk Q14).
   *
   * @example `{ times: Infinity, fault: fault.eventIds(3) }`
   */
  eventIds: (every = Infinity): EventIdsFault => ({ kind: 'event_ids', every: atLeast(1, every, 'every') }),

  /**
   * A message of the stream is cut in the middle of its JSON; the ones behind it are whole.
   *
   * @example `{ when: 'stream', fault: fault.malformed(5) }`
   */
  malformed: (event = 1): MalformedFault => ({ kind: 'malformed', event: atLeast(1, event, 'event') }),

  /**
   * A message with so many bytes of data, of a kind that nobody knows, stands before another.
   *
   * @example `{ fault: fault.oversized(70_000_000) }`
   */
  oversized: (bytes: number, event = 1): OversizedFault => ({
    kind: 'oversized',
    event: atLeast(1, event, 'event'),
    bytes: atLeast(64, bytes, 'bytes'),
  }),

  /**
   * After so many messages there is an `error` event, and then the end. What the stream is about goes on.
   *
   * @example `{ when: 'stream', fault: fault.errorEvent(4, 'gateway_timeout', 'Deadline expired.') }`
   */
  errorEvent: (after: number, code = 'service_unavailable', message = 'The stream broke.'): ErrorEventFault => ({
    kind: 'error_event',
    after: atLeast(0, after, 'after'),
    error: { code, message },
  }),

  /**
   * After so many messages there is an `error` event that says nothing, and the stream goes on (quirk Q11).
   *
   * @example `{ fault: fault.emptyErrorEvent(4) }`
   */
  emptyErrorEvent: (after: number): ErrorEventFault => ({
    kind: 'error_event',
    after: atLeast(0, after, 'after'),
    error: undefined,
  }),

  /**
   * After so many messages there is error JSON without any `data:`, and then the end, with a line end or without (quirk Q12,
   * test vector T25). What the stream is about goes on.
   *
   * @example `{ fault: fault.rawError(4, { newline: false }) }`
   */
  rawError: (after: number, { status = 503, newline = true }: RawErrorFaultConfig = {}): RawErrorFault => {
    const { body } = errorBody(status, { shape: 'rpc', message: 'The service is currently unavailable.' });
    return {
      kind: 'raw_error',
      after: atLeast(0, after, 'after'),
      text: `[${body}\n]${newline ? '\n' : ''}`,
    };
  },

  /**
   * The stream ends without `[DONE]`.
   *
   * @example `{ times: Infinity, fault: fault.noDone() }`
   */
  noDone: (): NoDoneFault => ({ kind: 'no_done' }),

  /**
   * The stream ends right behind the data of `interaction.completed`: no line end, no blank line, no `[DONE]`.
   *
   * @example `{ fault: fault.noBlankLine() }`
   */
  noBlankLine: (): NoBlankLineFault => ({ kind: 'no_blank_line' }),

  /**
   * The header says that the body is of another type than it is; without a type there is no such header.
   *
   * @example `{ when: 'stream', fault: fault.contentType('text/plain') }`
   */
  contentType: (contentType?: string): ContentTypeFault => ({ kind: 'content_type', contentType }),

  /**
   * JSON where a stream was asked for: the whole interaction, when it is over.
   *
   * @example `{ when: 'resume', fault: fault.json() }`
   */
  json: (): JsonFault => ({ kind: 'json' }),
};

/** How error JSON stands in a stream. */
export interface RawErrorFaultConfig {
  /** Its HTTP status. @defaultValue 503 */
  readonly status?: number | undefined;
  /** Whether a line end comes behind it. @defaultValue `true` */
  readonly newline?: boolean | undefined;
}

/** The words that the function of an entry is given. */
export type FaultBuilders = typeof fault;
