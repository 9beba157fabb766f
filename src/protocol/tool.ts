import type * as t from 'io-ts';

import type { Codec } from './codec.js';
import { boolean, Count, either, JsonObject, listOf, openEnum, string } from './primitives.js';
import { shape, tagged } from './shape.js';
import { byName, type TaggedUnion, taggedUnion } from './tagged-union.js';

const functionTool = tagged('function', { name: string }, { description: string, parameters: JsonObject });
/** A function that the client can run. `parameters` is JSON Schema, with lower-case types. */
export interface FunctionTool extends t.TypeOf<typeof functionTool> {}
export const FunctionTool: Codec<FunctionTool> = functionTool;

const googleSearchTool = tagged(
  'google_search',
  {},
  { search_types: listOf(openEnum('SearchType', ['web_search', 'image_search', 'enterprise_web_search'])) },
);
/** Google Search, run by the server. */
export interface GoogleSearchTool extends t.TypeOf<typeof googleSearchTool> {}
export const GoogleSearchTool: Codec<GoogleSearchTool> = googleSearchTool;

const googleMapsTool = tagged('google_maps', {}, { latitude: Count, longitude: Count, enable_widget: boolean });
/** Google Maps, run by the server. Degrees. */
export interface GoogleMapsTool extends t.TypeOf<typeof googleMapsTool> {}
export const GoogleMapsTool: Codec<GoogleMapsTool> = googleMapsTool;

const urlContextTool = tagged('url_context');
/** Reads the pages whose addresses the prompt names, on the server. */
export interface UrlContextTool extends t.TypeOf<typeof urlContextTool> {}
export const UrlContextTool: Codec<UrlContextTool> = urlContextTool;

const codeExecutionTool = tagged('code_execution');
/** Runs code that the model writes, on the server. */
export interface CodeExecutionTool extends t.TypeOf<typeof codeExecutionTool> {}
export const CodeExecutionTool: Codec<CodeExecutionTool> = codeExecutionTool;

const fileSearchTool = tagged(
  'file_search',
  { file_search_store_names: listOf(string) },
  { top_k: Count, metadata_filter: string },
);
/** Searches uploaded files, on the server. */
export interface FileSearchTool extends t.TypeOf<typeof fileSearchTool> {}
export const FileSearchTool: Codec<FileSearchTool> = fileSearchTool;

const retrievalTool = tagged(
  'retrieval',
  {},
  {
    retrieval_types: listOf(string),
    vertex_ai_search_config: JsonObject,
    rag_store_config: JsonObject,
    exa_ai_search_config: JsonObject,
    parallel_ai_search_config: JsonObject,
  },
);
/** Enterprise retrieval, run by the server. */
export interface RetrievalTool extends t.TypeOf<typeof retrievalTool> {}
export const RetrievalTool: Codec<RetrievalTool> = retrievalTool;

const mcpServerTool = tagged(
  'mcp_server',
  { name: string, url: string },
  {
    headers: JsonObject,
    allowed_tools: listOf(shape('AllowedTools', {}, { mode: string, tools: listOf(string) })),
  },
);
/** Tools of a remote MCP server (streamable HTTP), called by the server. `name` must not contain `-`; `headers` are secrets. */
export interface McpServerTool extends t.TypeOf<typeof mcpServerTool> {}
export const McpServerTool: Codec<McpServerTool> = mcpServerTool;

const computerUseTool = tagged(
  'computer_use',
  {},
  {
    environment: openEnum('ComputerEnvironment', ['browser', 'mobile', 'desktop']),
    excluded_predefined_functions: listOf(string),
    enable_prompt_injection_detection: boolean,
    disabled_safety_policies: listOf(string),
  },
);
/** Lets the model operate a screen; its actions arrive as ordinary function calls. */
export interface ComputerUseTool extends t.TypeOf<typeof computerUseTool> {}
export const ComputerUseTool: Codec<ComputerUseTool> = computerUseTool;

/** A tool of a kind this version does not know, as it was received. */
export interface UnknownTool {
  readonly type: 'unknown';
  readonly received: unknown;
}

/** Something the model may use (wire-format 2.4). Only `function` and `computer_use` are run by the client. */
export const Tool: TaggedUnion<Tool> = taggedUnion(
  'Tool',
  'type',
  byName(
    functionTool,
    googleSearchTool,
    googleMapsTool,
    urlContextTool,
    codeExecutionTool,
    fileSearchTool,
    retrievalTool,
    mcpServerTool,
    computerUseTool,
  ),
);
export type Tool =
  | FunctionTool
  | GoogleSearchTool
  | GoogleMapsTool
  | UrlContextTool
  | CodeExecutionTool
  | FileSearchTool
  | RetrievalTool
  | McpServerTool
  | ComputerUseTool
  | UnknownTool;

const mode = openEnum('ToolChoiceMode', ['auto', 'any', 'none', 'validated']);

/** Whether the model may, must or must not call functions, and which (wire-format 2.3). */
export const ToolChoice = either(
  mode,
  shape('ToolChoice', {}, { allowed_tools: shape('AllowedTools', {}, { mode, tools: listOf(string) }) }),
);
export type ToolChoice = t.TypeOf<typeof ToolChoice>;
