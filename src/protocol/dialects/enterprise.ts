import { defined } from '../../internal/defined.js';
import { isRecord } from '../../internal/is-record.js';
import { isLive } from '../status.js';
import type { Dialect, Received, Rule } from './dialect.js';
import { spelled } from './enum-spellings.js';
import { isStep, stepsOf } from './legacy-content.js';
import { renamed, textsIn, without } from './members.js';
import { WORDS } from './words.js';

/** The members that have more than one word in their name, by that name in camelCase. */
const SNAKE: ReadonlyMap<string, string> = new Map(
  [...WORDS.keys()].flatMap((snake) => {
    const camel = snake.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
    return camel === snake ? [] : [[camel, snake]];
  }),
);

/** The object with those of its own members in snake_case that are known. */
export const snakeCased: Rule = (object) => {
  let result = object;
  for (const key in object) {
    const snake = SNAKE.get(key);
    if (snake !== undefined) result = renamed(result, key, snake);
  }
  return result;
};

const ROLES: ReadonlyMap<unknown, string> = new Map([
  ['model', 'model_output'],
  ['user', 'user_input'],
]);

/** The list that an older member holds, bare or in an object of its own. */
const listIn = (list: unknown): readonly unknown[] | undefined => {
  const steps: unknown = isRecord(list) ? list['steps'] : list;
  return Array.isArray(steps) ? steps : undefined;
};

const callsIn = (calls: unknown): readonly Received[] =>
  Array.isArray(calls)
    ? calls.filter(isRecord).map(({ args = {}, ...call }) => ({ arguments: args, ...call, type: 'function_call' }))
    : [];

/** Whether a step is of a type, and nothing else is in it: as all are that are written today. */
const isTyped = ({ type, tool_calls, toolCalls }: Received): boolean =>
  type !== undefined && tool_calls === undefined && toolCalls === undefined;

/** The steps that a step without a type, or with calls in it, stands for. One that is canonical stands for itself. */
const stepsIn = (received: unknown): readonly unknown[] => {
  if (!isRecord(received) || isTyped(received)) return [received];
  const { type, role, tool_calls, step_list, content, ...rest } = snakeCased(received);
  const list = type === undefined ? listIn(step_list) : undefined;
  if (list) return list.flatMap(stepsIn);
  const calls = type === undefined || type === 'model_output' ? callsIn(tool_calls) : [];
  const own = ROLES.get(role) ?? 'model_output';
  if (calls.length === 0 && (type !== undefined || !ROLES.has(role))) return [received];
  const isSplit = type === undefined && Array.isArray(content) && content.some(isStep);
  const said = content === undefined ? [] : isSplit ? stepsOf(content, own) : [{ type: own, content }];
  const [first = { type: own }, ...others] = [...said, ...calls];
  return [{ ...rest, ...(first as Received) }, ...others]; // Safe: they have a type, by which they were told apart.
};

/** A step as the one that it stands for. An event has room for one: a step that stands for more stays as it was received. */
const oneStep: Rule = (step) => {
  if (isTyped(step)) return ROLES.has(step['role']) ? without(step, 'role') : step;
  const [first, ...others] = stepsIn(step);
  return others.length === 0 && isRecord(first) ? first : step;
};

const withSteps: Rule = (interaction) => {
  const { steps = listIn(interaction['step_list']) } = interaction;
  if (!Array.isArray(steps)) return interaction;
  const split = steps.flatMap(stepsIn);
  const isSame = steps === interaction['steps'] && split.length === steps.length;
  return isSame && split.every((step, at) => step === steps[at])
    ? interaction
    : { ...without(interaction, 'step_list'), steps: split };
};

/**
 * An event that is a piece of an interaction and names no type: its last step holds what is new. One that has settled is
 * the whole. Whether a piece repeats what came before it cannot be told from the piece: it is taken for an addition.
 */
const chunk: Rule = (event) => {
  const { steps, status, event_id } = event;
  if (event['event_type'] !== undefined || event['type'] !== undefined || !Array.isArray(steps)) return event;
  const common = defined({ event_id });
  const said = spelled('status', status);
  if (typeof said === 'string' && !isLive(said)) {
    return { event_type: 'interaction.completed', interaction: without(event, 'event_id'), ...common };
  }
  const all = steps.flatMap(stepsIn);
  const index = all.length - 1;
  const step = all[index];
  if (!isRecord(step)) return event;
  const text = step['type'] === 'model_output' ? textsIn(step['content'])?.join('') : undefined;
  return text === undefined
    ? { event_type: 'step.start', index, step, ...common }
    : { event_type: 'step.delta', index, delta: { type: 'text', text }, ...common };
};

/** The dialect of the enterprise samples (wire-format 13.E), after its names of members: any object has those. */
export const enterprise: Dialect = { event: chunk, interaction: withSteps, step: oneStep };
