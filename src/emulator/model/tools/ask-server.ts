import type { McpServerTool } from '../../../protocol/index.js';
import { reply, type Reply } from '../../reply.js';
import type { Turn } from '../../turn.js';
import { think } from '../behaviour.js';
import { inPieces } from '../in-pieces.js';

/** Calls a tool of an MCP server: the first that is allowed, else `lookup`. The server itself is not asked. */
export const askServer = ({ name: server_name, allowed_tools = [] }: McpServerTool, turn: Turn): Reply => {
  const name = allowed_tools.flatMap(({ tools = [] }) => tools)[0] ?? 'lookup';
  const text = `“${turn.prompt}” has been looked up.`;
  return [
    think(turn, 'Asking another server', `${server_name} has a tool for this.`),
    reply.serverTool(
      'mcp_server_tool',
      { name, server_name, arguments: { query: turn.prompt } },
      { name, server_name, result: [{ type: 'text', text }] },
    ),
    reply.text(...inPieces(`\`${name}\` of ${server_name} says: ${text}`)),
  ];
};
