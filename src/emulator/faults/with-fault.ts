import {
  EMPTY,
  forkJoin,
  map,
  mergeMap,
  type MonoTypeOperatorFunction,
  NEVER,
  type Observable,
  of,
  type SchedulerLike,
  tap,
  throwError,
  timer,
  toArray,
} from 'rxjs';

import { encodeFrame } from '../../frames/index.js';
import { assertNever } from '../../internal/assert-never.js';
import { type Answer, json } from '../answer.js';
import { assemble } from '../assemble.js';
import type { Settings } from '../config.js';
import type { After, AnswerFault, CutFault, ErrorEventFault } from '../fault.js';
import { breakOff } from './break-off.js';
import {
  dropDone,
  dropMessage,
  endWithoutBlankLine,
  fromBefore,
  halveMessage,
  insertMessage,
  thinEventIds,
} from './change-messages.js';
import { inPieces } from './in-pieces.js';
import { eventIn } from './message.js';
import { connectionReset } from './network-errors.js';

/** A request that the API can answer, if it is let. */
export interface Asked {
  readonly query: URLSearchParams;
  /** Asks the API, with another query if one is given. */
  readonly answer: (query?: URLSearchParams) => Observable<Answer>;
}

/** What a fault does to the answers that come. */
type Change = MonoTypeOperatorFunction<Answer>;
type Bytes = Observable<Uint8Array>;

const encoder = new TextEncoder();

/** Waits, if need be for ever. A timer cannot: it takes that for no time at all. */
export const waitFor = (ms: number, scheduler: SchedulerLike): Observable<unknown> =>
  ms === Infinity ? NEVER : timer(ms, scheduler);

const bytesOf = ({ body }: Answer): Bytes => {
  if (body === null) return EMPTY;
  return typeof body === 'string' ? of(encoder.encode(body)) : body;
};

const changeBody = (change: MonoTypeOperatorFunction<Uint8Array>): Change =>
  map((answer) => ({ ...answer, body: bytesOf(answer).pipe(change) }));

const isStream = ({ headers }: Answer): boolean => headers['content-type'] === 'text/event-stream';

/** The same where there are messages: a refusal has none. */
const changeStream = (change: MonoTypeOperatorFunction<Uint8Array>): Change =>
  mergeMap((answer) => (isStream(answer) ? of(answer).pipe(changeBody(change)) : of(answer)));

const changeBehind = (after: After, ending$: Bytes): Change =>
  ('events' in after ? changeStream : changeBody)(breakOff(after, ending$));

const withContentType = (contentType: string | undefined): Change =>
  map((answer) => {
    const { 'content-type': _type, ...headers } = answer.headers;
    // Not as text, which a `Response` would give a type.
    return {
      ...answer,
      headers: { ...headers, ...(contentType !== undefined && { 'content-type': contentType }) },
      body: bytesOf(answer),
    };
  });

/** The interaction that a stream tells of, as JSON, when it is over; of the older endpoint the responses, in a list. */
const toJson: Change = mergeMap((answer) =>
  isStream(answer)
    ? bytesOf(answer).pipe(
        toArray(),
        map((chunks) => {
          const events = chunks.map(eventIn).filter((event) => event !== undefined);
          const { head, steps } = assemble(events);
          return json(events.some((event) => 'event_type' in event) ? { ...head, steps } : events);
        }),
      )
    : of(answer),
);

const lost = (how: CutFault['how']): Bytes => (how === 'end' ? EMPTY : throwError(() => connectionReset()));

const errorEventIn = ({ after, error }: ErrorEventFault): Change => {
  const event = { ...(error && { error }), event_type: 'error' };
  const frame = encodeFrame({ event: 'error', data: JSON.stringify(event) });
  return changeStream(error ? breakOff({ events: after }, of(frame)) : insertMessage(after + 1, frame));
};

/** A message of a kind that nobody knows, with so many bytes of data. */
const padding = (bytes: number): Uint8Array => {
  const data = JSON.stringify({ event_type: 'padding', text: '' });
  return encodeFrame({
    event: 'padding',
    data: data.replace('""', `"${'x'.repeat(Math.max(0, bytes - data.length))}"`),
  });
};

/** The answer to a request, as if it had asked for everything. */
const fromStart = ({ query, answer }: Asked): Observable<Answer> => {
  const asked = new URLSearchParams(query);
  asked.delete('last_event_id');
  return answer(asked);
};

/** The answer to a request that goes on after an event, from a little before it. */
const repeated = (asked: Asked, events: number): Observable<Answer> => {
  const lastEventId = asked.query.get('last_event_id') ?? '';
  return lastEventId === '' ? asked.answer() : fromStart(asked).pipe(changeStream(fromBefore(lastEventId, events)));
};

/** What becomes of a request that a fault hits: of its answer, or instead of it. */
const changed = (
  fault: AnswerFault,
  asked: Asked,
  { scheduler, random }: Pick<Settings, 'scheduler' | 'random'>,
): Observable<Answer> => {
  const with$ = (change: Change): Observable<Answer> => asked.answer().pipe(change);
  switch (fault.kind) {
    case 'reset':
      return with$(mergeMap(() => throwError(() => connectionReset())));
    case 'status':
      return of({ status: fault.status, headers: fault.headers, body: fault.body === '' ? null : fault.body });
    case 'slow_headers':
      return forkJoin([asked.answer(), waitFor(fault.ms, scheduler)]).pipe(map(([answer]) => answer));
    case 'cut':
      return with$(changeBehind(fault.after, lost(fault.how)));
    case 'stall':
      return with$(changeBehind(fault.after, NEVER));
    case 'split':
      return with$(
        changeBody(inPieces({ size: () => 1 + Math.floor(random() * fault.most), ms: fault.ms, scheduler })),
      );
    case 'duplicate':
      return repeated(asked, fault.events);
    case 'drop':
      return with$(changeStream(dropMessage(fault.event)));
    case 'event_ids':
      return with$(changeStream(thinEventIds(fault.every)));
    case 'malformed':
      return with$(changeStream(halveMessage(fault.event)));
    case 'oversized':
      return with$(changeStream(insertMessage(fault.event, padding(fault.bytes))));
    case 'error_event':
      return with$(errorEventIn(fault));
    case 'raw_error':
      return with$(changeBehind({ events: fault.after }, of(encoder.encode(fault.text))));
    case 'no_done':
      return with$(changeStream(dropDone));
    case 'no_blank_line':
      return with$(changeStream(endWithoutBlankLine));
    case 'content_type':
      return with$(withContentType(fault.contentType));
    case 'json':
      return fromStart(asked).pipe(toJson);
    default:
      return assertNever(fault);
  }
};

/**
 * A request that a fault hits: the one place where faults are. What the request starts goes on whatever becomes of its
 * connection.
 */
export const withFault = (
  fault: AnswerFault,
  { query, answer }: Asked,
  settings: Pick<Settings, 'scheduler' | 'random'>,
): Observable<Answer> =>
  changed(
    fault,
    {
      query,
      answer: (other) =>
        answer(other).pipe(
          tap(({ goOn }) => {
            goOn?.();
          }),
        ),
    },
    settings,
  );
