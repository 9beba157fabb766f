/**
 * Who is measured: the least that any reader of the stream has to do; this library as far as its events, its whole
 * interaction, its snapshots, and the ways to take a stream apart; and what others offer instead.
 */
import { createParser } from 'eventsource-parser';
import { from, map, merge, mergeMap, type Observable } from 'rxjs';

import {
  createClient,
  decodeEvents,
  decodeFrames,
  fetchTransport,
  groupByStep,
  type InteractionEvent,
  partitionByModality,
  reduceInteraction,
  reduceStep,
  scanArguments,
  scanInteraction,
} from '../src/index.js';
import { answering, REQUEST } from './answering.js';
import { peers } from './peers.js';

/** A way to read a stream, and what comes out of it, by which it is checked. */
export interface Candidate {
  /**
   * `events`: each event, or its JSON; `interaction`: the whole; `snapshots`: the interaction after every event; `steps`:
   * each step, in order; `arguments`: those of the only call, at last; `text`: the model's, piece by piece, as the only
   * strings; `pieces`: so those of its text, of arguments and of media.
   */
  readonly gives: 'events' | 'interaction' | 'snapshots' | 'steps' | 'arguments' | 'text' | 'pieces';
  /** Reads a stream from its start, and hands over what it makes of it. */
  readonly read: (chunks: readonly Uint8Array[], next: (value: unknown) => void) => void | Promise<void>;
}

const decoded = (chunks: readonly Uint8Array[]): Observable<InteractionEvent> =>
  from(chunks).pipe(decodeFrames(), decodeEvents());

/** An error is shown; what it leaves out fails the check. */
const ours = (
  gives: Candidate['gives'],
  open: (events$: Observable<InteractionEvent>) => Observable<unknown>,
): Candidate => ({
  gives,
  read: (chunks, next) => void open(decoded(chunks)).subscribe({ next, error: console.error }),
});

/** The candidates by name. */
export const candidates = {
  /** Bytes to JSON values, nothing looked at. */
  floor: {
    gives: 'events',
    read: (chunks, next) => {
      const text = new TextDecoder();
      const parser = createParser({
        onEvent: ({ data }) => {
          if (data !== '[DONE]') next(JSON.parse(data));
        },
      });
      for (const chunk of chunks) parser.feed(text.decode(chunk, { stream: true }));
      parser.feed(text.decode());
    },
  },
  /** Typed, validated events. */
  decoded: ours('events', (events$) => events$),
  /** The whole interaction. */
  reduce: ours('interaction', (events$) => events$.pipe(reduceInteraction())),
  /** The interaction after every event. */
  scan: ours('snapshots', (events$) => events$.pipe(scanInteraction())),
  /** Each step on its own, whole. */
  steps: ours('steps', (events$) =>
    events$.pipe(
      groupByStep(),
      mergeMap((step$) => step$.pipe(reduceStep())),
    ),
  ),
  /** All strands at once. */
  strands: ours('text', (events$) => {
    const { text$, ...others } = partitionByModality(events$);
    return merge(text$.pipe(map(({ text }) => text)), ...Object.values<Observable<unknown>>(others));
  }),
  /** The value of the arguments after every piece of them. */
  arguments: {
    gives: 'arguments',
    read: (chunks, next) =>
      void decoded(chunks)
        .pipe(scanArguments())
        .subscribe({
          next: ({ value }) => {
            next(value);
          },
          error: console.error,
        }),
  },
  /** The client, whose `fetch` answers from memory: request, retries, resuming, time limits and all. */
  client: {
    gives: 'events',
    read: (chunks, next) =>
      new Promise((resolve, reject) => {
        createClient({ apiKey: 'any', transport: fetchTransport({ fetch: answering(chunks) }) })
          .stream(REQUEST)
          .subscribe({ next, error: reject, complete: resolve });
      }),
  },
  ...peers,
} satisfies Record<string, Candidate>;

export type CandidateName = keyof typeof candidates;
