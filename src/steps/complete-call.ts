import { ArgumentsError } from '../errors/index.js';
import type { Step } from '../protocol/index.js';
import type { EndedStep, StepListener } from './assemble-steps.js';
import { type FunctionCall, surrogateId } from './function-call.js';

/** A function call, with the index of its step. */
export type StreamedCall<Arguments = Readonly<Record<string, unknown>>> = FunctionCall<Arguments> & {
  readonly index: number;
};

/** The call that a step has become, if it is one and has stopped. Throws where its arguments are not a JSON object. */
const completeCall = ({ step, place, hasStopped, invalidArguments }: EndedStep): StreamedCall | undefined => {
  if (step.type !== 'function_call' || !hasStopped) return undefined;
  const { index, position } = place;
  const { id = surrogateId(position), name = '', arguments: args = {} } = step;
  if (invalidArguments !== undefined) {
    throw new ArgumentsError('not_json', `The arguments of ${name} are not a JSON object`, invalidArguments);
  }
  return { index, position, id, name, arguments: args };
};

/** Whether a step is a call for the client. */
export const isFunctionCall = ({ type }: Step): boolean => type === 'function_call';

/** Hears of calls that are complete. */
export const completeCalls = (push: (call: StreamedCall) => void): StepListener => ({
  ended: (step) => {
    const call = completeCall(step);
    if (call) push(call);
  },
});
