/**
 * Client initialisation: what the shell exports chooses the endpoint, the project and the location. On an emulator here; for
 * the endpoint itself leave `transport` out, and take tokens from `applicationDefault()` of `rx-interactions/node`.
 */
import { createClient, fetchTransport, outputText } from 'rx-interactions';
import { createEmulator } from 'rx-interactions/emulator';
import { map, tap } from 'rxjs';

import { run } from '../../support/run.js';

// in a shell: export GOOGLE_GENAI_USE_ENTERPRISE=true, and so on
process.env['GOOGLE_GENAI_USE_ENTERPRISE'] = 'true';
process.env['GOOGLE_CLOUD_PROJECT'] = 'your-project-id';
process.env['GOOGLE_CLOUD_LOCATION'] = 'global';

const { fetch } = createEmulator({
  onRequest: ({ method, path }) => {
    console.log(method, path);
  },
});

const client = createClient({ accessToken: 'a-token', transport: fetchTransport({ fetch }) });

run(() =>
  client
    .create({ model: 'gemini-3-flash-preview', input: 'Explain serverless computing in one sentence.' })
    .pipe(map(outputText), tap(console.log)),
);
