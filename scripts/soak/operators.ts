import { map, type Observable, Subject, type Subscription } from 'rxjs';
import type { InteractionEvent, SseFrame } from 'rx-interactions';
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

import { createRandom } from '../../bench/random.js';
import {
  adviceFor,
  type AnyOperator,
  everyOperator,
  type Feed,
  forgottenOperators,
} from '../../test/support/every-operator.js';
import { memoryInUse, resources } from './memory.js';

/** How many there are at a time. */
const TOGETHER = 20;
/** How many there are before anything is measured: until then code is compiled, and caches are filled. */
const WARM_UP = 2_000;
/** What all of them may leave behind, in bytes, because a process does other things with its memory, too. */
const NOISE = 128 * 1024;
/** What each may leave behind beyond that and beyond what one of `map` does. An observer that is left takes hundreds. */
const limitOf = (subscriptions: number): number => 48 + NOISE / subscriptions;
/** A leak grows every time, noise does not: the least of so many measurements counts. */
const ROUNDS = 4;

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

const feed: { readonly [Kind in keyof Feed]: readonly Feed[Kind][] } = { bytes, frames, events, pieces };

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
      subject.next(value as never); // Safe: whoever calls it sees to it that these are the values of the source.
    });
  }
};

interface Findings {
  readonly bytes: number;
  readonly observed: boolean;
  readonly timers: number;
}

/** What a subscription leaves behind. The rounds end with the first that shows that it is nothing. */
const examine = async (
  through: (source: Observable<never>) => Observable<unknown>,
  values: readonly unknown[],
  subscriptions: number,
  limit: number,
): Promise<Findings> => {
  const subject = new Subject<never>();
  const result$ = through(subject);
  const timersBefore = resources('Timeout');
  soak(subject, result$, values, WARM_UP);
  let left = Infinity;
  for (let round = 0; round < ROUNDS && left > limit; round += 1) {
    const before = await memoryInUse();
    soak(subject, result$, values, subscriptions);
    left = Math.min(left, ((await memoryInUse()).heapUsed - before.heapUsed) / subscriptions);
  }
  return { bytes: left, observed: subject.observed, timers: resources('Timeout') - timersBefore };
};

const row = (name: string, ...[bytes, observed, left, verdict]: readonly [string, string, string, string]): string =>
  [name.padEnd(26), bytes.padStart(12), observed.padStart(10), left.padStart(8), `  ${verdict}`].join('');

const valuesFor = ({ name, takes }: AnyOperator): readonly unknown[] =>
  name === 'continueWith' ? [...events, ...events] : feed[takes]; // one round, and another behind it

/**
 * Subscribes to every operator again and again, leaves early, and looks at what stays behind: observers of the source,
 * timers, and memory. Says what leaks.
 */
export const soakOperators = async (subscriptions: number): Promise<readonly string[]> => {
  const {
    bytes: least,
    observed,
    timers,
  } = await examine((source) => source.pipe(map((event) => event)), events, subscriptions, 0);
  console.log(`${subscriptions.toLocaleString('en')} subscriptions of each operator, left early\n`);
  console.log(row('operator', 'bytes each', 'observed', 'timers', ''));
  console.log(row('map, to compare', least.toFixed(1), String(observed), String(timers), ''));

  const limit = Math.max(0, least) + limitOf(subscriptions);
  const faults: string[] = [];
  for (const operator of everyOperator()) {
    const found = await examine(operator.through, valuesFor(operator), subscriptions, limit);
    const leaks = found.observed || found.timers > 0 || found.bytes > limit;
    if (leaks) faults.push(`${operator.name} leaks`);
    const verdict = leaks ? 'LEAKS' : 'clean';
    console.log(row(operator.name, found.bytes.toFixed(1), String(found.observed), String(found.timers), verdict));
  }
  const forgotten = forgottenOperators();
  return forgotten.length > 0 ? [...faults, adviceFor(forgotten)] : faults;
};
