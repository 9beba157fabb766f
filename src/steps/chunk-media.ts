import type { Content } from '../protocol/index.js';
import { decodeBase64 } from './decode-base64.js';
import { type BlockCursor, landBlock, landDelta, type Landing, noBlocks } from './land-delta.js';
import type { MediaChunk, MediaInfo, MediaModality } from './media-chunk.js';
import type { StepPlace, StepSignal } from './track-steps.js';

/** A sound that may go on. */
interface OpenSound extends MediaInfo {
  readonly begun: boolean;
}

interface OpenContent {
  readonly cursor: BlockCursor;
  readonly sound: OpenSound | undefined;
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
  const contents = new Map<StepPlace, OpenContent>();

  const closeSound = ({ sound, cursor: { rest = '', told } }: OpenContent): void => {
    if (!sound) return;
    const { begun, ...info } = sound;
    push({ ...info, bytes: decodeBase64(rest).subarray(told), first: !begun, last: true });
  };

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

  const onLanding = (place: StepPlace, before: OpenContent, landing: Landing): void => {
    const { cursor, block, content, begins, data, told } = landing;
    if (begins) closeSound(before);
    let sound = begins ? undefined : before.sound;
    if (content.type === modality) {
      const info = infoOf(place.position, block, content);
      if (data === undefined) {
        wholeBlock(info, content);
      } else {
        const begun = before.sound?.begun === true && !begins;
        const bytes = decodeBase64(data).subarray(told);
        if (bytes.byteLength > 0) push({ ...info, bytes, first: !begun, last: false });
        sound = { ...info, begun: begun || bytes.byteLength > 0 };
      }
    }
    contents.set(place, { cursor, sound });
  };

  return (signal) => {
    switch (signal.type) {
      case 'begin':
        if (signal.place.step.type === 'model_output') {
          contents.set(signal.place, { cursor: noBlocks, sound: undefined });
        }
        break;
      case 'delta': {
        const { place, delta, event } = signal;
        const before = contents.get(place);
        if (!before) break;
        // What is in a `step.start` stands there as blocks.
        const landing = event ? landDelta(before.cursor, delta) : landBlock(before.cursor, delta as Content);
        if (landing) onLanding(place, before, landing);
        break;
      }
      case 'end': {
        const before = contents.get(signal.place);
        contents.delete(signal.place);
        if (before && signal.ending !== 'cut') closeSound(before);
        break;
      }
      default: // nothing that concerns a step that has begun
    }
  };
};
