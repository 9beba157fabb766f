import { verify } from './verify.js';
import type { Work } from './work.js';

/**
 * Milliseconds of processor time for doing the work once, of so many times, with the garbage collector's: what others do on
 * the machine counts less that way.
 */
export const timeOf = async ({ run, values, repeat }: Work, readings = 1): Promise<number> => {
  const times = repeat * readings;
  const start = process.cpuUsage();
  let count = 0;
  for (let time = 0; time < times; time += 1) count += await run();
  const { user, system } = process.cpuUsage(start);
  verify('how often it emits', count, values * times);
  return (user + system) / 1000 / times;
};
