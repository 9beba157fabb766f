import type { Content, Delta } from '../protocol/index.js';
import { type GrowingBase64, joinBase64 } from './join-base64.js';
import { continuesSound, isPlaceholder, mediaBlockOf, soundIn } from './media-block.js';

/** Where the content of a `model_output` has got to: how many blocks there are, and what the last one can take. Immutable. */
export interface BlockCursor {
  readonly count: number;
  readonly last: Content | undefined;
  /** The last letters of a sound's base64 that are no whole group yet; `undefined` unless the last block is a sound. */
  readonly rest: string | undefined;
  /** How many bytes of them have been given already: those of a group that was padded, and so is complete. */
  readonly told: number;
}

export const noBlocks: BlockCursor = { count: 0, last: undefined, rest: undefined, told: 0 };

/** The block that a delta lands in. */
export interface Landing {
  readonly cursor: BlockCursor;
  /** The place of the block in `content`. */
  readonly block: number;
  /** What the block is, without what came before. */
  readonly content: Content;
  /** Whether the block begins with it. */
  readonly begins: boolean;
  /** Base64 of a sound that is whole now, of this delta and of what was left over. */
  readonly data: string | undefined;
  /** How many bytes at its start have been given already. */
  readonly told: number;
}

/** What can be given of a sound: whole groups, and a last one that was padded, which nothing will be added to. */
const givenOf = ({ whole, rest }: GrowingBase64): { readonly data: string; readonly told: number } =>
  rest.length === 4 ? { data: whole + rest, told: rest.endsWith('==') ? 1 : 2 } : { data: whole, told: 0 };

/** @param sound - What can grow of the block, if it is sound that came inline. */
const landing = (content: Content, block: number, begins: boolean, sound?: GrowingBase64, told = 0): Landing => {
  const given = sound && givenOf(sound);
  return {
    cursor: { count: block + 1, last: content, rest: sound?.rest, told: given?.told ?? 0 },
    block,
    content,
    begins,
    data: given?.data,
    told,
  };
};

/**
 * Which block of a `model_output` a delta begins or continues: rules R1, R2 and R2a, without assembling anything.
 * `undefined` where it brings no content.
 */
export const landDelta = (cursor: BlockCursor, delta: Delta): Landing | undefined => {
  const { count, last, rest, told } = cursor;
  switch (delta.type) {
    case 'text': {
      const { signature: _signature, ...content } = delta;
      if (delta.text === '') return undefined;
      return last?.type === 'text' ? landing(content, count - 1, false) : landing(content, count, true);
    }
    case 'image':
    case 'audio':
    case 'video':
    case 'document': {
      const content = mediaBlockOf(delta);
      if (rest !== undefined && last?.type === 'audio' && content.type === 'audio' && continuesSound(last, content)) {
        const joined = joinBase64({ whole: '', rest }, content.data);
        if (joined) return landing(content, count - 1, false, joined, told);
      }
      return last?.type === content.type && isPlaceholder(last)
        ? newBlock({ ...last, ...content }, count - 1)
        : newBlock(content, count);
    }
    default:
      return undefined;
  }
};

/** The block that stands in the content of a `step.start`: each is one of its own, even an empty text. */
export const landBlock = ({ count }: BlockCursor, content: Content): Landing => newBlock(content, count);

const newBlock = (content: Content, at: number): Landing => landing(content, at, true, soundIn(content));
