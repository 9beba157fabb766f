/** Streaming interactions, REST: the event stream as it is on the wire. */
import { encodeEvents } from 'rx-interactions';
import { tap } from 'rxjs';

import { run } from '../../support/run.js';

run((client) =>
  client.stream({ model: 'gemini-3-flash-preview', input: 'Count to from 1 to 25.' }).pipe(
    encodeEvents(),
    tap((bytes) => process.stdout.write(bytes)),
  ),
);
