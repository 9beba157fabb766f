import { map, type OperatorFunction, pipe, reduce } from 'rxjs';

import type { InteractionEvent, TurnMark } from '../protocol/index.js';
import { accumulateText, initialText, textOf } from './accumulate-text.js';
import { trackSteps } from './track-steps.js';

/**
 * Emits the model's text once, when the source completes; the empty text if there was none.
 *
 * Like {@link scanText}, but silent until the end. All text in the order of the steps; `outputText` of the whole
 * interaction picks the last answer only. A source that is cut is an error if it comes from `client.stream`, from
 * `groupByStep` or through `throwIfUnsettled`; any other gives the text that arrived.
 *
 * ```text
 * events        -c-s-d-d-p-f|
 * reduceText()  ------------(t|)
 * ```
 *
 * @example
 * ```ts
 * events$.pipe(reduceText()).subscribe((text) => console.log(text));
 * ```
 */
export function reduceText(): OperatorFunction<InteractionEvent | TurnMark, string> {
  return pipe(trackSteps(), reduce(accumulateText, initialText), map(textOf));
}
