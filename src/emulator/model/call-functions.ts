import { isRecord } from '../../internal/is-record.js';
import type { FunctionTool } from '../../protocol/index.js';
import { type CallPart, reply, type Reply } from '../reply.js';
import type { Turn } from '../turn.js';
import { type Behaviour, think } from './behaviour.js';
import { fillSchema } from './fill-schema.js';
import { functionsOf } from './functions.js';
import { placesIn } from './places.js';
import { isAboutWeather, isAboutWeatherTool, isPlaceName } from './subjects.js';
import { inCommon, wordsOf } from './words.js';

/** How much a prompt is about a function: a word of its name says more than one of its description. */
const relevance = (tool: FunctionTool, prompt: string): number => {
  if (isAboutWeather(prompt) && isAboutWeatherTool(tool)) return 10;
  if (prompt.includes(tool.name)) return 10;
  const about = wordsOf(prompt);
  const byName = inCommon(wordsOf(tool.name), about);
  const byDescription = inCommon(wordsOf(tool.description ?? ''), about);
  return byName > 0 || byDescription > 1 ? 2 * byName + byDescription : 0;
};

/** Whether a function is asked about one place at a time, so that two places make two calls. */
const takesOnePlace = ({ parameters = {} }: FunctionTool): boolean => {
  const { properties } = parameters;
  if (!isRecord(properties)) return false;
  const places = Object.entries(properties).filter(
    ([name, schema]) => isPlaceName(name) && isRecord(schema) && String(schema['type']).toLowerCase() === 'string',
  );
  return places.length === 1; // a journey has two
};

const argumentsFor = (
  { parameters = {} }: FunctionTool,
  prompt: string,
  place?: string,
): Readonly<Record<string, unknown>> => {
  const value = fillSchema({ type: 'object', ...parameters }, { prompt, place, isWhole: false });
  return isRecord(value) ? value : {};
};

/** A call of a function for a prompt, or for one of the places that it is about. */
export const callTo = (tool: FunctionTool, prompt: string, place?: string): CallPart =>
  reply.call(tool.name, argumentsFor(tool, prompt, place));

const callAll = (turn: Turn, tools: readonly FunctionTool[]): Reply => {
  const { prompt } = turn;
  const calls = tools.flatMap((tool) => {
    const places = takesOnePlace(tool) ? placesIn(prompt) : [];
    const each: readonly (string | undefined)[] = places.length > 0 ? places : [undefined];
    return each.map((place) => callTo(tool, prompt, place));
  });
  const names = [...new Set(tools.map(({ name }) => `\`${name}\``))].join(' and ');
  return [
    think(turn, 'Calling a function', `The prompt is about what ${names} can tell me, so I ask for it.`),
    ...calls,
  ];
};

/** Calls the functions that a prompt is about: each of those it is about most, once, or once for every place it names. */
export const callFunctions: Behaviour = (turn) => {
  const { tools } = functionsOf(turn);
  const ranked = tools.map((tool) => ({ tool, score: relevance(tool, turn.prompt) }));
  const best = Math.max(0, ...ranked.map(({ score }) => score));
  return best === 0
    ? undefined
    : callAll(
        turn,
        ranked.filter(({ score }) => score === best).map(({ tool }) => tool),
      );
};

/** Calls a function because the request says so: the one the prompt is about, or the first. */
export const callAnyFunction: Behaviour = (turn) => {
  const { tools, mustCall } = functionsOf(turn);
  return mustCall ? (callFunctions(turn) ?? callAll(turn, tools.slice(0, 1))) : undefined;
};
