/** The program of the test page: bundled for a browser from the built package, as an application would be. */
import { createClient } from 'rx-interactions';
import { filter, map, take, tap, toArray, lastValueFrom, type Observable } from 'rxjs';

declare global {
  interface Window {
    /** Streams an answer to its end, or until `count` pieces of text have come; logs each piece, and gives them all. */
    streamText(baseUrl: string, count?: number): Promise<readonly string[]>;
  }
}

window.streamText = (baseUrl, count = Infinity) => {
  const client = createClient({ apiKey: 'test', baseUrl });
  const text$ = textOf(client.stream({ model: 'gemini-3-flash-preview', input: 'Count from 1 to 25.' }));
  return lastValueFrom(
    text$.pipe(
      tap((piece) => console.log(piece)),
      take(count),
      toArray(),
    ),
  );
};

function textOf(events$: ReturnType<ReturnType<typeof createClient>['stream']>): Observable<string> {
  return events$.pipe(
    map((event) => (event.event_type === 'step.delta' && event.delta.type === 'text' ? event.delta.text : '')),
    filter((text) => text !== ''),
  );
}
