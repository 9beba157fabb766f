/** What is compared with what, and what is promised of it. */
import type { CandidateName } from './candidates.js';
import { type JsonCandidateName, jsonCandidates } from './json-candidates.js';
import type { JsonScenarioName } from './json-scenarios.js';
import { isPeer } from './peers.js';
import type { ScenarioName } from './scenarios.js';

/** One scenario and who is measured in it; the first one is the floor. */
export interface Comparison {
  readonly scenario: string;
  readonly candidates: readonly string[];
  /** The ratios to the floor that are promised. */
  readonly atMost: Readonly<Partial<Record<string, number>>>;
}

/** Scenarios whose rounds are interleaved, because what they cost is compared, too. */
export type Group = readonly Comparison[];

const stream = (
  scenario: ScenarioName,
  candidates: readonly CandidateName[],
  atMost: Readonly<Partial<Record<CandidateName, number>>> = {},
): Comparison => ({ scenario, candidates: ['floor', ...candidates], atMost });

/** `partial-json` only has a part where the text is short: over 1 MB it would take minutes for one round. */
const json = (
  scenario: JsonScenarioName,
  atMost: Readonly<Partial<Record<JsonCandidateName, number>>> = {},
): Comparison => ({
  scenario,
  candidates: Object.keys(jsonCandidates).filter((name) => name !== 'partial-j.' || scenario === 'json-32k'),
  atMost,
});

const OURS = ['decoded', 'reduce', 'scan'] as const;
const APART = ['steps', 'strands'] as const;

/** Section 7 of the architecture, and issue by issue what was added to it. */
export const plan: readonly Group[] = [
  [
    stream('text', [...OURS, ...APART, 'client', 'sdk', 'vercel', 'streamText'], {
      decoded: 1.4,
      reduce: 1.6,
      scan: 2.5,
    }),
  ],
  [stream('mixed', [...OURS, ...APART, 'client', 'sdk', 'vercel'], { decoded: 1.7, reduce: 2, scan: 3 })],
  [stream('utf8', [...OURS, 'client', 'sdk'])],
  [stream('drip', [...OURS, 'client', 'sdk'], { decoded: 2.4 })],
  [stream('bulk', [...OURS, 'client', 'sdk'])],
  [stream('images', [...OURS, ...APART, 'client', 'sdk', 'vercel'], { decoded: 1.4, reduce: 1.4, scan: 1.4 })],
  [stream('args-64k', [...OURS, 'arguments', 'client', 'sdk'])],
  [stream('args-256k', [...OURS, 'arguments', 'client', 'sdk'])],
  [stream('args-1m', [...OURS, 'arguments', 'client', 'sdk']), json('json-1m', { unread: 4, read: 8, scanJson: 8 })],
  [json('json-32k')],
  [json('json-256k')],
  [json('json-deep')],
  [json('json-wide')],
  [json('json-flat')],
  [json('json-keys')],
];

/** The same with peers only where they are first: whether they run, without the time that they take. */
export const withFewPeers = (groups: readonly Group[]): readonly Group[] =>
  groups.map((group, at) =>
    at === 0
      ? group
      : group.map((one) => ({ ...one, candidates: one.candidates.filter((candidate) => !isPeer(candidate)) })),
  );

/** What the official SDK costs, at least, where our decoded events cost 1. */
export const SDK_AT_LEAST = 4;

/** What a value after every piece of arguments costs beyond the events, at most, where one `JSON.parse` at the end costs 1. */
export const VALUES_AT_MOST = 8;

/** Something that must not grow faster than the stream that feeds it. */
export interface Growth {
  readonly what: string;
  readonly scenario: string;
  readonly candidate: string;
}

const grows = (what: string, scenario: ScenarioName, candidate: CandidateName): Growth => ({
  what,
  scenario,
  candidate,
});
const jsonGrows = (candidate: JsonCandidateName): Growth => ({ what: 'JSON', scenario: 'json-1m', candidate });

export const growth: readonly Growth[] = [
  grows('text', 'text', 'decoded'),
  grows('text', 'text', 'reduce'),
  grows('text', 'text', 'scan'),
  grows('steps', 'steps', 'reduce'),
  grows('arguments', 'args-1m', 'arguments'),
  grows('arguments', 'args-1m', 'reduce'),
  grows('media', 'audio', 'reduce'),
  grows('media', 'images', 'reduce'),
  jsonGrows('unread'),
  jsonGrows('read'),
  jsonGrows('scanJson'),
];

/** What twice as much costs, at most, where once costs 1. */
export const DOUBLE_AT_MOST = 2.3;

/** Where memory is looked at. */
export const memoryPlan: Readonly<Partial<Record<ScenarioName, readonly CandidateName[]>>> = {
  text: ['floor', ...OURS, ...APART, 'client', 'sdk', 'vercel', 'streamText'],
  mixed: ['floor', ...OURS, ...APART, 'client', 'sdk', 'vercel'],
  images: ['floor', ...OURS, ...APART, 'client', 'sdk', 'vercel'],
  'args-1m': ['floor', ...OURS, 'arguments', 'client', 'sdk'],
};

/** Whose time is looked into: what costs, or did, more than was promised. */
export const profilePlan: readonly (readonly [scenario: ScenarioName | JsonScenarioName, candidate: string])[] = [
  ['mixed', 'decoded'],
  ['args-1m', 'arguments'],
  ['json-1m', 'read'],
  ['json-1m', 'scanJson'],
];

/** What an event costs, at most, with 500 streams at once, where it costs a raw `fetch` reader 1. */
export const TOGETHER_AT_MOST = 1.3;

/** What the client with all operators weighs, at most, minified and gzipped, in bytes: with RxJS, and without. */
export const SIZE_AT_MOST: Readonly<Record<string, number>> = {
  'client + operators, with RxJS': 20 * 1024,
  'client + operators': 13 * 1024,
};
