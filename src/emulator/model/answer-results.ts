import type { FunctionCallStep } from '../../protocol/index.js';
import { reply } from '../reply.js';
import type { AnsweredCall } from '../turn.js';
import { type Behaviour, think } from './behaviour.js';
import { inPieces } from './in-pieces.js';
import { knownAnswer, placeOf } from './known-answers.js';
import { sayResult } from './say-result.js';
import { isAboutWeather } from './subjects.js';

/** What was asked: the function and its arguments, in words. */
const askedFor = ({ name = 'the function', arguments: args = {} }: FunctionCallStep): string => {
  const values = Object.values(args)
    .map((value) => sayResult(value))
    .join(', ');
  return values === '' ? `\`${name}\`` : `\`${name}\` (${values})`;
};

const sentenceFor = ({ call, result }: AnsweredCall): string => {
  const known = new Set(Object.values(call.arguments ?? {}).map((value) => sayResult(value)));
  const said = sayResult(result.result, known).trim().replace(/\.$/, '') || 'nothing';
  const place = isAboutWeather(call.name ?? '') ? placeOf(call) : undefined;
  if (result.is_error === true) {
    return place === undefined
      ? `${askedFor(call)} failed: ${said}.`
      : `I could not get the weather in ${place}: ${said}.`;
  }
  return place === undefined ? `${askedFor(call)} says: ${said}.` : `The weather in ${place} right now: ${said}.`;
};

/** Says what the functions said. */
export const answerResults: Behaviour = (turn) => {
  if (turn.results.length === 0) return undefined;
  const known = turn.results.map(knownAnswer);
  const sentences = turn.results.map((answered, at) => known[at] ?? sentenceFor(answered));
  const hasWeather = turn.results.some(({ call }, at) => known[at] === undefined && isAboutWeather(call.name ?? ''));
  return [
    think(turn, 'Using the results', 'I have what I asked for and can answer now.'),
    reply.text(...inPieces(sentences.join(' ') + (hasWeather ? ' 🌤️' : ''), 4)),
  ];
};
