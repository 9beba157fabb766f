import { InteractionError, type InteractionErrorOptions } from './interaction-error.js';

/** A turn still called tools after the last round it was allowed. The turn so far is in {@link partial}. */
export class RoundLimitError extends InteractionError {
  override readonly name = 'RoundLimitError';
  /** The limit. */
  readonly maxRounds: number;

  constructor(maxRounds: number, options?: InteractionErrorOptions) {
    super(
      'round_limit',
      `The model still calls tools after ${maxRounds} rounds; raise maxRounds if that is expected`,
      options,
    );
    this.maxRounds = maxRounds;
  }
}
