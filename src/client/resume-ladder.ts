import {
  defer,
  takeLast,
  mergeMap,
  type MonoTypeOperatorFunction,
  type Observable,
  of,
  retry,
  type SchedulerLike,
  tap,
  throwError,
  timer,
} from 'rxjs';

import { InteractionError, UnsettledError, withPartial } from '../errors/index.js';
import {
  accumulateInteraction,
  alignReplay,
  cursorAt,
  Divergence,
  eventsOf,
  initialInteraction,
  type InteractionState,
  snapshotOf,
  truncateOpenSteps,
} from '../interaction/index.js';
import type { Diagnostic, Interaction, InteractionEvent } from '../protocol/index.js';
import { jitteredWait } from './back-off.js';
import { lookUntilSettled } from './look-until-settled.js';
import { withoutInput } from './without-input.js';

/** How often, and how patiently, a stream that broke off is resumed. */
export interface ResumeConfig {
  /** How many attempts in a row may bring nothing new. @defaultValue 3 */
  readonly count?: number | undefined;
  /** The wait before the first attempt, in ms; doubles from attempt to attempt that brings nothing. @defaultValue 500 */
  readonly delay?: number | undefined;
  /** The longest wait, in ms. @defaultValue 8,000 */
  readonly maxDelay?: number | undefined;
}

/**
 * The ways to go on, from the cheapest to the surest: the events after the last one that had an id; all events again; the
 * interaction as JSON, once it has settled.
 */
type Rung = 'after' | 'replay' | 'look';

const BELOW: Readonly<Record<Rung, Rung | undefined>> = { after: 'replay', replay: 'look', look: undefined };

export interface ResumeLadderConfig {
  /** `undefined` where nothing can be resumed: it is not stored, or resuming is not wanted. */
  readonly resume: ResumeConfig | undefined;
  /** What had been delivered before. */
  readonly from?: InteractionState | undefined;
  readonly openStream: (id: string, lastEventId: string | undefined) => Observable<InteractionEvent>;
  readonly look: (id: string) => Observable<Interaction>;
  readonly report: (diagnostic: Diagnostic) => void;
  readonly scheduler: SchedulerLike | undefined;
  readonly random: () => number;
}

/** The server's own words for "try again" (wire-format 12.1), which is what resuming does. */
const RETRYABLE: ReadonlySet<string> = new Set([
  'aborted',
  'rate_limit_exceeded',
  'too_many_requests',
  'api_error',
  'internal',
  'service_unavailable',
  'unavailable',
  'deadline_exceeded',
  'gateway_timeout',
]);

const INTERRUPTIONS: ReadonlySet<string> = new Set([
  'UnsettledError',
  'TransportError',
  'DecodeError',
  'TimeLimitError',
]);

/** Whether a stream broke off for a reason that says nothing of the interaction. */
const isInterruption = (error: unknown): error is InteractionError => {
  if (!InteractionError.is(error)) return false;
  if (error.name === 'ServerError') return RETRYABLE.has(error.code);
  if (error.name === 'HttpError') return (error.status ?? 0) >= 500 || error.status === 429 || error.status === 408;
  return INTERRUPTIONS.has(error.name) && error.code !== 'total' && error.code !== 'redirect_refused';
};

const isRefusedCursor = (error: unknown): boolean =>
  InteractionError.is(error) && error.name === 'HttpError' && (error.status === 400 || error.status === 416);

/** Output, or another status: what counts as getting on. */
const isProgress = (event: InteractionEvent, { head }: InteractionState): boolean => {
  switch (event.event_type) {
    case 'step.start':
    case 'step.delta':
    case 'step.stop':
    case 'interaction.completed':
      return true;
    case 'interaction.status_update':
      return event.status !== head.status;
    case 'interaction.created':
      return event.interaction.id !== head.id;
    default:
      return false;
  }
};

/**
 * @param first - The stream to begin with; `undefined` to begin by resuming.
 */
