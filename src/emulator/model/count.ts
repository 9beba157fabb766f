import { reply } from '../reply.js';
import { type Behaviour, think } from './behaviour.js';
import { inPieces } from './in-pieces.js';

const MOST = 1000;
const ASKED = /\bcount\b/i;

/** "Count to from 1 to 25", "count to 10", "count from 10 down to 1": counts, at most a thousand numbers. */
export const count: Behaviour = (turn) => {
  if (!ASKED.test(turn.prompt)) return undefined;
  const numbers = (turn.prompt.match(/-?\d{1,9}/g) ?? []).map(Number);
  const last = numbers.at(-1);
  if (last === undefined) return undefined;
  const first = numbers.length > 1 ? (numbers[0] ?? 1) : 1;
  const step = first <= last ? 1 : -1;
  const length = Math.min(Math.abs(last - first) + 1, MOST);
  const text = Array.from({ length }, (_, at) => String(first + at * step)).join(', ');
  return [
    think(turn, 'Counting', `I am asked for the numbers from ${first} to ${last}, one after the other.`),
    reply.text(...inPieces(text, 5)),
  ];
};
