import {
  catchError,
  concatMap,
  defaultIfEmpty,
  defer,
  EMPTY,
  from,
  identity,
  takeLast,
  mergeMap,
  type MonoTypeOperatorFunction,
  type Observable,
  of,
  retry,
  type SchedulerLike,
  tap,
  timer,
} from 'rxjs';

import { InteractionError, UnsettledError, withoutCursor } from '../errors/index.js';
import {
  accumulateInteraction,
  alignReplay,
  Divergence,
  eventsOf,
  initialInteraction,
  type InteractionState,
  withState,
} from '../interaction/index.js';
import { describeError } from '../internal/error-like.js';
import { mapError } from '../internal/map-error.js';
import { measurable } from '../internal/measurable.js';
import {
  type Diagnostic,
  type Interaction,
  type InteractionEvent,
  isLive,
  type StepDelta,
  type StepStart,
  type StepStop,
} from '../protocol/index.js';
import { jitteredWait } from './back-off.js';
import { hasStatus } from './has-status.js';
import { lookUntilSettled } from './look-until-settled.js';
import { isHttpError, isPassing } from './retry-gate.js';
import { withoutInput } from './without-input.js';

/** How often, and how patiently, a stream that broke off is resumed. */
export interface ResumeConfig {
  /** How many attempts in a row may bring nothing new. @defaultValue 3 */
  readonly count?: number | undefined;
  /** The wait before the first attempt, in ms; doubles from attempt to attempt that brings nothing. @defaultValue 500 */
  readonly delay?: number | undefined;
  /** The longest wait, in ms. Where the server asks for a longer one, the error is final. @defaultValue 8,000 */
  readonly maxDelay?: number | undefined;
  /**
   * Whether an answer that was resumed is compared with the interaction as JSON before it completes, with one more request:
   * what the server left out is put in, or the stream errors (`diverged`). It cannot be seen otherwise (wire-format 15, U7).
   *
   * @defaultValue where the stream went on after an event, and some of the events had no id, so that the server could not go on
   * exactly
   */
  readonly verify?: boolean | undefined;
}

/**
 * The ways to go on, from the cheapest to the surest: the events after the last one that had an id; all events again; the
 * interaction as JSON, once it has settled.
 */
type Rung = 'after' | 'replay' | 'look';

