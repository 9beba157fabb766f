import type { AudioContent, AudioDelta, Content, MediaContent, MediaDelta } from '../protocol/index.js';
import { beginsContainer, type GrowingBase64, growingBase64, isBase64 } from './join-base64.js';

/** The block that a delta brings; `rate` is an older spelling of `sample_rate`. */
export const mediaBlockOf = (delta: MediaDelta | MediaContent): MediaContent => {
  const { signature: _signature, ...block } = delta as MediaDelta; // a block is a delta without a signature
  if (block.type !== 'audio') return block;
  const { rate, ...audio } = block as Omit<AudioDelta, 'signature'>;
  return rate === undefined ? audio : { sample_rate: rate, ...audio };
};

/** Whether a piece of sound goes on in the block before it (rule R2a). */
export const continuesSound = (
  block: AudioContent,
  next: AudioContent,
): next is AudioContent & { readonly data: string } =>
  next.data !== undefined &&
  next.uri === undefined &&
  next.mime_type === block.mime_type &&
  next.sample_rate === block.sample_rate &&
  next.channels === block.channels &&
  !beginsContainer(next.data);

/** Whether a block has neither bytes nor a place to get them from yet: the next delta of its type fills it (rule R2). */
export const isPlaceholder = (block: Content): boolean =>
  !('data' in block && block.data !== undefined) && !('uri' in block && block.uri !== undefined);

/** The bytes of a block of sound that came inline, to which more may be added. */
export const soundIn = (block: Content): GrowingBase64 | undefined =>
  block.type === 'audio' && block.data !== undefined && block.uri === undefined && isBase64(block.data)
    ? growingBase64(block.data)
    : undefined;
