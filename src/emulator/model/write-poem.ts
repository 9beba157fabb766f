import { reply } from '../reply.js';
import { type Behaviour, think } from './behaviour.js';
import { inPieces } from './in-pieces.js';
import { poemAbout } from './texts/poems.js';

const ASKED = /\b(?:poem|verse)s?\b/i;
const ABOUT = /\babout\s+([^.?!]{1,80})/i;
const OF = /\b(?:on|of)\s+([^.?!]{1,80})/i;

/** "Write a short poem about …" */
export const writePoem: Behaviour = (turn) => {
  if (!ASKED.test(turn.prompt)) return undefined;
  const [, subject] = ABOUT.exec(turn.prompt) ?? OF.exec(turn.prompt) ?? [];
  return [
    think(turn, 'Looking for rhymes', 'A few lines are enough.'),
    reply.text(...inPieces(poemAbout(subject?.trim()))),
  ];
};
