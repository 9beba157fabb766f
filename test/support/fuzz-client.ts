import {
  type ClientConfig,
  converse,
  createClient,
  type Cursor,
  defineTool,
  type InteractionsClient,
  runBackground,
  runTools,
  type Transport,
  type TransportRequest,
} from 'rx-interactions';
import { concat, defer, from, mergeMap, NEVER, type Observable, of, type SchedulerLike, throwError } from 'rxjs';

import type { Random } from '../../bench/random.js';
import { utf8 } from './bytes.js';

/** What a server of a fuzzed case has to answer with. */
export interface Answers {
  /** Bodies of streams: wrong in some way, each in its own. */
  readonly streams: readonly (readonly Uint8Array[])[];
  /** Bodies of JSON: interactions that are whole, live, wrong, or none. */
  readonly texts: readonly string[];
  /** An id, and cursors: of snapshots, or wrong. */
  readonly cursors: readonly (Cursor | string)[];
}

/** More requests than any call makes: one that polls looks every ten seconds, with five attempts each, for ten minutes. */
const MANY = 600;

const ODD_TYPES = ['text/html', '', 'text/event-streams', 'application/json; charset=utf-8', 'TEXT/EVENT-STREAM;x=y'];

const FAULTS: readonly (() => Observable<never>)[] = [
  () => throwError(() => new TypeError('terminated')),
  () => throwError(() => 'a string'),
  () => throwError(() => undefined),
  () => NEVER,
];

/** How a body ends: mostly it just does. */
const endOf = (random: Random): Observable<never> | readonly never[] =>
  random.between(0, 3) === 0 ? random.pick(FAULTS)() : [];

const answerTo = ({ method, headers, url }: TransportRequest, random: Random, answers: Answers) => {
  const wantsStream = headers['accept'] === 'text/event-stream';
  const isStream = random.between(0, 19) === 0 ? !wantsStream : wantsStream;
  const body = isStream ? random.pick(answers.streams) : [utf8(random.pick(answers.texts))];
  const luck = random.between(0, 99);
  const isFirst = method === 'POST' && !url.endsWith('/cancel');
  const isRefused = luck < (isFirst ? 5 : 15);
  const type = luck >= 95 ? random.pick(ODD_TYPES) : isStream && !isRefused ? 'text/event-stream' : 'application/json';
  return {
    status: isRefused ? random.pick([301, 400, 401, 404, 408, 429, 500, 501, 503, 504]) : 200,
    headers: new Headers({
      ...(type === '' ? {} : { 'content-type': type }),
      ...(isRefused && { 'retry-after': random.pick(['1', '0', '-1', '9e99', 'x', 'Wed, 21 Oct 2099 07:28:00 GMT']) }),
    }),
    body: concat(isRefused ? [utf8(random.pick(answers.texts))] : from(body), endOf(random)),
  };
};

const REFUSED = throwError(() => Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } }));

/** A transport that answers at once, with anything; `onTooMany` hears of calls that never stop asking. */
const anyTransport = (random: Random, answers: Answers, onTooMany: () => void): Transport => {
  let requests = 0;
  const isDown = random.between(0, 3) === 0; // from the second request on: whoever asks has to give up
  return (request) =>
    defer(() => {
      requests += 1;
      if (requests > MANY) {
        onTooMany();
        return NEVER;
      }
      const luck = random.between(0, 99);
      if (luck === 0) return NEVER;
      if (luck < 4 || (isDown && requests > 1)) return REFUSED;
      return of(answerTo(request, random, answers));
    });
};

const echo = defineTool({ name: 'get_weather', parameters: { type: 'object' }, execute: (args) => of(1, args) });
const failing = defineTool({
  name: 'f',
  execute: () => {
    throw new Error('a tool that fails');
  },
});

type Call = (
  client: InteractionsClient,
  random: Random,
  answers: Answers,
  scheduler: SchedulerLike,
) => Observable<unknown>;

const REQUEST = { model: 'm', input: 'Hi' };

const CALLS: Readonly<Record<string, Call>> = {
  stream: (client) => client.stream(REQUEST),
  'stream, unstored': (client) => client.stream({ ...REQUEST, store: false }),
  'stream, background': (client) => client.stream({ ...REQUEST, background: true }, { teardown: 'cancel' }),
  create: (client) => client.create(REQUEST),
  'resume by id': (client) => client.resume('v1_a'),
  'resume by cursor': (client, random, { cursors }) => client.resume(random.pick(cursors)),
  poll: (client) => client.poll('v1_a'),
  get: (client) => client.get('v1_a'),
  cancel: (client) => client.cancel('v1_a'),
  runBackground: (client, _random, _answers, scheduler) => runBackground(client, REQUEST, { scheduler }),
  converse: (client, random) =>
    of('Hi', 'And then?').pipe(
      converse(client, {
        model: 'm',
        tools: [echo, failing],
        strategy: 'concat',
        store: random.between(0, 1) === 0,
        maxRounds: 3,
        random: () => 0,
      }),
      mergeMap((event) => (event.event_type === 'turn.failed' ? throwError(() => event.error) : of(event))),
    ),
  runTools: (client) => runTools(client, { ...REQUEST, tools: [echo, failing] }, { maxRounds: 4, random: () => 0 }),
};

const MINUTES = 60_000;

const configs = (random: Random): ClientConfig => ({
  onMalformed: random.pick(['error', 'skip']),
  limits: {
    total: 10 * MINUTES,
    ...(random.between(0, 1) === 0 && { idle: MINUTES, firstEvent: MINUTES, connect: MINUTES }),
    ...(random.between(0, 3) === 0 && { maxFrameBytes: 1000 }),
  },
  ...(random.between(0, 3) === 0 && { resume: { count: 1 } }),
});

/** One call of a client whose server answers anything; it has to end within ten minutes of the scheduler's time. */
export const anyCall = (
  random: Random,
  answers: Answers,
  scheduler: SchedulerLike,
  complain: (name: string, complaint: string) => void,
): { readonly name: string; readonly result$: Observable<unknown> } => {
  const name = random.pick(Object.keys(CALLS));
  const transport = anyTransport(random, answers, () => {
    complain(name, `made more than ${String(MANY)} requests`);
  });
  const client = createClient({
    apiKey: 'k',
    baseUrl: 'https://example.com',
    transport,
    scheduler,
    random: () => 0,
    ...configs(random),
  });
  return { name, result$: defer(() => CALLS[name]?.(client, random, answers, scheduler) ?? NEVER) };
};
