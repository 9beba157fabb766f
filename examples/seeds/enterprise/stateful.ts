/** Stateful conversation: the second turn refers to the first. */
import { outputText } from 'rx-interactions';
import { concat, map, of, switchMap, tap } from 'rxjs';

import { run } from '../../support/run.js';

const model = 'gemini-3-flash-preview';

run((client) =>
  client.create({ model, input: 'Hi! My name is John. I am working on AI agents.', store: true }).pipe(
    switchMap((turn) =>
      concat(of(turn), client.create({ model, input: 'What is my name?', previous_interaction_id: turn.id })),
    ),
    map((answer, turn) => `Turn ${turn + 1}: ${outputText(answer) ?? ''}`),
    tap(console.log),
  ),
);
