/** 8. Tools: an answer that rests on a search, and its citations. */
import { type Citation, citationsOf, googleSearch, outputText } from 'rx-interactions';
import { tap } from 'rxjs';

import { run } from '../../support/run.js';

const tell = ({ annotation }: Citation): readonly string[] =>
  annotation.type === 'url_citation' ? [`  [${annotation.title ?? ''}](${annotation.url ?? ''})`] : [];

run((client) =>
  client.create({ model: 'gemini-3.5-flash', input: 'Who won the euro 2024?', tools: [googleSearch()] }).pipe(
    tap((interaction) => {
      console.log(outputText(interaction));
      console.log(['\nCitations:', ...citationsOf(interaction).flatMap(tell)].join('\n'));
    }),
  ),
);
