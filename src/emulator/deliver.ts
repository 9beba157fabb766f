import { concatMap, EMPTY, filter, NEVER, type Observable, of, takeWhile, throwError } from 'rxjs';

import { encodeFrame } from '../frames/index.js';
import { assertNever } from '../internal/assert-never.js';
import { isRecord } from '../internal/is-record.js';
import type { Cut } from './reply.js';
import { eventIdOf, type Happened, type Run } from './run.js';

/** A connection's view of a run. */
export interface DeliverConfig {
  /** How many events the client has already. */
  readonly after: number;
  /** Whether the event at this place carries its `event_id`. */
  readonly hasEventId: (position: number) => boolean;
}

const encoder = new TextEncoder();
const LOST = new Uint8Array();

const lose = (how: Cut['how']): Observable<Uint8Array> => {
  switch (how) {
    case 'end':
      return of(LOST);
    case 'reset':
      return throwError(() => new TypeError('The connection was reset'));
    case 'silence':
      return NEVER;
    default:
      return assertNever(how);
  }
};

const frameOf = (event: object | string, eventId: string | undefined): Uint8Array => {
  if (typeof event === 'string') return encodeFrame({ data: event });
  const name = isRecord(event) ? event['event_type'] : undefined;
  const stamped = eventId === undefined ? event : { ...event, event_id: eventId };
  return encodeFrame({ event: typeof name === 'string' ? name : undefined, data: JSON.stringify(stamped) });
};

const bytesOf = (happened: Happened, { isHitBy }: Run, { hasEventId }: DeliverConfig): Observable<Uint8Array> => {
  const { entry, position } = happened;
  switch (entry.kind) {
    case 'event':
      return of(frameOf(entry.event, hasEventId(position) ? eventIdOf(entry.event, position) : undefined));
    case 'done':
      return of(encodeFrame({ event: 'done', data: '[DONE]' }));
    case 'raw':
      return of(encoder.encode(entry.text));
    case 'cut':
      return isHitBy(happened) ? lose(entry.how) : EMPTY;
    default:
      return assertNever(entry);
  }
};

/**
 * A run as the bytes of an event stream: what has happened since the client left off, then what happens.
 *
 * ```text
 * run        -e---e-x-e---(e|)      x: a cut, for whoever is connected
 * deliver()  -b---b-|
 *                       b-b-(b|)    who resumes after the second event
 * ```
 */
export const deliver = (run: Run, config: DeliverConfig): Observable<Uint8Array> =>
  run.happened$.pipe(
    filter(({ position }) => position > config.after),
    concatMap((happened) => bytesOf(happened, run, config)),
    takeWhile((bytes) => bytes !== LOST),
  );
