/** Real-time streaming: the text as it comes, and an end of line. */
import { textDeltas } from 'rx-interactions';
import { endWith, tap } from 'rxjs';

import { run } from '../../support/run.js';

run((client) =>
  client.stream({ model: 'gemini-3-flash-preview', input: 'Write a short poem about debugging.' }).pipe(
    textDeltas(),
    endWith('\n'),
    tap((text) => process.stdout.write(text)),
  ),
);
