import type { ClientConfig } from 'rx-interactions';
import { type EmulatorConfig, type ErrorShape, type Fault, fault, type FaultEntry } from 'rx-interactions/emulator';

import type { CALLS } from './fault-calls.js';

export type CallName = keyof typeof CALLS;

/** What happens, call by call: requests as the server sees them, `~` and the waits of the client in ms, the end. */
export type Stories = Readonly<Record<CallName, string>>;

/** Something that goes wrong, and what comes of it. */
export interface FaultRow {
  readonly name: string;
  /** What goes wrong, given the place of the message that is in the middle of what the call is to be told. */
  readonly faults: (middle: number) => readonly FaultEntry[];
  readonly client: ClientConfig;
  readonly emulator: EmulatorConfig;
  readonly stories: Stories;
}

/** The second look of those that are looked at. */
const isSecondLook = (): FaultEntry['when'] => {
  let looks = 0;
  return ({ method, query }) => method === 'GET' && query['stream'] === undefined && (looks += 1) === 2;
};

/** What happens when nothing goes wrong. Polling looks until the run, which takes 2.5 s, is over. */
const UNTOUCHED: Stories = {
  stream: 'POST ok',
  create: 'POST ok',
  resumeById: 'GET stream ok',
  resumeByCursor: 'GET stream after 5 ok',
  poll: 'GET ~1000 GET ~2000 GET ok',
  runTools: 'POST POST ok',
};

/** A turn is a stream, and a request more when that has succeeded. */
const turnOf = (stream: string): string => stream.replace(/ ok$/, ' POST ok');

const row = (
  name: string,
  faults: FaultRow['faults'] | Fault,
  stories: Partial<Stories> = {},
  { client = {}, emulator = {} }: Partial<Pick<FaultRow, 'client' | 'emulator'>> = {},
): FaultRow => ({
  name,
  faults: typeof faults === 'function' ? faults : () => [{ fault: faults }],
  client,
  emulator,
  stories: { ...UNTOUCHED, ...(stories.stream !== undefined && { runTools: turnOf(stories.stream) }), ...stories },
});

/** The stream is cut in the middle, and then something else goes wrong. */
const cutThen =
  (...entries: readonly (Fault | FaultEntry)[]): FaultRow['faults'] =>
  (middle) => [
    { fault: fault.cut({ events: middle }) },
    ...entries.map((entry) => ('kind' in entry ? { fault: entry } : entry)),
  ];

const inTheMiddle =
  (make: (middle: number) => Fault): FaultRow['faults'] =>
  (middle) => [{ fault: make(middle) }];

/** Every call ends like that, with its first request. */
const failed = (end: string): Stories => ({
  stream: `POST ${end}`,
  create: `POST ${end}`,
  resumeById: `GET stream ${end}`,
  resumeByCursor: `GET stream after 5 ${end}`,
  poll: `GET ${end}`,
  runTools: `POST ${end}`,
});

/** What makes nothing is asked for again. */
const ASKED_AGAIN = {
  resumeById: 'GET stream ~500 GET stream ok',
  resumeByCursor: 'GET stream after 5 ~500 GET stream after 5 ok',
  poll: 'GET ~500 GET ~1000 GET ~2000 GET ok',
} as const;

/** Everything is asked for again: it was not accepted. */
const RETRIED = { stream: 'POST ~500 POST ok', create: 'POST ~500 POST ok', ...ASKED_AGAIN } as const;

/** A stream is gone on with after the last of its events. */
const RESUMED = {
  stream: 'POST ~500 GET stream after 5 ok',
  resumeById: 'GET stream ~500 GET stream after 5 ok',
  resumeByCursor: 'GET stream after 5 ~500 GET stream after 7 ok',
} as const;

/** The same, with something between the wait and the end. */
const resumedWith = (story: (after: string) => string): Pick<Stories, 'stream' | 'resumeById' | 'resumeByCursor'> => ({
  stream: `POST ~500 ${story('GET stream after 5')}`,
  resumeById: `GET stream ~500 ${story('GET stream after 5')}`,
  resumeByCursor: `GET stream after 5 ~500 ${story('GET stream after 7')}`,
});

const createAndPoll = (end: string): Pick<Stories, 'create' | 'poll'> => ({
  create: `POST ${end}`,
  poll: `GET ${end}`,
});

