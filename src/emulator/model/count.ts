import { reply } from '../reply.js';
import { type Behaviour, think } from './behaviour.js';
import { inPieces } from './in-pieces.js';

const MOST = 1000;
const ASKED = /\bcount\s+(?:(?:up|down|backwards?)\s+)?(?:to\b|from\b|-?\d)/i;
const DOWN = /\bcount\s+(?:down|backwards?)\b/i;
const BY = /\bby\s+(\d+)/i;

/** "Count to from 1 to 25", "count to 10", "count down from 10", "count from 0 to 20 by 5": at most a thousand numbers. */
export const count: Behaviour = (turn) => {
  if (!ASKED.test(turn.prompt)) return undefined;
  const numbers = (turn.prompt.replace(BY, '').match(/-?\d+/g) ?? []).map(Number);
  const [one, other] = [numbers[0], numbers.at(-1)];
  if (one === undefined || other === undefined) return undefined;
  const [first, last] = numbers.length > 1 ? [one, other] : DOWN.test(turn.prompt) ? [one, 1] : [1, one];
  const by = Math.max(1, Number(BY.exec(turn.prompt)?.[1] ?? 1));
  const step = first <= last ? by : -by;
  const length = Math.min(Math.floor(Math.abs(last - first) / by) + 1, MOST);
  const text = Array.from({ length }, (_, at) => String(first + at * step)).join(', ');
  return [
    think(turn, 'Counting', `I am asked for the numbers from ${first} to ${last}, one after the other.`),
    reply.text(...inPieces(text, 5)),
  ];
};
