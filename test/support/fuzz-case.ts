import {
  accumulateInteraction,
  type Cursor,
  cursorOf,
  decodeEvent,
  decodeEvents,
  decodeFrames,
  eventsOf,
  followUp,
  functionCallsOf,
  functionResult,
  initialInteraction,
  type Interaction,
  type InteractionEvent,
  outputAudio,
  outputImage,
  outputText,
  outputVideo,
  scanInteraction,
  snapshotOf,
  type SseFrame,
} from 'rx-interactions';
import { from, type Observable, VirtualTimeScheduler } from 'rxjs';

import { createRandom, type Random } from '../../bench/random.js';
import { type AnyOperator, everyOperator, type Feed } from './every-operator.js';
import { type Answers, anyCall } from './fuzz-client.js';
import type { Seed } from './fuzz-seeds.js';
import { type Mutated, mutate, type Stranger, strangerOf } from './mutate.js';
import { jsonOf, mutateJson, writeJson } from './mutate-json.js';
import { createWitness, type Witness, type Witnessed } from './witness.js';

/** What came of a case. */
export interface Verdict {
  /** How many messages were mutated. */
  readonly hits: number;
  /** What must not be; empty where all is well. */
  readonly complaints: readonly string[];
}

const MOST = 24;

/** A stream that is not too long: its beginning, some of its middle, its end. */
const excerpt = (random: Random, seed: Seed): Seed => {
  if (seed.length <= MOST) return seed;
  const start = random.between(3, seed.length - MOST + 3);
  return [...seed.slice(0, 3), ...seed.slice(start, start + MOST - 6), ...seed.slice(-3)];
};

/** How many operators out of 100 a case is fed to: together the cases make up for it. */
const SHARE = 35;

/** A day: what is not over by then hangs. */
const LATEST = 24 * 60 * 60 * 1000;

/** How many turns of the event loop what is not over in one gets. */
const TURNS = 200;

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Lets time pass until all is over, and says what is not. */
const settle = async (
  watched: readonly (readonly [name: string, Witnessed<unknown>])[],
  scheduler: VirtualTimeScheduler,
) => {
  const open = () => watched.filter(([, { isOver }]) => !isOver());
  scheduler.flush();
  for (let turns = 0; turns < TURNS && open().length > 0; turns += 1) {
    await turn();
    scheduler.flush();
  }
  return open().map(([name]) => name);
};

const parsed = (text: string): { readonly value: unknown } | undefined => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
};

/** The JSON text of a value, or of an empty object where the value is too deep to be written. */
const textOf = (value: unknown): string => {
  try {
    return JSON.stringify(value);
  } catch {
    return '{}';
  }
};

/** The text of every kind of answer that is not streamed. */
const textsOf = (
  random: Random,
  { frames }: Mutated,
  snapshot: Interaction,
  { parts }: Stranger,
): readonly string[] => {
  const { ids: _ids, diagnostics: _diagnostics, ...rest } = snapshot;
  const resource = parsed(textOf(rest))?.value as object; // Safe: an object was written.
  const json = jsonOf(resource);
  const settled = jsonOf({ ...resource, status: 'completed' });
  const fault = jsonOf({ error: { code: 503, message: 'x', status: 'UNAVAILABLE', details: [{ retryDelay: '1s' }] } });
  return [
    writeJson(json),
    writeJson(settled),
    ...[json, settled, fault].map((value) => writeJson(mutateJson(random, value, parts))),
    frames.join(''),
    '',
    '[]',
    'null',
  ];
};

const cursorsOf = (random: Random, snapshots: readonly Interaction[], { parts }: Stranger): readonly Cursor[] => {
  const cursors = snapshots
    .flatMap((snapshot) => cursorOf(snapshot) ?? [])
    .slice(-3)
    .map((cursor) => JSON.parse(textOf(cursor)) as Cursor);
  // Safe: whether they are cursors is what `resume` is asked.
  return cursors.flatMap((cursor) => [
    cursor,
    JSON.parse(writeJson(mutateJson(random, jsonOf(cursor), parts))) as Cursor,
  ]);
};

