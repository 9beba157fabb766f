/**
 * Answers a stream of prompts: NDJSON in on stdin (`{"prompt": "…"}`), NDJSON out on stdout, a few at a time.
 *
 * `printf '{"prompt":"Tell me a joke."}\n' | npm run --silent example -- pipeline`
 */
import { createInterface } from 'node:readline';

import { type InteractionsClient, outputText, reduceInteraction } from 'rx-interactions';
import { catchError, from, map, mergeMap, type Observable, of, tap } from 'rxjs';

import { run } from './support/run.js';

/** How many prompts are with the model at the same time. */
const CONCURRENT = 4;

const promptOf = (line: string): string => {
  const value: unknown = JSON.parse(line);
  if (typeof value === 'object' && value !== null && 'prompt' in value && typeof value.prompt === 'string')
    return value.prompt;
  throw new TypeError('a line is {"prompt": "…"}');
};

/** One line in, one line out; what goes wrong with one prompt is its own answer and nobody else's. */
const answer = (client: InteractionsClient, line: string): Observable<object> =>
  of(line).pipe(
    map(promptOf),
    mergeMap((prompt) =>
      client.stream({ model: 'gemini-3-flash-preview', input: prompt }).pipe(
        reduceInteraction(),
        map((interaction) => ({
          prompt,
          text: outputText(interaction) ?? '',
          tokens: interaction.usage?.total_tokens ?? 0,
        })),
      ),
    ),
    catchError((error: unknown) => of({ line, error: String(error) })),
  );

run((client) =>
  from(createInterface({ input: process.stdin })).pipe(
    mergeMap((line) => answer(client, line), CONCURRENT),
    tap((result) => {
      console.log(JSON.stringify(result));
    }),
  ),
);
