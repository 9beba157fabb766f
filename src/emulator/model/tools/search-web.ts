import type { Reply } from '../../reply.js';
import type { Turn } from '../../turn.js';
import { think } from '../behaviour.js';
import { citeText } from '../cite-text.js';
import { search } from '../search.js';

/** Looks anything up: one search, one page. */
export const searchWeb = (turn: Turn): Reply => {
  const query = turn.prompt.trim().replace(/^(?:please\s+)?search(?:\s+for)?\s+/i, '');
  const url = `https://example.com/search?q=${encodeURIComponent(query)}`;
  return [
    think(turn, 'Searching the web', 'I do not know, so I look it up.'),
    search(query),
    citeText(`Here is what I found – “${query}”: `, {
      text: 'the first page about it agrees with the second.',
      sources: [{ type: 'url_citation', url, title: 'example.com' }],
    }),
  ];
};
