/** What is compared with what, and what is promised of it. */
import { candidates } from './candidates.js';
import { jsonCandidates } from './json-candidates.js';
import type { jsonScenarios } from './json-scenarios.js';
import type { scenarios } from './scenarios.js';

/** One scenario and who is measured in it; the first one is the floor. */
export interface Comparison {
  readonly scenario: string;
  readonly candidates: readonly string[];
  /** The ratios to the floor that are promised. */
  readonly atMost: Readonly<Partial<Record<string, number>>>;
}

/** Scenarios whose rounds are interleaved, because what they cost is compared, too: each with the one before it. */
export interface Group {
  readonly comparisons: readonly Comparison[];
  /** What a candidate may cost in a scenario, by what it costs in the one of half the size before it. */
  readonly growth: Readonly<Partial<Record<string, number>>>;
}

const STREAM_LIMITS: Readonly<Record<keyof typeof scenarios, Comparison['atMost']>> = {
  text: { decoded: 1.4, reduce: 1.6, scan: 2.5 },
  mixed: { decoded: 1.7, reduce: 2.0, scan: 3.0 },
  utf8: {},
};

const JSON_LIMITS: Readonly<Record<keyof typeof jsonScenarios, Comparison['atMost']>> = {
  'json-32k': {},
  'json-256k': {},
  'json-512k': {},
  'json-1m': { unread: 4, read: 8 },
  'json-deep': {},
  'json-wide': {},
  'json-flat': {},
  'json-keys': {},
};

const stream = (scenario: keyof typeof scenarios): Comparison => ({
  scenario,
  candidates: Object.keys(candidates),
  atMost: STREAM_LIMITS[scenario],
});

/** `partial-json` only has a part where the text is short: over 1 MB it would take minutes for one round. */
const json = (scenario: keyof typeof jsonScenarios): Comparison => ({
  scenario,
  candidates: Object.keys(jsonCandidates).filter((name) => name !== 'partial-j.' || scenario === 'json-32k'),
  atMost: JSON_LIMITS[scenario],
});

const alone = (comparison: Comparison): Group => ({ comparisons: [comparison], growth: {} });

export const plan: readonly Group[] = [
  alone(stream('text')),
  alone(stream('mixed')),
  alone(stream('utf8')),
  alone(json('json-32k')),
  {
    comparisons: [json('json-256k'), json('json-512k'), json('json-1m')],
    growth: { unread: 2.3, read: 2.3, scanJson: 2.3 },
  },
  alone(json('json-deep')),
  alone(json('json-wide')),
  alone(json('json-flat')),
  alone(json('json-keys')),
];
