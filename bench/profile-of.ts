import { isInstalled } from './peer-packages.js';
import { profilePlan } from './plan.js';
import type { Runners } from './runner-process.js';

/** How much of the processor time of a candidate a place in the code takes. */
export interface Profiled {
  readonly scenario: string;
  readonly candidate: string;
  readonly place: string;
  /** From 0 to 1. */
  readonly share: number;
}

/** What takes less than this is told together. */
const WORTH_A_NAME = 0.02;

/** Looks where the time goes, candidate by candidate; the dearest place first. */
export const measureProfiles = async (
  runners: Runners,
  scale: number,
  tell: (profiled: Profiled) => void,
): Promise<readonly Profiled[]> => {
  const all: Profiled[] = [];
  for (const [scenario, candidate] of profilePlan.filter(([, name]) => isInstalled(name))) {
    const shares = Object.entries(await runners.shares({ scenario, scale, candidate })).sort(([, a], [, b]) => b - a);
    const rest = shares.reduce((sum, [, share]) => (share < WORTH_A_NAME ? sum + share : sum), 0);
    const named = shares.filter(([, share]) => share >= WORTH_A_NAME);
    for (const [place, share] of [...named, ['the rest', rest] as const]) {
      const one = { scenario, candidate, place, share };
      tell(one);
      all.push(one);
    }
  }
  return all;
};
