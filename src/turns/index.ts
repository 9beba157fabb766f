export type { Budget } from './budget.js';
export { continueWith } from './continue-with.js';
export {
  type Approval,
  type Approve,
  type ClientTool,
  type CodecToolConfig,
  defineTool,
  type SchemaToolConfig,
  type ToolContext,
  type ToolOutput,
} from './define-tool.js';
export { converse } from './converse.js';
export type { ConversationState, TurnError, TurnState } from './conversation/conversation-state.js';
export type { ConversationRequest, ConverseConfig, PromptStrategy } from './conversation/converse-config.js';
export { type Conversation, type ConversationConfig, createConversation } from './conversation/create-conversation.js';
export type { SavedConversation, SavedTurn } from './conversation/saved-conversation.js';
export { described, type DescribedType } from './described.js';
export { followUp } from './follow-up.js';
export { functionCallsOf } from './function-calls-of.js';
export { functionResult } from './function-result.js';
export type { JsonSchema } from './json-schema-of.js';
export { resultEvents } from './result-events.js';
export { type JsonFormat, responseFormat, type ResponseFormatConfig } from './response-format.js';
export { runTools } from './run-tools.js';
export type { RunToolsConfig, RunToolsRequest } from './run-tools-config.js';
export { codeExecution, googleMaps, googleSearch, urlContext } from './server-tools.js';
export type {
  ToolApprovalRequired,
  ToolCall,
  ToolEvent,
  ToolProgress,
  ToolResult,
  TurnCompleted,
  TurnEvent,
  TurnFailed,
  TurnInterrupted,
  TurnStarted,
} from './turn-event.js';
export type { Validate, ValidationIssue, Verdict } from './validated-by.js';
