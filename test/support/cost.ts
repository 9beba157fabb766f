const timeOf = (work: () => unknown): number => {
  const start = performance.now();
  work();
  return performance.now() - start;
};

/**
 * How many times as long the second work takes as the first. The two take turns, so that whatever else the machine does
 * disturbs both, and the shortest run of each counts, which nothing disturbed.
 */
export const costRatio = (short: () => unknown, long: () => unknown, rounds = 5): number => {
  short(); // the first run compiles
  const runs = Array.from({ length: rounds }, () => [timeOf(short), timeOf(long)] as const);
  return Math.min(...runs.map(([, time]) => time)) / Math.min(...runs.map(([time]) => time));
};
