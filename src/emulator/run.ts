import {
  concat,
  concatMap,
  defer,
  from,
  ignoreElements,
  map,
  NEVER,
  type Observable,
  of,
  ReplaySubject,
  type SchedulerLike,
  Subject,
  takeUntil,
  tap,
  timer,
} from 'rxjs';

import { isRecord } from '../internal/is-record.js';
import type { DoneEntry, Entry, EventEntry, FinalEntry } from './compile-reply.js';
import { eventIdAt } from './mint.js';
import { Refusal } from './refusal.js';
import type { Cut, RawPart } from './reply.js';

/** Something that has happened in a run, and that connections are told of. */
export interface Happened {
  readonly entry: EventEntry | DoneEntry | RawPart | Cut;
  /** Which event it is, from 1; of what is no event, which one comes next. */
  readonly position: number;
}

/** An interaction in progress: what has happened, to be replayed by whoever comes, and what still will. */
export interface Run {
  /** Everything that has happened, then what happens; completes when nothing more will, errors when it is stopped. */
  readonly happened$: Observable<Happened>;
  /** The events so far. */
  readonly events: readonly (object | string)[];
  /** Whether a cut hits the connection that asks. Each hits one, the first. */
  readonly isHitBy: (cut: Happened) => boolean;
  /** Whether a cut has hit a connection. */
  readonly wasCut: () => boolean;
  /** Whether nothing more will happen. */
  readonly isOver: () => boolean;
  /** Settles it at once. */
  readonly cancel: () => void;
  /** Stops it where it is: nobody is there to hear the rest. */
  readonly stop: () => void;
}

export interface RunConfig {
  /** Between two events, in ms. */
  readonly pace: number;
  /**
   * Whether the whole has to keep pace. A timer takes 1 ms at least, and longer on a busy machine; what is overdue then
   * comes at once. Otherwise there is always that time between two events.
   */
  readonly isPunctual: boolean;
  readonly scheduler: SchedulerLike;
  /** Makes the final event, when its time has come, of the events before it. */
  readonly finalEvent: (final: FinalEntry, events: readonly (object | string)[]) => object;
}

/** Where a stream can be resumed after an event: its own id, or that of its place. */
export const eventIdOf = (event: object | string, position: number): string =>
  isRecord(event) && typeof event['event_id'] === 'string' ? event['event_id'] : eventIdAt(position);

/** Starts an interaction: lets it happen, one entry after the other. */
export const startRun = (entries: readonly Entry[], { pace, isPunctual, scheduler, finalEvent }: RunConfig): Run => {
  const events: (object | string)[] = [];
  const spent = new Set<Happened>();
  const past$ = new ReplaySubject<Happened>(Infinity);
  const cancelled$ = new Subject<void>();
  let isCancelled = false;
  let isOver = false;
  const over = (): void => {
    isOver = true;
  };

  let due = scheduler.now();
  const wait = (ms: number): Observable<unknown> => {
    due = (isPunctual ? due : scheduler.now()) + ms;
    const left = due - scheduler.now();
    return left > 0 ? timer(left, scheduler) : of(undefined);
  };

  const inTime = <T>(entry: T): Observable<T> => (pace > 0 ? wait(pace).pipe(map(() => entry)) : of(entry));

  const play = (entry: Entry): Observable<Happened['entry']> => {
    switch (entry.kind) {
      case 'event':
        return inTime(entry);
      case 'final':
        return inTime(entry).pipe(map((final) => ({ kind: 'event', event: finalEvent(final, events) })));
      case 'pause':
        due = Math.max(due, scheduler.now()); // not made up for: nothing is to happen for so long
        return wait(entry.ms).pipe(ignoreElements());
      case 'stall':
        return NEVER;
      default:
        return of(entry);
    }
  };

  const closing = (): readonly Happened['entry'][] => [
    { kind: 'event', event: finalEvent({ kind: 'final', status: 'cancelled', members: {} }, events) },
    { kind: 'done' },
  ];

  const playing = concat(
    from(entries).pipe(concatMap(play), takeUntil(cancelled$)),
    defer(() => (isCancelled ? closing() : [])),
  )
    .pipe(
      map((entry): Happened => {
        const position = events.length + 1;
        if (entry.kind === 'event') events.push(entry.event);
        return { entry, position };
      }),
      tap({ complete: over, unsubscribe: over }),
    )
    .subscribe(past$);

  return {
    happened$: past$.asObservable(),
    events,
    isHitBy: (cut) => {
      const isFirst = !spent.has(cut);
      spent.add(cut);
      return isFirst;
    },
    wasCut: () => spent.size > 0,
    isOver: () => isOver,
    cancel: () => {
      isCancelled = true;
      cancelled$.next();
    },
    stop: () => {
      playing.unsubscribe();
      past$.error(new Refusal(503, 'service_unavailable', 'The interaction was stopped.'));
    },
  };
};
