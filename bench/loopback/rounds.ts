import { request } from 'node:http';

import { verify } from '../verify.js';
import type { Reader } from './readers.js';
import { now, type Route, type Sizes } from './streams.js';

/** What one round shows: figures by name, the lower the better. */
export type Round = Readonly<Record<string, number>>;

/** How many requests of the kind that looks at the first delta are sent in one round. */
const FIRSTS = 50;

const microseconds = (): number => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

const ascending = (values: readonly number[]): readonly number[] => [...values].sort((a, b) => a - b);

const quantile = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;

/** One round of each kind. */
export const rounds = {
  /** Wall clock and processor time per event of a long stream, in µs. */
  throughput: async (read, url, { throughput }) => {
    let count = 0;
    const [start, cpu] = [now(), microseconds()];
    await read(url, () => (count += 1));
    const figures = { wall: (now() - start) / 1000 / count, processor: (microseconds() - cpu) / count };
    verify('how many deltas', count, throughput);
    return figures;
  },
  /** From the write to the callback, in µs. */
  latency: async (read, url, { latency }) => {
    const times: number[] = [];
    await read(url, (text) => times.push((now() - Number(text)) / 1000));
    verify('how many deltas', times.length, latency);
    const sorted = ascending(times);
    return { p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) };
  },
  /** From the call to the first delta, in µs, of requests one after the other. */
  first: async (read, url) => {
    const times: number[] = [];
    for (let left = FIRSTS; left > 0; left -= 1) {
      const start = now();
      await read(url, () => times.push((now() - start) / 1000));
    }
    verify('how many deltas', times.length, FIRSTS);
    return { median: quantile(ascending(times), 0.5) };
  },
  /** Processor time per event, in µs, of many streams that get one event each whenever all have read the one before. */
  together: async (read, url, { together: { streams, events } }) => {
    const next = request(new URL('/next', url), { method: 'POST' });
    let seen = 0;
    let cpu = 0;
    const onText = (): void => {
      seen += 1;
      if (seen === streams) cpu = microseconds(); // all are open
      if (seen % streams === 0) next.write('.');
    };
    await Promise.all(Array.from({ length: streams }, () => read(url, onText)));
    const processor = (microseconds() - cpu) / (streams * events);
    next.end();
    verify('how many deltas', seen, streams * (events + 1));
    return { processor };
  },
} satisfies Record<Route, (read: Reader, url: string, sizes: Sizes) => Promise<Round>>;
