import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { largestPart, type Size, sizes } from '../../bench/sizes.js';
import { buildCopy } from './support/build-copy.js';

/**
 * What a bundle may weigh at most, in bytes, minified and gzipped: a little above what it does, so that nothing is put on
 * unnoticed. Everything but the first three is measured without RxJS; the aim of those is 13 KB, and 20 KB with RxJS.
 * `npx tsx bench/sizes.ts` prints what it is.
 */
const BUDGETS: Readonly<Record<string, number>> = {
  createClient: 34_100,
  'client + operators': 42_600,
  'client + operators, with RxJS': 51_400,
  'rx-interactions': 67_900,
  'rx-interactions/testing': 12_300,
  'rx-interactions/node': 2100,
  'rx-interactions/emulator': 77_000,

  accumulateInteraction: 5500,
  attempt: 600,
  audioFrom: 4400,
  citations: 3300,
  citationsOf: 6700,
  coalesce: 1800,
  codeExecution: 300,
  contentFrom: 300,
  continueWith: 7000,
  converse: 16_400,
  createConversation: 17_800,
  cursorOf: 1100,
  customAgent: 300,
  decodeEvent: 8500,
  decodeEvents: 9800,
  decodeFrames: 2600,
  decodeGenerateContent: 15_300,
  deepResearch: 300,
  defineTool: 3700,
  described: 500,
  documentFrom: 4400,
  elementsAt: 3700,
  encodeEvents: 4500,
  environmentOf: 300,
  eventsOf: 4300,
  fetchTransport: 1500,
  followUp: 4300,
  fromGenerateContent: 15_600,
  fromSdkStream: 9000,
  functionCallsOf: 500,
  functionResult: 3200,
  googleMaps: 300,
  googleSearch: 300,
  groupByStep: 2200,
  imageFrom: 4400,
  initialInteraction: 300,
  isLive: 300,
  managedAgent: 400,
  mediaChunks: 3300,
  mediaOf: 6800,
  ofDeltaType: 700,
  ofEventType: 300,
  ofStepType: 300,
  outputAudio: 300,
  outputImage: 300,
  outputText: 300,
  outputVideo: 300,
  partitionByModality: 7200,
  rawOf: 300,
  reduceArguments: 5300,
  reduceInteraction: 10_300,
  reduceJson: 4100,
  reduceMedia: 3400,
  reduceOutput: 14_000,
  reduceStep: 4300,
  reduceText: 1700,
  responseFormat: 2200,
  resultEvents: 300,
  runBackground: 8400,
  runTools: 14_100,
  scanArguments: 4500,
  scanInteraction: 10_300,
  scanJson: 3600,
  scanStep: 4300,
  scanText: 1700,
  snapshotOf: 1400,
  splitModalities: 7300,
  takeUntilSettled: 300,
  text: 300,
  textDeltas: 1400,
  thoughtDeltas: 1400,
  throwIfUnsettled: 7000,
  throwOnErrorEvent: 800,
  toInteractionRequest: 6500,
  unknownEvents: 300,
  urlContext: 300,
  videoFrom: 4400,
};

/** What sends requests, or helps to write them. */
const CLIENT =
  /^(?:createClient|runBackground|toInteractionRequest|(?:audio|content|document|image|video)From|text|environmentOf|(?:custom|managed)Agent|deepResearch)$/;

/** What goes on when an interaction has settled. */
const TURNS =
  /^(?:codeExecution|continueWith|converse|createConversation|defineTool|described|followUp|functionCallsOf|functionResult|googleMaps|googleSearch|responseFormat|resultEvents|runTools|urlContext)$/;

/** What reads wire values, or writes them: the only ones that need a codec. */
const DECODERS = [
  'decodeEvent',
  'decodeEvents',
  'decodeGenerateContent',
  'encodeEvents',
  'fromGenerateContent',
  'fromSdkStream',
  'reduceInteraction', // `from`: a cursor is what somebody has kept
  'reduceOutput',
  'scanInteraction',
];

// It is built first, and on a busy machine that takes its time.
jest.setTimeout(300_000);

describe('the size of a bundle', () => {
  let work: string;
  let measured: ReadonlyMap<string, Size>;
  let operators: readonly Size[];

  beforeAll(async () => {
    work = mkdtempSync(join(tmpdir(), 'size-'));
    buildCopy(join(work, 'checkout'), '--configModulesOnly');
    const all = await sizes(join(work, 'checkout'));
    measured = new Map(all.map((size) => [size.what, size]));
    operators = all.filter(({ what }) => /^\w+$/.test(what) && !CLIENT.test(what) && !TURNS.test(what));
  });

  afterAll(() => {
    rmSync(work, { recursive: true, force: true });
  });

  it('has a budget, whatever is imported', () => {
    expect([...measured.keys()].sort()).toEqual(Object.keys(BUDGETS).sort());
  });

  it.each(Object.entries(BUDGETS))('%s: at most %i bytes', (what, budget) => {
    expect(measured.get(what)?.gzip).toBeLessThanOrEqual(budget);
  });

  it('has nothing of the client or of turns in it for an operator on a stream', () => {
    const above = operators.filter(({ modules }) => modules.some((path) => /\/esm\/(?:client|turns)\//.test(path)));

    expect(above.map(({ what }) => what)).toEqual([]);
  });

  it('has codecs in it only for what reads wire values or writes them', () => {
    const withCodecs = operators.filter(({ modules }) => modules.some((path) => path.endsWith('/internal/io-ts.js')));

    expect(withCodecs.map(({ what }) => what)).toEqual(DECODERS);
  });

  it('has nothing of Node or undici in it for a browser', () => {
    const ofNode = ['rx-interactions/node', 'rx-interactions/emulator'];
    const reached = [...measured.values()].filter(({ what }) => !ofNode.includes(what));

    expect([...new Set(reached.flatMap(({ imports }) => imports))].filter((path) => !path.startsWith('rxjs'))).toEqual(
      [],
    );
    expect(reached.filter(({ modules }) => modules.some((path) => path.includes('/undici/')))).toEqual([]);
  });

  it('can be told room by room', async () => {
    const rooms = await largestPart(join(work, 'checkout'));
    const minified = rooms.reduce((sum, room) => sum + room.minified, 0);

    expect(minified).toBe(measured.get('client + operators')?.minified);
    expect(rooms.map(({ room }) => room)).toEqual(
      expect.arrayContaining(['client/', 'steps/', 'eventsource-parser', 'imports and exports']),
    );
    expect(rooms.every(({ gzip, minified: bytes }) => gzip > 0 && gzip < bytes)).toBe(true);
  });

  it('has the transport of Node in it for Node', () => {
    expect(measured.get('rx-interactions/node')?.imports).toContain('undici');
  });
});
