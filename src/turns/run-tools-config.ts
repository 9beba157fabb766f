import type { SchedulerLike } from 'rxjs';

import type { RequestConfig } from '../client/index.js';
import type { InteractionRequest, Step, Tool } from '../protocol/index.js';
import type { Budget } from './budget.js';
import type { Approve, ClientTool } from './define-tool.js';

/** A create request whose tools may be functions of the client's. */
export interface RunToolsRequest extends Omit<InteractionRequest, 'tools'> {
  readonly tools?: readonly (ClientTool | Tool)[] | undefined;
}

export interface RunToolsConfig extends RequestConfig {
  /** How many interactions the turn may take. @defaultValue 10 */
  readonly maxRounds?: number | undefined;
  /**
   * How many calls of one round may run at the same time, 1 or more; one that waits for approval is among them.
   * @defaultValue `Infinity`
   */
  readonly concurrent?: number | undefined;
  /**
   * What a tool that fails does: `'report'` tells the model, which can recover; `'throw'` ends the turn with `ToolError`.
   * @defaultValue `'report'`
   */
  readonly onToolError?: 'report' | 'throw' | undefined;
  /**
   * Decides whether a call may run, for all tools that say nothing themselves. What nobody says yes to is denied, and the
   * model is told: no value, an error, no answer in time.
   *
   * @defaultValue every call runs
   */
  readonly approve?: Approve | undefined;
  /** How long a decision may take, in ms. @defaultValue as long as it likes */
  readonly approvalTimeout?: number | undefined;
  /** What the turn may use in all its rounds. More of it ends the turn with `BudgetError`. @defaultValue no limit */
  readonly budget?: Budget | undefined;
  /**
   * The turns before this one, step by step, exactly as they came (wire-format 8.4). They go in front of the input where the
   * request has no `previous_interaction_id`; where it has one, they are kept for `onMissingHistory`.
   *
   * @defaultValue nothing
   */
  readonly history?: readonly Step[] | undefined;
  /**
   * What happens where the server does not know `previous_interaction_id` any more (`404`) or goes on from none (`501`):
   * `'error'`, or `'replay'`, which sends all steps since the beginning instead. A request that starts from a
   * `previous_interaction_id` needs its `history` for that.
   *
   * @defaultValue `'error'`
   */
  readonly onMissingHistory?: 'error' | 'replay' | undefined;
  /** What the turn is called. @defaultValue made from `random` */
  readonly turnId?: string | undefined;
  /** Where the turn's id comes from: a number from 0 up to 1. @defaultValue `Math.random` */
  readonly random?: (() => number) | undefined;
  /** What `approvalTimeout` and `budget.ms` are measured on. @defaultValue RxJS's `asyncScheduler` */
  readonly scheduler?: SchedulerLike | undefined;
}
