import {
  catchError,
  concatMap,
  defaultIfEmpty,
  defer,
  EMPTY,
  from,
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
import { lookUntilSettled } from './look-until-settled.js';
import { isHttpError, isPassing } from './retry-gate.js';
import { limitStandstill } from './time-limits.js';
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

const BELOW: Readonly<Record<Rung, Rung | undefined>> = { after: 'replay', replay: 'look', look: undefined };

export interface ResumeLadderConfig {
  /** `undefined` where nothing can be resumed: it is not stored, or resuming is not wanted. */
  readonly resume: ResumeConfig | undefined;
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

/** Whether a stream broke off, or a look failed, for a reason that says nothing of the interaction. */
export const isInterruption = (error: unknown): error is InteractionError => {
  if (!InteractionError.is(error)) return false;
  if (error.name === 'ServerError') return RETRYABLE.has(error.code);
  if (isHttpError(error)) return isPassing(error);
  return INTERRUPTIONS.has(error.name) && error.code !== 'total' && error.code !== 'redirect_refused';
};

/** Nothing has come for longer than is allowed, and nothing has changed meanwhile. */
class Stuck extends Error {
  constructor(readonly because: InteractionError) {
    super(because.message);
  }
}

/** What says more on its own than that the stream ended: it is the server's last word, or ours. */
const isLastWord = (error: unknown): error is InteractionError =>
  InteractionError.is(error) &&
  (error.name === 'ServerError' || error.name === 'FrameError' || error.name === 'CredentialsError');

const isRefusedCursor = (error: unknown): boolean =>
  InteractionError.is(error) && error.name === 'HttpError' && (error.status === 400 || error.status === 416);

/** There is nothing to go on with, and there never will be. */
const isGone = (error: unknown): boolean =>
  InteractionError.is(error) && error.name === 'HttpError' && (error.status === 404 || error.status === 410);

const isSilence = (error: unknown): boolean =>
  InteractionError.is(error) &&
  error.name === 'TimeLimitError' &&
  (error.code === 'idle' || error.code === 'firstEvent');

const isOutput = (event: InteractionEvent): event is StepStart | StepDelta | StepStop =>
  event.event_type === 'step.start' || event.event_type === 'step.delta' || event.event_type === 'step.stop';

/** Output, or another status: what counts as getting on. */
const isProgress = (event: InteractionEvent, { head }: InteractionState): boolean => {
  if (isOutput(event)) return true;
  switch (event.event_type) {
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
  {
    resume,
    id: givenId,
    from: before,
    openStream,
    look,
    patience,
    within,
    report,
    scheduler,
    random,
  }: ResumeLadderConfig,
  first?: Observable<InteractionEvent>,
): Observable<InteractionEvent> =>
  defer(() => {
    const { count = 3, delay = 500, maxDelay = 8000, verify } = resume ?? {};
    let state = before ?? initialInteraction();
    let rung: Rung = 'after';
    let failures = 0; // attempts in a row that brought nothing new
    let isFirst = true;
    let hasUnnamed = before?.marked !== undefined; // output without an id, which the server cannot go on after
    let isRetold = false; // from its start, so that nothing is lacking before what is new
    let silence: InteractionError | undefined; // why the server is asked how it stands, before the next attempt
    let lastSeen: string | undefined; // what it answered, if nothing has come since

    const delivered = (): InteractionState => state;
    const idOf = (): string | undefined => state.head.id ?? givenId;
    const explained = <E extends InteractionError>(error: E): E => withState(error, state);
    const unsettled = (reason: UnsettledError['reason'], cause: unknown): InteractionError =>
      explained(new UnsettledError(reason, { cause }));

    /** The rung it stands on: without an event to go on after, the first one is the second. */
    const currentRung = (): Rung => (rung === 'after' && state.lastEventId === undefined ? 'replay' : rung);

    const settled = (id: string): Observable<InteractionEvent> =>
      lookUntilSettled(
        look(id),
        { delay: 1000, maxDelay: Math.min(10_000, (patience ?? Infinity) / 2) },
        scheduler,
      ).pipe(
        limitStandstill({ idle: patience }, scheduler),
        takeLast(1),
        mergeMap((interaction) => eventsOf(withoutInput(interaction))),
      );

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
      const { lastEventId, marked } = state;
      const id = idOf() ?? '';
      switch (currentRung()) {
        case 'after':
          isRetold = false;
          return openStream(id, lastEventId).pipe(
            tap((event) => {
              if (event.event_type === 'interaction.created' && event.interaction.id === state.head.id) isRetold = true;
            }),
            alignReplay({ delivered, from: marked ?? state }),
            concatMap(verified),
          );
        case 'replay':
          isRetold = true;
          return openStream(id, undefined).pipe(alignReplay({ delivered }), concatMap(verified));
        case 'look':
          return settled(id).pipe(alignReplay({ delivered }));
      }
    };

    /** Asks how a silent interaction stands: it has settled, it is getting on, or it is stuck, as is who says nothing. */
    const ask = (because: InteractionError): Observable<InteractionEvent> =>
      look(idOf() ?? '').pipe(
        catchError((error: unknown) =>
          throwError(() => (patience !== undefined && isSilence(error) ? new Stuck(because) : error)),
        ),
        mergeMap((interaction) => {
          if (!isLive(interaction.status)) return told(interaction);
          const seen = JSON.stringify(interaction);
          if (patience !== undefined && seen === lastSeen) throw new Stuck(because);
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
      if (!resume) throw InteractionError.is(error) ? explained(error) : error;
      if (error instanceof Stuck) throw explained(error.because);
      const isStart = isFirst && first !== undefined; // what nobody has tried to go on with yet
      if (!isStart && isGone(error)) throw withoutCursor(unsettled('disconnected', error));
      const at = currentRung();
      if (error instanceof Divergence || (!isStart && at === 'after' && isRefusedCursor(error))) {
        const below = BELOW[at];
        if (!below) throw unsettled('diverged', error);
        rung = below;
        return 0;
      }
      if (!isInterruption(error)) {
        if (isStart || !InteractionError.is(error)) throw error;
        throw isFirst || isLastWord(error) ? explained(error) : unsettled('disconnected', error);
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
          try {
            const wait = plan(error);
            isFirst = false;
            report({ code: 'stream_resumed', text: silence ? 'look' : currentRung() });
            return wait === 0 ? of(wait) : timer(measurable(wait), scheduler);
          } catch (final) {
            return throwError(() => final);
          }
        },
      }),
      within ?? ((events$) => events$),
      catchError((error: unknown) =>
        throwError(() => (InteractionError.is(error) && error.code === 'total' ? explained(error) : error)),
      ),
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
    config.resume || config.within ? climb(config, source) : source;

/** What a cursor lacks: the same, from the second stream on. */
export const resumeFrom = (
  config: ResumeLadderConfig & { readonly from: InteractionState },
): Observable<InteractionEvent> => climb(config);
