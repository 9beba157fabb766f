/**
 * Subscribes to every operator again and again, leaves early, and looks at what stays behind: observers of the source,
 * timers, and memory. Prints a line for each operator, and exits with 1 where something leaks.
 *
 *     npm run soak               10,000 subscriptions of each operator
 *     npm run soak -- --quick    500
 */
import { defer, map, merge, mergeMap, type Observable, Subject, type Subscription } from 'rxjs';
import * as library from 'rx-interactions';
import type { InteractionEvent, Modalities, SdkStream, SseFrame } from 'rx-interactions';
import {
  argumentsDelta,
  completed,
  created,
  errorEvent,
  statusUpdate,
  stepDelta,
  stepStart,
  stepStop,
  textDelta,
  thoughtSignature,
  thoughtSummary,
} from 'rx-interactions/testing';

import { createRandom } from '../bench/random.js';

const SUBSCRIPTIONS = process.argv.includes('--quick') ? 500 : 10_000;
/** How many there are at a time. */
const TOGETHER = 20;
/** How many there are before anything is measured: until then code is compiled, and caches are filled. */
const WARM_UP = 2_000;
/** What all of them may leave behind, in bytes, because a process does other things with its memory, too. */
const NOISE = 128 * 1024;
/** What each may leave behind beyond that and beyond what one of `map` does. An observer that is left takes hundreds. */
const LIMIT = 48 + NOISE / SUBSCRIPTIONS;
/** A leak grows every time, noise does not: the least of so many measurements counts. */
const ROUNDS = 4;

/** An operator, what it is fed with, and what comes of it. */
interface Soaked {
  readonly values: readonly unknown[];
  /** Called once: all subscriptions are to the same Observable. */
  readonly through: (source: Observable<never>) => Observable<unknown>;
}

const soaked = <In>(values: readonly In[], through: (source: Observable<In>) => Observable<unknown>): Soaked => ({
  values,
  through,
});

const SOUND = Buffer.alloc(100, 0x80).toString('base64');
const TEXT = 'Some text with ümläuts and an 👋🏽. ';

const events: readonly InteractionEvent[] = [
  ...[created(), statusUpdate('in_progress'), errorEvent()],
  ...[stepStart(0, 'thought'), thoughtSummary(0, 'Well.'), thoughtSignature(0, 's'), stepStop(0)],
  stepStart(1, { type: 'model_output', content: [{ type: 'text', text: 'Once' }] }),
  ...Array.from({ length: 6 }, () => textDelta(1, TEXT)),
  stepDelta(1, {
    type: 'text_annotation_delta',
    annotations: [
      { type: 'url_citation', url: 'u', start_index: 2, end_index: 30 },
      { type: 'url_citation', end_index: 999 },
    ],
  }),
  ...(['image', 'video', 'document'] as const).map((type) => stepDelta(1, { type, data: SOUND })),
  ...Array.from({ length: 4 }, () => stepDelta(1, { type: 'audio', mime_type: 'audio/l16', data: SOUND })),
  ...[
    stepStart(2, { type: 'function_call', id: 'a', name: 'f', arguments: {} }),
    stepStart(3, { type: 'function_call' }),
  ],
  ...['{"cities":["Os', 'lo","Rome"],', '"deep":{"a":[1,2', ',{"b":null}]}}'].flatMap((piece) => [
    argumentsDelta(2, piece),
    argumentsDelta(3, piece),
  ]),
  ...[stepStop(1), stepStop(3), stepStop(2)],
  ...[stepStart(4, 'google_search_call'), stepDelta(4, { type: 'google_search_call', arguments: {} }), stepStop(4)],
  { event_type: 'unknown', received: { event_type: 'x.new' } },
  completed(),
];

const frames: readonly SseFrame[] = events
  .filter(({ event_type }) => event_type !== 'unknown')
  .map((event) => ({ event: event.event_type, data: JSON.stringify(event) }));

const bytes: readonly Uint8Array[] = frames
  .flatMap(({ event = '', data }) => [`event: ${event}\nda`, `ta: ${data}\n`, '\n'])
  .map((text) => new TextEncoder().encode(text));

