import type { InteractionsClient } from 'rx-interactions';
import { fromEvent, type Observable, takeUntil } from 'rxjs';

import { withClient } from './open-client.js';

/**
 * Runs an example to its end. Ctrl-C unsubscribes, which ends its requests. With `pace` ms between two events of the
 * emulator; by default some on a terminal, where somebody watches, and none elsewhere.
 */
export const run = (
  program: (client: InteractionsClient) => Observable<unknown>,
  { pace = process.stdout.isTTY ? 30 : 0 }: { readonly pace?: number } = {},
): void => {
  withClient(program, { pace })
    .pipe(takeUntil(fromEvent(process, 'SIGINT')))
    .subscribe({
      error: (error: unknown) => {
        console.error(error);
        process.exitCode = 1;
      },
    });
};
