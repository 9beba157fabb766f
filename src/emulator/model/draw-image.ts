import { reply, type ThoughtPart } from '../reply.js';
import type { Turn } from '../turn.js';
import { type Behaviour, showsThoughts } from './behaviour.js';
import { asksFor } from './formats.js';
import { inPieces } from './in-pieces.js';
import { imageOf, mayDraw, pictureOf } from './pictures.js';

const ASKED =
  /\b(?:images?|pictures?|photos?|drawings?|illustrations?|logos?|icons?|posters?|draw|paint|sketch|render)\b/i;

/** An image model thinks in drafts: its summaries hold an image. */
const draft = (turn: Turn): readonly ThoughtPart[] =>
  showsThoughts(turn)
    ? [
        reply.thought(
          '**Composing the image**\n\nA first draft, to see whether it works.\n\n\n',
          imageOf(turn, pictureOf(turn.prompt)),
        ),
      ]
    : [];

/** "Generate an image of …": one image, behind a sentence where text is asked for, too. */
export const drawImage: Behaviour = (turn) => {
  if (!asksFor(turn, 'image') && !(mayDraw(turn) && ASKED.test(turn.prompt))) return undefined;
  const text = asksFor(turn, 'text') ? inPieces('Here is your generated image:') : [];
  return [
    ...draft(turn),
    reply.step(
      { type: 'model_output' },
      ...text.map((piece) => ({ text: piece, type: 'text' })),
      imageOf(turn, pictureOf(turn.prompt)),
    ),
  ];
};
