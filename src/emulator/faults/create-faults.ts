import { BehaviorSubject, type Observable, type SchedulerLike, tap } from 'rxjs';

import { type AnswerFault, type Fault, fault as builders, type FaultBuilders } from '../fault.js';
import { isRecord } from '../../internal/is-record.js';
import { type Operation, OPERATIONS } from '../operation.js';
import type { LoggedRequest } from '../request-log.js';
import { waitFor } from './with-fault.js';

/** What goes wrong, and with which request. */
export interface FaultEntry {
  /**
   * The requests it hits: an operation, several, or a test of the request as it is in the log.
   *
   * @defaultValue any; of faults that are about the messages of a stream, any that is answered with one
   */
  readonly when?: Operation | readonly Operation[] | ((request: LoggedRequest) => boolean) | undefined;
  /** What happens, or what makes it when given the {@link FaultBuilders | words for it}. */
  readonly fault: Fault | ((fault: FaultBuilders) => Fault);
  /** How many requests it hits; also `Infinity`. @defaultValue 1 */
  readonly times?: number | undefined;
}

/** The entries that are still to be used. */
export interface Faults {
  add(entries: readonly FaultEntry[]): void;
  /** What the first entry that is for this request does with it. */
  next(operation: Operation, request: LoggedRequest): AnswerFault | undefined;
  /** Whether no connection can be made. */
  readonly refusing$: Observable<boolean>;
  readonly isRefusing: () => boolean;
}

const STREAMED: readonly Operation[] = ['stream', 'resume'];

/** What a fault can hit at all: messages are only in streams. */
const reachOf = (fault: Fault): readonly Operation[] => {
  switch (fault.kind) {
    case 'drop':
    case 'event_ids':
    case 'malformed':
    case 'oversized':
    case 'error_event':
    case 'raw_error':
    case 'no_done':
    case 'no_blank_line':
    case 'json':
      return STREAMED;
    case 'cut':
    case 'stall':
      return 'events' in fault.after ? STREAMED : OPERATIONS;
    case 'duplicate':
      return ['resume'];
    default:
      return OPERATIONS;
  }
};

type Test = (operation: Operation, request: LoggedRequest) => boolean;

const testOf = (when: FaultEntry['when'], reach: readonly Operation[]): Test => {
  if (typeof when === 'function') return (operation, request) => reach.includes(operation) && when(request);
  const named: readonly Operation[] = when === undefined ? reach : [when].flat();
  return (operation) => named.includes(operation) && reach.includes(operation);
};

interface Waiting {
  readonly fault: Fault;
  readonly isFor: Test;
  left: number;
}

/** Refuses what types would have, while it is known who has written it. */
const checked = (entry: FaultEntry, at: number): Waiting => {
  const wrong = (what: string): TypeError => new TypeError(`Entry ${String(at)} of faults(): ${what}`);
  const { when, fault: told, times = 1, ...rest } = entry;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw wrong(`there is no member \`${unknown}\``);
  if (!(times === Infinity || (Number.isInteger(times) && times > 0))) throw wrong('`times` is a number of requests');
  const fault = typeof told === 'function' ? told(builders) : told;
  if (!isRecord(fault)) throw wrong('`fault` is a fault, or a function that makes one');
  const reach = reachOf(fault);
  if (fault.kind === 'refuse' && (when !== undefined || entry.times !== undefined))
    throw wrong('nobody sees the requests that are refused: there is neither `when` nor `times`');
  const named: readonly string[] = typeof when === 'function' || when === undefined ? [] : [when].flat();
  const outside = named.find((operation) => !(reach as readonly string[]).includes(operation));
  if (outside !== undefined) throw wrong(`\`${fault.kind}\` cannot hit \`${outside}\``);
  return { fault, isFor: testOf(when, reach), left: times };
};

/** What is to go wrong, in order. */
export const createFaults = (scheduler: SchedulerLike): Faults => {
  let waiting: readonly Waiting[] = [];
  const refusing$ = new BehaviorSubject(false);

  /** Begins to refuse connections when it is the turn of that. */
  const advance = (): void => {
    waiting = waiting.filter(({ left }) => left > 0);
    const [first] = waiting;
    if (first?.fault.kind !== 'refuse' || refusing$.value) return;
    refusing$.next(true);
    const reopen = (): void => {
      first.left = 0;
      refusing$.next(false);
      advance();
    };
    waitFor(first.fault.ms, scheduler).pipe(tap(reopen)).subscribe();
  };

  return {
    add(entries) {
      waiting = [...waiting, ...entries.map(checked)];
      advance();
    },
    next(operation, request) {
      for (const each of waiting) {
        if (each.fault.kind === 'refuse' || !each.isFor(operation, request)) continue;
        each.left -= 1;
        advance();
        return each.fault;
      }
      return undefined;
    },
    refusing$,
    isRefusing: () => refusing$.value,
  };
};
