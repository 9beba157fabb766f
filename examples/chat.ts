/**
 * A chat in the terminal: it streams, remembers, and asks before it runs a tool. Ctrl-C stops the answer, not the program.
 *
 *     npm run example -- chat [FILE]     goes on with the conversation in FILE, and keeps it there
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

import {
  type ConversationState,
  createConversation,
  type FunctionCall,
  type InteractionsClient,
  outputText,
  type SavedConversation,
} from 'rx-interactions';
import {
  debounceTime,
  defer,
  EMPTY,
  filter,
  finalize,
  map,
  merge,
  mergeMap,
  type Observable,
  of,
  scan,
  takeUntil,
  takeWhile,
  tap,
  withLatestFrom,
} from 'rxjs';

import { openTerminal } from './support/chat-terminal.js';
import { chatWords } from './support/chat-words.js';
import { colors } from './support/colors.js';
import { source, withClient } from './support/open-client.js';
import { weather } from './support/weather.js';

const HELP = 'Ctrl-C stops an answer. /history shows what was said, /exit leaves.';

const [, , file] = process.argv;

const saved = (): SavedConversation | undefined =>
  file !== undefined && existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as SavedConversation) : undefined;

const historyOf = ({ turns }: ConversationState): string =>
  turns
    .map(
      ({ input, status, interaction }) =>
        `${colors.bold(`> ${JSON.stringify(input)}`)} (${status})\n${outputText(interaction) ?? ''}\n`,
    )
    .join('');

const chat = (client: InteractionsClient): Observable<unknown> =>
  defer(() => {
    const terminal = openTerminal();

    const approve = ({ name, arguments: args }: FunctionCall) =>
      terminal.isInteractive
        ? terminal
            .ask(`Run ${name}(${JSON.stringify(args)})? [y/N] `)
            .pipe(map((answer) => /^y(es)?$/i.test(answer.trim())))
        : of({ deny: 'nobody is there to ask' });

    const conversation = createConversation(client, {
      model: 'gemini-3-flash-preview',
      tools: [weather],
      approve,
      concurrent: 1, // one question at a time
      strategy: terminal.isInteractive ? 'switch' : 'concat', // what is typed replaces the answer; what is piped waits
      from: saved(),
    });
    const { events$, state$ } = conversation;

    const show = (text: string): void => {
      terminal.write(text);
      terminal.prompt();
    };

    /** Takes a turn, and completes with it. */
    const turn = (prompt: string): Observable<unknown> => {
      const id = conversation.send(prompt);
      return state$.pipe(
        map(({ turns }) => turns.find((one) => one.id === id)?.status ?? 'waiting'),
        takeWhile((status) => status === 'waiting' || status === 'running'),
      );
    };

    const answer = ([line, state]: readonly [string, ConversationState]): Observable<unknown> => {
      if (line.trim() !== '' && line.trim() !== '/history') return turn(line);
      show(line.trim() === '' ? '' : historyOf(state));
      return EMPTY;
    };

    /** Ctrl-C stops an answer, or takes back what is typed. Where there is neither, it counts. */
    const interrupt = ({ status }: ConversationState): 0 | 1 => {
      if (status === 'running') conversation.stop();
      else if (terminal.hasTyped()) terminal.clearLine();
      else {
        show('\n(once more, or /exit, to leave)\n');
        return 1;
      }
      return 0;
    };

    const interrupts$ = merge(
      terminal.interrupts$.pipe(withLatestFrom(state$, (_, state) => interrupt(state))),
      terminal.lines$.pipe(map(() => 0 as const)),
    ).pipe(scan((count, one) => (one === 0 ? 0 : count + one), 0));

    const leaves$ = merge(
      interrupts$.pipe(filter((count) => count === 2)),
      terminal.lines$.pipe(filter((line) => line.trim() === '/exit')),
    );

    const answers$ = terminal.lines$.pipe(
      filter((line) => line.trim() !== '/exit'),
      withLatestFrom(state$),
      mergeMap(answer),
      takeUntil(leaves$),
      finalize(() => {
        conversation.close();
        terminal.close();
      }),
    );

    /** Between two turns of which one follows the other at once it is not idle. */
    const idle$ = state$.pipe(
      debounceTime(0),
      filter(({ status }) => status === 'idle'),
      tap(() => {
        if (file !== undefined) writeFileSync(file, JSON.stringify(conversation));
        terminal.prompt();
      }),
    );

    terminal.write(colors.dim(`Talking to ${source()}. ${HELP}\n`));
    return merge(events$.pipe(chatWords(), tap(terminal.write)), idle$, answers$);
  });

withClient(chat, { pace: process.stdout.isTTY ? 30 : 0 }).subscribe({
  error: (error: unknown) => {
    console.error(String(error));
    process.exitCode = 1;
  },
});
