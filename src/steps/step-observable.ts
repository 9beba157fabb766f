import type { Observable } from 'rxjs';

import type { InteractionEvent, Step, StepDelta, StepStart, StepStop, TurnMark } from '../protocol/index.js';

/** An event of a step of a certain type. */
export type StepEventOf<S extends Step> = (StepStart & { readonly step: S }) | StepDelta | StepStop;

/** Events among which the steps are of a certain type. */
export type EventOfSteps<S extends Step> = StepEventOf<S> | Exclude<InteractionEvent, StepStart> | TurnMark;

/**
 * The events of one step, and what is known of it before they come. Emitted by `groupByStep`.
 *
 * The operator that it is piped to first knows its position, and that it completes only when the step is over:
 * `step$.pipe(scanArguments())` tells where the call stands in the whole interaction.
 */
export interface StepObservable<S extends Step = Step> extends Observable<StepEventOf<S>> {
  /** The wire's index; restarts in every hop and round. */
  readonly index: number;
  /** The step's place in `interaction.steps`. */
  readonly position: number;
  /** What the step started with: its type, and perhaps an id, a name, content. */
  readonly step: S;
}
