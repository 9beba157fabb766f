import { reply, type Reply } from '../reply.js';
import type { Turn } from '../turn.js';
import { think } from './behaviour.js';
import { inPieces } from './in-pieces.js';

const MOST_QUOTED = 200;

/** What is said about anything else. It has letters of one to four bytes, like the texts of the world. */
export const answerPlainly = (turn: Turn): Reply => {
  const letters = Array.from(turn.prompt.trim());
  const quoted = letters.length > MOST_QUOTED ? `${letters.slice(0, MOST_QUOTED).join('')}…` : letters.join('');
  const about = quoted === '' ? 'You sent no text' : `You wrote: “${quoted}”`;
  return [
    think(turn, 'Thinking about it', 'A short and friendly answer will do.'),
    reply.text(
      ...inPieces(
        `${about}. That is a good place to start! 🙂 I am a small model that runs on your own machine: I answer at once, ` +
          'I say the same thing every time, and I cost nothing. Grüße aus der Box — 箱の中からこんにちは 👋',
      ),
    ),
  ];
};
