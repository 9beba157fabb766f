/**
 * What the library costs, as ratios to a floor, and what others cost. For streams the floor is `TextDecoder`,
 * eventsource-parser and `JSON.parse` over the same chunks; for JSON that arrives in pieces, one `JSON.parse` of the whole.
 *
 *     npm run bench                    everything
 *     npm run bench -- text json       these: scenarios by name, or all whose name begins so; growth, memory, profile, loopback
 *     npm run bench -- --quick         a tenth of it: whether it runs, not how fast, and whether it grows; no memory or profile
 *     npm run bench -- --write         everything, and bench/RESULTS.md
 *     npm run bench -- growth --gate   ends with 1 where something grows faster than the stream; --quick does so, too
 *
 * Each candidate has a process of its own; rounds are interleaved, and the best of each candidate counts, in processor
 * time: what else the machine does should slow all of them or none. Wrong output fails the run. Speed does not.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { compare } from './compare.js';
import { hasGrownTooMuch, measureGrowth } from './growth.js';
import { measureLoopback } from './loopback/measure.js';
import { measureMemory } from './memory-of.js';
import { installPeers } from './peer-packages.js';
import { memoryPlan, plan, withFewPeers } from './plan.js';
import { printer } from './printer.js';
import { measureProfiles } from './profile-of.js';
import { bundled, runnersOf } from './runner-process.js';
import type { ScenarioName } from './scenarios.js';
import { writeResults } from './write-results.js';
import type { Results } from './results.js';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    gate: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});
if (options.write && (options.quick || positionals.length > 0)) fail('--write takes all of it.');
if (options.write && !existsSync(resolve(import.meta.dirname, '../dist/esm/index.js'))) {
  fail('There is no build whose size could be told: npm run build first.');
}

const SECTIONS = ['growth', 'memory', 'profile', 'loopback'];
const scenarios = plan.flat().map(({ scenario }) => scenario);
const isNamed = (name: string, by: string): boolean => name === by || name.startsWith(`${by}-`);
const unknown = positionals.filter((by) => ![...SECTIONS, ...scenarios].some((name) => isNamed(name, by)));
if (unknown.length > 0) {
  fail(`There is no ${unknown.join(', ')} to measure, but ${[...scenarios, ...SECTIONS].join(', ')}.`);
}
const isWanted = (name: string): boolean => positionals.length === 0 || positionals.some((by) => isNamed(name, by));

if (!options.quick) installPeers();
const runners = runnersOf(await bundled('runner.ts'));
const { scale, rounds } = options.quick ? { scale: 0.1, rounds: 3 } : { scale: 1, rounds: 12 };
const results: Results = { compared: [], grown: [], taken: [], profiled: [], loopback: [] };

const print = printer();
for (const group of options.quick ? withFewPeers(plan) : plan) {
  const wanted = group.filter(({ scenario }) => isWanted(scenario));
  if (wanted.length > 0) results.compared.push(...(await compare(runners, wanted, { scale, rounds }, print.compared)));
}
if (isWanted('growth')) {
  const half = options.quick ? { scale: 0.25, rounds: 9 } : { scale: 0.5, rounds };
  results.grown.push(...(await measureGrowth(runners, half, print.grown)));
}
if (isWanted('memory') && !(options.quick && positionals.length === 0)) {
  // Safe: the keys of the plan are names of scenarios.
  for (const scenario of Object.keys(memoryPlan) as readonly ScenarioName[]) {
    const taken = await measureMemory(runners, scenario, scale);
    taken.forEach(print.taken);
    results.taken.push(...taken);
  }
}
if (isWanted('profile') && !(options.quick && positionals.length === 0)) {
  results.profiled.push(...(await measureProfiles(runners, scale, print.profiled)));
}
if (isWanted('loopback')) results.loopback.push(...(await measureLoopback(options.quick, print.loopback)));
if (options.write) await writeResults(results);
if (options.quick || options.gate) {
  for (const grown of results.grown.filter(hasGrownTooMuch)) {
    console.error(`${grown.what} (${grown.scenario}, ${grown.candidate}) grows faster than the stream.`);
    process.exitCode = 1;
  }
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
