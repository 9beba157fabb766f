import type { FileSearchTool } from '../../../protocol/index.js';
import { reply, type Reply } from '../../reply.js';
import type { Turn } from '../../turn.js';
import { think } from '../behaviour.js';
import { citeText } from '../cite-text.js';

const FILE = 'handbook.pdf';
const PASSAGE = 'Every question is answered within two working days.';

/** Searches the files of a store: there is one, and one passage in it. */
export const searchFiles = (
  { file_search_store_names: [store = 'fileSearchStores/default'] }: FileSearchTool,
  turn: Turn,
): Reply => [
  think(turn, 'Searching the files', 'The answer should be in the files.'),
  reply.serverTool('file_search', {}, { result: [{ title: FILE, text: PASSAGE, file_search_store: store }] }),
  citeText('The handbook says: ', {
    text: `“${PASSAGE}”`,
    sources: [
      {
        type: 'file_citation',
        document_uri: `${store}/documents/handbook`,
        file_name: FILE,
        source: PASSAGE,
        page_number: 3,
        custom_metadata: { edition: '2026' },
      },
    ],
  }),
];
