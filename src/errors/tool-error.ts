import { InteractionError, type InteractionErrorOptions } from './interaction-error.js';

/** A tool failed, and the turn was asked to end on that (`onToolError: 'throw'`). The tool's own error is the cause. */
export class ToolError extends InteractionError {
  override readonly name = 'ToolError';
  /** The tool's name. */
  readonly tool: string;

  constructor(tool: string, options: InteractionErrorOptions) {
    super('tool_failed', `The tool ${JSON.stringify(tool)} failed`, options);
    this.tool = tool;
  }
}
