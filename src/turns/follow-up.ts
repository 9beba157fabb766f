import { RequestError } from '../errors/index.js';
import {
  type Content,
  Content as ContentCodec,
  type FunctionResultStep,
  type GenerationConfig,
  type Interaction,
  type InteractionRequest,
  type Step,
} from '../protocol/index.js';
import { type PendingCall, pendingCallsOf } from './function-calls-of.js';
import { functionResult } from './function-result.js';

const unansweredError = ({ name, invalidArguments }: PendingCall): Error =>
  new Error(
    invalidArguments === undefined
      ? `${name} was not run`
      : `${name} was not run: its arguments are not a JSON object: ${invalidArguments}`,
  );

/** One result for every call that waits for one, in call order: those that are given, and an error for each of the others. */
export const resultsInOrder = (
  settled: Interaction,
  results: readonly FunctionResultStep[],
): readonly FunctionResultStep[] => {
  const given = new Map(results.map((result) => [result.call_id, result]));
  return pendingCallsOf(settled).map((call) => given.get(call.id) ?? functionResult(call, unansweredError(call)));
};

/** `any` forces a call; on the way back from one that would force the next, for ever (wire-format 8.2). */
const relaxed = ({ tool_choice: choice, ...config }: GenerationConfig): GenerationConfig => {
  if (choice === undefined) return config;
  if (typeof choice === 'string') return { ...config, tool_choice: choice === 'any' ? 'auto' : choice };
  const { allowed_tools: allowed } = choice;
  return { ...config, tool_choice: allowed?.mode === 'any' ? { allowed_tools: { ...allowed, mode: 'auto' } } : choice };
};

const isBlock = (item: Content | Step): item is Content => Object.hasOwn(ContentCodec.cases, item.type);

/** The input of a request as the steps that it stands for (wire-format 2.2). */
const stepsOf = (input: InteractionRequest['input']): readonly Step[] => {
  if (input === undefined) return [];
  if (typeof input === 'string') return [{ type: 'user_input', content: [{ type: 'text', text: input }] }];
  const items: readonly (Content | Step)[] = Array.isArray(input)
    ? (input as readonly (Content | Step)[])
    : [input as Content | Step];
  return items.some(isBlock)
    ? [{ type: 'user_input', content: items as readonly Content[] }]
    : (items as readonly Step[]);
};

/**
 * The request that carries tool results back: the same parameters, which the server does not remember (wire-format 8.2),
 * and one result for every call of `settled`, in call order. A call for which none is given is answered with an error,
 * so that the model never waits for one.
 *
 * A stored interaction is continued by its id. With `store: false` there is none, and the whole history goes along:
 * the request's input, every step of `settled` as it came, the results. `tool_choice: 'any'` becomes `'auto'`.
 *
 * @param request - The request that `settled` answers.
 * @param results - From {@link functionResult}.
 *
 * @example A turn composed by hand
 * ```ts
 * client.create(request).pipe(
 *   switchMap((settled) => client.create(followUp(request, settled, functionCallsOf(settled).map(answer)))),
 * );
 * ```
 */
export const followUp = (
  request: InteractionRequest,
  settled: Interaction,
  results: readonly FunctionResultStep[],
): InteractionRequest => {
  const { generation_config, previous_interaction_id, continuation_token: _token, ...rest } = request;
  const answers = resultsInOrder(settled, results);
  const next = {
    ...rest,
    ...(generation_config === undefined ? {} : { generation_config: relaxed(generation_config) }),
  };
  if (request.store === false) {
    return {
      ...next,
      ...(previous_interaction_id === undefined ? {} : { previous_interaction_id }),
      input: [...stepsOf(request.input), ...settled.steps, ...answers],
    };
  }
  if (settled.id === undefined) {
    throw new RequestError(
      ['previous_interaction_id'],
      'The interaction to continue has no id, as if it were not stored; set store: false to send its history instead',
    );
  }
  return { ...next, previous_interaction_id: settled.id, input: answers };
};
