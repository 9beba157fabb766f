import type { InteractionsClient } from 'rx-interactions';
import { fromEvent, type Observable, takeUntil } from 'rxjs';

import { withClient } from './open-client.js';

/** Runs an example to its end. Ctrl-C unsubscribes, which ends its requests. */
export const run = (program: (client: InteractionsClient) => Observable<unknown>): void => {
  withClient(program)
    .pipe(takeUntil(fromEvent(process, 'SIGINT')))
    .subscribe({
      error: (error: unknown) => {
        console.error(error);
        process.exitCode = 1;
      },
    });
};
