import { groupByStep, type InteractionEvent, type StepEvent, textDeltas, thoughtDeltas } from 'rx-interactions';
import { concat, concatMap, connect, merge, type Observable, of, type OperatorFunction, pipe } from 'rxjs';

/** What is thought and said in a step, piece by piece. */
const pieces = (step$: Observable<StepEvent>): Observable<string> =>
  merge(step$.pipe(thoughtDeltas()), step$.pipe(textDeltas()));

/** Tells of each step what it is, and then what is thought and said in it. */
export const tellSteps = (): OperatorFunction<InteractionEvent, string> =>
  pipe(
    groupByStep(),
    concatMap((step$) => concat(of(`\n--- Step: ${step$.step.type} ---\n`), step$.pipe(connect(pieces)))),
  );
