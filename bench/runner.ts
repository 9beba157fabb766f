/**
 * One candidate on one scenario, in a process of its own, so that what the engine learns from one candidate does not
 * change the figures of another. Checks what the candidate makes of the scenario, then runs it whenever the parent asks.
 *
 * Arguments: the name of the scenario, its scale, the name of the candidate.
 */
import { isDeepStrictEqual } from 'node:util';

import type { Interaction } from '../src/index.js';
import { type CandidateName, candidates } from './candidates.js';
import { type Scenario, type ScenarioName, scenarios } from './scenarios.js';

/** What is sent once, when the output was right, and then the time of each round. */
export type RunnerMessage = { readonly events: number } | { readonly ms: number };

const WARM_UPS = 3;

// Safe: the parent gives names that it took from the same tables.
const [scenarioName, scale, candidateName] = process.argv.slice(2) as [ScenarioName, string, CandidateName];
const read = candidates[candidateName];

const { chunks, ...sizes } = checked(scenarios[scenarioName](Number(scale)));
for (let round = 0; round < WARM_UPS; round += 1) timed();
process.on('message', () => {
  send({ ms: timed() });
});
send({ events: sizes.events });

/**
 * Keeps nothing of the scenario but its bytes, and no values but the last: the garbage collector would have work with them
 * while rounds are timed, and the engine would learn that such values live long, and allocate them all as if they did.
 */
function checked({ chunks, events, steps }: Scenario) {
  const emitsEvents = candidateName === 'floor' || candidateName === 'decoded';
  let values = 0;
  let last: unknown;
  let wrong = 0;
  read(chunks, (value) => {
    if (emitsEvents && !isDeepStrictEqual(value, events[values])) wrong += 1;
    values += 1;
    last = value;
  });
  verify('events', wrong, 0);
  verify('how often it emits', values, candidateName === 'reduce' ? 1 : events.length);
  if (!emitsEvents) {
    const whole = last as Interaction;
    verify('steps', whole.steps, steps);
    verify('status and diagnostics', [whole.status, whole.diagnostics], ['completed', []]);
  }
  return { chunks, events: events.length, values };
}

/** Milliseconds of processor time, with the garbage collector's: what others do on the machine counts less that way. */
function timed(): number {
  let values = 0;
  const start = process.cpuUsage();
  read(chunks, () => (values += 1));
  const { user, system } = process.cpuUsage(start);
  verify('how often it emits', values, sizes.values);
  return (user + system) / 1000;
}

function verify(what: string, received: unknown, expected: unknown): void {
  if (isDeepStrictEqual(received, expected)) return;
  throw new Error(`Wrong output of ${candidateName} on ${scenarioName}: ${what}`);
}

function send(message: RunnerMessage): void {
  process.send?.(message);
}
