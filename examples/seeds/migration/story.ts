/** Streaming: the text as it comes, and a line when it is over. */
import { textDeltas } from 'rx-interactions';
import { concat, of, tap } from 'rxjs';

import { run } from '../../support/run.js';

run((client) =>
  concat(
    client.stream({ model: 'gemini-3-flash-preview', input: 'Tell me a story' }).pipe(textDeltas()),
    of('\n\n--- Stream Finished ---\n'),
  ).pipe(tap((text) => process.stdout.write(text))),
);
