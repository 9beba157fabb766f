import { InteractionError, type InteractionErrorOptions } from './interaction-error.js';

/**
 * The stream ended before the interaction did. What arrived is in {@link partial}; nothing in it is invented and nothing
 * is missing from it, but it is not the whole answer.
 */
export class UnsettledError extends InteractionError {
  override readonly name = 'UnsettledError';
  /** Why: the connection ended (`disconnected`). */
  readonly reason: 'disconnected';

  constructor(reason: 'disconnected', options?: InteractionErrorOptions) {
    super(reason, 'The stream ended before the interaction had settled; error.partial holds what arrived', options);
    this.reason = reason;
  }
}
