import { InteractionError, type InteractionErrorOptions } from './interaction-error.js';

const MESSAGES = {
  disconnected: 'The stream ended before the interaction had settled; error.partial holds what arrived',
  diverged:
    'The stream broke off, and what the server tells of it now is not what it had told before; error.partial holds what arrived',
} as const;

/**
 * The stream ended before the interaction did, and could not be resumed. What arrived is in {@link partial} (the groups of
 * `groupByStep` have emitted it instead); nothing in it is invented and nothing is missing from it, but it is not the
 * whole answer. With {@link cursor} another attempt can be made, in any process.
 */
export class UnsettledError extends InteractionError {
  override readonly name = 'UnsettledError';
  /** Why: the connection ended (`disconnected`), or a replay contradicts what had been delivered (`diverged`). */
  readonly reason: 'disconnected' | 'diverged';

  constructor(reason: 'disconnected' | 'diverged', options?: InteractionErrorOptions) {
    super(reason, MESSAGES[reason], options);
    this.reason = reason;
  }
}
