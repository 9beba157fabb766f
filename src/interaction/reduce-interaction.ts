import { map, type OperatorFunction, pipe, reduce } from 'rxjs';

import type { Interaction, InteractionEvent, TurnMark } from '../protocol/index.js';
import { accumulateInteraction, truncateOpenSteps } from './accumulate-interaction.js';
import { stateAt } from './cursor.js';
import { initialInteraction } from './interaction-state.js';
import type { ScanInteractionConfig } from './scan-interaction.js';
import { referenceSnapshotOf, snapshotOf } from './snapshot-of.js';

/**
 * Emits the interaction once, when the source completes: the same shape as the answer without streaming.
 *
 * Like {@link scanInteraction}, but silent until the end. A source that ends before the interaction settled gives what
 * arrived, with `status: 'in_progress'` and a `step_truncated` diagnostic for each step that was cut; put
 * {@link throwIfUnsettled} before it to make that an error (`client.stream` does so already).
 *
 * ```text
 * events               -c-s-d-d-p-f|
 * reduceInteraction()  ------------(i|)
 * ```
 *
 * @example The whole answer
 * ```ts
 * const interaction = await lastValueFrom(client.stream({ model, input }).pipe(reduceInteraction()));
 * console.log(outputText(interaction));
 * ```
 */
export function reduceInteraction({ from, media = 'inline' }: ScanInteractionConfig = {}): OperatorFunction<
  InteractionEvent | TurnMark,
  Interaction
> {
  return pipe(
    reduce(accumulateInteraction, from ? stateAt(from) : initialInteraction()),
    map((state) => (media === 'reference' ? referenceSnapshotOf : snapshotOf)(truncateOpenSteps(state))),
  );
}
