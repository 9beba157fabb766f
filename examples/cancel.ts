/** Stops in the middle of an answer: unsubscribing ends the request, down to the socket. */
import { ofEventType } from 'rx-interactions';
import { filter, finalize, map, scan, takeWhile, tap } from 'rxjs';

import { run } from './support/run.js';

run((client) =>
  client.stream({ model: 'gemini-3-flash-preview', input: 'Count from 1 to 25.' }).pipe(
    finalize(() => {
      console.log('\n(unsubscribed: the request is closed, nothing more will come)');
    }),
    ofEventType('step.delta'),
    map(({ delta }) => (delta.type === 'text' ? delta.text : '')),
    filter((text) => text !== ''),
    tap((text) => process.stdout.write(text)),
    scan((all, text) => all + text, ''),
    takeWhile((all) => !all.includes('7')),
  ),
);
