/** 4. Several turns, stateless: the client keeps the history, and sends all of it with each turn. */
import { converse, outputText } from 'rx-interactions';
import { from, map, tap } from 'rxjs';

import { run } from '../../support/run.js';
import { answers } from '../support/answers.js';

run((client) =>
  from(['I have 2 dogs in my house.', 'How many paws are in my house?']).pipe(
    converse(client, { model: 'gemini-3.5-flash', store: false, strategy: 'concat' }),
    answers(),
    map((answer, turn) => `Response ${turn + 1}: ${outputText(answer) ?? ''}`),
    tap(console.log),
  ),
);
