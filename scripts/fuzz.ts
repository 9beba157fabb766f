/**
 * Feeds mutated streams to everything that takes events, and prints what must not be: a throw outside the error channel, an
 * error of nobody's, a stream that never ends, an unhandled rejection. Exits with 1 where there is something.
 *
 *     npm run fuzz                            1,000,000 mutated messages
 *     npm run fuzz -- --count 20000           so many
 *     npm run fuzz -- --seed 7                others
 *     npm run fuzz -- --seed 7 --case 123     one case again, in the same checkout
 */
import { parseArgs } from 'node:util';

import { type Find, fuzz, type Progress } from '../test/support/fuzz.js';

const { values: options } = parseArgs({
  options: {
    count: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    case: { type: 'string' },
  },
});

const started = performance.now();

const summaryOf = ({ hits, cases, finds }: Progress): string => {
  const [messages, streams, found] = [hits, cases, finds.length].map((count) => count.toLocaleString('en'));
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  return `${messages ?? ''} mutated messages in ${streams ?? ''} streams, ${found ?? ''} finds, ${seconds} s`;
};

/** What went wrong, without what differs from case to case. */
const kindOf = (complaint: string): string => complaint.split('\n', 2).join(' ').slice(0, 160);

/** How often each kind of thing went wrong. The first of each is printed, as soon as it is there. */
const kinds = new Map<string, number>();
const note = ({ command, complaints }: Find): void => {
  for (const complaint of complaints) {
    const kind = kindOf(complaint);
    if (!kinds.has(kind)) console.log(`\n${command}\n  ${complaint}\n`);
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
};

let noted = 0;
const progress = await fuzz({
  seed: Number(options.seed),
  count: Number(options.count),
  ...(options.case === undefined ? {} : { only: Number(options.case) }),
  onProgress: (soFar) => {
    soFar.finds.slice(noted).forEach(note);
    noted = soFar.finds.length;
    if (process.stderr.isTTY) process.stderr.write(`\r${summaryOf(soFar)} `);
  },
});

const { slowest, finds } = progress;
console.log(`\n${summaryOf(progress)}; slowest: case ${String(slowest.index)}, ${slowest.ms.toFixed(0)} ms`);
for (const [kind, count] of kinds) console.log(`${String(count)} × ${kind}`);
process.exitCode = finds.length > 0 ? 1 : 0;
