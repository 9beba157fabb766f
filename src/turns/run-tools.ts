import {
  concat,
  connect,
  defer,
  EMPTY,
  filter,
  from,
  merge,
  mergeMap,
  type Observable,
  of,
  type OperatorFunction,
  takeUntil,
  tap,
} from 'rxjs';

import { askOnce, type InteractionsClient } from '../client/index.js';
import { BudgetError, InteractionError, RequestError, RoundLimitError } from '../errors/index.js';
import { addUsage, chainInteractions, initialInteraction, type InteractionState } from '../interaction/index.js';
import { within } from '../internal/within.js';
import type {
  FunctionResultStep,
  Interaction,
  InteractionEvent,
  InteractionRequest,
  Step,
  Tool,
} from '../protocol/index.js';
import { type FunctionCall, runnableCalls } from '../steps/index.js';
import { onceApproved } from './approval.js';
import { checkTokens } from './budget.js';
import { isSettling, untilSettled } from './continue-with.js';
import type { ClientTool } from './define-tool.js';
import { answeredCalls, answeredIn, nextRequest, resultsInOrder } from './follow-up.js';
import { functionCallsOf } from './function-calls-of.js';
import { inputSteps } from './ledger.js';
import { replayMissing, withHistory } from './missing-history.js';
import { resultEvents } from './result-events.js';
import { runCall } from './run-call.js';
import type { RunToolsConfig, RunToolsRequest } from './run-tools-config.js';
import type { ToolEvent, TurnEvent } from './turn-event.js';

const isClientTool = (tool: ClientTool | Tool): tool is ClientTool => 'declaration' in tool;

/** Whether an event brings the result of a call: the server has answered it itself, or repeats what it was told. */
const resultIn = (event: InteractionEvent): string | undefined =>
  event.event_type === 'step.start' && event.step.type === 'function_result' ? event.step.call_id : undefined;

/** The name of a turn that is given none. */
export const newTurnId = (random: () => number): string => `turn_${Math.floor(random() * 2 ** 52).toString(36)}`;

/**
 * Runs a whole turn: streams the interaction, runs the functions that the model calls, sends their results back, and goes
 * on until the model calls none.
 *
 * Decided by the steps, not by the status. A call runs as soon as it is complete, while the model may still be speaking, and
 * side by side with the others; all results go out once the interaction has settled, in one request, in call order. A tool
 * that fails, is unknown, is denied, or gets arguments that do not fit is reported to the model. Between two rounds each
 * result appears as a `function_result` step, so that `scanInteraction` over the turn is one timeline.
 *
 * ```text
 * round 1      T-c-s-d-p-----f               T: turn.started  c: created  p: the call is complete  f: completed
 * tools                -C-R-----(sp)         C: tool.call  R: tool.result  (sp): the result as a step
 * round 2                           -c-s-d-p-f|
 * ```
 *
 * Unsubscribing ends the request and every tool that still runs. Errors with `RoundLimitError` when the model still calls
 * tools after `maxRounds` interactions, with `BudgetError` when the turn would use more than its `budget` (a run in the
 * background is asked to stop then), and as `client.stream` does; `partial` is the whole turn so far.
 *
 * @example
 * ```ts
 * runTools(client, { model, input: 'What is the weather in Paris?', tools: [weather] })
 *   .pipe(reduceInteraction())
 *   .subscribe((turn) => console.log(outputText(turn)));
 * ```
 *
 * @example Ask before anything runs, and spend no more than that
 * ```ts
 * runTools(
 *   client,
 *   { model, input: 'What is the weather in Paris?', tools: [weather] },
 *   { approve: ({ arguments: { city } }) => of(city !== 'Atlantis'), budget: { totalTokens: 20_000, ms: 60_000 } },
 * ).subscribe((event) => console.log(event.event_type));
 * ```
 */
