import { filter, type OperatorFunction } from 'rxjs';

import type { Step } from '../protocol/index.js';
import type { StepObservable } from './step-observable.js';

/**
 * Lets through the steps of the given types, and narrows to them.
 *
 * What `ofEventType` is for events, for the groups of `groupByStep`. Groups that are left out are simply not taken.
 *
 * ```text
 * steps                        --T---M---T---M--|     T: thought, M: model_output
 * ofStepType('model_output')   ------M-------M--|
 * ```
 *
 * @example The text of each answer on its own
 * ```ts
 * events$
 *   .pipe(groupByStep(), ofStepType('model_output'), concatMap((step$) => step$.pipe(reduceText())))
 *   .subscribe((text) => console.log(text));
 * ```
 */
export function ofStepType<const Type extends Step['type']>(
  ...types: readonly [Type, ...Type[]]
): OperatorFunction<StepObservable, StepObservable<Extract<Step, { readonly type: Type }>>> {
  const wanted: ReadonlySet<string> = new Set(types);
  return filter((step$): step$ is StepObservable<Extract<Step, { readonly type: Type }>> =>
    wanted.has(step$.step.type),
  );
}
