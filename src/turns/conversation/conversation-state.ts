import type { Interaction, InteractionInput } from '../../protocol/index.js';
import type { FunctionCall } from '../../steps/index.js';

/** What a turn failed with: the error itself, or what was saved of it. */
export interface TurnError {
  readonly name: string;
  readonly message: string;
  readonly code?: unknown;
}

/** One turn as it is shown. */
export interface TurnState {
  readonly id: string;
  readonly input: InteractionInput;
  /** Everything that came of it so far, as one timeline. Of a turn that failed or was stopped, what had arrived until then. */
  readonly interaction: Interaction;
  /**
   * `'completed'` is part of the history that later turns go on from. `'failed'`: with `error`, or with an interaction that
   * says so itself. `'stopped'`: by `stop()`, `close()` or the next prompt. Neither of these is part of the history.
   */
  readonly status: 'running' | 'completed' | 'failed' | 'stopped';
  /** The calls that wait for somebody to approve them. */
  readonly waiting: readonly FunctionCall[];
  readonly error?: TurnError | undefined;
}

/** A conversation as it is shown. Immutable; what did not change from one state to the next is the same object. */
export interface ConversationState {
  readonly turns: readonly TurnState[];
  readonly status: 'idle' | 'running' | 'closed';
}
