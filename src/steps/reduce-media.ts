import { type OperatorFunction, pipe } from 'rxjs';

import { mapMulti } from '../internal/map-multi.js';
import type { InteractionEvent, TurnMark } from '../protocol/index.js';
import type { MediaBlock, MediaChunk, MediaModality } from './media-chunk.js';
import { mediaChunks } from './media-chunks.js';

type Bytes = Uint8Array<ArrayBuffer>;

const concatenated = (pieces: readonly Bytes[]): Bytes => {
  const bytes = new Uint8Array(pieces.reduce((size, { byteLength }) => size + byteLength, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.byteLength;
  }
  return bytes;
};

const createCollector = (push: (block: MediaBlock) => void): ((chunk: MediaChunk) => void) => {
  const open = new Map<string, Bytes[]>();
  return ({ first, last, bytes, ...rest }) => {
    if (first && last) {
      push({ ...rest, ...(bytes && { bytes }) });
      return;
    }
    const key = `${rest.position}/${rest.block}`;
    const pieces = first ? [] : (open.get(key) ?? []);
    if (bytes) pieces.push(bytes);
    if (last) {
      open.delete(key);
      push({ ...rest, bytes: concatenated(pieces) });
    } else {
      open.set(key, pieces);
    }
  };
};

/**
 * Emits each block of one modality, whole, as soon as it is complete.
 *
 * Like {@link mediaChunks}, but one value per block: an image as it arrives, a sound when what comes after it tells that
 * it is over. A sound that is cut is never emitted.
 *
 * ```text
 * events                -c-s-a---a---p-f|     a: audio
 * reduceMedia('audio')  -------------A--|
 * ```
 *
 * Errors with `DecodeError` at data that is not base64.
 *
 * @example
 * ```ts
 * events$.pipe(reduceMedia('image')).subscribe(({ mimeType, bytes, uri }) => {
 *   console.log(mimeType, bytes?.byteLength ?? uri);
 * });
 * ```
 */
export function reduceMedia(modality: MediaModality): OperatorFunction<InteractionEvent | TurnMark, MediaBlock> {
  return pipe(
    mediaChunks(modality),
    mapMulti((push) => ({ next: createCollector(push) })),
  );
}
