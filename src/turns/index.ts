export { continueWith } from './continue-with.js';
export {
  type ClientTool,
  type CodecToolConfig,
  defineTool,
  type SchemaToolConfig,
  type ToolContext,
  type ToolOutput,
} from './define-tool.js';
export { described, type DescribedType } from './described.js';
export { followUp } from './follow-up.js';
export { functionCallsOf } from './function-calls-of.js';
export { functionResult } from './function-result.js';
export type { JsonSchema } from './json-schema-of.js';
export { runTools, type RunToolsConfig, type RunToolsRequest } from './run-tools.js';
export { codeExecution, googleMaps, googleSearch, urlContext } from './server-tools.js';
export type { ToolCall, ToolProgress, ToolResult, TurnEvent, TurnStarted } from './turn-event.js';
