import type * as t from 'io-ts';

import type { Codec } from './codec.js';
import { ContentList } from './content.js';
import { boolean, Count, JsonObject, listOf, string, unknown } from './primitives.js';
import * as tool from './server-tool.js';
import { shape, tagged } from './shape.js';
import { byName, type TaggedUnion, taggedUnion } from './tagged-union.js';

const rpcStatus = shape('RpcStatus', {}, { code: Count, message: string, details: listOf(JsonObject) });
/** `google.rpc.Status`: a *numeric* code, unlike the string codes of `error` events (wire-format 6.1). */
export interface RpcStatus extends t.TypeOf<typeof rpcStatus> {}
export const RpcStatus: Codec<RpcStatus> = rpcStatus;

const userInputStep = tagged('user_input', {}, { content: ContentList });
/** What the user said. */
export interface UserInputStep extends t.TypeOf<typeof userInputStep> {}
export const UserInputStep: Codec<UserInputStep> = userInputStep;

const modelOutputStep = tagged('model_output', {}, { content: ContentList, error: RpcStatus, signature: string });
/** What the model answered: text and media in order, or the error that kept it from answering. */
export interface ModelOutputStep extends t.TypeOf<typeof modelOutputStep> {}
export const ModelOutputStep: Codec<ModelOutputStep> = modelOutputStep;

const thoughtStep = tagged('thought', {}, { summary: ContentList, signature: string });
/** What the model thought: a summary where one was asked for, and a signature to send back untouched. */
export interface ThoughtStep extends t.TypeOf<typeof thoughtStep> {}
export const ThoughtStep: Codec<ThoughtStep> = thoughtStep;

const functionCallStep = tagged(
  'function_call',
  {},
  { id: string, name: string, arguments: JsonObject, signature: string },
);
/**
 * A function the client is to call: the only call that is the client's to make (wire-format 6.3).
 * `arguments` is `{}` until the step has stopped, and stays `{}` if what arrived is not a JSON object.
 */
export interface FunctionCallStep extends t.TypeOf<typeof functionCallStep> {}
export const FunctionCallStep: Codec<FunctionCallStep> = functionCallStep;

const functionResultStep = tagged(
  'function_result',
  {},
  { call_id: string, name: string, result: unknown, is_error: boolean, signature: string },
);
/** The client's answer to a function call: text, an object, or content blocks in `result`. */
export interface FunctionResultStep extends t.TypeOf<typeof functionResultStep> {}
export const FunctionResultStep: Codec<FunctionResultStep> = functionResultStep;

const googleSearchCallStep = tagged('google_search_call', {}, tool.googleSearchCall);
/** The server searches the web. */
export interface GoogleSearchCallStep extends t.TypeOf<typeof googleSearchCallStep> {}
export const GoogleSearchCallStep: Codec<GoogleSearchCallStep> = googleSearchCallStep;

const googleSearchResultStep = tagged('google_search_result', {}, tool.googleSearchResult);
/** What the search gave. */
export interface GoogleSearchResultStep extends t.TypeOf<typeof googleSearchResultStep> {}
export const GoogleSearchResultStep: Codec<GoogleSearchResultStep> = googleSearchResultStep;

const urlContextCallStep = tagged('url_context_call', {}, tool.urlContextCall);
/** The server reads web pages. */
export interface UrlContextCallStep extends t.TypeOf<typeof urlContextCallStep> {}
export const UrlContextCallStep: Codec<UrlContextCallStep> = urlContextCallStep;

const urlContextResultStep = tagged('url_context_result', {}, tool.urlContextResult);
/** What became of the pages that were read. */
export interface UrlContextResultStep extends t.TypeOf<typeof urlContextResultStep> {}
export const UrlContextResultStep: Codec<UrlContextResultStep> = urlContextResultStep;

const codeExecutionCallStep = tagged('code_execution_call', {}, tool.codeExecutionCall);
/** The server runs code that the model wrote. */
export interface CodeExecutionCallStep extends t.TypeOf<typeof codeExecutionCallStep> {}
export const CodeExecutionCallStep: Codec<CodeExecutionCallStep> = codeExecutionCallStep;

const codeExecutionResultStep = tagged('code_execution_result', {}, tool.codeExecutionResult);
/** What the code printed. */
export interface CodeExecutionResultStep extends t.TypeOf<typeof codeExecutionResultStep> {}
export const CodeExecutionResultStep: Codec<CodeExecutionResultStep> = codeExecutionResultStep;

const googleMapsCallStep = tagged('google_maps_call', {}, tool.googleMapsCall);
/** The server searches places. */
export interface GoogleMapsCallStep extends t.TypeOf<typeof googleMapsCallStep> {}
export const GoogleMapsCallStep: Codec<GoogleMapsCallStep> = googleMapsCallStep;

