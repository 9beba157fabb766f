import type { OperatorFunction } from 'rxjs';

import type { InteractionEvent, TurnMark } from '../protocol/index.js';
import { pieces } from './pieces.js';
import { thoughtIn } from './text-pieces.js';

/**
 * Emits the summaries of the model's thoughts, piece by piece, as they arrive.
 *
 * What `textDeltas` is for the answer. There are none unless the request asks for them with
 * `generation_config.thinking_summaries: 'auto'`. Pieces bring their own line breaks; images in a summary are left out.
 *
 * ```text
 * events           -c-s-t---t---p-f|     t: thought_summary
 * thoughtDeltas()  -----a---b------|
 * ```
 *
 * @example
 * ```ts
 * events$.pipe(thoughtDeltas()).subscribe((piece) => process.stderr.write(piece));
 * ```
 */
export function thoughtDeltas(): OperatorFunction<InteractionEvent | TurnMark, string> {
  return pieces(thoughtIn);
}
