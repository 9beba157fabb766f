/** Shows what the model thinks, dimmed, before what it says. */
import { ofEventType } from 'rx-interactions';
import { tap } from 'rxjs';

import { colors } from './support/colors.js';
import { run } from './support/run.js';

run((client) =>
  client
    .stream({
      model: 'gemini-3-flash-preview',
      input: 'What is the greatest common divisor of 1071 and 462?',
      generation_config: { thinking_summaries: 'auto' },
    })
    .pipe(
      ofEventType('step.delta'),
      tap(({ delta }) => {
        if (delta.type === 'thought_summary' && delta.content?.type === 'text') {
          process.stdout.write(colors.dim(delta.content.text));
        }
        if (delta.type === 'text') process.stdout.write(delta.text);
      }),
    ),
);
