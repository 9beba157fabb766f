import { isDeepStrictEqual } from 'node:util';

import type { Interaction } from '../src/index.js';
import { type CandidateName, candidates } from './candidates.js';
import { type ScenarioName, scenarios } from './scenarios.js';
import { verify } from './verify.js';
import type { Work } from './work.js';

/**
 * A candidate on a stream of events. Keeps nothing of the scenario but its bytes, and no values but the last: the garbage
 * collector would have work with them while rounds are timed, and the engine would learn that such values live long, and
 * allocate them all as if they did.
 */
export const streamWork = (scenario: ScenarioName, scale: number, candidate: CandidateName): Work => {
  const { chunks, events, steps } = scenarios[scenario](scale);
  const read = candidates[candidate];
  const emitsEvents = candidate === 'floor' || candidate === 'decoded';
  let values = 0;
  let last: unknown;
  let wrong = 0;
  read(chunks, (value) => {
    if (emitsEvents && !isDeepStrictEqual(value, events[values])) wrong += 1;
    values += 1;
    last = value;
  });
  verify('events', wrong, 0);
  verify('how often it emits', values, candidate === 'reduce' ? 1 : events.length);
  if (!emitsEvents) {
    const whole = last as Interaction;
    verify('steps', whole.steps, steps);
    verify('status and diagnostics', [whole.status, whole.diagnostics], ['completed', []]);
  }
  return readingOf(chunks, read, events.length, values);
};

/** Apart from the above, so that nothing of that is kept. */
const readingOf = (
  chunks: readonly Uint8Array[],
  read: (typeof candidates)[CandidateName],
  events: number,
  values: number,
): Work => ({
  events,
  values,
  repeat: 1,
  run() {
    let count = 0;
    read(chunks, () => (count += 1));
    return count;
  },
});
