import { reply } from '../reply.js';
import { type Behaviour, think } from './behaviour.js';
import { factFor } from './facts.js';
import { inPieces } from './in-pieces.js';
import { userTexts } from './user-texts.js';

const ASKED = /\b(?:elaborate|tell me more|say more|(?:in )?more detail)\b/i;

/** "Can you elaborate on that?": says more about what was asked last, if there is more that it knows. */
export const elaborate: Behaviour = (turn) => {
  if (!ASKED.test(turn.prompt)) return undefined;
  const more = userTexts(turn)
    .flatMap((text) => factFor(text)?.more ?? [])
    .at(-1);
  return more === undefined
    ? undefined
    : [think(turn, 'Elaborating', 'The answer before this one was short.'), reply.text(...inPieces(more, 8))];
};
