/** Streaming interactions: the text of an answer, as it is written. */
import { textDeltas } from 'rx-interactions';
import { tap } from 'rxjs';

import { run } from '../../support/run.js';

run((client) =>
  client.stream({ model: 'gemini-3-flash-preview', input: 'Count to from 1 to 25.' }).pipe(
    textDeltas(),
    tap((text) => process.stdout.write(text)),
  ),
);
