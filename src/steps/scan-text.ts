import type { OperatorFunction } from 'rxjs';

import type { InteractionEvent, TurnMark } from '../protocol/index.js';
import { accumulateText, initialText, textOf } from './accumulate-text.js';
import { mapSignals } from './track-steps.js';

/**
 * Emits the model's text so far, whenever there is more of it.
 *
 * Like {@link reduceText}, but live; `textDeltas` gives the pieces instead of the whole. All text of all `model_output`
 * steps counts, in the order of the steps, even where their deltas interleave (`outputText` picks the last answer only,
 * as the official SDK does). Thoughts are not among it. A new turn starts again from an empty text.
 *
 * ```text
 * events      -c-s-d---d---p-f|     d: 'He', then 'y'
 * scanText()  -----a---b------|     a: 'He'  b: 'Hey'
 * ```
 *
 * @example
 * ```ts
 * events$.pipe(scanText()).subscribe((text) => console.log(text.length));
 * ```
 */
export function scanText(): OperatorFunction<InteractionEvent | TurnMark, string> {
  return mapSignals((push) => {
    let state = initialText;
    let text = '';
    return (signal) => {
      const before = state;
      state = accumulateText(state, signal);
      if (state === before) return;
      const now = textOf(state);
      if (now !== text) push((text = now));
    };
  });
}
