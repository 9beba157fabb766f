/** Several turns: the second one only names the first. */
import { outputText } from 'rx-interactions';
import { map, switchMap, tap } from 'rxjs';

import { run } from '../../support/run.js';

const model = 'gemini-3-flash-preview';

run((client) =>
  client.create({ model, input: 'Hi, my name is Phil.' }).pipe(
    tap((first) => {
      console.log(outputText(first));
    }),
    switchMap(({ id }) => client.create({ model, previous_interaction_id: id, input: 'What is my name?' })),
    map(outputText),
    tap(console.log),
  ),
);
