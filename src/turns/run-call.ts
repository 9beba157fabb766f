import { catchError, concat, concatMap, defer, EMPTY, type Observable, of, tap, throwError } from 'rxjs';

import { ToolError } from '../errors/index.js';
import { isError, isErrorLike } from '../internal/error-like.js';
import type { FunctionCall } from '../steps/index.js';
import type { ClientTool } from './define-tool.js';
import { functionResult } from './function-result.js';
import type { ToolCall, ToolEvent, ToolProgress, ToolResult } from './turn-event.js';

export interface RunCallConfig {
  readonly turnId: string;
  readonly onToolError: 'report' | 'throw';
}

/** What the model is told of a call. */
export const toolResult = (call: FunctionCall, turnId: string, value: unknown): ToolResult => ({
  event_type: 'tool.result',
  turnId,
  call,
  result: functionResult(call, value),
});

const asError = (error: unknown): Error =>
  isError(error) ? error : new Error(isErrorLike(error) ? error.message : String(error));

/** Runs one call: `tool.call`, `tool.progress` for each value of an Observable, `tool.result`. */
export const runCall = (
  call: FunctionCall,
  tool: ClientTool | undefined,
  { turnId, onToolError }: RunCallConfig,
): Observable<ToolEvent> =>
  defer(() => {
    let last: unknown;
    const progress$ = tool
      ? tool.run(call).pipe(
          tap(({ value }) => {
            last = value;
          }),
          concatMap(({ isProgress, value }) =>
            isProgress ? of<ToolProgress>({ event_type: 'tool.progress', turnId, call, value }) : EMPTY,
          ),
        )
      : throwError(() => new Error(`There is no tool ${JSON.stringify(call.name)}`));
    const result$ = defer(() => of(toolResult(call, turnId, last)));
    return concat(
      of<ToolCall>({ event_type: 'tool.call', turnId, call }),
      concat(progress$, result$).pipe(
        catchError((error: unknown) =>
          onToolError === 'throw'
            ? throwError(() => new ToolError(call.name, { cause: error }))
            : of(toolResult(call, turnId, asError(error))),
        ),
      ),
    );
  });
