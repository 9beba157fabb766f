/** A turn composed by hand: `switchMap` from one interaction to the next, with plain functions in between. */
import {
  followUp,
  type FunctionCall,
  functionCallsOf,
  functionResult,
  type InteractionRequest,
  outputText,
  reduceInteraction,
} from 'rx-interactions';
import { forkJoin, map, type Observable, switchMap, tap, timer } from 'rxjs';

import { run } from './support/run.js';

const request: InteractionRequest = {
  model: 'gemini-3-flash-preview',
  input: 'What is the weather in Paris and in Boston?',
  tools: [
    {
      type: 'function',
      name: 'get_weather',
      description: 'The current weather in a city.',
      parameters: { type: 'object', properties: { location: { type: 'string' } }, required: ['location'] },
    },
  ],
};

/** What the weather is, after a moment. Any Observable would do. */
const lookUp = (call: FunctionCall): Observable<object> =>
  timer(20).pipe(map(() => ({ location: call.arguments['location'], celsius: 20 + call.position })));

run((client) =>
  client.stream(request).pipe(
    reduceInteraction(),
    tap(({ status, id }) => {
      console.log(`${String(id)}: ${status}`);
    }),
    switchMap((settled) =>
      forkJoin(
        functionCallsOf(settled).map((call) => lookUp(call).pipe(map((value) => functionResult(call, value)))),
      ).pipe(switchMap((results) => client.stream(followUp(request, settled, results)))),
    ),
    reduceInteraction(),
    tap((answer) => {
      console.log(outputText(answer));
    }),
  ),
);
