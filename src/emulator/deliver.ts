import { concat, concatMap, defer, EMPTY, filter, NEVER, type Observable, of, takeWhile, throwError } from 'rxjs';

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

const bytesOf = ({ entry, position }: Happened, { hasEventId }: DeliverConfig): readonly Uint8Array[] => {
  switch (entry.kind) {
    case 'event':
      return [frameOf(entry.event, hasEventId(position) ? eventIdOf(entry.event, position) : undefined)];
    case 'done':
      return [encodeFrame({ event: 'done', data: '[DONE]' })];
    case 'raw':
      return [encoder.encode(entry.text)];
    case 'cut':
      return [];
    default:
      return assertNever(entry);
  }
};

/** How a connection tells of a run. */
export interface TransmitConfig {
  /** How many events the client has already. @defaultValue 0 */
  readonly after?: number | undefined;
  /** What is sent when something has happened. Of cuts it is not asked where they hit. */
  readonly write: (happened: Happened) => readonly Uint8Array[];
  /** What is sent when nothing more will happen. @defaultValue nothing */
  readonly end?: (() => Observable<Uint8Array>) | undefined;
}

/** What a connection carries of a run, until it is over, or a cut hits it. */
export const transmit = (run: Run, { after = 0, write, end = () => EMPTY }: TransmitConfig): Observable<Uint8Array> =>
  concat(
    run.happened$.pipe(
      filter(({ position }) => position > after),
      concatMap((happened) => {
        const { entry } = happened;
        return entry.kind === 'cut' && run.isHitBy(happened) ? lose(entry.how) : write(happened);
      }),
    ),
    defer(end),
  ).pipe(takeWhile((bytes) => bytes !== LOST));

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
  transmit(run, { after: config.after, write: (happened) => bytesOf(happened, config) });
