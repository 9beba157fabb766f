import { DOUBLE_AT_MOST, type Growth, growth } from './plan.js';
import type { Runners } from './runner-process.js';

/** What twice as much costs, where once costs 1. */
export interface Grown extends Growth {
  readonly ratio: number;
  /** Events of the larger one. */
  readonly events: number;
}

/** How long a round takes at least, in ms: long enough for the garbage collector to have its share in it. */
const ROUND = 40;

const measured = async (runners: Runners, one: Growth, scale: number, rounds: number): Promise<Grown> => {
  const start = (times: number) => runners.timed({ ...one, scale: scale * times });
  const [single, double] = await Promise.all([start(1), start(2)]);
  const readings = Math.ceil(ROUND / (await double.time()));
  const best = { single: Infinity, double: Infinity };
  for (let round = 0; round < rounds; round += 1) {
    // Twice as often: as many events, and as much to collect.
    best.single = Math.min(best.single, await single.time(2 * readings));
    best.double = Math.min(best.double, await double.time(readings));
  }
  for (const { stop } of [single, double]) stop();
  return { ...one, ratio: best.double / best.single, events: double.events };
};

/** On a busy machine one may be wrong: what fails gets a second try, with more rounds. */
const judged = async (runners: Runners, one: Growth, scale: number, rounds: number): Promise<Grown> => {
  const first = await measured(runners, one, scale, rounds);
  return first.ratio <= DOUBLE_AT_MOST ? first : measured(runners, one, scale, rounds * 3);
};

/** Measures what must not grow faster than the stream, one after the other. */
export const measureGrowth = async (
  runners: Runners,
  { scale, rounds }: { readonly scale: number; readonly rounds: number },
  tell: (grown: Grown) => void,
): Promise<readonly Grown[]> => {
  const all: Grown[] = [];
  for (const one of growth) {
    const grown = await judged(runners, one, scale, rounds);
    tell(grown);
    all.push(grown);
  }
  return all;
};

export const hasGrownTooMuch = ({ ratio }: Grown): boolean => !(ratio <= DOUBLE_AT_MOST);
