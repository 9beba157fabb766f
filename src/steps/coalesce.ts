import {
  animationFrames,
  asyncScheduler,
  catchError,
  ignoreElements,
  type MonoTypeOperatorFunction,
  Observable,
  race,
  type SchedulerLike,
  Subscription,
  take,
  tap,
  timer,
} from 'rxjs';

import type { InteractionEvent, StepDelta, TurnMark } from '../protocol/index.js';
import { createStepTracker } from './track-steps.js';

/** How long deltas are gathered. */
export interface CoalesceConfig {
  /** Until the next animation frame. @defaultValue `true`, unless `ms` is given or there are no animation frames */
  readonly frame?: boolean | undefined;
  /** For so many ms. @defaultValue 16, where there are no animation frames */
  readonly ms?: number | undefined;
  /** The longest that anything waits, in ms; frames stop in tabs that are hidden. @defaultValue 100 */
  readonly maxDelay?: number | undefined;
  /** Measures the ms. @defaultValue `asyncScheduler` */
  readonly scheduler?: SchedulerLike | undefined;
}

const FRAME_MS = 16;

const hasOnly = (value: object, ...keys: readonly string[]): boolean =>
  Object.keys(value).every((key) => keys.includes(key)) && !Object.values(value).includes(undefined);

/** A delta that holds a piece of text, or of arguments, and nothing else that could be lost. */
const isPlain = (event: InteractionEvent | TurnMark): event is StepDelta => {
  if (event.event_type !== 'step.delta') return false;
  const { delta } = event;
  if (!hasOnly(event, 'event_type', 'index', 'delta', 'event_id', 'metadata')) return false;
  if (delta.type === 'text') return hasOnly(delta, 'type', 'text');
  return delta.type === 'arguments_delta' && delta.arguments !== undefined && hasOnly(delta, 'type', 'arguments');
};

/** Whether the later metadata, which would stay, lack the usage that the earlier ones tell. */
const hidesUsage = (a: StepDelta, b: StepDelta): boolean =>
  a.metadata?.total_usage !== undefined && b.metadata !== undefined && b.metadata.total_usage === undefined;

/** Both in one, with the `event_id` and the metadata of the later one; `undefined` where they do not belong together. */
const joined = (a: StepDelta, b: StepDelta): StepDelta | undefined => {
  if (a.index !== b.index || hidesUsage(a, b)) return undefined;
  if (a.delta.type === 'text' && b.delta.type === 'text') {
    return { ...a, ...b, delta: { type: 'text', text: a.delta.text + b.delta.text } };
  }
  if (a.delta.type === 'arguments_delta' && b.delta.type === 'arguments_delta') {
    const text = (a.delta.arguments ?? '') + (b.delta.arguments ?? '');
    return { ...a, ...b, delta: { type: 'arguments_delta', arguments: text } };
  }
  return undefined;
};

/** When what was gathered goes out. */
const windowOf = ({ frame, ms, maxDelay = 100, scheduler = asyncScheduler }: CoalesceConfig): Observable<unknown> => {
  const after = (most: number): Observable<unknown> => timer(Math.min(most, maxDelay), scheduler);
  const byTime$ = after(ms ?? FRAME_MS);
  const byFrame = frame ?? (ms === undefined && typeof requestAnimationFrame === 'function');
  if (!byFrame) return byTime$;
  return race(animationFrames(), after(ms ?? maxDelay)).pipe(
    catchError(() => byTime$), // frames were asked for where there are none
    take(1),
  );
};

/**
 * Joins the pieces of text, and of arguments, that arrive within one frame: fewer events, and the same interaction.
 *
 * For views that render at every event: unlike `auditTime` and `debounceTime`, nothing is dropped, and unlike
 * `bufferTime`, the first piece passes at once. Only adjacent deltas of one step are joined; anything else lets go what was
 * gathered, and passes. A joined event has the last `event_id` and the last metadata. However the source is coalesced,
 * `reduceInteraction` gives the same.
 *
 * ```text
 * events              -s-abc--d---p|
 * coalesce({ ms: 3 }) -s-a--B--d--p|     B: b and c in one
 * ```
 *
 * Nothing waits for longer than `maxDelay`; when the source ends, what was gathered comes first.
 *
 * @example
 * ```ts
 * events$.pipe(coalesce({ ms: 50 }), scanInteraction()).subscribe(({ steps }) => console.log(steps.length));
 * ```
 */
export function coalesce<Event extends InteractionEvent | TurnMark>(
  config: CoalesceConfig = {},
): MonoTypeOperatorFunction<Event> {
  return (source) =>
    new Observable<Event>((subscriber) => {
      const over$ = windowOf(config);
      let isInThought = false; // where each text is an item of its own (rule R1)
      const { next: track } = createStepTracker((signal) => {
        if (signal.type === 'delta') isInThought = signal.place.step.type === 'thought';
      });
      let gathered: (Event & StepDelta) | undefined;
      let window = Subscription.EMPTY; // while it is open, deltas are gathered

      const letGo = (): void => {
        const event = gathered;
        gathered = undefined;
        if (event) subscriber.next(event);
      };
      const openWindow = (): void => {
        window = over$.subscribe({
          error: (error: unknown) => {
            subscriber.error(error);
          },
          complete: () => {
            if (!gathered) return; // it was quiet: the next one passes at once
            letGo();
            if (!subscriber.closed) openWindow();
          },
        });
      };

      const onEvent = (event: Event): void => {
        track(event);
        if (!isPlain(event) || isInThought) {
          letGo();
          subscriber.next(event);
        } else if (window.closed) {
          subscriber.next(event);
          if (!subscriber.closed) openWindow();
        } else {
          const both = gathered && joined(gathered, event);
          if (!both) letGo();
          // Safe: it has the members of two events of the source, which differ in their text alone.
          gathered = (both ?? event) as Event & StepDelta;
        }
      };

      subscriber.add(() => {
        window.unsubscribe();
      });
      // The subscriber itself is passed on, so that leaving it stops even a source that emits while it is subscribed.
      return source.pipe(tap({ next: onEvent, error: letGo, complete: letGo }), ignoreElements()).subscribe(subscriber);
    });
}
