/** Server-side tools: what the search brought, the answer, and its citations, in the order of the steps. */
import { type Annotation, type Content, googleSearch, type Step } from 'rx-interactions';
import { from, mergeMap, tap } from 'rxjs';

import { run } from '../../support/run.js';

const tellCitation = (annotation: Annotation): readonly string[] =>
  annotation.type === 'url_citation' ? [`Citation: ${annotation.title ?? ''} (${annotation.url ?? ''})`] : [];

const tellBlock = (block: Content): readonly string[] =>
  block.type === 'text' ? [`Answer: ${block.text}`, ...(block.annotations ?? []).flatMap(tellCitation)] : [];

const tell = (step: Step): readonly string[] => {
  switch (step.type) {
    case 'google_search_result':
      return (step.result ?? []).map(({ search_suggestions }) => `Search Suggestions: ${search_suggestions ?? ''}`);
    case 'model_output':
      return (step.content ?? []).flatMap(tellBlock);
    default:
      return [];
  }
};

run((client) =>
  client.create({ model: 'gemini-3-flash-preview', input: 'Who won Euro 2024?', tools: [googleSearch()] }).pipe(
    mergeMap(({ steps }) => from(steps.flatMap(tell))),
    tap(console.log),
  ),
);
