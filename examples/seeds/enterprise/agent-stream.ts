/** REST, streaming: the event stream of an agent, as it is on the wire. */
import { encodeEvents } from 'rx-interactions';
import { tap } from 'rxjs';

import { run } from '../../support/run.js';

run((client) =>
  client.stream({ agent: 'your-agent-id', input: 'Write a long story about space travel.' }).pipe(
    encodeEvents(),
    tap((bytes) => process.stdout.write(bytes)),
  ),
);
