import { reply, type Reply } from '../reply.js';
import type { Turn } from '../turn.js';
import { type Behaviour, think } from './behaviour.js';
import { isEarlierModel } from './generations.js';
import { inPieces } from './in-pieces.js';
import { userTexts } from './user-texts.js';

const RIDDLE = 'Why did the chicken cross the road?';
const SOLUTION = 'To get to the other side!';
const JOKE_OF_THE_TRADE = 'Why do programmers prefer dark mode? 🌙\n\nBecause light attracts bugs! 🐛';

const ASKED = /\bjokes?\b/i;
const OF_THE_TRADE = /\b(?:program(?:mers?|ming)|developers?|software|code|coding|bugs?|debugging)\b/i;
const GIVEN_UP = /^\s*(?:why\b[^?]{0,40}\?*|i (?:do not|don['’]t) know|no idea|i give up|tell me)\W*$/i;

const tell = (turn: Turn, joke: string): Reply => [
  think(turn, 'Finding a joke', 'Something short that everybody knows.'),
  reply.text(...inPieces(joke)),
];

const jokeFor = (turn: Turn): string => {
  if (OF_THE_TRADE.test(turn.prompt)) return JOKE_OF_THE_TRADE;
  return isEarlierModel(turn) ? `${RIDDLE} ${SOLUTION}` : RIDDLE;
};

/** Whether the riddle is what was asked for right before this turn. */
const isAfterRiddle = (turn: Turn): boolean => {
  const before = userTexts(turn).at(-2) ?? '';
  return ASKED.test(before) && !OF_THE_TRADE.test(before);
};

/**
 * One joke, and one for people who write software. The first is a riddle: an earlier model tells it in one go, a later one
 * waits for "Why?" or "I don't know".
 */
export const tellJoke: Behaviour = (turn) => {
  if (ASKED.test(turn.prompt)) return tell(turn, jokeFor(turn));
  return GIVEN_UP.test(turn.prompt) && isAfterRiddle(turn) ? tell(turn, SOLUTION) : undefined;
};
