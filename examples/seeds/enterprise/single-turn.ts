/** Quick start: one prompt, and the text of its answer. */
import { outputText } from 'rx-interactions';
import { map, tap } from 'rxjs';

import { run } from '../../support/run.js';

run((client) =>
  client
    .create({ model: 'gemini-3-flash-preview', input: 'Explain serverless computing in one sentence.' })
    .pipe(map(outputText), tap(console.log)),
);
