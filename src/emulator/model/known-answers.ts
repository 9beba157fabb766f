import type { FunctionCallStep } from '../../protocol/index.js';
import type { AnsweredCall } from '../turn.js';
import { membersOf, sayResult } from './say-result.js';
import { isAboutWeather, isPlaceName } from './subjects.js';

/** A sentence for the result of a function whose name says what it tells; `undefined` for any other. */
type Answer = (answered: AnsweredCall) => string | undefined;

/** The place that a function was asked about. */
export const placeOf = ({ arguments: args = {} }: FunctionCallStep): string | undefined => {
  const place = Object.entries(args).find(([name, value]) => isPlaceName(name) && typeof value === 'string');
  return place && String(place[1]);
};

const UNITS: Readonly<Record<string, string>> = { celsius: '°C', fahrenheit: '°F', kelvin: ' K' };

/** "The temperature in London is currently 22°C." */
const temperatureIn: Answer = ({ call, result }) => {
  const { temperature, unit } = membersOf(result.result);
  const place = placeOf(call);
  if (!/temperature/i.test(call.name ?? '') || place === undefined) return undefined;
  if (typeof temperature !== 'string' && typeof temperature !== 'number') return undefined;
  const degrees = typeof unit === 'string' ? (UNITS[unit.toLowerCase()] ?? ` ${unit}`) : '°';
  return `The temperature in ${place} is currently ${temperature}${degrees}.`;
};

const DEGREES = /^-?\d+(?:\.\d+)?\s?°[CF]\b/;
const DEGREES_AND_SKY = /^(-?\d+(?:\.\d+)?\s?°[CF]), (\w+)$/;
const SKIES: Readonly<Record<string, string>> = {
  clouds: 'cloudy',
  fog: 'foggy',
  rain: 'rainy',
  snow: 'snowy',
  sun: 'sunny',
  wind: 'windy',
};

/** "It's 52°F with rain in Boston."; of "52°F, rain" it is "It's currently 52°F and rainy in Boston." */
const weatherIn: Answer = ({ call, result }) => {
  const said = sayResult(result.result).trim().replace(/\.$/, '');
  const place = placeOf(call);
  if (!isAboutWeather(call.name ?? '') || place === undefined || !DEGREES.test(said)) return undefined;
  const [city = place] = place.split(',', 1);
  const [, degrees, word = ''] = DEGREES_AND_SKY.exec(said) ?? [];
  const sky = SKIES[word];
  return degrees === undefined || sky === undefined
    ? `It's ${said} in ${city}.`
    : `It's currently ${degrees} and ${sky} in ${city}.`;
};

/** "get_stock_price" → "stock price". */
const topicOf = (name: string): string =>
  name
    .replace(/(?<=[\p{Ll}\d])(?=\p{Lu})/gu, '_')
    .toLowerCase()
    .replace(/^(?:get|fetch|find|look_?up)_/, '')
    .replaceAll('_', ' ');

const dollars = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });

/** "The stock price of GOOG is $175.50.", of a function that is given one thing and tells a number. */
const priceOf: Answer = ({ call: { name = '', arguments: args = {} }, result }) => {
  const [thing, ...others] = Object.values(args);
  if (!/price/i.test(name) || typeof thing !== 'string' || others.length > 0) return undefined;
  const said = sayResult(result.result).trim();
  return /^\d+(?:\.\d+)?$/.test(said)
    ? `The ${topicOf(name)} of ${thing} is ${dollars.format(Number(said))}.`
    : undefined;
};

const ANSWERS: readonly Answer[] = [temperatureIn, weatherIn, priceOf];

/** The answer that a result calls for, where the name of its function says so and the function has not failed. */
export const knownAnswer: Answer = (answered) => {
  if (answered.result.is_error === true) return undefined;
  for (const answer of ANSWERS) {
    const sentence = answer(answered);
    if (sentence !== undefined) return sentence;
  }
  return undefined;
};
