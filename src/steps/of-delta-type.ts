import type { OperatorFunction } from 'rxjs';

import { mapMulti } from '../internal/map-multi.js';
import type { Delta, InteractionEvent, TurnMark } from '../protocol/index.js';
import { deltasIn } from './deltas-in.js';

/**
 * Emits the deltas of the given types, bare and narrowed.
 *
 * `ofEventType('step.delta')` keeps the events; this gives their payloads. What a `step.start` holds already counts as a
 * first delta (T9). Which step a delta belongs to is not told: use `groupByStep` first where that matters.
 *
 * ```text
 * events               -c-s-d-t-e-p-f|     d e: text, t: thought_signature
 * ofDeltaType('text')  -----d---e----|     emitted as { type: 'text', text }
 * ```
 *
 * @example
 * ```ts
 * events$.pipe(ofDeltaType('google_search_call')).subscribe((call) => console.log(call.arguments?.queries));
 * ```
 */
export function ofDeltaType<const Type extends Delta['type']>(
  ...types: readonly [Type, ...Type[]]
): OperatorFunction<InteractionEvent | TurnMark, Extract<Delta, { readonly type: Type }>> {
  const wanted: ReadonlySet<string> = new Set(types);
  const isWanted = (delta: Delta): delta is Extract<Delta, { readonly type: Type }> => wanted.has(delta.type);
  return mapMulti((push) => ({
    next: (event) => {
      if (event.event_type === 'step.delta') {
        if (isWanted(event.delta)) push(event.delta);
      } else if (event.event_type === 'step.start') {
        deltasIn(event.step).filter(isWanted).forEach(push);
      }
    },
  }));
}