const pieces: readonly string[] = ['{"ingredients":[', ...Array.from({ length: 12 }, () => '{"name":"fl"},'), '{}]}'];

/** The source as what the official SDK gives: something to be asked for one event after the other. */
const sdkStreamOf = (source: Observable<InteractionEvent>): SdkStream => ({
  [Symbol.asyncIterator]: () => {
    const waiting: ((result: IteratorResult<InteractionEvent>) => void)[] = [];
    const subscription = source.subscribe({
      next: (value) => waiting.shift()?.({ done: false, value }),
      error: () => undefined,
    });
    return {
      next: () => new Promise((resolve) => waiting.push(resolve)),
      return: () => {
        subscription.unsubscribe();
        return Promise.resolve({ done: true, value: undefined });
      },
    };
  },
});

const allOf = (strands: Modalities): Observable<unknown> =>
  merge(...Object.values<Observable<unknown>>({ ...strands }));

const operators: Readonly<Record<string, Soaked>> = {
  // bytes → frames → events
  decodeFrames: soaked(bytes, library.decodeFrames()),
  decodeEvents: soaked(frames, library.decodeEvents()),
  encodeEvents: soaked(events, library.encodeEvents()),
  fromSdkStream: soaked(events, (source) => defer(() => library.fromSdkStream(sdkStreamOf(source)))),
  attempt: soaked(events, library.attempt()),
  ofEventType: soaked(events, library.ofEventType('step.delta', 'step.stop')),
  takeUntilSettled: soaked(events, library.takeUntilSettled()),
  throwOnErrorEvent: soaked(events, library.throwOnErrorEvent()),
  unknownEvents: soaked(events, library.unknownEvents()),

  // events → steps
  groupByStep: soaked(events, (source) =>
    source.pipe(
      library.groupByStep(),
      mergeMap((step$) => step$),
    ),
  ),
  'groupByStep, not taken': soaked(events, library.groupByStep()),
  ofStepType: soaked(events, (source) =>
    source.pipe(
      library.groupByStep(),
      library.ofStepType('function_call'),
      mergeMap((step$) => step$),
    ),
  ),
  ofDeltaType: soaked(events, library.ofDeltaType('text', 'audio')),
  scanStep: soaked(events, library.scanStep()),
  reduceStep: soaked(events, library.reduceStep()),
  scanText: soaked(events, library.scanText()),
  reduceText: soaked(events, library.reduceText()),
  textDeltas: soaked(events, library.textDeltas()),
  thoughtDeltas: soaked(events, library.thoughtDeltas()),
  scanArguments: soaked(events, (source) =>
    source.pipe(
      library.scanArguments(),
      map(({ value }) => value),
    ),
  ),
  reduceArguments: soaked(events, library.reduceArguments()),
  mediaChunks: soaked(events, library.mediaChunks('audio')),
  reduceMedia: soaked(events, library.reduceMedia('audio')),
  citations: soaked(events, library.citations()),
  partitionByModality: soaked(events, (source) => defer(() => allOf(library.partitionByModality(source)))),
  splitModalities: soaked(events, library.splitModalities(allOf)),
  coalesce: soaked(events, library.coalesce({ ms: 60_000, maxDelay: 60_000 })), // a timer that stays is to be seen

  // text → JSON
  scanJson: soaked(pieces, (source) =>
    source.pipe(
      library.scanJson(),
      map(({ value }) => value),
    ),
  ),
  reduceJson: soaked(pieces, library.reduceJson()),
  elementsAt: soaked(pieces, library.elementsAt('ingredients[*].name')),

  // events → interaction → turns
  scanInteraction: soaked(events, library.scanInteraction()),
  reduceInteraction: soaked(events, library.reduceInteraction()),
  throwIfUnsettled: soaked(events, library.throwIfUnsettled()),
  continueWith: soaked([...events, ...events], (source) =>
    source.pipe(library.continueWith(({ ids }) => (ids.length < 3 ? source : undefined))),
  ),
};

