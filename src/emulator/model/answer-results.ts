import type { FunctionCallStep } from '../../protocol/index.js';
import { reply } from '../reply.js';
import type { AnsweredCall } from '../turn.js';
import { type Behaviour, think } from './behaviour.js';
import { inPieces } from './in-pieces.js';
import { membersOf, sayResult } from './say-result.js';
import { isAboutWeather, isPlaceName } from './subjects.js';

const placeOf = ({ arguments: args = {} }: FunctionCallStep): string | undefined => {
  const place = Object.entries(args).find(([name, value]) => isPlaceName(name) && typeof value === 'string');
  return place && String(place[1]);
};

/** What was asked: the function and its arguments, in words. */
const askedFor = ({ name = 'the function', arguments: args = {} }: FunctionCallStep): string => {
  const values = Object.values(args)
    .map((value) => sayResult(value))
    .join(', ');
  return values === '' ? `\`${name}\`` : `\`${name}\` (${values})`;
};

const UNITS: Readonly<Record<string, string>> = { celsius: '°C', fahrenheit: '°F', kelvin: ' K' };

/** "The temperature in London is currently 22°C.", where a function of that name says so. */
const temperatureIn = ({ call, result }: AnsweredCall): string | undefined => {
  const { temperature, unit } = membersOf(result.result);
  const place = placeOf(call);
  if (result.is_error === true || !/temperature/i.test(call.name ?? '') || place === undefined) return undefined;
  if (typeof temperature !== 'string' && typeof temperature !== 'number') return undefined;
  const degrees = typeof unit === 'string' ? (UNITS[unit.toLowerCase()] ?? ` ${unit}`) : '°';
  return `The temperature in ${place} is currently ${temperature}${degrees}.`;
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
  const temperatures = turn.results.map(temperatureIn);
  const sentences = turn.results.map((answered, at) => temperatures[at] ?? sentenceFor(answered));
  const hasWeather = turn.results.some(
    ({ call }, at) => temperatures[at] === undefined && isAboutWeather(call.name ?? ''),
  );
  return [
    think(turn, 'Using the results', 'I have what I asked for and can answer now.'),
    reply.text(...inPieces(sentences.join(' ') + (hasWeather ? ' 🌤️' : ''), 4)),
  ];
};