/** The plain functions, none of which may throw. */
const callAll = ({ call }: Witness, messages: readonly unknown[], events: readonly InteractionEvent[]): void => {
  for (const message of messages) call('decodeEvent', () => decodeEvent(message));
  let state = initialInteraction();
  for (const event of events) {
    state = call('accumulateInteraction', () => accumulateInteraction(state, event)) ?? state;
  }
  const snapshot = call('snapshotOf', () => snapshotOf(state));
  if (!snapshot) return;
  for (const output of [outputText, outputImage, outputAudio, outputVideo]) call(output.name, () => output(snapshot));
  call('eventsOf', () => eventsOf(snapshot));
  call('followUp', () => {
    const results = functionCallsOf(snapshot).map((each) => functionResult(each, textOf(each.arguments)));
    return followUp({ model: 'm', input: 'Hi', store: snapshot.id !== undefined }, snapshot, results);
  });
};

/** A source of the kind that an operator takes. */
const applied = (
  { takes, through }: AnyOperator,
  feed: { readonly [K in keyof Feed]: readonly Feed[K][] },
): Observable<unknown> =>
  // Safe: the table ties what an operator takes to its kind, which is lost where they are in one list.
  (through as (source: Observable<unknown>) => Observable<unknown>)(from(feed[takes] as readonly unknown[]));

/** The random numbers of one case, which depend on nothing but its name. */
const randomOf = (seed: number, index: number): Random =>
  createRandom(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));

/**
 * Makes one case, feeds it to everything that takes events, and says what was wrong: a throw outside the error channel, an
 * error of nobody's, a stream that does not end, a value that is not plain.
 *
 * What is reported later than that (unhandled rejections and errors) is for the caller to hear.
 */
export const runCase = async (seeds: readonly Seed[], seed: number, index: number): Promise<Verdict> => {
  const random = randomOf(seed, index);
  const messages = excerpt(random, random.pick(seeds));
  const stranger = strangerOf(excerpt(random, random.pick(seeds)));
  const mutated = mutate(random, messages, stranger);
  const witness = createWitness();
  const scheduler = new VirtualTimeScheduler(undefined, LATEST);
  const limit = 200 + 60 * mutated.frames.length;

  const frames: readonly SseFrame[] = witness.watch('frames', from(mutated.chunks).pipe(decodeFrames()), limit).values;
  const { values: events } = witness.watch('events', from(frames).pipe(decodeEvents({ onMalformed: 'skip' })), limit);
  const { values: snapshots } = witness.watch('snapshots', from(events).pipe(scanInteraction()), limit);
  const values = frames.flatMap(({ data }) => parsed(data) ?? []).map(({ value }) => value);
  callAll(witness, values, events);

  const feed = { bytes: mutated.chunks, frames, events, pieces: frames.map(({ data }) => data) };
  const operators = everyOperator(scheduler).filter(() => random.between(1, 100) <= SHARE);
  const watched = operators.map(
    (operator) => [operator.name, witness.watch(operator.name, applied(operator, feed), limit)] as const,
  );

  const answers = witness.call('answers', (): Answers => {
    const again = mutate(random, messages, stranger);
    return {
      streams: [mutated.chunks, mutated.chunks, again.chunks],
      texts: textsOf(random, mutated, snapshots.at(-1) ?? snapshotOf(initialInteraction()), stranger),
      cursors: ['v1_a', ...cursorsOf(random, snapshots, stranger)],
    };
  });
  const calls = (answers ? [1, 2] : []).flatMap(() => {
    if (!answers) return [];
    const { name, result$ } = anyCall(random, answers, scheduler, witness.complain);
    return [[name, witness.watch(name, result$, 20 * limit)] as const];
  });

  for (const name of await settle([...watched, ...calls], scheduler)) witness.complain(name, 'never ended');
  return { hits: mutated.hits, complaints: witness.complaints };
};
