import type { Content } from '../protocol/index.js';
import { decodeBase64 } from './decode-base64.js';
import { followContent } from './follow-content.js';
import type { BlockCursor } from './land-delta.js';
import type { MediaChunk, MediaInfo, MediaModality } from './media-chunk.js';
import type { StepSignal } from './track-steps.js';

/** A sound that may go on. */
interface OpenSound extends MediaInfo {
  readonly begun: boolean;
}

const infoOf = (position: number, block: number, content: Content): MediaInfo => ({
  position,
  block,
  mimeType: 'mime_type' in content ? content.mime_type : undefined,
  ...(content.type === 'audio' && content.sample_rate !== undefined && { sampleRate: content.sample_rate }),
  ...(content.type === 'audio' && content.channels !== undefined && { channels: content.channels }),
});

/** Turns the media of one modality into chunks, side by side in as many steps as there are. */
export const createMediaChunker = (
  modality: MediaModality,
  push: (chunk: MediaChunk) => void,
): ((signal: StepSignal) => void) => {
  const wholeBlock = (info: MediaInfo, content: Content): void => {
    const data = 'data' in content ? content.data : undefined;
    const uri = 'uri' in content ? content.uri : undefined;
    if (data === undefined && uri === undefined) return; // a placeholder, which is still to be filled
    push({
      ...info,
      ...(data !== undefined && { bytes: decodeBase64(data) }),
      ...(uri !== undefined && { uri }),
      first: true,
      last: true,
    });
  };

  return followContent((position) => {
    let sound: OpenSound | undefined;

    const closeSound = ({ rest = '', told }: BlockCursor): void => {
      if (!sound) return;
      const { begun, ...info } = sound;
      push({ ...info, bytes: decodeBase64(rest).subarray(told), first: !begun, last: true });
      sound = undefined;
    };

    return {
      delta: (_delta, landing, before) => {
        if (!landing) return;
        const { block, content, begins, data, told } = landing;
        if (begins) closeSound(before);
        if (content.type !== modality) return;
        const info = infoOf(position, block, content);
        if (data === undefined) {
          wholeBlock(info, content);
        } else {
          const begun = sound?.begun === true;
          const bytes = decodeBase64(data).subarray(told);
          if (bytes.byteLength > 0) push({ ...info, bytes, first: !begun, last: false });
          sound = { ...info, begun: begun || bytes.byteLength > 0 };
        }
      },
      end: (ending, cursor) => {
        if (ending !== 'cut') closeSound(cursor);
      },
    };
  });
};
