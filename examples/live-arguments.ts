/** Shows the arguments of a function call while they arrive, and runs it when it is complete. */
import * as t from 'io-ts';
import { type InteractionRequest, reduceArguments, scanArguments } from 'rx-interactions';
import { connect, merge, tap } from 'rxjs';

import { endLiveLine, liveLine } from './support/live-line.js';
import { run } from './support/run.js';

const request: InteractionRequest = {
  model: 'gemini-3-flash-preview',
  input: 'Plan a trip to Paris, London and Boston, 12 days in all.',
  tools: [
    {
      type: 'function',
      name: 'plan_trip',
      description: 'Plans a trip through several cities.',
      parameters: {
        type: 'object',
        properties: {
          cities: { type: 'array', items: { type: 'string' }, description: 'The cities, in order.' },
          days: { type: 'integer', description: 'How many days it takes.' },
        },
        required: ['cities', 'days'],
      },
    },
  ],
};

const Trip = t.type({ cities: t.array(t.string), days: t.number });

const plan = ({ cities, days }: t.TypeOf<typeof Trip>): string =>
  `${cities.join(' → ')}: ${Math.floor(days / cities.length)} days each`;

run((client) =>
  client.stream(request).pipe(
    connect((events$) =>
      merge(
        events$.pipe(
          scanArguments(),
          tap(({ name, value }) => {
            liveLine(`${name}(${JSON.stringify(value)})`);
          }),
        ),
        events$.pipe(
          reduceArguments(Trip),
          tap((call) => {
            endLiveLine();
            console.log(plan(call.arguments));
          }),
        ),
      ),
    ),
  ),
);
