import type { Compared } from './compare.js';
import { DOUBLE_AT_MOST, SDK_AT_LEAST, TOGETHER_AT_MOST, VALUES_AT_MOST } from './plan.js';
import type { Results } from './results.js';

/** Something that was promised, and what has been measured of it. */
export interface Promised {
  readonly what: string;
  readonly measured: number;
  readonly limit: number;
  /** @defaultValue `'most'` */
  readonly at?: 'most' | 'least';
}

export const isKept = ({ measured, limit, at = 'most' }: Promised): boolean =>
  at === 'most' ? measured <= limit : measured >= limit;

type Best = (scenario: string, candidate: string) => number;

const bestIn =
  (compared: readonly Compared[]): Best =>
  (scenario, candidate) =>
    compared.find((one) => one.scenario === scenario && one.candidate === candidate)?.best ?? NaN;

const toTheFloor = (compared: readonly Compared[]): readonly Promised[] =>
  compared.flatMap(({ scenario, candidate, ratio, atMost }) =>
    atMost === undefined
      ? []
      : [{ what: `${scenario}: ${candidate}, times the floor`, measured: ratio, limit: atMost }],
  );

const toTheSdk = (best: Best): readonly Promised[] =>
  ['text', 'mixed'].map((scenario) => ({
    what: `${scenario}: the official SDK, times decoded`,
    measured: best(scenario, 'sdk') / best(scenario, 'decoded'),
    ...{ limit: SDK_AT_LEAST, at: 'least' },
  }));

const ofArguments = (best: Best): Promised => ({
  what: 'args-1m: a value after every delta, beyond the events, times one JSON.parse',
  measured: (best('args-1m', 'arguments') - best('args-1m', 'decoded')) / best('json-1m', 'floor'),
  limit: VALUES_AT_MOST,
});

const together = ({ loopback }: Results): readonly Promised[] =>
  loopback
    .filter(({ route, reader }) => route === 'together' && reader === 'client')
    .map(({ ratios }) => ({
      what: '500 streams at once: client, processor time per event, times the raw reader',
      measured: ratios['processor'] ?? NaN,
      limit: TOGETHER_AT_MOST,
    }));

/** What was promised of what has been measured. */
export const promisesOf = (results: Results): readonly Promised[] => {
  const best = bestIn(results.compared);
  const grown = results.grown.map(({ what, scenario, candidate, ratio }) => ({
    what: `twice as much ${what} (${scenario}, ${candidate}), times once`,
    ...{ measured: ratio, limit: DOUBLE_AT_MOST },
  }));
  const all = [...toTheFloor(results.compared), ...toTheSdk(best), ofArguments(best), ...together(results), ...grown];
  return all.filter(({ measured }) => !Number.isNaN(measured));
};
