/** 10. A managed agent, which runs code in a sandbox of its own. */
import { managedAgent, outputText } from 'rx-interactions';
import { tap } from 'rxjs';

import { run } from '../../support/run.js';

run((client) =>
  client
    .create(
      managedAgent({
        agent: 'antigravity-preview-05-2026',
        input:
          'Write a Python script that generates the first 20 Fibonacci numbers and saves them to fibonacci.txt. ' +
          'Then read the file and print its contents.',
        environment: 'remote',
      }),
    )
    .pipe(
      tap((interaction) => {
        console.log(`Environment: ${interaction.environment_id ?? ''}`);
        console.log(outputText(interaction));
      }),
    ),
);
