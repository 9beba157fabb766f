import { createInterface } from 'node:readline';

import { fromEvent, map, merge, Observable, takeUntil } from 'rxjs';

import { colors } from './colors.js';

/** A terminal that somebody types into, or a pipe that lines come from. */
export const openTerminal = () => {
  const { stdin: input, stdout: output } = process;
  const isInteractive = input.isTTY && output.isTTY;
  const lines = createInterface({ input, output, terminal: isInteractive, prompt: colors.bold('> ') });
  const closed$ = fromEvent(lines, 'close');

  return {
    isInteractive,
    /** What is typed, line by line; completes at the end of the input. The answers to questions are not among it. */
    lines$: fromEvent(lines, 'line').pipe(map(String), takeUntil(closed$)),
    /** Ctrl-C, which arrives as a key where the terminal is ours, and as a signal where it is not. */
    interrupts$: merge(fromEvent(lines, 'SIGINT'), fromEvent(process, 'SIGINT')).pipe(takeUntil(closed$)),
    write: (text: string): void => void output.write(text),
    /** Shows that it is somebody's turn to type. */
    prompt: (): void => {
      if (isInteractive) lines.prompt();
    },
    hasTyped: (): boolean => lines.line !== '',
    /** Takes back what has been typed. */
    clearLine: (): void => {
      lines.write(null, { ctrl: true, name: 'e' });
      lines.write(null, { ctrl: true, name: 'u' });
    },
    /** Asks, and emits the next line. Leaving takes the question back. */
    ask: (question: string): Observable<string> =>
      new Observable((subscriber) => {
        const controller = new AbortController();
        lines.question(question, { signal: controller.signal }, (answer) => {
          subscriber.next(answer);
          subscriber.complete();
        });
        return () => {
          controller.abort();
        };
      }),
    close: (): void => {
      lines.close();
    },
  };
};
