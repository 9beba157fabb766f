/** 11. In the background: started, looked at until it is over, and its result. */
import { outputText } from 'rx-interactions';
import { startWith, switchMap, takeLast, tap } from 'rxjs';

import { run } from '../../support/run.js';

run((client) =>
  client
    .create({
      model: 'gemini-3.5-flash',
      input: 'Write a detailed analysis of the impact of artificial intelligence on modern healthcare.',
      background: true,
    })
    .pipe(
      tap(({ id }) => {
        console.log(`Started background task: ${id ?? ''}`);
      }),
      switchMap((started) => client.poll(started.id ?? '').pipe(startWith(started))),
      tap(({ status }) => {
        console.log(`Status: ${status}`);
      }),
      takeLast(1),
      tap((result) => {
        console.log(
          result.status === 'completed'
            ? `\nResult:\n${outputText(result) ?? ''}`
            : `Failed: ${JSON.stringify(result.errors)}`,
        );
      }),
    ),
);
