/** Streaming with thinking: summaries of the thoughts, then the answer. */
import { tap } from 'rxjs';

import { run } from '../../support/run.js';
import { tellSteps } from '../support/tell-steps.js';

run((client) =>
  client
    .stream({
      model: 'gemini-3-flash-preview',
      input: 'What is the greatest common divisor of 1071 and 462?',
      generation_config: { thinking_summaries: 'auto' },
    })
    .pipe(
      tellSteps(),
      tap((text) => process.stdout.write(text)),
    ),
);
