import type { RetrievalTool } from '../../../protocol/index.js';
import { reply, type Reply } from '../../reply.js';
import type { Turn } from '../../turn.js';
import { think } from '../behaviour.js';
import { inPieces } from '../in-pieces.js';
import { subjectOf } from '../subjects.js';

/** Searches a data store of an enterprise. Its result says only that it went well (wire-format 6.2). */
export const retrieve = (
  { retrieval_types: [retrieval_type = 'vertex_ai_search'] = [] }: RetrievalTool,
  turn: Turn,
): Reply => [
  think(turn, 'Searching the data store', 'The answer should be in there.'),
  reply.serverTool('retrieval', { arguments: { queries: [turn.prompt] }, retrieval_type }, { is_error: false }),
  reply.text(...inPieces(`The data store knows something about ${subjectOf(turn.prompt)}.`)),
];
