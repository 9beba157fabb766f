import { defined } from '../internal/defined.js';
import { itemsOf } from '../internal/growing-list.js';
import type { CursorStep, Step } from '../protocol/index.js';
import { stepOf } from '../steps/index.js';
import type { InteractionState, OpenStep } from './interaction-state.js';

/** A step that has ended, as far as it has come: all of it. */
export const endedStep = (step: Step, index: number): CursorStep => ({ index, step, hasEnded: true });

/** A step as far as it has come: with what only an open one has. */
export const stepSoFar = ({ index, state, finished }: OpenStep): CursorStep => {
  if (finished) return endedStep(finished, index);
  const { argumentsText, held } = state;
  return defined({
    index,
    step: stepOf(state),
    hasEnded: false,
    argumentsText,
    held: held.length === 0 ? undefined : itemsOf(held),
  });
};

/** The steps of the latest hop. */
export const stepsOfHop = ({ done, open, hopStart }: InteractionState): readonly CursorStep[] => [
  ...itemsOf(done).slice(hopStart).map(endedStep),
  ...open.map(stepSoFar),
];
