/** 2. The first call: a prompt, and the text of its answer. */
import { outputText } from 'rx-interactions';
import { map, tap } from 'rxjs';

import { run } from '../../support/run.js';

run((client) =>
  client
    .create({ model: 'gemini-3.5-flash', input: 'Explain how AI works in a few words' })
    .pipe(map(outputText), tap(console.log)),
);
