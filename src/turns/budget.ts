import { BudgetError } from '../errors/index.js';
import type { Usage } from '../protocol/index.js';

/** What a turn may use in all its rounds together. What is left out is not limited. */
export interface Budget {
  /** Tokens of every kind: input, output, thoughts and tools. */
  readonly totalTokens?: number | undefined;
  /** Tokens of output, without thoughts. */
  readonly outputTokens?: number | undefined;
  /** Interactions. */
  readonly rounds?: number | undefined;
  /** Time, in ms. */
  readonly ms?: number | undefined;
}

/** Throws what a turn has run out of, if it has. */
export const checkTokens = (
  { totalTokens = Infinity, outputTokens = Infinity }: Budget,
  { total_tokens = 0, total_output_tokens = 0 }: Usage = {},
): void => {
  if (total_tokens > totalTokens) throw new BudgetError('totalTokens', totalTokens);
  if (total_output_tokens > outputTokens) throw new BudgetError('outputTokens', outputTokens);
};
