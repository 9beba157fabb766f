/**
 * Does the same thing very often, and looks at what stays behind. Exits with 1 where something leaks or goes wrong.
 *
 *     npm run soak                          all of it
 *     npm run soak -- operators             10,000 subscriptions of each operator, left early
 *     npm run soak -- schedules             100,000 random schedules of drops and resumes
 *     npm run soak -- streams               1,000 streams at once, over sockets, with faults, five times
 *     npm run soak -- --quick               little of each
 */
import { parseArgs } from 'node:util';

import { soakOperators } from './soak/operators.js';
import { soakSchedules } from './soak/schedules.js';
import { soakStreams } from './soak/streams.js';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false } },
});

type Soak = (isQuick: boolean) => Promise<readonly string[]> | readonly string[];

const soaks: Readonly<Record<string, Soak>> = {
  operators: (isQuick) => soakOperators(isQuick ? 500 : 10_000),
  schedules: (isQuick) => soakSchedules(isQuick ? 500 : 100_000),
  streams: (isQuick) =>
    soakStreams(
      isQuick ? { streams: 100, repetitions: 2, idle: 300 } : { streams: 1_000, repetitions: 5, idle: 2_000 },
    ),
};

const names = Object.keys(soaks);
const unknown = positionals.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')} to soak, but ${names.join(', ')}.`);
  process.exit(1);
}

for (const [name, soak] of Object.entries(soaks)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const started = performance.now();
  const faults = await soak(options.quick);
  console.log(`\n${((performance.now() - started) / 1000).toFixed(1)} s\n`);
  for (const fault of faults) console.error(`${name}: ${fault}`);
  if (faults.length > 0) process.exitCode = 1;
}
