import type { FunctionResultStep, Interaction, InteractionEvent, InteractionInput } from '../protocol/index.js';
import type { FunctionCall } from '../steps/index.js';

/** A turn begins; a timeline of the one before it ends. */
export interface TurnStarted {
  readonly event_type: 'turn.started';
  readonly turnId: string;
  readonly input: InteractionInput | undefined;
}

/** A turn of a conversation has ended by itself. */
export interface TurnCompleted {
  readonly event_type: 'turn.completed';
  readonly turnId: string;
  /** Everything that came of it, as one timeline. */
  readonly interaction: Interaction;
}

/** A turn of a conversation has failed; the conversation goes on without it. */
export interface TurnFailed {
  readonly event_type: 'turn.failed';
  readonly turnId: string;
  readonly error: unknown;
}

/** A turn of a conversation was stopped, or replaced by the next; the conversation goes on without it. */
export interface TurnInterrupted {
  readonly event_type: 'turn.interrupted';
  readonly turnId: string;
}

/** A call waits to be approved. It has not run. */
export interface ToolApprovalRequired {
  readonly event_type: 'tool.approval_required';
  readonly turnId: string;
  readonly call: FunctionCall;
}

/** A tool is called. */
export interface ToolCall {
  readonly event_type: 'tool.call';
  readonly turnId: string;
  readonly call: FunctionCall;
}

/** A tool that is an Observable has emitted. */
export interface ToolProgress {
  readonly event_type: 'tool.progress';
  readonly turnId: string;
  readonly call: FunctionCall;
  readonly value: unknown;
}

/** A tool is done, has failed, or was denied: what the model will be told. */
export interface ToolResult {
  readonly event_type: 'tool.result';
  readonly turnId: string;
  readonly call: FunctionCall;
  readonly result: FunctionResultStep;
}

/** What a tool does in a turn. */
export type ToolEvent = ToolApprovalRequired | ToolCall | ToolProgress | ToolResult;

/** What happens in a turn: the events of its interactions, and what the tools do meanwhile. */
export type TurnEvent = InteractionEvent | TurnStarted | TurnCompleted | TurnFailed | TurnInterrupted | ToolEvent;
