import type { ImageContent } from '../../protocol/index.js';
import { formatsIn } from '../request-rules.js';
import type { Turn } from '../turn.js';
import { asksFor, formatFor } from './formats.js';
import { arena } from './media/arena.js';
import { hypogeum } from './media/hypogeum.js';
import type { Picture } from './media/picture.js';
import { skyline } from './media/skyline.js';

const IMAGE_MODEL = /\bimage\b/i;

/** Whether the request asks for images; or goes to a model that draws, and asks for nothing else. */
export const mayDraw = (turn: Turn): boolean =>
  asksFor(turn, 'image') || (formatsIn(turn.request).length === 0 && IMAGE_MODEL.test(turn.request.model ?? ''));

const SUBJECTS: readonly (readonly [about: RegExp, picture: Picture])[] = [
  [/hypogeum|vault|dungeon|cellar|torch|night/i, hypogeum],
  [/colosseum|amphitheat|arena|gladiator|rome|roman/i, arena],
];

/** The picture that a text is about, of the three there are. A skyline is the answer to everything else. */
export const pictureOf = (text: string): Picture => SUBJECTS.find(([about]) => about.test(text))?.[1] ?? skyline;

/**
 * A picture as content: JPEG, the only type there is to ask for, where a format is given (wire-format 2.5), and PNG where none
 * is. Pictures are 96 × 64 pixels, whatever aspect ratio and size are asked for.
 */
export const imageOf = (turn: Turn, { png, jpeg }: Picture): ImageContent =>
  formatFor(turn, 'image') === undefined
    ? { mime_type: 'image/png', data: png, type: 'image' }
    : { mime_type: 'image/jpeg', data: jpeg, type: 'image' };
