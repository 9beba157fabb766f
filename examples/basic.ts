/** Streams an answer to the terminal as it is written. */
import { ofEventType } from 'rx-interactions';
import { tap } from 'rxjs';

import { run } from './support/run.js';

run((client) =>
  client.stream({ model: 'gemini-3-flash-preview', input: 'Count from 1 to 25.' }).pipe(
    ofEventType('step.delta'),
    tap(({ delta }) => {
      if (delta.type === 'text') process.stdout.write(delta.text);
    }),
  ),
);
