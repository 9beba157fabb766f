import type { OperatorFunction } from 'rxjs';

import type { InteractionEvent, Step, TurnMark } from '../protocol/index.js';
import { applyDelta, type FinishedStep, finishStep, startStep, type StepState, stepOf } from './accumulate-step.js';
import { type StepEnding, type StepPlace, type StepSignal, mapSignals } from './track-steps.js';

/** A step that has ended. */
export interface EndedStep extends FinishedStep {
  readonly place: StepPlace;
  readonly ending: StepEnding;
  /** Whether it ended by its own `step.stop`. */
  readonly hasStopped: boolean;
}

/** Who hears of steps while they are assembled. */
export interface StepListener {
  /** The step so far: as it begins, and after every change. */
  readonly changed?: (step: Step) => void;
  readonly ended?: (step: EndedStep) => void;
}

/** Assembles steps side by side, those of certain types. */
export const createStepAssembler = (
  { changed, ended }: StepListener,
  isWanted: (step: Step) => boolean = () => true,
): ((signal: StepSignal) => void) => {
  const states = new Map<StepPlace, StepState>();
  return (signal) => {
    switch (signal.type) {
      case 'begin': {
        if (!isWanted(signal.place.step)) break;
        const state = startStep(signal.place.step);
        states.set(signal.place, state);
        changed?.(stepOf(state));
        break;
      }
      case 'delta': {
        if (!signal.event) break; // in the `step.start`, and so in the state
        const state = states.get(signal.place);
        const next = state && applyDelta(state, signal.delta);
        if (!next || next === state) break;
        states.set(signal.place, next);
        changed?.(stepOf(next));
        break;
      }
      case 'end': {
        const { place, ending, event } = signal;
        const state = states.get(place);
        if (!state) break;
        states.delete(place);
        const finished = finishStep(state);
        if (ending !== 'cut' && finished.step !== stepOf(state)) changed?.(finished.step);
        ended?.({ ...finished, place, ending, hasStopped: event !== undefined });
        break;
      }
      default: // nothing that concerns a step that has begun
    }
  };
};

/** Assembles the steps of a stream for a listener that pushes what it makes of them. */
export const assembleSteps = <A>(
  listenerOf: (push: (value: A) => void) => StepListener,
  isWanted?: (step: Step) => boolean,
): OperatorFunction<InteractionEvent | TurnMark, A> =>
  mapSignals((push) => createStepAssembler(listenerOf(push), isWanted));
