/**
 * What the library costs, as ratios to a floor: `TextDecoder`, eventsource-parser and `JSON.parse` over the same chunks.
 *
 *     npm run bench                  every scenario
 *     npm run bench -- text mixed    these
 *     npm run bench -- --quick       a tenth of the events and fewer rounds: whether it runs, not how fast
 *
 * Each candidate has a process of its own; rounds are interleaved, and the best of each candidate counts, in processor
 * time: what else the machine does should slow all of them or none. Wrong output fails the run. Speed does not.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

import { type CandidateName, candidates } from './candidates.js';
import type { RunnerMessage } from './runner.js';
import { isScenarioName, type ScenarioName, scenarios } from './scenarios.js';

/** The ratios that are promised. */
const AT_MOST: Readonly<Partial<Record<ScenarioName, Readonly<Partial<Record<CandidateName, number>>>>>> = {
  text: { decoded: 1.4, reduce: 1.6, scan: 2.5 },
  mixed: { decoded: 1.7, reduce: 2.0, scan: 3.0 },
};

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false } },
});
const unknown = positionals.filter((name) => !isScenarioName(name));
if (unknown.length > 0) {
  console.error(`No such scenario: ${unknown.join(', ')}. There are ${Object.keys(scenarios).join(', ')}.`);
  process.exit(1);
}
const { scale, rounds } = options.quick ? { scale: 0.1, rounds: 9 } : { scale: 1, rounds: 15 };

// Bundled once, so that every process runs plain JavaScript; packages are loaded as users load them.
const root = resolve(import.meta.dirname, '..');
const runner = resolve(root, 'node_modules/.cache/bench/runner.mjs');
await build({
  entryPoints: [resolve(root, 'bench/runner.ts')],
  outfile: runner,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'es2022',
});

print('scenario', 'candidate', 'best ms', 'ns/event', '× floor', 'at most', '');
for (const name of Object.keys(scenarios).filter(isScenarioName)) {
  if (positionals.length === 0 || positionals.includes(name)) await compare(name);
}

async function compare(scenario: ScenarioName): Promise<void> {
  const entries = await Promise.all(
    Object.keys(candidates).map(async (candidate) => ({
      candidate: candidate as CandidateName,
      best: Infinity,
      ...(await start(scenario, candidate)),
    })),
  );
  for (let round = 0; round < rounds; round += 1) {
    for (const entry of entries) entry.best = Math.min(entry.best, await entry.round());
  }
  for (const { stop } of entries) stop();

  const floor = entries[0]!.best;
  for (const { candidate, best, events } of entries) {
    const ratio = best / floor;
    const limit = AT_MOST[scenario]?.[candidate];
    print(
      scenario,
      candidate,
      best.toFixed(1),
      ((best * 1e6) / events).toFixed(0),
      ratio.toFixed(2),
      limit?.toFixed(1) ?? '',
      limit === undefined ? '' : ratio <= limit ? 'met' : 'NOT MET',
    );
  }
}

/** Starts a candidate, which checks its output first; one whose output is wrong ends, and the run with it. */
async function start(scenario: ScenarioName, candidate: string) {
  const child = fork(runner, [scenario, String(scale), candidate], { execArgv: [] });
  child.once('exit', (code) => {
    if (code !== 0 && code !== null) process.exit(code);
  });
  const received = async (): Promise<RunnerMessage> => {
    const [message] = (await once(child, 'message')) as [RunnerMessage];
    return message;
  };
  const ready = await received();
  return {
    events: 'events' in ready ? ready.events : 0,
    async round(): Promise<number> {
      child.send('round');
      const message = await received();
      return 'ms' in message ? message.ms : Infinity;
    },
    stop: () => child.disconnect(),
  };
}

function print(scenario: string, candidate: string, ...figures: readonly string[]): void {
  console.log(
    [scenario.padEnd(9), candidate.padEnd(10), ...figures.map((figure) => figure.padStart(8))].join(' ').trimEnd(),
  );
}
