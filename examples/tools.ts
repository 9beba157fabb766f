/** Lets the model call a function: the calls run, the results go back, the answer comes. One Observable. */
import { runTools } from 'rx-interactions';
import { tap } from 'rxjs';

import { run } from './support/run.js';
import { weather } from './support/weather.js';

run((client) =>
  runTools(client, {
    model: 'gemini-3-flash-preview',
    input: 'What is the weather in Paris and in Boston?',
    tools: [weather],
  }).pipe(
    tap((event) => {
      switch (event.event_type) {
        case 'tool.call':
          console.log(`→ ${event.call.name}(${JSON.stringify(event.call.arguments)})`);
          break;
        case 'tool.result':
          console.log(`← ${JSON.stringify(event.result.result)}`);
          break;
        case 'step.delta':
          if (event.delta.type === 'text') process.stdout.write(event.delta.text);
          break;
        default:
      }
    }),
  ),
);
