import { InteractionError, type InteractionErrorOptions } from './interaction-error.js';

/** What can take too long: see `ClientLimits`. */
export type TimeLimit = 'connect' | 'firstEvent' | 'idle' | 'total';

const WHAT: Readonly<Record<TimeLimit, string>> = {
  connect: 'There was no answer',
  firstEvent: 'There was no event',
  idle: 'Nothing more came',
  total: 'It had not settled',
};

/** Something took longer than `limits` allows. {@link limit} and {@link code} say which one. */
export class TimeLimitError extends InteractionError {
  override readonly name = 'TimeLimitError';
  readonly limit: TimeLimit;
  /** How long it was allowed to take, in ms. */
  readonly ms: number;

  constructor(limit: TimeLimit, ms: number, options?: InteractionErrorOptions) {
    super(limit, `${WHAT[limit]} within ${ms} ms; raise limits.${limit} if that is expected`, options);
    this.limit = limit;
    this.ms = ms;
  }
}
