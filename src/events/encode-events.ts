import { concat, map, of, type OperatorFunction } from 'rxjs';

import { encodeFrame } from '../frames/index.js';
import { InteractionEvent } from '../protocol/index.js';

/** The event as the server would write it: what was not understood is written back as it was received. */
export const encodeEvent = (event: InteractionEvent): unknown => InteractionEvent.encode(event);

const nameOf = (wire: unknown): string | undefined => {
  const name = (wire as { readonly event_type?: unknown } | null)?.event_type;
  return typeof name === 'string' ? name : undefined;
};

/**
 * Writes events as an event stream: one chunk of bytes per event, and `[DONE]` at the end. The inverse of
 * `decodeFrames()` and `decodeEvents()`.
 *
 * ```text
 * events          -e---e---|
 * encodeEvents()  -b---b---(b|)
 * ```
 *
 * What was not understood is written as it was received. An empty source gives `[DONE]` alone; an error of the source
 * passes, and no `[DONE]` comes.
 *
 * @example Pass a stream on
 * ```ts
 * events$.pipe(encodeEvents()).subscribe((bytes) => process.stdout.write(bytes));
 * ```
 */
export function encodeEvents(): OperatorFunction<InteractionEvent, Uint8Array> {
  return (source) =>
    concat(
      source.pipe(
        map((event) => {
          const wire = encodeEvent(event);
          return encodeFrame({ event: nameOf(wire), data: JSON.stringify(wire) });
        }),
      ),
      of(encodeFrame({ event: 'done', data: '[DONE]' })),
    );
}
