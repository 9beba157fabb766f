import type { TypeOf } from 'io-ts';

import { openEnum } from './primitives.js';

/** The states of an interaction (wire-format 4). Open: the server may add to them. */
export const InteractionStatus = openEnum('InteractionStatus', [
  'queued',
  'in_progress',
  'requires_action',
  'requires_continuation',
  'completed',
  'incomplete',
  'failed',
  'cancelled',
  'budget_exceeded',
]);
export type InteractionStatus = TypeOf<typeof InteractionStatus>;

/**
 * Whether the server is still working on it: `queued`, `in_progress`, or not said yet.
 * Any other status, known or not, ends a stream or a poll loop (wire-format 4).
 */
export const isLive = (status: string | undefined): boolean =>
  status === undefined || status === '' || status === 'queued' || status === 'in_progress';