const climb = (
  { resume = {}, from: before, openStream, look, report, scheduler, random }: ResumeLadderConfig,
  first?: Observable<InteractionEvent>,
): Observable<InteractionEvent> =>
  defer(() => {
    const { count = 3, delay = 500, maxDelay = 8000 } = resume;
    let state = before ?? initialInteraction();
    let rung: Rung = 'after';
    let failures = 0; // attempts in a row that brought nothing new
    let isFirst = first !== undefined;

    const delivered = (): InteractionState => state;
    const explained = <E extends InteractionError>(error: E): E =>
      withPartial(error, { partial: snapshotOf(truncateOpenSteps(state)), cursor: cursorAt(state) });
    const unsettled = (reason: UnsettledError['reason'], cause: unknown): InteractionError =>
      explained(new UnsettledError(reason, { cause }));

    /** The rung it stands on: without an event to go on after, the first one is the second. */
    const currentRung = (): Rung => (rung === 'after' && state.lastEventId === undefined ? 'replay' : rung);

    const settled = (id: string): Observable<InteractionEvent> =>
      lookUntilSettled(look(id), { delay: 1000, maxDelay: 10_000 }, scheduler).pipe(
        takeLast(1),
        mergeMap((interaction) => eventsOf(withoutInput(interaction))),
      );

    const attempt = (): Observable<InteractionEvent> => {
      const { head, lastEventId, marked } = state;
      const { id = '' } = head;
      switch (currentRung()) {
        case 'after':
          return openStream(id, lastEventId).pipe(alignReplay({ delivered, from: marked ?? state }));
        case 'replay':
          return openStream(id, undefined).pipe(alignReplay({ delivered }));
        case 'look':
          return settled(id).pipe(alignReplay({ delivered }));
      }
    };

    /** How long to wait before another attempt, in ms; throws where there is to be none. */
    const plan = (error: unknown): number => {
      if (state.settled || state.head.id === undefined) throw error;
      const at = currentRung();
      if (error instanceof Divergence || (!isFirst && at === 'after' && isRefusedCursor(error))) {
        const below = BELOW[at];
        if (!below) throw unsettled('diverged', error);
        rung = below;
        return 0;
      }
      if (!isInterruption(error)) throw isFirst ? error : unsettled('disconnected', error);
      if (failures >= count) {
        if (at === 'look') throw error.name === 'TimeLimitError' ? explained(error) : unsettled('disconnected', error);
        rung = 'look';
        failures = 0;
      }
      failures += 1;
      return jitteredWait({ delay, maxDelay }, failures - 1, random);
    };

    return defer(() => (isFirst && first ? first : attempt())).pipe(
      tap((event) => {
        if (isProgress(event, state)) failures = 0;
        state = accumulateInteraction(state, event);
      }),
      retry({
        delay: (error: unknown) => {
          try {
            const wait = plan(error);
            isFirst = false;
            report({ code: 'stream_resumed', text: currentRung() });
            return wait === 0 ? of(wait) : timer(wait, scheduler);
          } catch (final) {
            return throwError(() => final);
          }
        },
      }),
    );
  });

/**
 * Goes on with a stored interaction when its stream breaks off, until it settles: nothing is delivered twice, nothing is
 * skipped, and nothing is guessed.
 *
 * ```text
 * stream            -c-s-d-#
 * GET, after d               ~-d-#            ~: waits
 * GET, from the start              ~-c-s-d-d-d-p-f|
 * withResume()      -c-s-d-----d-------------d-p-f|
 * ```
 *
 * Down the ladder: after the last event with an id; from the start, where what was delivered is skipped, and has to be the
 * same; and at last by looking until it has settled. `404` ends it. Errors with `UnsettledError`, whose `cursor` allows
 * another attempt.
 */
export const withResume =
  (config: ResumeLadderConfig): MonoTypeOperatorFunction<InteractionEvent> =>
  (source) =>
    config.resume ? climb(config, source) : source;

/** What a cursor lacks: the same, from the second stream on. */
export const resumeFrom = (
  config: ResumeLadderConfig & { readonly from: InteractionState },
): Observable<InteractionEvent> => climb(config);
