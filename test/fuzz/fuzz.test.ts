import { createRandom } from '../../bench/random.js';
import { adviceFor, forgottenOperators } from '../support/every-operator.js';
import { fuzz } from '../support/fuzz.js';
import { loadSeeds } from '../support/fuzz-seeds.js';
import { mutate, strangerOf } from '../support/mutate.js';

/** `npm run fuzz` takes a million. */
const MESSAGES = 20_000;

it('every operator of the package is fuzzed and soaked', () => {
  const forgotten = forgottenOperators();
  expect(forgotten.length === 0 ? '' : adviceFor(forgotten)).toBe('');
});

it('a seed makes the same streams again, and another one others', async () => {
  const seeds = await loadSeeds();
  const made = (seed: number) => {
    const random = createRandom(seed);
    return Array.from({ length: 20 }, () => mutate(random, random.pick(seeds), strangerOf(random.pick(seeds))));
  };
  expect(made(1)).toEqual(made(1));
  expect(made(1)).not.toEqual(made(2));
});

it(`of ${MESSAGES.toLocaleString('en')} mutated messages none gets past the error channel, hangs or is left unhandled`, async () => {
  const { hits, finds } = await fuzz({ seed: 1, count: MESSAGES });
  expect(finds).toEqual([]);
  expect(hits).toBeGreaterThanOrEqual(MESSAGES);
}, 300_000);
