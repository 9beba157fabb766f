/**
 * Client initialisation: the project and the location are given, or come from the environment. On an emulator here; for the
 * endpoint itself leave `transport` out, and take tokens from `applicationDefault()` of `rx-interactions/node`.
 */
import { createClient, fetchTransport, outputText } from 'rx-interactions';
import { createEmulator } from 'rx-interactions/emulator';
import { map, tap } from 'rxjs';

import { run } from '../../support/run.js';

const { fetch } = createEmulator({
  onRequest: ({ method, path }) => {
    console.log(method, path);
  },
});

const client = createClient({
  enterprise: { project: 'your-project-id', location: 'global' },
  accessToken: 'a-token',
  transport: fetchTransport({ fetch }),
});

run(() =>
  client
    .create({ model: 'gemini-3-flash-preview', input: 'Explain serverless computing in one sentence.' })
    .pipe(map(outputText), tap(console.log)),
);
