import { reply } from '../reply.js';
import { type Behaviour, think } from './behaviour.js';
import { inPieces } from './in-pieces.js';

const JOKE = 'Why did the chicken cross the road? To get to the other side!';
const JOKE_OF_THE_TRADE = 'Why do programmers prefer dark mode? 🌙\n\nBecause light attracts bugs! 🐛';

const OF_THE_TRADE = /\b(?:program(?:mers?|ming)|developers?|software|code|coding|bugs?|debugging)\b/i;

/** One joke, and one for people who write software. It is deterministic, which is not how jokes are meant to be told. */
export const tellJoke: Behaviour = (turn) =>
  /\bjokes?\b/i.test(turn.prompt)
    ? [
        think(turn, 'Finding a joke', 'Something short that everybody knows.'),
        reply.text(...inPieces(OF_THE_TRADE.test(turn.prompt) ? JOKE_OF_THE_TRADE : JOKE)),
      ]
    : undefined;
