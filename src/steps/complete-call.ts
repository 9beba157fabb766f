import type { OperatorFunction } from 'rxjs';

import { ArgumentsError } from '../errors/index.js';
import { mapMulti } from '../internal/map-multi.js';
import type { InteractionEvent, Step, TurnMark } from '../protocol/index.js';
import { createStepAssembler, type EndedStep, type StepListener } from './assemble-steps.js';
import { type FunctionCall, surrogateId } from './function-call.js';
import { createStepTracker } from './track-steps.js';

/** A function call, with the index of its step. */
export type StreamedCall<Arguments = Readonly<Record<string, unknown>>> = FunctionCall<Arguments> & {
  readonly index: number;
};

/** The call that a step has become, if it is one and has stopped; and the text of its arguments, where that is no JSON object. */
const completeCall = ({
  step,
  place,
  hasStopped,
  invalidArguments,
}: EndedStep): { readonly call: StreamedCall; readonly invalidArguments: string | undefined } | undefined => {
  if (step.type !== 'function_call' || !hasStopped) return undefined;
  const { index, position } = place;
  const { id = surrogateId(position), name = '', arguments: args = {} } = step;
  return { call: { index, position, id, name, arguments: args }, invalidArguments };
};

/** Whether a step is a call for the client. */
export const isFunctionCall = ({ type }: Step): boolean => type === 'function_call';

/** Hears of calls that are complete. Throws where the arguments are not a JSON object. */
export const completeCalls = (push: (call: StreamedCall) => void): StepListener => ({
  ended: (step) => {
    const complete = completeCall(step);
    if (!complete) return;
    const { call, invalidArguments } = complete;
    if (invalidArguments !== undefined) {
      throw new ArgumentsError('not_json', `The arguments of ${call.name} are not a JSON object`, invalidArguments);
    }
    push(call);
  },
});

/**
 * Emits the calls that can be run, each when its step stops; those whose arguments are not a JSON object are left out.
 *
 * @param position - How many steps there are before the stream.
 */
export const runnableCalls = (position: number): OperatorFunction<InteractionEvent | TurnMark, StreamedCall> =>
  mapMulti((push) => {
    const ended = (step: EndedStep): void => {
      const complete = completeCall(step);
      if (complete && complete.invalidArguments === undefined) push(complete.call);
    };
    return createStepTracker(createStepAssembler({ ended }, isFunctionCall), { position, ending: 'cut' });
  });
