import type { GoogleSearchTool } from '../../protocol/index.js';
import { reply, type ServerToolPart } from '../reply.js';
import type { Turn } from '../turn.js';

/** Google Search, if the request offers it. */
export const searchTool = ({ request: { tools = [] } }: Turn): GoogleSearchTool | undefined =>
  tools.find((tool) => tool.type === 'google_search');

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** What has to be shown beside an answer that rests on a search. */
const suggestionsFor = (queries: readonly string[]): string =>
  `<div class="container">${queries
    .map((q) => `<a class="chip" href="https://www.google.com/search?q=${encodeURIComponent(q)}">${escaped(q)}</a>`)
    .join('')}</div>`;

/** A search, and what it gave: the suggestions to be shown. The pages themselves are in the citations. */
export const search = (...queries: readonly string[]): ServerToolPart =>
  reply.serverTool(
    'google_search',
    { arguments: { queries } },
    { result: [{ search_suggestions: suggestionsFor(queries) }] },
  );
