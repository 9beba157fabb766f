import type { OperatorFunction } from 'rxjs';

import type { Step } from '../protocol/index.js';
import { assembleSteps } from './assemble-steps.js';
import type { EventOfSteps } from './step-observable.js';

/**
 * Emits each step once, finished, when it stops (or when the interaction settles without its stop): what the answer
 * without streaming would show.
 *
 * Like {@link scanStep}, but silent until the end. A step that is cut is never emitted; through `groupByStep` it is an
 * error.
 *
 * ```text
 * events        -c-s-d-p-s-d-p-f|
 * reduceStep()  -------A-----B--|
 * ```
 *
 * @example
 * ```ts
 * events$
 *   .pipe(groupByStep(), ofStepType('google_search_call'), mergeMap((step$) => step$.pipe(reduceStep())))
 *   .subscribe((step) => console.log(step.arguments?.queries));
 * ```
 */
export function reduceStep<S extends Step>(): OperatorFunction<EventOfSteps<S>, S> {
  // Safe: a step keeps the type it starts with, and the type says which members it has.
  return assembleSteps<Step>((push) => ({
    ended: ({ step, ending }) => {
      if (ending !== 'cut') push(step);
    },
  })) as OperatorFunction<EventOfSteps<S>, S>;
}
