import type { OperatorFunction } from 'rxjs';

import type { InteractionEvent, Step, TurnMark } from '../protocol/index.js';
import { applyDelta, type FinishedStep, finishStep, startStep, stepOf } from './accumulate-step.js';
import { followSteps } from './follow-steps.js';
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
): ((signal: StepSignal) => void) =>
  followSteps(({ place }) => {
    if (!isWanted(place.step)) return undefined;
    let state = startStep(place.step);
    return {
      begun: () => changed?.(stepOf(state)),
      delta: ({ delta, event }) => {
        if (!event) return; // in the `step.start`, and so in the state
        const next = applyDelta(state, delta);
        if (!next || next === state) return;
        state = next;
        changed?.(stepOf(state));
      },
      end: ({ ending, event }) => {
        const finished = finishStep(state);
        if (ending !== 'cut' && finished.step !== stepOf(state)) changed?.(finished.step);
        ended?.({ ...finished, place, ending, hasStopped: event !== undefined });
      },
    };
  });

/** Assembles the steps of a stream for a listener that pushes what it makes of them. */
export const assembleSteps = <A>(
  listenerOf: (push: (value: A) => void) => StepListener,
  isWanted?: (step: Step) => boolean,
): OperatorFunction<InteractionEvent | TurnMark, A> =>
  mapSignals((push) => createStepAssembler(listenerOf(push), isWanted));
