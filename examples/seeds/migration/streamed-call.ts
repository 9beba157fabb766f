/** Streaming tools and function calls: the arguments as they are written. */
import { type FunctionTool, type InteractionEvent, ofDeltaType, ofEventType, textDeltas } from 'rx-interactions';
import { concat, connect, filter, map, merge, type Observable, of, tap } from 'rxjs';

import { run } from '../../support/run.js';

const weather: FunctionTool = {
  type: 'function',
  name: 'get_weather',
  parameters: { type: 'object', properties: { location: { type: 'string' } } },
};

const tell = (events$: Observable<InteractionEvent>): Observable<string> =>
  merge(
    events$.pipe(
      ofEventType('step.start'),
      map(({ step }) => (step.type === 'function_call' ? `Calling: ${step.name ?? ''}\n` : '')),
    ),
    events$.pipe(
      ofDeltaType('arguments_delta'),
      map((delta) => `  args: ${delta.arguments ?? ''}\n`),
    ),
    events$.pipe(textDeltas()),
  );

run((client) =>
  concat(
    client
      .stream({ model: 'gemini-3-flash-preview', input: "What's the weather in Boston?", tools: [weather] })
      .pipe(connect(tell)),
    of('\n--- Done ---\n'),
  ).pipe(
    filter((text) => text !== ''),
    tap((text) => process.stdout.write(text)),
  ),
);
