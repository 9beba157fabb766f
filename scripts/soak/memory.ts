const collect = globalThis.gc;
if (!collect) throw new Error('Run it with --expose-gc, as `npm run soak` does.');

/** What memory there is in use, in bytes, once everything is gone that can go. */
export const memoryInUse = async (times = 2): Promise<NodeJS.MemoryUsage> => {
  for (let left = times; left > 0; left -= 1) {
    await new Promise(setImmediate); // promises of a stream that was left settle
    collect();
  }
  return process.memoryUsage();
};

/** How many resources of a kind keep the process alive. */
export const resources = (kind: 'Timeout' | 'TCPSocketWrap'): number =>
  process.getActiveResourcesInfo().filter((each) => each === kind).length;
