import { RequestError } from '../errors/index.js';
import type { FunctionResultStep, GenerationConfig, Interaction, InteractionRequest, Step } from '../protocol/index.js';
import { type PendingCall, pendingCallsOf } from './function-calls-of.js';
import { functionResult } from './function-result.js';
import { inputSteps } from './ledger.js';

const unansweredError = ({ name, invalidArguments }: PendingCall): Error =>
  new Error(
    invalidArguments === undefined
      ? `${name} was not run`
      : `${name} was not run: its arguments are not a JSON object: ${invalidArguments}`,
  );

/** The calls that some steps answer. */
export const answeredIn = (steps: readonly Step[]): ReadonlySet<string> =>
  new Set(
    steps.flatMap((step) => (step.type === 'function_result' && step.call_id !== undefined ? [step.call_id] : [])),
  );

/** The same, but only those of calls that are there with ids of their own: a surrogate says nothing outside of its turn. */
export const answeredCalls = (steps: readonly Step[]): ReadonlySet<string> => {
  const answered = answeredIn(steps);
  return new Set(
    steps
      .flatMap((step) => (step.type === 'function_call' && step.id !== undefined ? [step.id] : []))
      .filter((id) => answered.has(id)),
  );
};

/**
 * One result for every call that waits for one, in call order: those that are given, and an error for each of the others.
 *
 * @param before - Calls that were answered before: an answer may repeat them (wire-format 8.1).
 */
export const resultsInOrder = (
  settled: Interaction,
  results: readonly FunctionResultStep[],
  before: ReadonlySet<string>,
): readonly FunctionResultStep[] => {
  const given = new Map(results.map((result) => [result.call_id, result]));
  return pendingCallsOf(settled)
    .filter(({ id }) => !before.has(id))
    .map((call) => given.get(call.id) ?? functionResult(call, unansweredError(call)));
};

/** `any` forces a call; on the way back from one that would force the next, for ever (wire-format 8.2). */
const relaxed = ({ tool_choice: choice, ...config }: GenerationConfig): GenerationConfig => {
  if (choice === undefined) return config;
  if (typeof choice === 'string') return { ...config, tool_choice: choice === 'any' ? 'auto' : choice };
  const { allowed_tools: allowed } = choice;
  return { ...config, tool_choice: allowed?.mode === 'any' ? { allowed_tools: { ...allowed, mode: 'auto' } } : choice };
};

/**
 * The request that carries tool results back: the same parameters, which the server does not remember (wire-format 8.2),
 * and one result for every call of `settled`, in call order. A call for which none is given is answered with an error,
 * so that the model never waits for one.
 *
 * A stored interaction is continued by its id. With `store: false` there is none, and the whole history goes along:
 * the request's input, every step of `settled` as it came, the results. `tool_choice: 'any'` becomes `'auto'`, and an agent
 * goes on in the sandbox that it has been given (wire-format 9.5).
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
): InteractionRequest =>
  nextRequest(request, settled, resultsInOrder(settled, results, answeredIn(inputSteps(request.input))));

/** The same with these answers and no others. */
export const nextRequest = (
  request: InteractionRequest,
  settled: Interaction,
  answers: readonly FunctionResultStep[],
): InteractionRequest => {
  const { generation_config, previous_interaction_id, continuation_token: _token, ...rest } = request;
  const { environment_id: sandbox } = settled;
  const next = {
    ...rest,
    ...(generation_config === undefined ? {} : { generation_config: relaxed(generation_config) }),
    ...(sandbox === undefined ? {} : { environment: sandbox }),
  };
  if (request.store === false) {
    return {
      ...next,
      ...(previous_interaction_id === undefined ? {} : { previous_interaction_id }),
      input: [...inputSteps(request.input), ...settled.steps, ...answers],
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
