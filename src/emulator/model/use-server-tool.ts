import type { Tool } from '../../protocol/index.js';
import type { Reply } from '../reply.js';
import type { Turn } from '../turn.js';
import type { Behaviour } from './behaviour.js';
import { askServer } from './tools/ask-server.js';
import { findPlaces } from './tools/find-places.js';
import { readPages } from './tools/read-pages.js';
import { retrieve } from './tools/retrieve.js';
import { searchFiles } from './tools/search-files.js';
import { searchWeb } from './tools/search-web.js';

/** Words by which a prompt calls for a tool. */
const WORDS: Readonly<Partial<Record<Tool['type'], RegExp>>> = {
  url_context: /https?:\/\//i,
  google_maps: /\b(?:near|nearby|around|restaurants?|caf[eé]s?|hotels?|museums?|directions?|maps?|route|place)\b/iu,
  file_search: /\b(?:files?|documents?|handbook|manual|policy|contract|according)\b/i,
  retrieval: /\b(?:data ?store|knowledge base|intranet|catalogue)\b/i,
  google_search: /\b(?:search|web|latest|news|today)\b/i,
};

const isCalledFor = (tool: Tool, prompt: string): boolean =>
  WORDS[tool.type]?.test(prompt) === true || (tool.type === 'mcp_server' && prompt.includes(tool.name));

const use = (tool: Tool, turn: Turn): Reply | undefined => {
  switch (tool.type) {
    case 'url_context':
      return readPages(turn);
    case 'google_maps':
      return findPlaces(tool, turn);
    case 'file_search':
      return searchFiles(tool, turn);
    case 'retrieval':
      return retrieve(tool, turn);
    case 'mcp_server':
      return askServer(tool, turn);
    case 'google_search':
      return searchWeb(turn);
    default: // the client's own, and code execution, which is used where there is something to compute
      return undefined;
  }
};

/** Uses one of the tools that the server runs: one that the prompt has a word for, or the first that is of any use. */
export const useServerTool: Behaviour = (turn) => {
  const { tools = [] } = turn.request;
  const called = tools.filter((tool) => isCalledFor(tool, turn.prompt));
  for (const tool of [...called, ...tools]) {
    const answer = use(tool, turn);
    if (answer) return answer;
  }
  return undefined;
};
