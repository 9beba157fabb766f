/** 4. Several turns, stateful: the server keeps the history, and each turn names the one before it. */
import { converse, outputText } from 'rx-interactions';
import { from, map, tap } from 'rxjs';

import { run } from '../../support/run.js';
import { answers } from '../support/answers.js';

run((client) =>
  from(['I have 2 dogs in my house.', 'How many paws are in my house?']).pipe(
    converse(client, { model: 'gemini-3.5-flash', strategy: 'concat' }),
    answers(),
    map((answer, turn) => `Response ${turn + 1}: ${outputText(answer) ?? ''}`),
    tap(console.log),
  ),
);
