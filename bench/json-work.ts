import { accumulateJson, initialJson, jsonValue } from '../src/json/index.js';
import { type JsonCandidateName, jsonCandidates } from './json-candidates.js';
import { type JsonScenarioName, jsonScenarios } from './json-scenarios.js';
import { verify } from './verify.js';
import type { Work } from './work.js';

/** How many partial values are looked at; each costs the reading of all that was before it. */
const SAMPLES = 20;

/** A candidate on pieces of a JSON text. */
export const jsonWork = (scenario: JsonScenarioName, scale: number, candidate: JsonCandidateName): Work => {
  const { pieces, every, repeat } = jsonScenarios[scenario](scale);
  const text = pieces.join('');
  const read = jsonCandidates[candidate];
  const readsOnce = candidate === 'floor' || candidate === 'unread';
  const reads = readsOnce ? 1 : Math.floor(pieces.length / every);
  const givesSnapshots = candidate === 'read' || candidate === 'scanJson';

  let values = 0;
  read(pieces, every, (value) => {
    values += 1;
    if (givesSnapshots && values % Math.ceil(reads / SAMPLES) === 0) {
      const soFar = pieces.slice(0, values * every).join('');
      verify(`value ${String(values)}`, value, jsonValue(accumulateJson(initialJson, soFar)));
    }
  });
  verify('how often it emits', values, reads);

  let last: unknown;
  read(pieces, readsOnce ? 1 : pieces.length, (value) => (last = value));
  verify('the final value', JSON.stringify(last), JSON.stringify(JSON.parse(text)));

  const given = candidate === 'floor' ? [text] : pieces;
  return readingOf(given, every, read, { events: pieces.length, values: reads, repeat });
};

/** Apart from the above, so that nothing of that is kept. */
const readingOf = (
  given: readonly string[],
  every: number,
  read: (typeof jsonCandidates)[JsonCandidateName],
  figures: Omit<Work, 'run'>,
): Work => ({
  ...figures,
  run() {
    let count = 0;
    read(given, every, () => (count += 1));
    return count;
  },
});
