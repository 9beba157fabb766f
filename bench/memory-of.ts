import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';

import { NOTHING_COLLECTED } from './memory.js';
import { memoryPlan } from './plan.js';
import { isInstalled } from './peer-packages.js';
import { CACHE, type Runners } from './runner-process.js';
import { saveStream } from './saved-stream.js';
import type { ScenarioName } from './scenarios.js';

/** What a candidate takes, in bytes. */
export interface Taken {
  readonly scenario: string;
  readonly candidate: string;
  /** What one event allocates; `NaN` where it could not be told. */
  readonly perEvent: number;
  /** The most that the process had, beyond what it had with the stream in it. */
  readonly peak: number;
}

/** The scale at which allocation is looked at: an event allocates the same in any stream, and short ones need no collection. */
const SHORT = 0.05;

/** Measures memory on one scenario, candidate by candidate. */
export const measureMemory = async (
  runners: Runners,
  scenario: ScenarioName,
  scale: number,
): Promise<readonly Taken[]> => {
  const folder = resolve(CACHE, 'streams');
  mkdirSync(folder, { recursive: true });
  saveStream(folder, scenario, scale);
  const all: Taken[] = [];
  for (const candidate of memoryPlan[scenario]?.filter(isInstalled) ?? []) {
    const subject = { scenario, scale, candidate };
    const [perEvent, peak] = await Promise.all([
      runners.allocation({ ...subject, scale: SHORT }, NOTHING_COLLECTED),
      runners.peak(subject, folder),
    ]);
    // Less than nothing: what had been there before was collected.
    all.push({ scenario, candidate, perEvent: perEvent > 0 ? perEvent : NaN, peak });
  }
  return all;
};
