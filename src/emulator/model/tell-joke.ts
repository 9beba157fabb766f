import { reply } from '../reply.js';
import { type Behaviour, think } from './behaviour.js';
import { inPieces } from './in-pieces.js';

const JOKE = 'Why do programmers prefer dark mode? 🌙\n\nBecause light attracts bugs! 🐛';

/** One joke. It is deterministic, which is not how jokes are meant to be told. */
export const tellJoke: Behaviour = (turn) =>
  /\bjoke\b/i.test(turn.prompt)
    ? [think(turn, 'Finding a joke', 'Something short, for people who write software.'), reply.text(...inPieces(JOKE))]
    : undefined;