export interface ResumeLadderConfig {
  /** `false` where resuming is not wanted. */
  readonly resume: ResumeConfig | false;
  /** The interaction, where that is known before anything has come of it. */
  readonly id?: string | undefined;
  /** What had been delivered before. */
  readonly from?: InteractionState | undefined;
  readonly openStream: (id: string, lastEventId: string | undefined) => Observable<InteractionEvent>;
  readonly look: (id: string) => Observable<Interaction>;
  /** How long nothing may change, in ms, before it is given up; `undefined` for as long as it likes. */
  readonly patience: number | undefined;
  /** What limits the whole of it. */
  readonly within?: MonoTypeOperatorFunction<InteractionEvent> | undefined;
  readonly report: (diagnostic: Diagnostic) => void;
  readonly scheduler: SchedulerLike;
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

/** Whether a stream broke off, or a look failed, for a reason that says nothing of the interaction. */
export const isInterruption = (error: unknown): error is InteractionError => {
  if (!InteractionError.is(error)) return false;
  if (error.name === 'ServerError') return RETRYABLE.has(error.code);
  if (isHttpError(error)) return isPassing(error);
  return INTERRUPTIONS.has(error.name) && error.code !== 'total' && error.code !== 'redirect_refused';
};

/** What says all there is to say by itself. */
const LAST_WORDS: ReadonlySet<string> = new Set(['ServerError', 'FrameError', 'CredentialsError']);

const isRefusedCursor = (error: unknown): boolean => hasStatus(error, 400, 416);

/** There is nothing to go on with, and there never will be. */
const isGone = (error: unknown): boolean => hasStatus(error, 404, 410);

const isSilence = (error: unknown): boolean =>
  InteractionError.is(error) &&
  error.name === 'TimeLimitError' &&
  (error.code === 'idle' || error.code === 'firstEvent');

const isOutput = (event: InteractionEvent): event is StepStart | StepDelta | StepStop =>
  event.event_type === 'step.start' || event.event_type === 'step.delta' || event.event_type === 'step.stop';

/** A replay, even where the stream was asked to go on after an event. */
const isReplay = (event: InteractionEvent, { head }: InteractionState): boolean =>
  event.event_type === 'interaction.created' && event.interaction.id === head.id;

/** Output, or another status: what counts as getting on. */
const isProgress = (event: InteractionEvent, { head }: InteractionState): boolean =>
  isOutput(event) ||
  event.event_type === 'interaction.completed' ||
  (event.event_type === 'interaction.status_update' && event.status !== head.status) ||
  (event.event_type === 'interaction.created' && event.interaction.id !== head.id);

/**
 * Goes on with an interaction as {@link withResume} does.
 *
 * @param first - The stream to begin with; `undefined` to begin by resuming, with what `from` lacks.
 */
export const climb = (
  {
    resume,
    id: givenId,
    from: before,
    openStream,
    look,
    patience,
    within = identity,
    report,
    scheduler,
    random,
  }: ResumeLadderConfig,
  first?: Observable<InteractionEvent>,
): Observable<InteractionEvent> =>
  defer(() => {
    const { count = 3, delay = 500, maxDelay = 8000, verify } = resume || {};
    let state = before ?? initialInteraction();
    let rung: Rung = 'after';
    let failures = 0; // attempts in a row that brought nothing new
    let isFirst = true;
    let hasUnnamed = before?.marked !== undefined; // output without an id, which the server cannot go on after
    let isRetold = false; // from its start, so that nothing is lacking before what is new
    let silence: InteractionError | undefined; // why the server is asked how it stands, before the next attempt
    let lastSeen: string | undefined; // what it answered, if nothing has come since
    let isStuck = false; // nothing has come for longer than is allowed, and nothing has changed meanwhile

    const delivered = (): InteractionState => state;
    const idOf = (): string | undefined => state.head.id ?? givenId;
    const explained = <E>(error: E): E => withState(error, state);
    const unsettled = (reason: UnsettledError['reason'], cause: unknown): InteractionError =>
      explained(new UnsettledError(reason, { cause }));

    /** The rung it stands on: without an event to go on after, the first one is the second. */
    const currentRung = (): Rung => (rung === 'after' && state.lastEventId === undefined ? 'replay' : rung);

    /** The whole interaction as it is told now, of which only what is lacking passes. */
    const told = (interaction: Interaction): Observable<InteractionEvent> =>
      from(eventsOf(withoutInput(interaction))).pipe(alignReplay({ delivered }));

    /** Puts in what was left out, before the end; or says that something else was told. */
    const verified = (last: InteractionEvent): Observable<InteractionEvent> =>
      last.event_type === 'interaction.completed' && (verify ?? (hasUnnamed && !isRetold))
        ? look(idOf() ?? '').pipe(
            catchError((error: unknown) => {
              report({ code: 'answer_unverified', text: describeError(error) });
              return EMPTY;
            }),
            mergeMap((interaction) => (isLive(interaction.status) ? EMPTY : told(interaction))),
            defaultIfEmpty(last),
          )
        : of(last);

    const goOn = (): Observable<InteractionEvent> => {
      const { lastEventId, marked = state } = state;
      const id = idOf() ?? '';
      const at = currentRung();
      if (at === 'look') {
        return lookUntilSettled(look(id), { idle: patience, scheduler }).pipe(takeLast(1), mergeMap(told));
      }
      isRetold = at === 'replay';
      return openStream(id, isRetold ? undefined : lastEventId).pipe(
        tap((event) => {
          if (isReplay(event, state)) isRetold = true;
        }),
        alignReplay({ delivered, from: isRetold ? undefined : marked }),
        concatMap(verified),
      );
    };

    /** Asks how a silent interaction stands: it has settled, it is getting on, or it is stuck, as is who says nothing. */
    const ask = (because: InteractionError): Observable<InteractionEvent> =>
      look(idOf() ?? '').pipe(
        mapError((error) => {
          isStuck = patience !== undefined && isSilence(error);
          return isStuck ? because : error;
        }),
        mergeMap((interaction) => {
          if (!isLive(interaction.status)) return told(interaction);
          const seen = JSON.stringify(interaction);
          isStuck = patience !== undefined && seen === lastSeen;
          if (isStuck) throw because;
          lastSeen = seen;
          return goOn();
        }),
      );

    const attempt = (): Observable<InteractionEvent> => {
      const because = silence;
      silence = undefined;
      return because ? ask(because) : goOn();
    };

    /** How long to wait before another attempt, in ms; throws where there is to be none. */
    const plan = (error: unknown): number => {
      if (state.settled || idOf() === undefined) throw error;
      if (!resume || isStuck) throw explained(error);
      const isStart = isFirst && first !== undefined; // what nobody has tried to go on with yet
      if (!isStart && isGone(error)) throw withoutCursor(unsettled('disconnected', error));
      const at = currentRung();
      if (error instanceof Divergence || (!isStart && at === 'after' && isRefusedCursor(error))) {
        if (at === 'look') throw unsettled('diverged', error);
        rung = at === 'after' ? 'replay' : 'look';
        return 0;
      }
      if (!isInterruption(error)) {
        if (isStart || !InteractionError.is(error)) throw error;
        throw isFirst || LAST_WORDS.has(error.name) ? explained(error) : unsettled('disconnected', error);
      }
      if (isSilence(error)) {
        if (at !== 'look') {
          silence = error;
          return 0;
        }
        if (patience !== undefined) throw explained(error);
      }
      if (failures >= count) {
        if (at === 'look') throw error.name === 'TimeLimitError' ? explained(error) : unsettled('disconnected', error);
        rung = 'look';
        failures = 0;
      }
      const { retryAfter = 0 } = error;
      if (retryAfter > maxDelay) throw explained(error); // it said when, and that is not now
      failures += 1;
      return Math.max(retryAfter, jitteredWait({ delay, maxDelay }, failures - 1, random));
    };

    return defer(() => (isFirst ? (first ?? attempt()) : attempt())).pipe(
      tap((event) => {
        if (isOutput(event) && event.event_id === undefined) hasUnnamed = true;
        if (isProgress(event, state)) {
          failures = 0;
          lastSeen = undefined;
        }
        state = accumulateInteraction(state, event);
      }),
      retry({
        delay: (error: unknown) => {
          const wait = plan(error);
          isFirst = false;
          report({ code: 'stream_resumed', text: silence ? 'look' : currentRung() });
          return wait === 0 ? of(wait) : timer(measurable(wait), scheduler);
        },
      }),
      within,
      mapError((error) => (InteractionError.is(error) && error.code === 'total' ? explained(error) : error)),
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
 * same; and at last by looking until it has settled. A stream that falls silent for longer than a limit allows is asked
 * about first: if it is running, it goes on, and ends with `TimeLimitError` when nothing has changed by the next time. `404`
 * ends it. Errors with `UnsettledError`, whose `cursor` allows another attempt, if there is anything left to attempt.
 */
export const withResume =
  (config: ResumeLadderConfig): MonoTypeOperatorFunction<InteractionEvent> =>
  (source) =>
    config.resume ? climb(config, source) : source;
