/**
 * One candidate on one scenario, in a process of its own, so that what the engine learns from one candidate does not
 * change the figures of another.
 *
 * Arguments: what is measured, the scenario's name, its scale, the candidate's name; for the peak, the folder where the
 * stream is saved instead of a scale.
 */
import type { CandidateName } from './candidates.js';
import type { JsonCandidateName } from './json-candidates.js';
import { type JsonScenarioName, jsonScenarios } from './json-scenarios.js';
import { jsonWork } from './json-work.js';
import { allocatedIn, peakOf } from './memory.js';
import { type Shares, sharesOf } from './profile.js';
import { loadChunks } from './saved-stream.js';
import type { ScenarioName } from './scenarios.js';
import { streamWork } from './stream-work.js';
import { timeOf } from './time-of.js';
import type { Work } from './work.js';

/** What a runner measures: time as often as it is asked, the others once. */
export type Measure = 'time' | 'allocation' | 'peak' | 'profile';

/** What is sent: once the number of events, when the output was right; and then what was measured. */
export type RunnerMessage = { readonly events: number } | { readonly figure: number } | { readonly shares: Shares };

const [measure, scenario = '', scale = '', candidate = ''] = process.argv.slice(2);

if (measure === 'peak') {
  send({ events: 0 });
  send({ figure: await peakOf(loadChunks(scale, scenario as ScenarioName), candidate as CandidateName) });
} else {
  const work = await workOf();
  if (measure === 'allocation') {
    send({ events: work.events });
    send({ figure: await allocatedIn(work) });
  } else if (measure === 'profile') {
    send({ events: work.events });
    send({ shares: await sharesOf(work) });
  } else {
    await serve(work);
  }
}

/** Safe: the parent takes the names from the same tables. */
async function workOf(): Promise<Work> {
  return scenario in jsonScenarios
    ? jsonWork(scenario as JsonScenarioName, Number(scale), candidate as JsonCandidateName)
    : streamWork(scenario as ScenarioName, Number(scale), candidate as CandidateName);
}

/** Until the parent goes. */
async function serve(work: Work): Promise<void> {
  for (let warmUps = 3; warmUps > 0; warmUps -= 1) await timeOf(work);
  process.on('message', (readings: number) => {
    void timeOf(work, readings).then((figure) => {
      send({ figure });
    });
  });
  send({ events: work.events });
}

function send(message: RunnerMessage): void {
  process.send?.(message);
}
