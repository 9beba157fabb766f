/** REST, single turn and multi-turn: an agent by its id, and a question about its answer. */
import { outputText } from 'rx-interactions';
import { concat, map, of, switchMap, tap } from 'rxjs';

import { run } from '../../support/run.js';

const agent = 'your-agent-id';

run((client) =>
  client.create({ agent, input: 'Explain serverless computing in one sentence.' }).pipe(
    switchMap((turn) =>
      concat(
        of(turn),
        client.create({ agent, store: true, previous_interaction_id: turn.id, input: 'Can you elaborate on that?' }),
      ),
    ),
    map(outputText),
    tap(console.log),
  ),
);