/** What the package exports that takes no stream of somebody else's. */
const NO_OPERATORS: ReadonlySet<string> = new Set(
  `accumulateInteraction codeExecution createClient cursorOf decodeEvent defineTool described eventsOf fetchTransport
  followUp functionCallsOf functionResult googleMaps googleSearch initialInteraction isLive outputAudio outputImage
  outputText outputVideo rawOf runTools snapshotOf urlContext`.split(/\s+/),
);

/** Operators that the package has and the table above has not. */
const forgotten = Object.entries(library)
  .filter(([name, value]) => typeof value === 'function' && /^[a-z]/.test(name) && !NO_OPERATORS.has(name))
  .map(([name]) => name)
  .filter((name) => !(name in operators));

const random = createRandom(20260520);

/** Subscribes so many times to one Observable, some at a time; each leaves at some value, before the last. */
const soak = (
  subject: Subject<never>,
  result$: Observable<unknown>,
  values: readonly unknown[],
  count: number,
): void => {
  for (let done = 0; done < count; done += TOGETHER) {
    const leaving = new Map<number, Subscription[]>();
    for (let one = 0; one < TOGETHER; one += 1) {
      const when = random.between(0, values.length - 1);
      const subscription = result$.subscribe({ error: () => undefined }); // a stream from its middle may be none
      leaving.set(when, [...(leaving.get(when) ?? []), subscription]);
    }
    values.forEach((value, at) => {
      leaving.get(at)?.forEach((subscription) => {
        subscription.unsubscribe();
      });
      subject.next(value as never); // Safe: `soaked` has seen to it that these are the values of the source.
    });
  }
};

const collect = globalThis.gc;
if (!collect) throw new Error('Run it with --expose-gc, as `npm run soak` does.');

/** The bytes in use, once everything is gone that can go. */
const bytesInUse = async (): Promise<number> => {
  for (let times = 0; times < 2; times += 1) {
    await new Promise(setImmediate); // promises of a stream that was left settle
    collect();
  }
  return process.memoryUsage().heapUsed;
};

const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;

interface Findings {
  readonly bytes: number;
  readonly observed: boolean;
  readonly timers: number;
}

/** What a subscription leaves behind. The rounds end with the first that shows that it is nothing. */
const examine = async ({ values, through }: Soaked, limit: number): Promise<Findings> => {
  const subject = new Subject<never>();
  const result$ = through(subject);
  const timersBefore = timers();
  soak(subject, result$, values, WARM_UP);
  let left = Infinity;
  for (let round = 0; round < ROUNDS && left > limit; round += 1) {
    const before = await bytesInUse();
    soak(subject, result$, values, SUBSCRIPTIONS);
    left = Math.min(left, ((await bytesInUse()) - before) / SUBSCRIPTIONS);
  }
  return { bytes: left, observed: subject.observed, timers: timers() - timersBefore };
};

const row = (name: string, bytes: string, observed: string, left: string, verdict: string): string =>
  [name.padEnd(24), bytes.padStart(12), observed.padStart(10), left.padStart(8), `  ${verdict}`].join('');

const started = performance.now();
const baseline = await examine(
  soaked(
    events,
    map((event) => event),
  ),
  0,
);
console.log(`${SUBSCRIPTIONS.toLocaleString('en')} subscriptions of each operator, left early\n`);
console.log(row('operator', 'bytes each', 'observed', 'timers', ''));
console.log(row('map, to compare', baseline.bytes.toFixed(1), String(baseline.observed), String(baseline.timers), ''));

const limit = Math.max(0, baseline.bytes) + LIMIT;
const leaking: string[] = [];
for (const [name, entry] of Object.entries(operators)) {
  const found = await examine(entry, limit);
  const leaks = found.observed || found.timers > 0 || found.bytes > limit;
  if (leaks) leaking.push(name);
  console.log(
    row(name, found.bytes.toFixed(1), String(found.observed), String(found.timers), leaks ? 'LEAKS' : 'clean'),
  );
}

console.log(`\n${((performance.now() - started) / 1000).toFixed(1)} s`);
if (forgotten.length > 0) console.error(`Not soaked, and not known to be no operators: ${forgotten.join(', ')}`);
if (leaking.length > 0) console.error(`Leaks: ${leaking.join(', ')}`);
process.exitCode = forgotten.length > 0 || leaking.length > 0 ? 1 : 0;
