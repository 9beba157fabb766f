import { isPeer } from './peers.js';
import type { Runners, Subject } from './runner-process.js';

/** What a subject costs. */
export interface Timed extends Subject {
  /** How many events, or deltas, are read in one round. */
  readonly events: number;
  /** The best round, in ms of processor time. */
  readonly best: number;
}

/** How many rounds those run that take many times as long as the rest. */
const PEER_ROUNDS = 9;

/**
 * Lets subjects run in turns, each in a process of its own, so that whatever slows one down slows all of them down; the best
 * round of each counts, which nothing slowed down.
 */
export const race = async (
  runners: Runners,
  subjects: readonly Subject[],
  rounds: number,
): Promise<readonly Timed[]> => {
  const entries = await Promise.all(
    subjects.map(async (subject) => ({ ...subject, best: Infinity, runner: await runners.timed(subject) })),
  );
  for (let round = 0; round < rounds; round += 1) {
    for (const entry of entries) {
      if (round >= PEER_ROUNDS && isPeer(entry.candidate)) continue;
      entry.best = Math.min(entry.best, await entry.runner.time());
    }
  }
  for (const { runner } of entries) runner.stop();
  return entries.map(({ runner, ...subject }) => ({ ...subject, events: runner.events }));
};
