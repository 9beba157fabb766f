/**
 * One candidate on one scenario, in a process of its own, so that what the engine learns from one candidate does not
 * change the figures of another. Checks what the candidate makes of the scenario, then runs it whenever the parent asks.
 *
 * Arguments: the name of the scenario, its scale, the name of the candidate.
 */
import type { CandidateName } from './candidates.js';
import type { JsonCandidateName } from './json-candidates.js';
import { type JsonScenarioName, jsonScenarios } from './json-scenarios.js';
import { jsonWork } from './json-work.js';
import type { ScenarioName } from './scenarios.js';
import { streamWork } from './stream-work.js';
import { verify } from './verify.js';
import type { Work } from './work.js';

/** What is sent once, when the output was right, and then the time of each round. */
export type RunnerMessage = { readonly events: number } | { readonly ms: number };

const WARM_UPS = 3;

const [scenario = '', scale, candidate = ''] = process.argv.slice(2);
const { run, events, values, repeat } = workOf();
for (let round = 0; round < WARM_UPS; round += 1) timed();
process.on('message', () => {
  send({ ms: timed() });
});
send({ events });

/** Safe: the parent takes the names from the same tables. */
function workOf(): Work {
  return scenario in jsonScenarios
    ? jsonWork(scenario as JsonScenarioName, Number(scale), candidate as JsonCandidateName)
    : streamWork(scenario as ScenarioName, Number(scale), candidate as CandidateName);
}

/** Milliseconds of processor time for reading it once, with the garbage collector's: what others do on the machine counts less that way. */
function timed(): number {
  const start = process.cpuUsage();
  let count = 0;
  for (let time = 0; time < repeat; time += 1) count += run();
  const { user, system } = process.cpuUsage(start);
  verify('how often it emits', count, values * repeat);
  return (user + system) / 1000 / repeat;
}

function send(message: RunnerMessage): void {
  process.send?.(message);
}
