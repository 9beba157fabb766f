import type { OperatorFunction } from 'rxjs';

import { mapMulti } from '../internal/map-multi.js';
import type {
  Delta,
  InteractionCompleted,
  InteractionCreated,
  InteractionEvent,
  Step,
  StepDelta,
  StepStart,
  StepStop,
  TurnMark,
  UnknownEvent,
} from '../protocol/index.js';
import { synthesizeStep } from './accumulate-step.js';
import { deltasIn } from './deltas-in.js';

/** A step's place in the stream. One object per step: steps are told apart by it. */
export interface StepPlace {
  /** The wire's index; restarts in every hop and round. */
  readonly index: number;
  /** The step's place in `snapshot.steps`. */
  readonly position: number;
  /** What it started with. */
  readonly step: Step;
}

/**
 * How a step ended. `stopped`: by its own `step.stop`, or by another start under its index. `settled`: the interaction
 * settled, and the stop never came. `cut`: the stream ended, or began anew, in the middle of it.
 */
export type StepEnding = 'stopped' | 'settled' | 'cut';

/** What an event means to a step. */
export type StepSignal =
  | { readonly type: 'begin'; readonly place: StepPlace; readonly event: StepStart | undefined }
  /** `event` is there unless the delta was in the `step.start`. */
  | { readonly type: 'delta'; readonly place: StepPlace; readonly delta: Delta; readonly event: StepDelta | undefined }
  | {
      readonly type: 'end';
      readonly place: StepPlace;
      readonly ending: StepEnding;
      readonly event: StepStop | undefined;
    }
  /** Another hop or round goes on behind the steps there are. */
  | { readonly type: 'hop' }
  /** The steps of this hop are told again from its start: a replay. */
  | { readonly type: 'replay' }
  /** A new turn: there are no steps any more. */
  | { readonly type: 'reset' }
  | { readonly type: 'unknown'; readonly event: UnknownEvent };

/** Where a stream begins and what its completion means. */
interface Origin {
  /** The position of its first step. */
  readonly position: number;
  /** How a step ends that is open when the stream completes. */
  readonly ending: StepEnding;
}

/**
 * Follows the steps of a stream as `accumulateInteraction` does, without assembling anything: which step an event belongs
 * to, where that step will stand, and how it ends. A delta without a step gets one (rule R9, T11).
 *
 * @param origin - What is known of the source before it emits.
 */
export const createStepTracker = (
  push: (signal: StepSignal) => void,
  origin: Origin = { position: 0, ending: 'cut' },
) => {
  let open: readonly StepPlace[] = [];
  let count = origin.position;
  let hopStart = count;
  let id: string | undefined;
  let announced = false;

  const named = (value: string | undefined): void => {
    if (value !== undefined && value !== '') id = value;
  };
  const placeOf = (index: number): StepPlace | undefined => open.find((place) => place.index === index);

  const begin = (index: number, step: Step, event: StepStart | undefined): StepPlace => {
    const place = { index, position: count, step };
    count += 1;
    open = [...open, place];
    push({ type: 'begin', place, event });
    for (const delta of deltasIn(step)) push({ type: 'delta', place, delta, event: undefined });
    return place;
  };

  const end = (place: StepPlace, ending: StepEnding, event?: StepStop): void => {
    open = open.filter((other) => other !== place);
    push({ type: 'end', place, ending, event });
  };

  const endAll = (ending: StepEnding): void => {
    for (const place of open) end(place, ending);
  };

  const onCreated = ({ interaction }: InteractionCreated): void => {
    const isReplay = announced && interaction.id !== undefined && interaction.id !== '' && interaction.id === id;
    endAll('cut');
    named(interaction.id);
    if (isReplay) {
      count = hopStart;
      push({ type: 'replay' });
    } else {
      hopStart = count;
      push({ type: 'hop' });
    }
    announced = true;
  };

  const onCompleted = ({ interaction: { id: last, steps = [] } }: InteractionCompleted): void => {
    endAll('settled');
    named(last);
    if (steps.length > 0) count = hopStart + steps.length; // they replace what was streamed
  };

  const reset = (): void => {
    endAll('cut');
    count = 0;
    hopStart = 0;
    id = undefined;
    announced = false;
    push({ type: 'reset' });
  };

  return {
    next: (event: InteractionEvent | TurnMark): void => {
      switch (event.event_type) {
        case 'step.delta': {
          const { index, delta } = event;
          const place = placeOf(index) ?? begin(index, synthesizeStep(delta), undefined);
          push({ type: 'delta', place, delta, event });
          break;
        }
        case 'step.start': {
          const before = placeOf(event.index);
          if (before) end(before, 'stopped');
          begin(event.index, event.step, event);
          break;
        }
        case 'step.stop': {
          const place = placeOf(event.index);
          if (place) end(place, 'stopped', event);
          break;
        }
        case 'interaction.created':
          onCreated(event);
          break;
        case 'interaction.completed':
          onCompleted(event);
          break;
        case 'interaction.status_update':
          named(event.interaction_id);
          break;
        case 'turn.started':
          reset();
          break;
        case 'unknown':
          push({ type: 'unknown', event });
          break;
        default: // errors, and the marks of a turn, are about no step
      }
    },
    complete: (): void => {
      endAll(origin.ending);
    },
  };
};

/** The stream of one step knows where it stands, and completes only when the step is over: cut, it is an error. */
const originOf = (source: object): Origin | undefined =>
  'position' in source && typeof source.position === 'number'
    ? { position: source.position, ending: 'settled' }
    : undefined;

/**
 * Maps what events mean to their steps to any number of results. Steps that are open when the source completes end as
 * `cut`, unless it is the stream of one step.
 *
 * @param start - Makes what hears the signals of one subscription; it may push results through its argument.
 */
export const mapSignals =
  <A>(
    start: (push: (result: A) => void) => (signal: StepSignal) => void,
  ): OperatorFunction<InteractionEvent | TurnMark, A> =>
  (source) =>
    source.pipe(mapMulti((push) => createStepTracker(start(push), originOf(source))));

/** Events as signals of their steps, for whoever shares them; {@link mapSignals} spares an operator. */
export const trackSteps = (): OperatorFunction<InteractionEvent | TurnMark, StepSignal> => mapSignals((push) => push);
