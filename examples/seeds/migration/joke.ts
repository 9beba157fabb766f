/** Basic input and output: the answer is found among the steps. */
import { filter, from, map, mergeMap, tap } from 'rxjs';

import { run } from '../../support/run.js';

run((client) =>
  client.create({ model: 'gemini-3-flash-preview', input: 'Tell me a joke.' }).pipe(
    mergeMap(({ steps }) => from(steps)),
    filter((step) => step.type === 'model_output'),
    map(({ content = [] }) => content[0]),
    filter((block) => block?.type === 'text'),
    tap(({ text }) => {
      console.log(text);
    }),
  ),
);
