/** Streaming with function calling: both turns as one stream. */
import * as t from 'io-ts';
import { defineTool, described, runTools, textDeltas } from 'rx-interactions';
import { tap } from 'rxjs';

import { run } from '../../support/run.js';

const weather = defineTool({
  name: 'get_weather',
  description: 'Get the current weather in a given location',
  parameters: t.type({ location: described(t.string, 'The city and state, e.g. San Francisco, CA') }),
  execute: () => ({ weather: 'Sunny and 22°C' }),
});

run((client) =>
  runTools(client, {
    model: 'gemini-3-flash-preview',
    input: 'What is the weather in Paris right now?',
    tools: [weather],
  }).pipe(
    textDeltas(),
    tap((text) => process.stdout.write(text)),
  ),
);
