/** Handling unknown events: they are logged and skipped, and everything else goes on. */
import { textDeltas, unknownEvents } from 'rx-interactions';
import { fromWire } from 'rx-interactions/testing';
import { connect, map, merge, tap } from 'rxjs';

import { run } from '../../support/run.js';

const WIRE = `
data: {"index":0,"step":{"type":"model_output"},"event_type":"step.start"}

data: {"index":0,"delta":{"type":"text","text":"Hello, my name is Phil"},"event_type":"step.delta"}

data: {"mood":"cheerful","event_type":"interaction.mood_update"}

data: {"index":0,"delta":{"type":"gesture","hand":"left"},"event_type":"step.delta"}

data: {"index":0,"delta":{"type":"text","text":", and I live in Germany."},"event_type":"step.delta"}

data: {"index":0,"event_type":"step.stop"}

`;

run(() =>
  fromWire(WIRE).pipe(
    connect((events$) =>
      merge(
        events$.pipe(
          unknownEvents(),
          map((received) => `\n[not known yet: ${JSON.stringify(received)}]\n`),
        ),
        events$.pipe(textDeltas()),
      ),
    ),
    tap((text) => process.stdout.write(text)),
  ),
);
