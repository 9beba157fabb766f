import type {
  Content,
  FunctionCallStep,
  FunctionResultStep,
  InteractionRequest,
  Step,
  UserInputStep,
} from '../protocol/index.js';

/** A result that was sent, and the call it answers. */
export interface AnsweredCall {
  readonly call: FunctionCallStep;
  readonly result: FunctionResultStep;
}

/** What the model has before it when it answers. */
export interface Turn {
  readonly request: InteractionRequest;
  /** What this request brings, as steps. */
  readonly input: readonly Step[];
  /** Everything before it, where it goes on from a stored interaction. */
  readonly history: readonly Step[];
  /** What the user said last: its text. */
  readonly prompt: string;
  /** The results that nobody has answered yet, in the order in which they were sent. */
  readonly results: readonly AnsweredCall[];
}

/** The text of some content. */
export const textOf = (content: readonly Content[] = []): string =>
  content.flatMap((block) => (block.type === 'text' ? block.text : [])).join(' ');

const isUserInput = (step: Step): step is UserInputStep => step.type === 'user_input';
const isCall = (step: Step): step is FunctionCallStep => step.type === 'function_call';
const isResult = (step: Step): step is FunctionResultStep => step.type === 'function_result';

export const callsIn = (steps: readonly Step[]): readonly FunctionCallStep[] => steps.filter(isCall);
export const resultsIn = (steps: readonly Step[]): readonly FunctionResultStep[] => steps.filter(isResult);

/** The steps behind the last one that the model made. */
const unanswered = (steps: readonly Step[]): readonly Step[] =>
  steps.slice(steps.map((step) => isUserInput(step) || isResult(step)).lastIndexOf(false) + 1);

/** Puts a request and what went before it together. */
export const turnOf = (request: InteractionRequest, input: readonly Step[], history: readonly Step[]): Turn => {
  const timeline = [...history, ...input];
  const calls = new Map(callsIn(timeline).map((call) => [call.id, call]));
  return {
    request,
    input,
    history,
    prompt: textOf(timeline.filter(isUserInput).at(-1)?.content),
    results: resultsIn(unanswered(input)).flatMap((result) => {
      const call = calls.get(result.call_id);
      return call ? [{ call, result }] : [];
    }),
  };
};
