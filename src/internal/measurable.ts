/** The longest time that timers can measure, in ms: some 25 days. */
const LONGEST = 2 ** 31 - 1;

/** A time that a timer can wait for: a longer one, and `Infinity`, it would take for none at all. */
export const measurable = (ms: number): number => Math.min(ms, LONGEST);
