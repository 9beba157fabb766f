import { PerformanceObserver } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';

import { type CandidateName, candidates } from './candidates.js';
import type { Work } from './work.js';

/** For a process in which nothing is collected while it is measured: as much room for new objects as the engine takes. */
export const NOTHING_COLLECTED: readonly string[] = [
  '--expose-gc',
  '--min-semi-space-size=512',
  '--max-semi-space-size=512',
];

const inUse = (): number => {
  const { heapUsed, external } = process.memoryUsage(); // `external` has the bytes of buffers
  return heapUsed + external;
};

/** When the observer has heard of a collection at the latest, and the collector has swept up behind itself; in ms. */
const TOLD_WITHIN = 100;

/** The bytes that doing the work once allocates; `NaN` where something was collected meanwhile. */
export const allocatedIn = async ({ run }: Work): Promise<number> => {
  for (let warmUps = 3; warmUps > 0; warmUps -= 1) await run(); // what is compiled allocates less
  let collections = 0;
  const observer = new PerformanceObserver((list) => (collections += list.getEntries().length));
  observer.observe({ entryTypes: ['gc'] });
  globalThis.gc?.();
  await setTimeout(TOLD_WITHIN);
  collections = 0;
  const before = inUse();
  await run();
  const allocated = inUse() - before;
  await setTimeout(TOLD_WITHIN);
  observer.disconnect();
  return collections === 0 ? allocated : NaN;
};

/** The most memory that the process had, in bytes, beyond what it had with nothing but the stream in it. */
export const peakOf = async (chunks: readonly Uint8Array[], candidate: CandidateName): Promise<number> => {
  const before = process.memoryUsage.rss();
  await candidates[candidate].read(chunks, () => undefined);
  return process.resourceUsage().maxRSS * 1024 - before;
};
