/** 9. Calling a function, REST: the two requests, one after the other, and what each of them answers. */
import { followUp, functionCallsOf, functionResult, type InteractionRequest, outputText } from 'rx-interactions';
import { concatMap, from, map, switchMap, tap } from 'rxjs';

import { run } from '../../support/run.js';
import { temperature } from '../support/temperature.js';

const request: InteractionRequest = {
  model: 'gemini-3.5-flash',
  input: 'What is the temperature in London?',
  tools: [temperature.declaration],
};

run((client) =>
  from([{ store: true }, { store: false }]).pipe(
    concatMap(({ store }) =>
      client.create({ ...request, store }).pipe(
        tap((settled) => {
          for (const { name, id } of functionCallsOf(settled)) console.log(`Function: ${name}, Call ID: ${id}`);
        }),
        switchMap((settled) => {
          const results = functionCallsOf(settled).map((call) =>
            functionResult(call, { location: 'London', temperature: '22', unit: 'celsius' }),
          );
          return client.create(followUp({ ...request, store }, settled, results));
        }),
        map(outputText),
      ),
    ),
    tap(console.log),
  ),
);
