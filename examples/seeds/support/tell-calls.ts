import { inspect } from 'node:util';

import { ofEventType, outputText, reduceInteraction, type TurnEvent } from 'rx-interactions';
import { connect, map, merge, type OperatorFunction } from 'rxjs';

/** A line for each call of a turn and what came of it; then the answer. */
export const tellCalls = (): OperatorFunction<TurnEvent, string> =>
  connect((turn$) =>
    merge(
      turn$.pipe(
        ofEventType('tool.result'),
        map(({ call, result }) => `Called ${call.name}(${JSON.stringify(call.arguments)}) → ${inspect(result.result)}`),
      ),
      turn$.pipe(
        reduceInteraction(),
        map((turn) => outputText(turn) ?? ''),
      ),
    ),
  );
