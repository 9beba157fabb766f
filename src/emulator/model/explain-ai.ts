import { reply } from '../reply.js';
import { type Behaviour, think } from './behaviour.js';
import { inPieces } from './in-pieces.js';
import { AI_EXPLAINED, AI_IN_A_FEW_WORDS } from './texts/explain-ai.js';

const ASKED = /\b(?:explain|how)\b.*\b(?:ai|artificial intelligence)\s+works?\b/i;
const BRIEFLY = /\b(?:few words|briefly|one sentence|short)\b/i;

/** "Explain how AI works", at length or "in a few words". */
export const explainAi: Behaviour = (turn) => {
  if (!ASKED.test(turn.prompt)) return undefined;
  const text = BRIEFLY.test(turn.prompt) ? AI_IN_A_FEW_WORDS : AI_EXPLAINED;
  return [
    think(turn, 'Explaining AI', 'The reader wants the idea, not the mathematics.'),
    reply.text(...inPieces(text)),
  ];
};
