/** Streaming with agents: research in the background, told while it goes on, and what it took. */
import { deepResearch, type InteractionEvent, ofEventType, runBackground } from 'rx-interactions';
import { connect, map, merge, type Observable, tap } from 'rxjs';

import { run } from '../../support/run.js';
import { tellSteps } from '../support/tell-steps.js';

const tellTokens = (events$: Observable<InteractionEvent>): Observable<string> =>
  events$.pipe(
    ofEventType('interaction.completed'),
    map(({ interaction }) => `\n\nTotal Tokens: ${interaction.usage?.total_tokens ?? 0}\n`),
  );

run((client) =>
  runBackground(
    client,
    deepResearch({ input: 'Research the latest advances in quantum computing.', thinking_summaries: 'auto' }),
  ).pipe(
    connect((events$) => merge(events$.pipe(tellSteps()), tellTokens(events$))),
    tap((text) => process.stdout.write(text)),
  ),
);