const googleMapsResultStep = tagged('google_maps_result', {}, tool.googleMapsResult);
/** The places that were found. */
export interface GoogleMapsResultStep extends t.TypeOf<typeof googleMapsResultStep> {}
export const GoogleMapsResultStep: Codec<GoogleMapsResultStep> = googleMapsResultStep;

const fileSearchCallStep = tagged('file_search_call', {}, tool.fileSearchCall);
/** The server searches uploaded files. */
export interface FileSearchCallStep extends t.TypeOf<typeof fileSearchCallStep> {}
export const FileSearchCallStep: Codec<FileSearchCallStep> = fileSearchCallStep;

const fileSearchResultStep = tagged('file_search_result', {}, tool.fileSearchResult);
/** What was found in the files. */
export interface FileSearchResultStep extends t.TypeOf<typeof fileSearchResultStep> {}
export const FileSearchResultStep: Codec<FileSearchResultStep> = fileSearchResultStep;

const retrievalCallStep = tagged('retrieval_call', {}, tool.retrievalCall);
/** The server searches enterprise data. */
export interface RetrievalCallStep extends t.TypeOf<typeof retrievalCallStep> {}
export const RetrievalCallStep: Codec<RetrievalCallStep> = retrievalCallStep;

const retrievalResultStep = tagged('retrieval_result', {}, tool.retrievalResult);
/** Whether that search succeeded. */
export interface RetrievalResultStep extends t.TypeOf<typeof retrievalResultStep> {}
export const RetrievalResultStep: Codec<RetrievalResultStep> = retrievalResultStep;

const mcpServerToolCallStep = tagged('mcp_server_tool_call', {}, tool.mcpServerToolCall);
/** The server calls a tool of a remote MCP server. */
export interface McpServerToolCallStep extends t.TypeOf<typeof mcpServerToolCallStep> {}
export const McpServerToolCallStep: Codec<McpServerToolCallStep> = mcpServerToolCallStep;

const mcpServerToolResultStep = tagged('mcp_server_tool_result', {}, tool.mcpServerToolResult);
/** What that tool gave: text, an object, or content blocks. */
export interface McpServerToolResultStep extends t.TypeOf<typeof mcpServerToolResultStep> {}
export const McpServerToolResultStep: Codec<McpServerToolResultStep> = mcpServerToolResultStep;

const processingCallStep = tagged('processing_call', {}, tool.processingCall);
/** The server processes a video. */
export interface ProcessingCallStep extends t.TypeOf<typeof processingCallStep> {}
export const ProcessingCallStep: Codec<ProcessingCallStep> = processingCallStep;

const processingResultStep = tagged('processing_result', {}, tool.processingResult);
/** The server has processed a video. */
export interface ProcessingResultStep extends t.TypeOf<typeof processingResultStep> {}
export const ProcessingResultStep: Codec<ProcessingResultStep> = processingResultStep;

/** The steps that one delta can bring as a whole: what describes the step describes the delta (rule R7). */
export const payloadSteps = [
  functionCallStep,
  functionResultStep,
  googleSearchCallStep,
  googleSearchResultStep,
  urlContextCallStep,
  urlContextResultStep,
  codeExecutionCallStep,
  codeExecutionResultStep,
  googleMapsCallStep,
  googleMapsResultStep,
  fileSearchCallStep,
  fileSearchResultStep,
  retrievalCallStep,
  retrievalResultStep,
  mcpServerToolCallStep,
  mcpServerToolResultStep,
  processingCallStep,
  processingResultStep,
] as const;

/** A step of a kind this version does not know, as it was received. */
export interface UnknownStep {
  readonly type: 'unknown';
  readonly received: unknown;
}

/** A call that the server makes and answers itself: nothing for the client to do. */
export type ServerToolCallStep =
  | GoogleSearchCallStep
  | UrlContextCallStep
  | CodeExecutionCallStep
  | GoogleMapsCallStep
  | FileSearchCallStep
  | RetrievalCallStep
  | McpServerToolCallStep
  | ProcessingCallStep;

/** What a server-side tool gave. */
export type ServerToolResultStep =
  | GoogleSearchResultStep
  | UrlContextResultStep
  | CodeExecutionResultStep
  | GoogleMapsResultStep
  | FileSearchResultStep
  | RetrievalResultStep
  | McpServerToolResultStep
  | ProcessingResultStep;

/**
 * Everything under one index: what the model said, thought, called or was given (wire-format 6).
 * The same shape in a `step.start`, where members may still be missing, and in a finished interaction.
 */
export const Step: TaggedUnion<Step> = taggedUnion(
  'Step',
  'type',
  byName(userInputStep, modelOutputStep, thoughtStep, ...payloadSteps),
);
export type Step =
  | UserInputStep
  | ModelOutputStep
  | ThoughtStep
  | FunctionCallStep
  | FunctionResultStep
  | ServerToolCallStep
  | ServerToolResultStep
  | UnknownStep;
