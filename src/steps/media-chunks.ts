import type { OperatorFunction } from 'rxjs';

import type { InteractionEvent, TurnMark } from '../protocol/index.js';
import { createMediaChunker } from './chunk-media.js';
import type { MediaChunk, MediaModality } from './media-chunk.js';
import { mapSignals } from './track-steps.js';

/**
 * Emits the bytes of one modality, piece by piece, as they arrive.
 *
 * `reduceMedia` gives whole blocks instead. Images, videos and documents come in one piece each, which is `first` and
 * `last`; sound comes in many, and is complete with the piece that is `last`, which may be empty: only what comes after
 * a sound tells that it is over (rule R2a). Pieces that are base64 by
 * themselves come as they are; of base64 that is cut anywhere, up to two bytes wait for the rest of their group. A block that comes by reference has a `uri` and no `bytes`.
 *
 * ```text
 * events                -c-s-a---a---p-f|     a: audio
 * mediaChunks('audio')  -----A---B---C--|     A: first, C: last
 * ```
 *
 * Errors with `DecodeError` at data that is not base64. A sound that is cut has no last piece.
 *
 * @example Count bytes of sound
 * ```ts
 * events$
 *   .pipe(mediaChunks('audio'), scan((size, { bytes }) => size + (bytes?.byteLength ?? 0), 0))
 *   .subscribe((size) => console.log(size));
 * ```
 */
export function mediaChunks(modality: MediaModality): OperatorFunction<InteractionEvent | TurnMark, MediaChunk> {
  return mapSignals((push) => createMediaChunker(modality, push));
}
