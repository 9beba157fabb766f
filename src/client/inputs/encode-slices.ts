import {
  concat,
  concatMap,
  defer,
  EMPTY,
  map,
  type Observable,
  of,
  type OperatorFunction,
  range,
  type SchedulerLike,
} from 'rxjs';

import { encodeBase64 } from '../../steps/index.js';
import { nextTask } from './next-task.js';

/** How many bytes are encoded at a time, which takes about a millisecond. Whole groups of three. */
export const SLICE = 96 * 1024;

const joined = (left: Uint8Array, right: Uint8Array): Uint8Array => {
  if (left.length === 0) return right;
  const all = new Uint8Array(left.length + right.length);
  all.set(left);
  all.set(right, left.length);
  return all;
};

/**
 * Encodes slices of bytes as pieces of one base64 text, whatever the lengths of the slices.
 *
 * ```text
 * slices          (xyz|)
 * encodeSlices()  x-y-z|        -: something else has its turn
 * ```
 */
export const encodeSlices =
  (scheduler?: SchedulerLike): OperatorFunction<Uint8Array, string> =>
  (source) =>
    defer(() => {
      let rest = new Uint8Array(0); // up to two bytes that do not fill a group yet
      const encode = (slice: Uint8Array): string => {
        const bytes = joined(rest, slice);
        const whole = bytes.length - (bytes.length % 3);
        rest = bytes.slice(whole);
        return encodeBase64(bytes.subarray(0, whole));
      };
      return concat(
        source.pipe(
          concatMap((slice, at) => (at === 0 ? of(encode(slice)) : nextTask(scheduler).pipe(map(() => encode(slice))))),
        ),
        defer(() => (rest.length === 0 ? EMPTY : of(encodeBase64(rest)))),
      );
    });

const places = (size: number): Observable<number> => range(0, Math.ceil(size / SLICE)).pipe(map((at) => at * SLICE));

/** Bytes in slices that show them; nothing is copied. */
export const slicesOfBytes = (bytes: Uint8Array): Observable<Uint8Array> =>
  places(bytes.length).pipe(map((at) => bytes.subarray(at, at + SLICE)));

/** A Blob in slices, each read when the one before it has been. */
export const slicesOfBlob = (blob: Blob): Observable<Uint8Array> =>
  places(blob.size).pipe(
    concatMap((at) => blob.slice(at, at + SLICE).arrayBuffer()),
    map((buffer) => new Uint8Array(buffer)),
  );