const LIMITED: Partial<FaultRow> = {
  client: { limits: { connect: 20_000, firstEvent: 40_000, idle: 30_000, total: 3_600_000 } },
};

/** Silence before there is an event; nothing but the whole limits the answer of `create`. */
const SILENT_FROM_THE_START: Partial<Stories> = {
  stream: 'POST ~40000 TimeLimitError firstEvent',
  create: 'POST ~3600000 TimeLimitError total',
  resumeById: 'GET stream ~40000 GET ok',
  resumeByCursor: 'GET stream after 5 ~30000 GET ok',
  poll: 'GET ~30000 ~500 GET ok',
};

const BROKEN_BEFORE_AN_EVENT: Partial<Stories> = { ...ASKED_AGAIN, stream: 'POST UnsettledError disconnected' };

const NO_IDS: Partial<FaultRow> = { emulator: { eventIds: () => false } };

const SHAPES: readonly ErrorShape[] = ['code', 'rpc', 'array', 'empty', 'html', 'text'];

/** Where some output had no id, and the server cannot have gone on exactly, the answer is compared with the whole. */
const VERIFIED = 'GET ok';

const THREE_ATTEMPTS = (after: string): string => `${after} ~1000 ${after} ~2000 ${after} ~500 GET ok`;

/**
 * Everything that `faults()` knows, and what every call makes of it. The stories follow from wire-format 4, 5.4, 5.5 and 12,
 * and from what docs/reliability.md promises.
 */
