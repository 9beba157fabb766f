import type { OperatorFunction } from 'rxjs';

import type { InteractionEvent, TurnMark } from '../protocol/index.js';
import { pieces } from './pieces.js';
import { textIn } from './text-pieces.js';

/**
 * Emits the model's text, piece by piece, as it arrives.
 *
 * `scanText` gives the text so far instead; `ofDeltaType('text')` the deltas with their annotations. Pieces of steps that
 * interleave come as they came. Thoughts and empty pieces are left out.
 *
 * ```text
 * events        -c-s-d---d---p-f|
 * textDeltas()  -----a---b------|     a: 'He'  b: 'y'
 * ```
 *
 * @example To the terminal
 * ```ts
 * events$.pipe(textDeltas()).subscribe((piece) => process.stdout.write(piece));
 * ```
 */
export function textDeltas(): OperatorFunction<InteractionEvent | TurnMark, string> {
  return pieces(textIn);
}
