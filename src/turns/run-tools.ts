import {
  catchError,
  concat,
  concatMap,
  defer,
  EMPTY,
  from,
  mergeMap,
  type Observable,
  of,
  tap,
  throwError,
} from 'rxjs';

import type { InteractionsClient, RequestConfig } from '../client/index.js';
import { RoundLimitError, ToolError } from '../errors/index.js';
import { isError, isErrorLike } from '../internal/error-like.js';
import type { FunctionResultStep, Interaction, InteractionEvent, InteractionRequest, Tool } from '../protocol/index.js';
import { continueWith } from './continue-with.js';
import type { ClientTool } from './define-tool.js';
import { followUp, resultsInOrder } from './follow-up.js';
import type { FunctionCall } from '../steps/index.js';
import { functionCallsOf, pendingCallsOf } from './function-calls-of.js';
import { functionResult } from './function-result.js';
import type { ToolCall, ToolProgress, ToolResult, TurnEvent } from './turn-event.js';

/** A create request whose tools may be functions of the client's. */
export interface RunToolsRequest extends Omit<InteractionRequest, 'tools'> {
  readonly tools?: readonly (ClientTool | Tool)[] | undefined;
}

export interface RunToolsConfig extends RequestConfig {
  /** How many interactions the turn may take. @defaultValue 10 */
  readonly maxRounds?: number | undefined;
  /** How many calls of one round may run at the same time. @defaultValue `Infinity` */
  readonly concurrent?: number | undefined;
  /**
   * What a tool that fails does: `'report'` tells the model, which can recover; `'throw'` ends the turn with `ToolError`.
   * @defaultValue `'report'`
   */
  readonly onToolError?: 'report' | 'throw' | undefined;
  /** Where the turn's id comes from: a number from 0 up to 1. @defaultValue `Math.random` */
  readonly random?: (() => number) | undefined;
}

const isClientTool = (tool: ClientTool | Tool): tool is ClientTool => 'declaration' in tool;

type ToolEvent = ToolCall | ToolProgress | ToolResult;

/** Runs one call: `tool.call`, `tool.progress` for each value of an Observable, `tool.result`. */
const runCall = (
  call: FunctionCall,
  tool: ClientTool | undefined,
  turnId: string,
  onToolError: 'report' | 'throw',
): Observable<ToolEvent> =>
  defer(() => {
    let last: unknown;
    const result = (value: unknown): ToolResult => ({
      event_type: 'tool.result',
      turnId,
      call,
      result: functionResult(call, value),
    });
    const progress = tool
      ? tool.run(call).pipe(
          tap(({ value }) => {
            last = value;
          }),
          concatMap(({ isProgress, value }) =>
            isProgress ? of<ToolProgress>({ event_type: 'tool.progress', turnId, call, value }) : EMPTY,
          ),
        )
      : throwError(() => new Error(`There is no tool ${JSON.stringify(call.name)}`));
    return concat(
      of<ToolCall>({ event_type: 'tool.call', turnId, call }),
      concat(
        progress,
        defer(() => of(result(last))),
      ).pipe(
        catchError((error: unknown) =>
          onToolError === 'throw'
            ? throwError(() => new ToolError(call.name, { cause: error }))
            : of(result(isError(error) ? error : new Error(isErrorLike(error) ? error.message : String(error)))),
        ),
      ),
    );
  });

/** The results as the steps they are, so that whoever assembles the turn needs to know nothing of tools. */
const resultEvents = (settled: Interaction, results: readonly FunctionResultStep[]): readonly InteractionEvent[] =>
  results.flatMap((step, place): readonly InteractionEvent[] => {
    const index = settled.steps.length + place;
    return [
      { event_type: 'step.start', index, step },
      { event_type: 'step.stop', index },
    ];
  });

/**
 * Runs a whole turn: streams the interaction, runs the functions that the model calls, sends their results back, and goes
 * on until the model calls none.
 *
 * Decided by the steps, not by the status. The calls of a round run at the same time; all results go out once, in one
 * request, in call order. A tool that fails, is unknown, or gets arguments that do not fit is reported to the model.
 * Between two rounds each result appears as a `function_result` step, so that `scanInteraction` over the turn is one
 * timeline.
 *
 * ```text
 * round 1      T-c-s-d-p-f             T: turn.started  c: created  f: completed
 * tools                  -C-R-(sp)     C: tool.call  R: tool.result  (sp): the result as a step
 * round 2                        -c-s-d-p-f|
 * ```
 *
 * Unsubscribing ends the request and every tool that still runs. Errors with `RoundLimitError` when the model still calls
 * tools after `maxRounds` interactions, and as `client.stream` does; `partial` is the whole turn so far.
 *
 * @example
 * ```ts
 * runTools(client, { model, input: 'What is the weather in Paris?', tools: [weather] })
 *   .pipe(reduceInteraction())
 *   .subscribe((turn) => console.log(outputText(turn)));
 * ```
 */
export function runTools(
  client: Pick<InteractionsClient, 'stream'>,
  { tools = [], ...rest }: RunToolsRequest,
  {
    maxRounds = 10,
    concurrent = Infinity,
    onToolError = 'report',
    random = Math.random,
    ...config
  }: RunToolsConfig = {},
): Observable<TurnEvent> {
  const clientTools = new Map(tools.filter(isClientTool).map((tool) => [tool.declaration.name, tool]));
  const request: InteractionRequest = {
    ...rest,
    ...(tools.length > 0 ? { tools: tools.map((tool) => (isClientTool(tool) ? tool.declaration : tool)) } : {}),
  };

  return defer(() => {
    const turnId = `turn_${Math.floor(random() * 2 ** 52).toString(36)}`;
    let rounds = 1;

    const answer = (settled: Interaction): Observable<TurnEvent> | undefined => {
      if (pendingCallsOf(settled).length === 0) return undefined;
      if (rounds >= maxRounds) return throwError(() => new RoundLimitError(maxRounds));
      rounds += 1;
      const results: FunctionResultStep[] = [];
      return concat(
        from(functionCallsOf(settled)).pipe(
          mergeMap((call) => runCall(call, clientTools.get(call.name), turnId, onToolError), concurrent),
          tap((event) => {
            if (event.event_type === 'tool.result') results.push(event.result);
          }),
        ),
        defer(() => {
          const ordered = resultsInOrder(settled, results);
          return concat(
            from(resultEvents(settled, ordered)),
            client.stream(followUp(request, settled, ordered), config),
          );
        }),
      );
    };

    return concat(
      of<TurnEvent>({ event_type: 'turn.started', turnId, input: request.input }),
      client.stream(request, config).pipe(continueWith<TurnEvent>(answer)),
    );
  });
}
