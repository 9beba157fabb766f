import { InteractionError, type InteractionErrorOptions } from './interaction-error.js';

/** What a turn may run out of. */
export type BudgetLimit = 'totalTokens' | 'outputTokens' | 'rounds' | 'ms';

const UNITS: Readonly<Record<BudgetLimit, string>> = {
  totalTokens: 'tokens in all',
  outputTokens: 'tokens of output',
  rounds: 'rounds',
  ms: 'ms',
};

/** A turn used more than its `budget`. {@link limit} and {@link code} say of what; the turn so far is in {@link partial}. */
export class BudgetError extends InteractionError {
  override readonly name = 'BudgetError';
  readonly limit: BudgetLimit;
  /** How much there was to spend: tokens, rounds or ms. */
  readonly allowed: number;

  constructor(limit: BudgetLimit, allowed: number, options?: InteractionErrorOptions) {
    super(
      limit,
      `The turn needs more than the ${allowed} ${UNITS[limit]} of its budget; raise budget.${limit} if that is expected`,
      options,
    );
    this.limit = limit;
    this.allowed = allowed;
  }
}
