import { reply } from '../reply.js';
import { type Behaviour, think } from './behaviour.js';
import { inPieces } from './in-pieces.js';
import { analysisOf } from './texts/analysis.js';

const ASKED = /\b(?:impact|effects?|influence)\s+of\s+(.{1,80}?)\s+on\s+([^.?!]{1,80})/i;

/** "Write a detailed analysis of the impact of … on …": several paragraphs. */
export const analyse: Behaviour = (turn) => {
  const [, cause, field] = ASKED.exec(turn.prompt) ?? [];
  if (cause === undefined || field === undefined) return undefined;
  return [
    think(turn, 'Structuring the analysis', `I look at how ${cause} is used in ${field}, at people, at risks, ahead.`),
    reply.text(...inPieces(analysisOf(cause, field.trim()), 8)),
  ];
};
