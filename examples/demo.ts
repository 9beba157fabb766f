/**
 * One turn, told as it happens: what the model thinks, the function it calls, the result, the answer, and what it all took.
 *
 * `npm run demo -- "What is the weather in Boston?"`
 */
import { Command, InvalidArgumentError } from 'commander';
import { InteractionError, runTools, type TurnEvent } from 'rx-interactions';
import { connect, fromEvent, merge, type Observable, takeUntil, tap } from 'rxjs';

import { narrate } from './demo/narrate.js';
import { timeline } from './demo/timeline.js';
import { colors } from './support/colors.js';
import { source, withClient } from './support/open-client.js';
import { weather } from './support/weather.js';

const milliseconds = (text: string): number => {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0) throw new InvalidArgumentError('It has to be a number of milliseconds.');
  return value;
};

const command = new Command('demo')
  .description(
    'Streams one turn that may call get_weather: the live API if GEMINI_API_KEY or GOOGLE_API_KEY is set, an emulator otherwise.',
  )
  .argument('[prompt...]', 'what to ask', ['What is the weather in Paris and in Boston?'])
  .option('--model <name>', 'the model to ask', 'gemini-3-flash-preview')
  .option('--pace <ms>', "ms between two of the emulator's events", milliseconds, process.stdout.isTTY ? 30 : 0)
  .parse();

const { model, pace } = command.opts<{ readonly model: string; readonly pace: number }>();
const prompt = command.processedArgs.flat().join(' ');

const say = (text: string): void => void process.stdout.write(text);

const tell = (turn$: Observable<TurnEvent>): Observable<unknown> =>
  merge(
    turn$.pipe(narrate({ live: process.stdout.isTTY }), tap(say)),
    turn$.pipe(
      timeline(),
      tap((lines) => {
        say(`\n${lines.map((line) => colors.dim(line)).join('\n')}\n`);
      }),
    ),
  );

say(`${colors.bold('asks    ')}${prompt}  ${colors.dim(`(${model} on ${source()})`)}\n`);

withClient(
  (client) =>
    runTools(client, {
      model,
      input: prompt,
      tools: [weather],
      generation_config: { thinking_summaries: 'auto' },
    }).pipe(connect(tell)),
  { pace },
)
  .pipe(
    takeUntil(fromEvent(process, 'SIGINT').pipe(tap(() => say(`\n${colors.dim('stopped: the request is closed')}\n`)))),
  )
  .subscribe({
    error: (error: unknown) => {
      console.error(colors.red(InteractionError.is(error) ? `${error.name}: ${error.message}` : String(error)));
      process.exitCode = 1;
    },
  });
