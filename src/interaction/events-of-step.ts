import { jsonEqual } from '../internal/json-equal.js';
import type { Content, CursorStep, Delta, FunctionCallStep, InteractionEvent, Step } from '../protocol/index.js';
import { applyDelta, finishStep, startStep } from '../steps/index.js';

const contentDeltas = (content: readonly Content[]): readonly (Delta | undefined)[] =>
  content.flatMap((block): readonly (Delta | undefined)[] => {
    if (block.type === 'unknown') return [undefined];
    if (block.type !== 'text') return [block];
    const { annotations, ...text } = block;
    return annotations === undefined ? [text] : [text, { type: 'text_annotation_delta', annotations }];
  });

const signatureDelta = (signature: string | undefined): readonly Delta[] =>
  signature === undefined ? [] : [{ type: 'thought_signature', signature }];

const argumentsDelta = ({ arguments: args }: FunctionCallStep): readonly Delta[] =>
  args === undefined || Object.keys(args).length === 0
    ? []
    : [{ type: 'arguments_delta', arguments: JSON.stringify(args) }];

/** How a server would stream a step: the step as it starts, and the deltas that fill it. */
const streamed = (step: Step): readonly [start: Step, ...deltas: (Delta | undefined)[]] => {
  switch (step.type) {
    case 'model_output': {
      const { content, ...start } = step;
      return [start, ...contentDeltas(content ?? [])];
    }
    case 'thought': {
      const { summary, signature, ...start } = step;
      const items = (summary ?? []).map((content): Delta => ({ type: 'thought_summary', content }));
      return [start, ...items, ...signatureDelta(signature)];
    }
    case 'function_call':
      return [{ ...step, arguments: {} }, ...argumentsDelta(step)];
    default:
      return [step];
  }
};

/** The deltas of a step, if the step comes out of them as it was; otherwise the start brings it whole (T9). */
const startAndDeltas = (step: Step): readonly [start: Step, deltas: readonly Delta[]] => {
  const [start, ...deltas] = streamed(step);
  let state = startStep(start);
  for (const delta of deltas) {
    const next = delta && applyDelta(state, delta);
    if (next === undefined) return [step, []];
    state = next;
  }
  return jsonEqual(finishStep(state).step, step) ? [start, deltas as readonly Delta[]] : [step, []];
};

/** What becomes of a step under an index, once it has started. */
export const eventsBehindStart = (
  { index, hasEnded }: Pick<CursorStep, 'index' | 'hasEnded'>,
  deltas: readonly Delta[],
): readonly InteractionEvent[] => [
  ...deltas.map((delta): InteractionEvent => ({ event_type: 'step.delta', index, delta })),
  ...(hasEnded ? [{ event_type: 'step.stop', index } as const] : []),
];

/** The events of a step as far as it has come: with the text of its arguments, and what waits for a text. */
export const eventsOfStep = (soFar: CursorStep): readonly InteractionEvent[] => {
  const { index, step, hasEnded, argumentsText, held } = soFar;
  // Arguments that came whole give way to a text that may still come (rules R6, R10): they are not told as the start of one.
  const isOpenCall = step.type === 'function_call' && !hasEnded;
  const [start, deltas] = isOpenCall ? [step, []] : startAndDeltas(step);
  return [
    { event_type: 'step.start', index, step: start },
    ...eventsBehindStart(soFar, [
      ...deltas,
      ...(argumentsText === undefined ? [] : [{ type: 'arguments_delta', arguments: argumentsText } as const]),
      ...(held === undefined ? [] : [{ type: 'text_annotation_delta', annotations: held } as const]),
    ]),
  ];
};