export const FAULT_TABLE: readonly FaultRow[] = [
  row('nothing', () => []),

  // connections
  row('no connection for 600 ms', fault.refuse(600), {
    stream: '~500 ~1000 POST ok',
    create: '~500 ~1000 POST ok',
    resumeById: '~500 ~1000 GET stream ok',
    resumeByCursor: '~500 ~1000 GET stream after 5 ok',
    poll: '~500 ~1000 GET ~1000 GET ok',
  }),
  row('a cut, then no connection for 600 ms', cutThen(fault.refuse(600)), {
    ...resumedWith((after) => `~1000 ${after} ok`),
  }),
  row('a reset before the headers', fault.reset(), {
    ...ASKED_AGAIN,
    stream: 'POST TransportError connection_failed',
    create: 'POST TransportError connection_failed',
  }),
  row('a reset behind the headers', fault.cut({ bytes: 0 }, 'reset'), {
    ...BROKEN_BEFORE_AN_EVENT,
    create: 'POST TransportError connection_lost',
  }),
  row('an end behind the headers', fault.cut(), {
    ...BROKEN_BEFORE_AN_EVENT,
    ...createAndPoll('TransportError unexpected_content'),
  }),
  row('an end after 40 bytes', fault.cut({ bytes: 40 }), {
    ...BROKEN_BEFORE_AN_EVENT,
    ...createAndPoll('TransportError unexpected_content'),
  }),
  row('a reset after 40 bytes', fault.cut({ bytes: 40 }, 'reset'), {
    ...BROKEN_BEFORE_AN_EVENT,
    create: 'POST TransportError connection_lost',
  }),
  row('an end within a message', fault.cut({ bytes: 1000 }), {
    stream: 'POST ~500 GET stream after 6 ok',
    resumeById: 'GET stream ~500 GET stream after 6 ok',
    runTools: 'POST ~500 GET stream after 5 POST ok', // whose messages are longer
  }),
  row(
    'an end between two messages',
    inTheMiddle((events) => fault.cut({ events })),
    RESUMED,
  ),
  row(
    'a reset between two messages',
    inTheMiddle((events) => fault.cut({ events }, 'reset')),
    RESUMED,
  ),
  row('an end after every third message', () => [{ times: Infinity, fault: fault.cut({ events: 3 }) }], {
    stream: 'POST ~500 GET stream after 3 ~500 GET stream after 6 ok',
    resumeById: 'GET stream ~500 GET stream after 3 ~500 GET stream after 6 ok',
    resumeByCursor: 'GET stream after 5 ~500 GET stream after 8 ok',
    runTools:
      'POST ~500 GET stream after 3 ~500 GET stream after 6 POST ~500 GET stream after 3 ~500 GET stream after 6 ok',
  }),

  // statuses
  ...SHAPES.map((shape) => row(`503 in the shape ${shape}`, fault.status(503, { shape }), RETRIED)),
  row('503 that names 700 ms', fault.status(503, { retryAfterMs: 700, retryAfter: 60 }), {
    stream: 'POST ~700 POST ok',
    create: 'POST ~700 POST ok',
    resumeById: 'GET stream ~700 GET stream ok',
    resumeByCursor: 'GET stream after 5 ~700 GET stream after 5 ok',
    poll: 'GET ~700 GET ~1000 GET ~2000 GET ok',
  }),
  row('429 that names 2 s', fault.status(429, { shape: 'rpc', retryAfter: 2 }), {
    stream: 'POST ~2000 POST ok',
    create: 'POST ~2000 POST ok',
    resumeById: 'GET stream ~2000 GET stream ok',
    resumeByCursor: 'GET stream after 5 ~2000 GET stream after 5 ok',
    poll: 'GET ~2000 GET ~1000 GET ok',
  }),
  row('503 that names a minute', fault.status(503, { retryAfter: 60 }), failed('HttpError service_unavailable')),
  row('503 four times', () => [{ times: 4, fault: fault.status(503) }], {
    stream: 'POST ~500 POST ~1000 POST ~2000 POST ~4000 POST ok',
    create: 'POST ~500 POST ~1000 POST ~2000 POST ~4000 POST ok',
    resumeById: 'GET stream ~500 GET stream ~1000 GET stream ~2000 GET stream ~4000 GET stream ok',
    resumeByCursor: `GET stream after 5 ~500 ${THREE_ATTEMPTS('GET stream after 5')}`,
    poll: 'GET ~500 GET ~1000 GET ~2000 GET ~4000 GET ok',
  }),
  row('429 without a hint', fault.status(429, { shape: 'array' }), RETRIED),
  row('a quota that is used up', fault.status(429, { code: 'quota_exceeded' }), failed('HttpError quota_exceeded')),
  row('500', fault.status(500, { shape: 'text' }), {
    ...ASKED_AGAIN,
    stream: 'POST HttpError api_error',
    create: 'POST HttpError api_error',
  }),
  row('504', fault.status(504, { shape: 'html' }), {
    ...ASKED_AGAIN,
    stream: 'POST HttpError gateway_timeout',
    create: 'POST HttpError gateway_timeout',
  }),
  row('409 aborted', fault.status(409, { code: 'aborted' }), {
    ...ASKED_AGAIN,
    stream: 'POST HttpError aborted',
    create: 'POST HttpError aborted',
  }),
  row('501', fault.status(501), failed('HttpError unimplemented')),
  row('400', fault.status(400), {
    ...failed('HttpError invalid_request'),
    resumeByCursor: 'GET stream after 5 GET stream ok', // it may be the cursor
  }),
  row('401', fault.status(401), failed('HttpError authentication')),
  row('404', fault.status(404), {
    ...failed('HttpError not_found'),
    resumeByCursor: 'GET stream after 5 UnsettledError disconnected',
  }),
  row('a cut, then 503', cutThen(fault.status(503)), {
    ...RETRIED,
    ...resumedWith((after) => `${after} ~1000 ${after} ok`),
  }),
  row('a cut, then 404', cutThen(fault.status(404)), {
    ...createAndPoll('HttpError not_found'),
    ...resumedWith((after) => `${after} UnsettledError disconnected`),
  }),
  row('a cut, then 400', cutThen(fault.status(400)), {
    ...createAndPoll('HttpError invalid_request'),
    ...resumedWith((after) => `${after} GET stream ok`),
  }),
  row('a cut, then 401', cutThen(fault.status(401)), {
    ...createAndPoll('HttpError authentication'),
    ...resumedWith((after) => `${after} UnsettledError disconnected`),
  }),

  // answers of another kind
  row('a page', fault.page(), {
    ...failed('TransportError unexpected_content'),
    ...ASKED_AGAIN,
    poll: 'GET TransportError unexpected_content',
  }),
  row('a cut, then a page', cutThen(fault.page()), {
    ...createAndPoll('TransportError unexpected_content'),
    ...resumedWith((after) => `${after} ~1000 ${after} ok`),
  }),
  ...[302, 307, 308].map((status) =>
    row(`a redirect (${status})`, fault.redirect(status), failed('TransportError redirect_refused')),
  ),
  row('a cut, then a redirect', cutThen(fault.redirect()), {
    ...createAndPoll('TransportError redirect_refused'),
    ...resumedWith((after) => `${after} UnsettledError disconnected`),
  }),
  row('JSON where a stream was asked for', fault.json()),
  row('a cut, then JSON where a stream was asked for', cutThen(fault.json()), RESUMED),
  ...['application/json', 'text/plain', undefined].map((contentType) =>
    row(`the content type ${String(contentType)}`, fault.contentType(contentType), {
      stream: 'POST TransportError unexpected_content',
      resumeById: ASKED_AGAIN.resumeById,
      resumeByCursor: ASKED_AGAIN.resumeByCursor,
    }),
  ),

  // silence
  row('headers after 5 s', fault.slowHeaders(5000), { poll: 'GET ~1000 GET ok' }, LIMITED),
  row(
    'no headers',
    fault.slowHeaders(Infinity),
    {
      stream: 'POST ~20000 TimeLimitError connect',
      create: 'POST ~3600000 TimeLimitError total',
      resumeById: 'GET stream ~20000 ~500 GET stream ok',
      resumeByCursor: 'GET stream after 5 ~20000 ~500 GET stream after 5 ok',
      poll: 'GET ~20000 ~500 GET ok',
    },
    LIMITED,
  ),
  row('silence behind the headers', fault.stall(), SILENT_FROM_THE_START, LIMITED),
  row('silence after 40 bytes', fault.stall({ bytes: 40 }), SILENT_FROM_THE_START, LIMITED),
  row(
    'silence between two messages',
    inTheMiddle((events) => fault.stall({ events })),
    {
      stream: 'POST ~30000 GET ok',
      resumeById: 'GET stream ~30000 GET ok',
      resumeByCursor: 'GET stream after 5 ~30000 GET ok',
    },
    LIMITED,
  ),
  row('a replay that hangs after two events', cutThen({ when: 'resume', fault: fault.stall({ events: 2 }) }), {
    ...resumedWith((after) => `${after} ~360000 GET ok`),
    resumeByCursor: RESUMED.resumeByCursor, // two events are all there is
  }),
  row('streams that are silent from then on', cutThen({ when: 'resume', times: Infinity, fault: fault.stall() }), {
    ...resumedWith((after) => `${after} ~360000 GET ok`),
  }),
  row(
    'silence, and nobody who answers what is asked about it',
    (events) => [
      { when: ['stream', 'resume'], fault: fault.stall({ events }) },
      { when: 'get', fault: fault.stall() },
    ],
    {
      stream: 'POST ~30000 GET ~30000 TimeLimitError idle',
      resumeById: 'GET stream ~30000 GET ~30000 TimeLimitError idle',
      resumeByCursor: 'GET stream after 5 ~30000 GET ~30000 TimeLimitError idle',
      poll: 'GET ~30000 ~500 GET ok',
    },
    LIMITED,
  ),
  row('a look that cannot be read, behind one that can', () => [{ when: isSecondLook(), fault: fault.page() }], {
    poll: 'GET ~1000 GET ~1000 GET ~2000 GET ok',
  }),
  row('streams that are empty from then on', cutThen({ when: 'resume', times: Infinity, fault: fault.cut() }), {
    ...resumedWith(THREE_ATTEMPTS),
  }),
  row('streams that are refused from then on', cutThen({ when: 'resume', times: Infinity, fault: fault.status(500) }), {
    ...resumedWith(THREE_ATTEMPTS),
  }),

  // pieces
  row('byte by byte', fault.drip()),
  row('in pieces', () => [{ times: Infinity, fault: fault.split(16) }]),

  // replays, and ids
  row('a cut, then its last event again', cutThen(fault.duplicate()), RESUMED),
  row('a cut, then three events again', cutThen(fault.duplicate(3)), RESUMED),
  row('a cut, then everything again', cutThen(fault.duplicate(Infinity)), RESUMED),
  row('no ids', () => [{ times: Infinity, fault: fault.eventIds() }], {
    resumeByCursor: `GET stream after 5 ${VERIFIED}`,
  }),
  row(
    'a cut where nothing has an id',
    cutThen(),
    {
      stream: 'POST ~500 GET stream ok',
      resumeById: 'GET stream ~500 GET stream ok',
      resumeByCursor: 'GET stream ~500 GET stream ok',
    },
    NO_IDS,
  ),
  row(
    'a cut where every third event has an id',
    cutThen(),
    {
      stream: `POST ~500 GET stream after 3 ${VERIFIED}`,
      resumeById: `GET stream ~500 GET stream after 3 ${VERIFIED}`,
      resumeByCursor: `GET stream after 3 ~500 GET stream after 3 ${VERIFIED}`,
    },
    { emulator: { eventIds: ({ position }) => position % 3 === 0 } },
  ),
  row(
    'a cut behind an event with an id, then some before it that have none',
    () => [{ fault: fault.cut({ events: 6 }) }, { fault: fault.duplicate(3) }],
    {
      stream: `POST ~500 GET stream after 6 ${VERIFIED}`,
      resumeById: `GET stream ~500 GET stream after 6 ${VERIFIED}`,
      resumeByCursor: `GET stream after 3 ${VERIFIED}`,
    },
    { emulator: { eventIds: ({ position }) => position % 3 === 0 } },
  ),
  row(
    'a replay that leaves out what had been told',
    cutThen(fault.drop(4)),
    {
      stream: 'POST ~500 GET stream GET ok',
      resumeById: 'GET stream ~500 GET stream GET ok',
      resumeByCursor: 'GET stream ~500 GET stream GET ok',
    },
    NO_IDS,
  ),

  row(
    'a cut, then the last text is left out',
    cutThen(fault.drop(2)),
    {
      ...resumedWith((after) => `${after} GET GET stream GET UnsettledError diverged`),
      resumeByCursor: 'GET stream after 5 ~500 GET stream after 7 ~500 GET stream after 8 GET ok', // left out: the end
    },
    { client: { resume: { verify: true } } },
  ),
  row(
    'a replay that leaves out the last text',
    cutThen(fault.drop(7)),
    {
      stream: 'POST ~500 GET stream GET GET UnsettledError diverged',
      resumeById: 'GET stream ~500 GET stream GET GET UnsettledError diverged',
      resumeByCursor: 'GET stream ~500 GET stream GET GET UnsettledError diverged',
    },
    { client: { resume: { verify: true } }, emulator: { eventIds: () => false } },
  ),

  // messages
  row(
    'half a message',
    inTheMiddle((event) => fault.malformed(event)),
    {
      stream: 'POST ~500 GET stream after 4 ok',
      resumeById: 'GET stream ~500 GET stream after 4 ok',
      resumeByCursor: 'GET stream after 5 ~500 GET stream after 6 ok',
    },
  ),
  row(
    'a message that is too large',
    inTheMiddle((event) => fault.oversized(20_000, event)),
    {
      stream: 'POST FrameError frame_too_large',
      resumeById: 'GET stream FrameError frame_too_large',
      resumeByCursor: 'GET stream after 5 FrameError frame_too_large',
    },
    { client: { limits: { maxFrameBytes: 10_000 } } },
  ),
  row(
    'a message that is large',
    inTheMiddle((event) => fault.oversized(20_000, event)),
  ),
  row(
    'an error event',
    inTheMiddle((after) => fault.errorEvent(after)),
    RESUMED,
  ),
  row(
    'an error event that is final',
    inTheMiddle((after) => fault.errorEvent(after, 'safety', 'No.')),
    {
      stream: 'POST ServerError safety',
      resumeById: 'GET stream ServerError safety',
      resumeByCursor: 'GET stream after 5 ServerError safety',
    },
  ),
  row(
    'an empty error event',
    inTheMiddle((after) => fault.emptyErrorEvent(after)),
  ),
  row(
    'an error in no message',
    inTheMiddle((after) => fault.rawError(after)),
    RESUMED,
  ),
  row(
    '… and no line end',
    inTheMiddle((after) => fault.rawError(after, { newline: false })),
    RESUMED,
  ),
  row(
    'an error in no message that is final',
    inTheMiddle((after) => fault.rawError(after, { status: 400 })),
    {
      stream: 'POST ServerError invalid_argument',
      resumeById: 'GET stream ServerError invalid_argument',
      resumeByCursor: 'GET stream after 5 ServerError invalid_argument',
    },
  ),
  row('no [DONE]', fault.noDone()),
  row('no blank line', fault.noBlankLine()),
];
