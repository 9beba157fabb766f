import type { OperatorFunction } from 'rxjs';

import type { Delta, InteractionEvent, Step, TurnMark } from '../protocol/index.js';
import { mapSignals } from './track-steps.js';

/** The pieces that deltas bring, as they arrive. */
export const pieces = (
  pieceIn: (step: Step, delta: Delta) => string,
): OperatorFunction<InteractionEvent | TurnMark, string> =>
  mapSignals((push) => (signal) => {
    if (signal.type !== 'delta') return;
    const piece = pieceIn(signal.place.step, signal.delta);
    if (piece !== '') push(piece);
  });
