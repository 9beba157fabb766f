import {
  catchError,
  concat,
  defer,
  defaultIfEmpty,
  map,
  type Observable,
  of,
  type SchedulerLike,
  switchMap,
  take,
  timeout,
} from 'rxjs';

import { describeError } from '../internal/error-like.js';
import { measurable } from '../internal/measurable.js';
import type { FunctionCall } from '../steps/index.js';
import type { Approval, Approve } from './define-tool.js';
import { toolResult } from './run-call.js';
import type { ToolApprovalRequired, ToolEvent } from './turn-event.js';

export interface ApprovalConfig {
  readonly turnId: string;
  /** How long a decision may take, in ms. */
  readonly approvalTimeout: number | undefined;
  readonly scheduler: SchedulerLike | undefined;
}

/** The call as it may run, or why it may not. */
type Decision = { readonly call: FunctionCall } | { readonly denied: string };

const denied = (why: string): Decision => ({ denied: why });

const decisionOf =
  (call: FunctionCall) =>
  (approval: Approval): Decision => {
    if (approval === true) return { call };
    if (typeof approval === 'object' && 'arguments' in approval) {
      return { call: { ...call, arguments: approval.arguments } };
    }
    return denied(typeof approval === 'object' ? approval.deny : 'it was not approved');
  };

/** What nobody says yes to is denied: no value, no answer in time, an error. */
const decide = (
  call: FunctionCall,
  approve: Approve,
  { approvalTimeout, scheduler }: ApprovalConfig,
): Observable<Decision> =>
  defer(() => approve(call)).pipe(
    take(1),
    map(decisionOf(call)),
    defaultIfEmpty(denied('nobody approved it')),
    approvalTimeout === undefined
      ? (decision$) => decision$
      : timeout({
          first: measurable(approvalTimeout),
          with: () => of(denied('nobody approved it in time')),
          ...(scheduler && { scheduler }),
        }),
    catchError((error: unknown) => of(denied(`it could not be approved: ${describeError(error)}`))),
  );

/**
 * Asks whether a call may run, and runs it if so; otherwise the model is told why not.
 *
 * ```text
 * approve(call)    ---y|              y: yes
 * run(call)           -C-R|           C: tool.call  R: tool.result
 * onceApproved()   A---C-R|           A: tool.approval_required
 *
 * approve(call)    ---n|              n: no
 * onceApproved()   A--R|              R: tool.result, is_error
 * ```
 */
export const onceApproved = (
  call: FunctionCall,
  approve: Approve | undefined,
  run: (call: FunctionCall) => Observable<ToolEvent>,
  config: ApprovalConfig,
): Observable<ToolEvent> => {
  if (!approve) return run(call);
  const { turnId } = config;
  return concat(
    of<ToolApprovalRequired>({ event_type: 'tool.approval_required', turnId, call }),
    decide(call, approve, config).pipe(
      switchMap((decision) =>
        'call' in decision
          ? run(decision.call)
          : of(toolResult(call, turnId, new Error(`${call.name} was not run: ${decision.denied}`))),
      ),
    ),
  );
};
