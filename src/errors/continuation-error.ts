import { InteractionError, type InteractionErrorOptions, withHidden } from './interaction-error.js';

/** What a later attempt needs to go on with an answer that came in several hops. */
export interface ContinuationState {
  /** What the next request would have carried as `continuation_token`. */
  readonly continuationToken: string;
  /** The interaction that the token is from; `undefined` if it is not stored. */
  readonly owner: string | undefined;
  /** The interactions of all hops so far. */
  readonly ids: readonly string[];
}

/**
 * An answer that needs several requests broke off in a later one. What came before is in {@link partial}; the cause says
 * what happened. With the token a request of yours can go on where it stopped (wire-format 10).
 */
export class ContinuationError extends InteractionError {
  override readonly name = 'ContinuationError';
  declare readonly continuationToken: string;
  /** The interaction that the token is from; `undefined` if it is not stored. */
  readonly owner: string | undefined;
  /** The interactions of all hops so far. */
  readonly ids: readonly string[];

  constructor({ continuationToken, owner, ids }: ContinuationState, options: InteractionErrorOptions = {}) {
    super('continuation_failed', 'The answer broke off while it was being continued', {
      interactionId: owner,
      ...options,
    });
    // Opaque, and worth an answer: not for logs.
    withHidden(this, 'continuationToken', continuationToken);
    this.owner = owner;
    this.ids = ids;
  }
}
