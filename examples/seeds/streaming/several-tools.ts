/** Streaming with several tools: what each step is, what it brings, and how it ends. */
import type { Delta, InteractionEvent, Step } from 'rx-interactions';
import { map, tap } from 'rxjs';

import { run } from '../../support/run.js';
import { getWeather } from '../support/get-weather.js';

const tellStep = (step: Step): string => {
  switch (step.type) {
    case 'google_search_call':
      return `  Search ID: ${step.id ?? ''}\n`;
    case 'google_search_result':
      return `  Result for: ${step.call_id ?? ''}\n`;
    case 'function_call':
      return `  Function: ${step.name ?? ''}(${JSON.stringify(step.arguments)})\n`;
    default:
      return '';
  }
};

const tellDelta = (delta: Delta): string => {
  switch (delta.type) {
    case 'text':
      return delta.text;
    case 'google_search_call':
      return `  Queries: ${JSON.stringify(delta.arguments?.queries)}\n`;
    case 'arguments_delta':
      return `  Args chunk: ${delta.arguments ?? ''}`;
    default:
      return '';
  }
};

const tellEnd = (status: string | undefined): string =>
  status === 'requires_action' ? 'Action required: provide function call results to continue.\n' : '';

const tell = (event: InteractionEvent): string => {
  switch (event.event_type) {
    case 'step.start':
      return `\n--- Step ${event.index}: ${event.step.type} ---\n${tellStep(event.step)}`;
    case 'step.delta':
      return tellDelta(event.delta);
    case 'interaction.completed':
      return `\n\nStatus: ${event.interaction.status ?? ''}\n${tellEnd(event.interaction.status)}`;
    default:
      return '';
  }
};

run((client) =>
  client
    .stream({
      model: 'gemini-3-flash-preview',
      input: 'Search what it the largest mountain in Europe and what the weather is there right now?',
      tools: [{ type: 'google_search' }, getWeather],
    })
    .pipe(
      map(tell),
      tap((text) => process.stdout.write(text)),
    ),
);
