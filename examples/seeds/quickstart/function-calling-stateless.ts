/** 9. Calling a function, stateless: the same, with the whole history in each request. */
import { runTools } from 'rx-interactions';
import { tap } from 'rxjs';

import { run } from '../../support/run.js';
import { tellCalls } from '../support/tell-calls.js';
import { temperature } from '../support/temperature.js';

run((client) =>
  runTools(client, {
    model: 'gemini-3.5-flash',
    store: false,
    input: 'What is the temperature in London?',
    tools: [temperature],
  }).pipe(tellCalls(), tap(console.log)),
);
