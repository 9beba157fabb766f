import { itemsOf } from '../internal/growing-list.js';
import type { InteractionEvent, Step } from '../protocol/index.js';
import { stepOf } from '../steps/index.js';
import { eventsUpTo } from './events-of.js';
import type { InteractionState, OpenStep } from './interaction-state.js';

const whole = (steps: readonly Step[]): readonly InteractionEvent[] =>
  steps.flatMap((step, index): readonly InteractionEvent[] => [
    ...eventsUpTo(index, step),
    { event_type: 'step.stop', index },
  ]);

/** A step as far as it has come: the text of its arguments, and what waits for a text. */
const unfinished = ({ index, state, finished }: OpenStep): readonly InteractionEvent[] => {
  if (finished) return [...eventsUpTo(index, finished), { event_type: 'step.stop', index }];
  const { argumentsText, held } = state;
  return [
    ...eventsUpTo(index, stepOf(state)),
    ...(argumentsText === undefined
      ? []
      : [{ event_type: 'step.delta', index, delta: { type: 'arguments_delta', arguments: argumentsText } } as const]),
    ...(held.length === 0
      ? []
      : [
          {
            event_type: 'step.delta',
            index,
            delta: { type: 'text_annotation_delta', annotations: itemsOf(held) },
          } as const,
        ]),
  ];
};

/**
 * Events that rebuild a state, as a server could have streamed them: what was delivered, for operators that did not hear it.
 * Hops and rounds that are over are told as one.
 */
export const retell = (state: InteractionState): readonly InteractionEvent[] => {
  const { head, usage, usageBefore, ids, done, open, hopStart, settled, lastEventId } = state;
  const steps = itemsOf(done);
  // Where more has come since the latest event with an id, nothing that is told here stands at that event.
  const isMarked = lastEventId !== undefined && state.marked === undefined;
  const { continuation_token, status = 'in_progress', ...identity } = head;
  const before: readonly InteractionEvent[] = ids.slice(0, -1).map((id, hop, hops) => ({
    event_type: 'interaction.created',
    interaction: {
      ...identity,
      id,
      status: 'in_progress',
      ...(hop === hops.length - 1 && usageBefore !== undefined ? { usage: usageBefore } : {}),
    },
  }));
  const resource = { ...head, status, ...(usage === undefined ? {} : { usage }) };
  return [
    ...before,
    ...whole(steps.slice(0, hopStart)),
    { event_type: 'interaction.created', interaction: { ...identity, status: 'in_progress' } },
    ...whole(steps.slice(hopStart)),
    ...open.flatMap(unfinished),
    settled
      ? { event_type: 'interaction.completed', interaction: resource }
      : {
          event_type: 'interaction.status_update',
          status,
          ...(continuation_token === undefined ? {} : { continuation_token }),
          ...(usage === undefined ? {} : { usage }),
          ...(isMarked ? { event_id: lastEventId } : {}),
        },
  ];
};
