/** How long to wait before attempts, in ms. */
interface BackOff {
  /** The first wait; doubles from attempt to attempt. */
  readonly delay: number;
  /** The longest one. */
  readonly maxDelay: number;
}

/** The wait before an attempt, in ms, after so many that failed. */
export const waitBefore = ({ delay, maxDelay }: BackOff, failures: number): number =>
  Math.min(delay * 2 ** failures, maxDelay);

/** The same, less up to a quarter at random, so that many clients do not come back at once (wire-format 12.3). */
export const jitteredWait = (backOff: BackOff, failures: number, random: () => number): number =>
  waitBefore(backOff, failures) * (1 - 0.25 * random());
