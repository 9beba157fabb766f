/** 2. The first call, REST: the interaction as a whole. */
import { tap } from 'rxjs';

import { run } from '../../support/run.js';

run((client) =>
  client.create({ model: 'gemini-3.5-flash', input: 'Explain how AI works in a few words' }).pipe(
    tap((interaction) => {
      console.log(JSON.stringify(interaction, null, 2));
    }),
  ),
);
