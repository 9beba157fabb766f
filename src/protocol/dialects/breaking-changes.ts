import { defined } from '../../internal/defined.js';
import { isRecord } from '../../internal/is-record.js';
import type { Dialect, Received } from './dialect.js';
import { withMember } from './members.js';

/** What an event that may hold its interaction says of it: its own word first, then its name, then the interaction's. */
const statusUpdate = (event: Received, status?: string): Received => {
  const { interaction, ...said } = event;
  const { id: interaction_id, usage, continuation_token, ...inner } = isRecord(interaction) ? interaction : {};
  return {
    ...defined({ status: status ?? inner['status'], usage, continuation_token, interaction_id }),
    ...said,
    event_type: 'interaction.status_update',
  };
};

/** These results are lists; one that stands alone is a list of one. Functions and MCP servers answer with what they like. */
const LISTS: ReadonlySet<unknown> = new Set(['google_search_result', 'url_context_result', 'google_maps_result']);

const listed = (object: Received): Received =>
  LISTS.has(object['type']) ? withMember(object, 'result', (result) => (isRecord(result) ? [result] : result)) : object;

/** The dialect of the breaking-changes notice of May 2026 (wire-format 13.C). */
export const breakingChanges: Dialect = {
  event: (event) => {
    switch (event['event_type']) {
      case 'interaction.in_progress':
        return statusUpdate(event, 'in_progress');
      case 'interaction.requires_action':
        return statusUpdate(event, 'requires_action');
      case 'interaction.status_update':
        return isRecord(event['interaction']) ? statusUpdate(event) : event;
      default:
        return event;
    }
  },
  step: listed,
  delta: listed,
};
