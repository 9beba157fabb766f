import { concat, defer, EMPTY, map, type MonoTypeOperatorFunction, type Observable, takeWhile } from 'rxjs';

import type { After } from '../fault.js';

/** How much of a chunk is within the limit, and how much of the limit is left behind it. */
const portionOf = (chunk: Uint8Array, left: number, isOfBytes: boolean): readonly [Uint8Array, number] => {
  if (!isOfBytes) return [chunk, left - 1];
  const piece = chunk.subarray(0, left);
  return [piece, left - piece.byteLength];
};

/**
 * A body up to a limit, and something else from there. A body that does not reach it is left as it is.
 *
 * ```text
 * body                                -a-b-c-|
 * breakOff({ events: 2 }, of(x))      -a-(bx|)
 * ```
 */
export const breakOff =
  (after: After, ending$: Observable<Uint8Array>): MonoTypeOperatorFunction<Uint8Array> =>
  (body) =>
    defer(() => {
      const isOfBytes = 'bytes' in after;
      let left = isOfBytes ? after.bytes : after.events;
      if (left <= 0) return ending$;
      return concat(
        body.pipe(
          map((chunk) => {
            const [piece, rest] = portionOf(chunk, left, isOfBytes);
            left = rest;
            return { piece, isLast: left === 0 };
          }),
          takeWhile(({ isLast }) => !isLast, true),
          map(({ piece }) => piece),
        ),
        defer(() => (left > 0 ? EMPTY : ending$)),
      );
    });
