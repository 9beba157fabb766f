import { type InteractionEvent, isLive } from '../protocol/index.js';

/** What an event shows of its interaction: its id, and whether it is still running. Nothing, if it shows neither. */
export const seeEvent = (
  event: InteractionEvent,
): { readonly id?: string | undefined; readonly isRunning: boolean } | undefined => {
  switch (event.event_type) {
    case 'interaction.created':
      return { id: event.interaction.id, isRunning: true };
    case 'interaction.status_update':
      return { id: event.interaction_id, isRunning: isLive(event.status) };
    case 'interaction.completed':
      return { isRunning: false };
    default:
      return undefined;
  }
};
