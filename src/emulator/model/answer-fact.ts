import { reply } from '../reply.js';
import { type Behaviour, think } from './behaviour.js';
import { callTo } from './call-functions.js';
import { annotate, citeText } from './cite-text.js';
import { factFor } from './facts.js';
import { functionsOf } from './functions.js';
import { isEarlierModel } from './generations.js';
import { inPieces } from './in-pieces.js';
import { search, searchTool } from './search.js';
import { isAboutWeather, isAboutWeatherTool } from './subjects.js';

/**
 * Finds out where a place is and asks for the weather there: a search and a function call in one answer. The result of this
 * search has no `result`, which happens (T7).
 */
export const searchThenCall: Behaviour = (turn) => {
  const fact = factFor(turn.prompt, isEarlierModel(turn));
  const weather = functionsOf(turn).tools.find(isAboutWeatherTool);
  if (!searchTool(turn) || fact?.place === undefined || !weather || !isAboutWeather(turn.prompt)) return undefined;
  return [
    reply.serverTool('google_search', { arguments: { queries: fact.queries } }, { is_error: false }),
    think(turn, 'Asking for the weather', `It is about ${fact.place}, so I ask for the weather there.`),
    callTo(weather, turn.prompt, fact.place),
  ];
};

/** Answers from what it knows, or from a search with citations where it can search. */
export const answerFact: Behaviour = (turn) => {
  const fact = factFor(turn.prompt, isEarlierModel(turn));
  if (!fact) return undefined;
  const thought = think(turn, 'Recalling facts', `The question is about the ${fact.queries[0]}.`);
  return searchTool(turn)
    ? [thought, search(...fact.queries), citeText(...fact.says)]
    : [thought, reply.text(...inPieces(annotate(fact.says).text))];
};
