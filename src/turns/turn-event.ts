import type { FunctionResultStep, InteractionEvent, InteractionInput } from '../protocol/index.js';
import type { FunctionCall } from '../steps/index.js';

/** A turn begins; a timeline of the one before it ends. */
export interface TurnStarted {
  readonly event_type: 'turn.started';
  readonly turnId: string;
  readonly input: InteractionInput | undefined;
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

/** A tool is done, or has failed: what the model will be told. */
export interface ToolResult {
  readonly event_type: 'tool.result';
  readonly turnId: string;
  readonly call: FunctionCall;
  readonly result: FunctionResultStep;
}

/** What happens in a turn: the events of its interactions, and what the tools do in between. */
export type TurnEvent = InteractionEvent | TurnStarted | ToolCall | ToolProgress | ToolResult;
