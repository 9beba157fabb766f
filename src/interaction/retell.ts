import { defined } from '../internal/defined.js';
import { itemsOf } from '../internal/growing-list.js';
import type { InteractionEvent, InteractionStatusUpdate } from '../protocol/index.js';
import { eventsOfStep } from './events-of-step.js';
import type { InteractionState } from './interaction-state.js';
import { endedStep, stepsOfHop } from './step-so-far.js';

/**
 * Events that rebuild a state, as a server could have streamed them: what was delivered, for operators that did not hear it.
 * Hops and rounds that are over are told as one.
 */
export const retell = (state: InteractionState): readonly InteractionEvent[] => {
  const { head, usage, usageBefore, ids, done, hopStart, settled, lastEventId, marked } = state;
  const { continuation_token, status = 'in_progress', ...identity } = head;
  const before: readonly InteractionEvent[] = ids.slice(0, -1).map((id, hop, hops) => ({
    event_type: 'interaction.created',
    interaction: defined({
      ...identity,
      id,
      status: 'in_progress',
      usage: hop === hops.length - 1 ? usageBefore : undefined,
    }),
  }));
  return [
    ...before,
    ...itemsOf(done).slice(0, hopStart).map(endedStep).flatMap(eventsOfStep),
    { event_type: 'interaction.created', interaction: { ...identity, status: settled ? 'in_progress' : status } },
    ...stepsOfHop(state).flatMap(eventsOfStep),
    settled
      ? { event_type: 'interaction.completed', interaction: defined({ ...head, status, usage }) }
      : defined<InteractionStatusUpdate>({
          event_type: 'interaction.status_update',
          status,
          continuation_token,
          usage,
          // Where more has come since the latest event with an id, nothing that is told here stands at that event.
          event_id: marked === undefined ? lastEventId : undefined,
        }),
  ];
};
