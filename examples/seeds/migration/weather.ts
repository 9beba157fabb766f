/** Function calling: the call and its result are steps, and the turn goes on with them. */
import * as t from 'io-ts';
import { defineTool, outputText, reduceInteraction, runTools } from 'rx-interactions';
import { map, tap } from 'rxjs';

import { run } from '../../support/run.js';

const weather = defineTool({
  name: 'get_weather',
  description: 'Get weather for a location',
  parameters: t.type({ location: t.string }),
  execute: (place) => {
    console.log(`Executing get_weather for ${JSON.stringify(place)}`);
    return '52°F with rain';
  },
});

run((client) =>
  runTools(client, {
    model: 'gemini-3-flash-preview',
    input: "What's the weather in Boston?",
    tools: [weather],
  }).pipe(reduceInteraction(), map(outputText), tap(console.log)),
);
