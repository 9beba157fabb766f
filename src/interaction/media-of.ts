import type { Interaction } from '../protocol/index.js';
import { type MediaBlock, type MediaModality, reduceMedia } from '../steps/index.js';
import { valuesIn } from './values-in.js';

/**
 * All blocks of one modality that the model made, with their bytes, in order: what `reduceMedia` emits of the same interaction
 * as a stream. `outputImage` and its like give the last one, as it is on the wire.
 *
 * A block that comes by reference has a `uri` and no `bytes`. In a snapshot without data (`media: 'reference'`) only these are
 * left.
 *
 * @example The images of a JSON answer
 * ```ts
 * client.create({ model, input }).subscribe((interaction) => {
 *   for (const { mimeType, bytes, uri } of mediaOf(interaction, 'image')) {
 *     console.log(mimeType, bytes?.byteLength ?? uri);
 *   }
 * });
 * ```
 *
 * @throws `DecodeError` at data that is not base64.
 */
export const mediaOf = (interaction: Interaction, modality: MediaModality): readonly MediaBlock[] =>
  valuesIn(interaction, reduceMedia(modality));
