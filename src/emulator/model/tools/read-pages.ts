import { reply, type Reply } from '../../reply.js';
import type { Turn } from '../../turn.js';
import { think } from '../behaviour.js';
import { citeText, type Passage } from '../cite-text.js';
import { urlsIn } from '../urls.js';

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).hostname : url);

/** What becomes of an address: no host is below the top-level domain `invalid`, and none of them can be read. */
const statusOf = (url: string): 'success' | 'error' => (hostOf(url).endsWith('.invalid') ? 'error' : 'success');

const report = (url: string): Passage =>
  statusOf(url) === 'success'
    ? { text: `${hostOf(url)} – a page – can be read.`, sources: [{ type: 'url_citation', url, title: hostOf(url) }] }
    : `${hostOf(url)} cannot be read.`;

/** Reads the pages whose addresses a prompt names. It makes no request, so it knows no more of them than that. */
export const readPages = (turn: Turn): Reply | undefined => {
  const urls = urlsIn(turn.prompt);
  if (urls.length === 0) return undefined;
  return [
    think(turn, 'Reading pages', 'The addresses are in the prompt.'),
    reply.serverTool(
      'url_context',
      { arguments: { urls } },
      { result: urls.map((url) => ({ url, status: statusOf(url) })) },
    ),
    citeText(...urls.flatMap((url, at) => (at === 0 ? [report(url)] : [' ', report(url)]))),
  ];
};
