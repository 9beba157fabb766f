/**
 * Feeds mutated streams to everything that takes events, and prints what must not be: a throw outside the error channel, an
 * error of nobody's, a stream that never ends, an unhandled rejection. Exits with 1 where there is something.
 *
 *     npm run fuzz                            1,000,000 mutated messages
 *     npm run fuzz -- --count 20000           so many
 *     npm run fuzz -- --seed 7                others
 *     npm run fuzz -- --seed 7 --case 123     one case again
 */
import { parseArgs } from 'node:util';

import { fuzz } from '../test/support/fuzz.js';

const { values: options } = parseArgs({
  options: {
    count: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    case: { type: 'string' },
  },
});

const started = performance.now();
const seconds = (): string => ((performance.now() - started) / 1000).toFixed(0);

const { hits, cases, finds, slowest } = await fuzz({
  seed: Number(options.seed),
  count: Number(options.count),
  ...(options.case === undefined ? {} : { only: Number(options.case) }),
  onProgress: (progress) => {
    process.stderr.write(
      `\r${progress.hits.toLocaleString('en')} messages in ${progress.cases.toLocaleString('en')} streams, ${String(progress.finds.length)} finds, ${seconds()} s `,
    );
  },
});

const kindOf = (complaint: string): string => complaint.split('\n', 2).join(' ').slice(0, 160);

/** The same thing goes wrong in many cases: one of each kind is shown, and how many there are. */
const kinds = new Map<string, { readonly command: string; readonly complaint: string; count: number }>();
for (const { command, complaints } of finds) {
  for (const complaint of complaints) {
    const kind = kinds.get(kindOf(complaint)) ?? { command, complaint, count: 0 };
    kind.count += 1;
    kinds.set(kindOf(complaint), kind);
  }
}
for (const { command, complaint, count } of kinds.values())
  console.log(`\n${command}\n  ${complaint} (${String(count)} ×)`);
console.log(
  `\n${hits.toLocaleString('en')} mutated messages in ${cases.toLocaleString('en')} streams, ${String(finds.length)} finds, ${seconds()} s; slowest: case ${String(slowest.index)}, ${slowest.ms.toFixed(0)} ms`,
);
process.exitCode = finds.length > 0 ? 1 : 0;
