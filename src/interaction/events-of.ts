import { jsonEqual } from '../internal/json-equal.js';
import {
  type Content,
  type Delta,
  type FunctionCallStep,
  type Interaction,
  type InteractionEvent,
  isLive,
  type Step,
} from '../protocol/index.js';
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

/** The events of a step, but for its end. */
export const eventsUpTo = (index: number, step: Step): readonly InteractionEvent[] => {
  const [start, deltas] = startAndDeltas(step);
  return [
    { event_type: 'step.start', index, step: start },
    ...deltas.map((delta): InteractionEvent => ({ event_type: 'step.delta', index, delta })),
  ];
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

/**
 * The events that a server could have streamed for an interaction: the inverse of reducing,
 * `reduceInteraction(eventsOf(x))` is `x` again (diagnostics aside).
 *
 * Text, media, summaries and arguments come as deltas, so that whatever listens to a stream hears a JSON answer the same
 * way. An interaction that is still live has no final event.
 *
 * @example A JSON answer through the same operators as a stream
 * ```ts
 * client.create({ model, input }).pipe(mergeMap((interaction) => eventsOf(interaction)));
 * ```
 */
export function eventsOf(interaction: Interaction): readonly InteractionEvent[] {
  const { steps, ids, diagnostics: _diagnostics, usage, ...head } = interaction;
  const { status, ...identity } = head;
  const created = ids.slice(0, -1).map((id): InteractionEvent => ({
    event_type: 'interaction.created',
    interaction: { ...identity, id, status: 'in_progress' },
  }));
  const live = isLive(status);
  return [
    ...created,
    { event_type: 'interaction.created', interaction: { ...identity, status: live ? status : 'in_progress' } },
    ...steps.flatMap((step, index): readonly InteractionEvent[] => [
      ...eventsUpTo(index, step),
      { event_type: 'step.stop', index },
    ]),
    live
      ? { event_type: 'interaction.status_update', status, ...(usage === undefined ? {} : { usage }) }
      : { event_type: 'interaction.completed', interaction: { ...head, ...(usage === undefined ? {} : { usage }) } },
  ];
}
