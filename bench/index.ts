/**
 * What the library costs, as ratios to a floor. For streams that is `TextDecoder`, eventsource-parser and `JSON.parse` over
 * the same chunks; for JSON that arrives in pieces, one `JSON.parse` of the whole.
 *
 *     npm run bench                  every scenario
 *     npm run bench -- text json     these: by name, or all whose name begins so
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

import { type Comparison, type Group, plan } from './plan.js';
import type { RunnerMessage } from './runner.js';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false } },
});
const { scale, rounds } = options.quick ? { scale: 0.1, rounds: 9 } : { scale: 1, rounds: 15 };

const isWanted = (scenario: string, by: string): boolean => scenario === by || scenario.startsWith(`${by}-`);
const names = plan.flatMap(({ comparisons }) => comparisons.map(({ scenario }) => scenario));
const unknown = positionals.filter((by) => !names.some((scenario) => isWanted(scenario, by)));
if (unknown.length > 0) {
  console.error(`No such scenario: ${unknown.join(', ')}. There are ${names.join(', ')}.`);
  process.exit(1);
}

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

print('scenario', 'candidate', 'best ms', 'ns/event', '× floor', 'at most', '× half', 'at most');
for (const { comparisons, growth } of plan) {
  const wanted = comparisons.filter(
    ({ scenario }) => positionals.length === 0 || positionals.some((by) => isWanted(scenario, by)),
  );
  if (wanted.length > 0) await compare({ comparisons: wanted, growth });
}

interface Entry {
  readonly scenario: string;
  readonly candidate: string;
  readonly events: number;
  best: number;
  readonly round: () => Promise<number>;
  readonly stop: () => void;
}

async function compare({ comparisons, growth }: Group): Promise<void> {
  const entries = (await Promise.all(comparisons.map(startAll))).flat();
  for (let round = 0; round < rounds; round += 1) {
    for (const entry of entries) entry.best = Math.min(entry.best, await entry.round());
  }
  for (const { stop } of entries) stop();

  comparisons.forEach(({ scenario, candidates: [floor = ''], atMost }, at) => {
    const bestOf = (candidate: string, of: string | undefined) =>
      entries.find((entry) => entry.candidate === candidate && entry.scenario === of)?.best;
    for (const { candidate, best, events } of entries.filter((entry) => entry.scenario === scenario)) {
      const half = bestOf(candidate, comparisons[at - 1]?.scenario);
      const ns = ((best * 1e6) / events).toFixed(0);
      const toFloor = judged(best, bestOf(floor, scenario), atMost[candidate]);
      const toHalf = judged(best, half, half === undefined ? undefined : growth[candidate]);
      print(scenario, candidate, best.toFixed(1), ns, ...toFloor, ...toHalf);
    }
  });
}

/** A ratio, what was promised of it, and whether that is kept. */
function judged(cost: number, base: number | undefined, limit: number | undefined): readonly [string, string] {
  if (base === undefined) return ['', ''];
  const ratio = cost / base;
  if (limit === undefined) return [ratio.toFixed(2), ''];
  return [ratio.toFixed(2), `${limit.toFixed(1)} ${ratio <= limit ? 'met' : 'NOT MET'}`];
}

async function startAll({ scenario, candidates }: Comparison): Promise<readonly Entry[]> {
  return Promise.all(
    candidates.map(async (candidate) => ({
      scenario,
      candidate,
      best: Infinity,
      ...(await start(scenario, candidate)),
    })),
  );
}

/** Starts a candidate, which checks its output first; one whose output is wrong ends, and the run with it. */
async function start(scenario: string, candidate: string) {
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
  const widths = [8, 8, 8, 11, 8, 11];
  const cells = figures.map((figure, at) => figure.padStart(widths[at] ?? 8));
  console.log([scenario.padEnd(9), candidate.padEnd(10), ...cells].join(' ').trimEnd());
}
