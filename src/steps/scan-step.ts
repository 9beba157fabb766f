import type { OperatorFunction } from 'rxjs';

import type { Step } from '../protocol/index.js';
import { assembleSteps } from './assemble-steps.js';
import type { EventOfSteps } from './step-observable.js';

/**
 * Emits the step so far, as it begins and after every change.
 *
 * Like {@link reduceStep}, but live; `scanInteraction` for one step. Snapshots are immutable. It is meant for the groups
 * of `groupByStep`; in a whole stream each snapshot is of the step that has just changed. An open function call shows
 * the arguments it started with: `scanArguments` shows them grow.
 *
 * ```text
 * step$       s-d-d-(p|)
 * scanStep()  0-1-2-----|    the stop changes only a function call
 * ```
 *
 * @example
 * ```ts
 * events$
 *   .pipe(groupByStep(), mergeMap((step$) => step$.pipe(scanStep())))
 *   .subscribe((step) => console.log(step.type));
 * ```
 */
export function scanStep<S extends Step>(): OperatorFunction<EventOfSteps<S>, S> {
  // Safe: a step keeps the type it starts with, and the type says which members it has.
  return assembleSteps<Step>((push) => ({ changed: push })) as OperatorFunction<EventOfSteps<S>, S>;
}
