/** 8. Tools: an answer that rests on a search, and its citations. */
import { type Citation, citations, googleSearch, type InteractionEvent, reduceText } from 'rx-interactions';
import { connect, map, merge, type Observable, tap, toArray } from 'rxjs';

import { run } from '../../support/run.js';

const tellCitation = ({ annotation }: Citation): readonly string[] =>
  annotation.type === 'url_citation' ? [`  [${annotation.title ?? ''}](${annotation.url ?? ''})`] : [];

const tell = (events$: Observable<InteractionEvent>): Observable<string> =>
  merge(
    events$.pipe(reduceText()),
    events$.pipe(
      citations(),
      toArray(),
      map((all) => ['\nCitations:', ...all.flatMap(tellCitation)].join('\n')),
    ),
  );

run((client) =>
  client
    .stream({ model: 'gemini-3.5-flash', input: 'Who won the euro 2024?', tools: [googleSearch()] })
    .pipe(connect(tell), tap(console.log)),
);
