import { config } from 'rxjs';

import { runCase } from './fuzz-case.js';
import { loadSeeds } from './fuzz-seeds.js';

/** A case that went wrong, and how to see it again. */
export interface Find {
  readonly command: string;
  readonly complaints: readonly string[];
}

export interface Progress {
  /** How many messages were mutated. */
  readonly hits: number;
  /** In how many streams. */
  readonly cases: number;
  readonly finds: readonly Find[];
  /** The case that took longest. */
  readonly slowest: { readonly index: number; readonly ms: number };
}

export interface FuzzConfig {
  readonly seed: number;
  /** How many messages are mutated, at least. */
  readonly count: number;
  /** The one case to run. */
  readonly only?: number;
  readonly onProgress?: (progress: Progress) => void;
}

/** How many cases run before what they left behind is waited for. */
const BATCH = 25;

/** Until RxJS has reported what nobody handled, which it does in a timer of 0 ms: this one stands behind it. */
const reported = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** Hears what nobody handled, while some work is done. */
const hearing = async <T>(work: (heard: readonly string[]) => Promise<T>): Promise<T> => {
  const heard: string[] = [];
  const hear = (what: string) => (reason: unknown) => {
    heard.push(`${what}: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`);
  };
  const onRejection = hear('unhandled rejection');
  const before = config.onUnhandledError;
  config.onUnhandledError = hear('config.onUnhandledError');
  process.on('unhandledRejection', onRejection);
  try {
    return await work(heard);
  } finally {
    process.off('unhandledRejection', onRejection);
    config.onUnhandledError = before;
  }
};

/**
 * Runs case after case until so many messages were mutated. The same seed makes the same cases, as long as recordings are,
 * or are not, beside the checkout.
 */
export const fuzz = ({ seed, count, only, onProgress }: FuzzConfig): Promise<Progress> =>
  hearing(async (heard) => {
    const seeds = await loadSeeds();
    const finds: Find[] = [];
    let hits = 0;
    let cases = 0;
    let slowest = { index: 0, ms: 0 };
    let told = heard.length;

    const add = (index: number, complaints: readonly string[]): void => {
      finds.push({ command: `npm run fuzz -- --seed ${String(seed)} --case ${String(index)}`, complaints });
    };
    const run = async (index: number): Promise<void> => {
      const started = performance.now();
      const { hits: hit, complaints } = await runCase(seeds, seed, index);
      const ms = performance.now() - started;
      if (ms > slowest.ms) slowest = { index, ms };
      hits += hit;
      cases += 1;
      if (complaints.length > 0) add(index, complaints);
    };
    /** What was heard since it was asked last. */
    const newlyHeard = async (): Promise<readonly string[]> => {
      await reported();
      const since = heard.slice(told);
      told = heard.length;
      return since;
    };

    const from = only ?? 0;
    for (let index = from; only === undefined ? hits < count : index === only;) {
      const first = index;
      for (; index - first < BATCH && (only === undefined ? hits < count : index === only); index += 1)
        await run(index);
      if ((await newlyHeard()).length > 0) {
        for (let again = first; again < index; again += 1) {
          await runCase(seeds, seed, again); // one by one, to see whose it was
          const own = await newlyHeard();
          if (own.length > 0) add(again, own);
        }
      }
      onProgress?.({ hits, cases, finds, slowest });
    }
    return { hits, cases, finds, slowest };
  });
