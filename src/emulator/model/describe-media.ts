import type { MediaContent } from '../../protocol/index.js';
import { reply, type ServerToolPart } from '../reply.js';
import type { Turn } from '../turn.js';
import { type Behaviour, think } from './behaviour.js';
import { isEarlierModel } from './generations.js';
import { imageSizeOf } from './media/image-size.js';
import { inPieces } from './in-pieces.js';
import { mediaIn } from './media-in.js';

/** "mp3" of "audio/mp3", in capitals; nothing where there is no media type. */
const formatOf = ({ mime_type = '' }: MediaContent): string =>
  /\/(?:x-)?([\w+.-]+)/.exec(mime_type)?.[1]?.toUpperCase() ?? '';

/** "sample" of "https://example.com/sample.mp3?x=1". */
const nameOf = ({ uri = '' }: MediaContent): string => {
  const [path = ''] = uri.split(/[?#]/, 1);
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.replace(/(?<=.)\.\w+$/, '') || 'short';
};

const withArticle = (words: string): string => `${/^[aeiou]/i.test(words) ? 'an' : 'a'} ${words}`;

const NOUNS = { audio: 'clip', video: 'clip', document: 'file' } as const;

/** "Describe this image.", with an image and nothing else. */
const DESCRIBED = /\bdescribe\b/i;
const descriptionBy = (turn: Turn): string =>
  `This is a picture of a beautiful sunset${isEarlierModel(turn) ? '' : ' over the mountains'}.`;

const isToDescribe = (prompt: string, media: readonly MediaContent[]): boolean =>
  DESCRIBED.test(prompt) && media.length === 1 && media[0]?.type === 'image';

/** What it takes a file for. It sees and hears nothing: an image displays what the image of the guide displays. */
const impressionOf = (block: MediaContent): string => {
  const { type, uri } = block;
  const which = uri === undefined ? `the local ${type}` : `the remote ${type}`;
  if (type === 'image') return `${which} displays a pipe organ`;
  const words = [nameOf(block), formatOf(block), NOUNS[type]].filter((word) => word !== '').join(' ');
  return `${which}${type === 'document' ? '' : ' file'} is ${withArticle(words)}`;
};

/** What a file says of itself: its type, and where it is inline its size. */
const factsOf = ({ type, uri, mime_type = 'no media type', data = '' }: MediaContent): string => {
  if (uri !== undefined) return `${mime_type} at ${uri}`;
  const bytes = Buffer.from(data, 'base64');
  const size = type === 'image' ? imageSizeOf(bytes) : undefined;
  const pixels = size ? `${size.width} × ${size.height} pixels, ` : '';
  return `${mime_type}, ${pixels}${bytes.length} ${bytes.length === 1 ? 'byte' : 'bytes'}`;
};

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Videos are looked at step by step where that is asked for (wire-format 6.4). */
const processing = (media: readonly MediaContent[]): readonly ServerToolPart[] =>
  media
    .filter((block) => block.type === 'video' && block.processing === 'agentic')
    .map(() => reply.serverTool('processing'));

/** What the files seem to be, and what they say of themselves. */
const accountOf = (media: readonly MediaContent[]): string =>
  `${capitalised(media.map(impressionOf).join(' while '))}. I was sent: ${media.map(factsOf).join('; ')}.`;

/**
 * Says which media came with the prompt: their kinds, their types, and what their own bytes tell. An image that is to be
 * described is a picture, the same for all of them.
 */
export const describeMedia: Behaviour = (turn) => {
  const media = mediaIn(turn);
  if (media.length === 0) return undefined;
  return [
    think(turn, 'Looking at the media', `There ${media.length === 1 ? 'is one file' : `are ${media.length} files`}.`),
    ...processing(media),
    reply.text(...inPieces(isToDescribe(turn.prompt, media) ? descriptionBy(turn) : accountOf(media))),
  ];
};