export function runTools(
  client: Pick<InteractionsClient, 'stream'> & Partial<Pick<InteractionsClient, 'cancel'>>,
  { tools = [], ...rest }: RunToolsRequest,
  {
    maxRounds = 10,
    concurrent = Infinity,
    onToolError = 'report',
    approve,
    approvalTimeout,
    budget = {},
    history = [],
    onMissingHistory = 'error',
    turnId: givenId,
    random = Math.random,
    scheduler,
    ...config
  }: RunToolsConfig = {},
): Observable<TurnEvent> {
  const clientTools = new Map(tools.filter(isClientTool).map((tool) => [tool.declaration.name, tool]));
  const request: InteractionRequest = {
    ...rest,
    ...(tools.length > 0 ? { tools: tools.map((tool) => (isClientTool(tool) ? tool.declaration : tool)) } : {}),
  };
  const isChained = request.previous_interaction_id !== undefined;
  const first = isChained || history.length === 0 ? request : withHistory(request, history);
  const canReplay = onMissingHistory === 'replay' && (!isChained || history.length > 0);

  return defer(() => {
    if (!(concurrent >= 1)) {
      throw new RequestError(['concurrent'], 'concurrent is how many calls run at the same time: 1 or more');
    }
    const turnId = givenId ?? newTurnId(random);
    const answeredBefore = new Set([...answeredCalls(history), ...answeredIn(inputSteps(request.input))]);
    const begun = new Set(answeredBefore); // calls that are not to be run any more
    let rounds = 1;
    let results: FunctionResultStep[] = [];
    let latest = initialInteraction();

    const send = (sent: InteractionRequest, before: readonly Step[]): Observable<InteractionEvent> => {
      const stream = (again: InteractionRequest) => client.stream(again, config);
      return (canReplay ? stream(sent).pipe(replayMissing(sent, before, stream)) : stream(sent)).pipe(untilSettled());
    };

    const run = (call: FunctionCall): Observable<ToolEvent> => {
      const tool = clientTools.get(call.name);
      const approval = tool && tool.approve !== false ? (tool.approve ?? approve) : undefined;
      return onceApproved(call, approval, (approved) => runCall(approved, tool, { turnId, onToolError }), {
        turnId,
        approvalTimeout,
        scheduler,
      }).pipe(
        tap((event) => {
          if (event.event_type === 'tool.result') results.push(event.result);
        }),
      );
    };

    /** Whether a call is to be run; each is asked about when it is its turn. */
    const begins = ({ id }: FunctionCall): boolean => {
      if (begun.has(id)) return false;
      begun.add(id);
      return true;
    };

    /** Runs the calls of a round while it is streamed; not those of the last one, whose results could not be sent. */
    const withCalls =
      (position: number): OperatorFunction<InteractionEvent, TurnEvent> =>
      (events$) => {
        results = [];
        if (rounds >= Math.min(maxRounds, budget.rounds ?? Infinity)) return events$;
        return events$.pipe(
          tap((event) => {
            const answered = resultIn(event);
            if (answered !== undefined) begun.add(answered);
          }),
          connect((shared$) => {
            const results$ = (id: string) => shared$.pipe(filter((event) => resultIn(event) === id));
            const tools$ = shared$.pipe(
              runnableCalls(position),
              // Not filtered before: one that waits for its turn may be answered meanwhile.
              mergeMap((call) => (begins(call) ? run(call).pipe(takeUntil(results$(call.id))) : EMPTY), concurrent),
            );
            return merge(shared$, tools$);
          }),
        );
      };

    const next = (settled: Interaction): Observable<TurnEvent> | undefined => {
      const waiting = resultsInOrder(settled, [], answeredBefore);
      if (waiting.length === 0) return undefined;
      checkTokens(budget, settled.usage);
      if (rounds >= maxRounds) throw new RoundLimitError(maxRounds);
      if (rounds >= (budget.rounds ?? Infinity)) throw new BudgetError('rounds', rounds);
      rounds += 1;
      return concat(
        from(functionCallsOf(settled)).pipe(filter(begins), mergeMap(run, concurrent)), // what no step.stop came for
        defer(() => {
          const answers = resultsInOrder(settled, results, answeredBefore);
          const before = [...history, ...inputSteps(request.input), ...settled.steps];
          return concat(
            from(resultEvents(settled, answers)),
            send(nextRequest(first, settled, answers), before).pipe(withCalls(settled.steps.length + answers.length)),
          );
        }),
      );
    };

    const watch = (state: InteractionState): void => {
      const hasUsed = state.usage !== latest.usage;
      latest = state;
      if (hasUsed && !state.settled) checkTokens(budget, addUsage(state.usageBefore, state.usage));
    };

    /** Asks a run that goes on without us to stop, where the budget is used up. */
    const stopSpending = (error: unknown): void => {
      const goesOn = request.background === true && config.teardown !== 'cancel' && !latest.settled;
      const { id } = latest.head;
      if (!InteractionError.is(error) || error.name !== 'BudgetError') return;
      if (goesOn && id !== undefined && client.cancel) askOnce(client.cancel(id));
    };

    return concat(
      of<TurnEvent>({ event_type: 'turn.started', turnId, input: request.input }),
      send(first, history).pipe(
        withCalls(0),
        chainInteractions<TurnEvent>({
          isEnd: isSettling,
          next,
          watch,
          within: within(budget.ms, scheduler, (ms) => new BudgetError('ms', ms)),
        }),
        tap({ error: stopSpending }),
      ),
    );
  });
}
