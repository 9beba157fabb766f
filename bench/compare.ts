import { isInstalled } from './peer-packages.js';
import type { Comparison, Group } from './plan.js';
import { race } from './race.js';
import type { Runners } from './runner-process.js';

/** What a candidate costs in a scenario. */
export interface Compared {
  readonly scenario: string;
  readonly candidate: string;
  /** ms of processor time in the best round; `undefined` for a peer that is not installed. */
  readonly best: number | undefined;
  readonly nsPerEvent: number;
  /** How many times the floor. */
  readonly ratio: number;
  /** What is promised of that. */
  readonly atMost: number | undefined;
}

/** Measures the scenarios of a group together, and tells each result. */
export const compare = async (
  runners: Runners,
  group: Group,
  { scale, rounds }: { readonly scale: number; readonly rounds: number },
  tell: (compared: Compared) => void,
): Promise<readonly Compared[]> => {
  const subjects = group.flatMap(({ scenario, candidates }) =>
    candidates.filter(isInstalled).map((candidate) => ({ scenario, scale, candidate })),
  );
  const timed = await race(runners, subjects, rounds);

  const comparedIn = ({ scenario, candidates, atMost }: Comparison): readonly Compared[] => {
    const of = (name: string | undefined) =>
      timed.find(({ scenario: where, candidate }) => where === scenario && candidate === name);
    const floor = of(candidates[0])?.best ?? NaN;
    return candidates.map((candidate) => {
      const { best = NaN, events = NaN } = of(candidate) ?? {};
      const figures = { nsPerEvent: (best * 1e6) / events, ratio: best / floor, atMost: atMost[candidate] };
      return { scenario, candidate, best: Number.isNaN(best) ? undefined : best, ...figures };
    });
  };
  const all = group.flatMap(comparedIn);
  all.forEach(tell);
  return all;
};
