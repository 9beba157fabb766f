/** 3. Streaming: every event of an answer. */
import { tap } from 'rxjs';

import { run } from '../../support/run.js';

run((client) => client.stream({ model: 'gemini-3.5-flash', input: 'Explain how AI works' }).pipe(tap(console.log)));
