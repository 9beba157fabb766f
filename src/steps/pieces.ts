import { type OperatorFunction, pipe } from 'rxjs';

import { mapMulti } from '../internal/map-multi.js';
import type { Delta, InteractionEvent, Step, TurnMark } from '../protocol/index.js';
import { trackSteps } from './track-steps.js';

/** The pieces that deltas bring, as they arrive. */
export const pieces = (
  pieceIn: (step: Step, delta: Delta) => string,
): OperatorFunction<InteractionEvent | TurnMark, string> =>
  pipe(
    trackSteps(),
    mapMulti((push) => ({
      next: (signal) => {
        if (signal.type !== 'delta') return;
        const piece = pieceIn(signal.place.step, signal.delta);
        if (piece !== '') push(piece);
      },
    })),
  );
