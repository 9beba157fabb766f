/** Processor time, in µs: what else the machine does counts little in it. */
const costOf = (work: () => unknown): number => {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return user + system;
};

/**
 * How many times as much the second work costs as the first. The two take turns, so that whatever disturbs one disturbs the
 * other, and the cheapest run of each counts, which nothing disturbed.
 */
export const costRatio = (short: () => unknown, long: () => unknown, rounds = 7): number => {
  short(); // the first run compiles
  const runs = Array.from({ length: rounds }, () => [costOf(short), costOf(long)] as const);
  return Math.min(...runs.map(([, cost]) => cost)) / Math.max(1, Math.min(...runs.map(([cost]) => cost)));
};
