/**
 * Who is measured: the least that any reader of the stream has to do, and this library as far as its events, its whole
 * interaction, and its snapshots.
 */
import { createParser } from 'eventsource-parser';
import { from, type Observable } from 'rxjs';

import { decodeEvents, decodeFrames, type InteractionEvent, reduceInteraction, scanInteraction } from '../src/index.js';

/** Reads a stream from its start, and hands over what it makes of it. */
export type Candidate = (chunks: readonly Uint8Array[], next: (value: unknown) => void) => void;

const decoded = (chunks: readonly Uint8Array[]): Observable<InteractionEvent> =>
  from(chunks).pipe(decodeFrames(), decodeEvents());

/** An error is shown; what it leaves out fails the check. */
const reading =
  (open: (chunks: readonly Uint8Array[]) => Observable<unknown>): Candidate =>
  (chunks, next) =>
    void open(chunks).subscribe({ next, error: console.error });

/** The candidates by name. */
export const candidates = {
  /** Bytes to JSON values, nothing looked at. */
  floor: (chunks, next) => {
    const text = new TextDecoder();
    const parser = createParser({
      onEvent: ({ data }) => {
        if (data !== '[DONE]') next(JSON.parse(data));
      },
    });
    for (const chunk of chunks) parser.feed(text.decode(chunk, { stream: true }));
    parser.feed(text.decode());
  },
  /** Typed, validated events. */
  decoded: reading(decoded),
  /** The whole interaction. */
  reduce: reading((chunks) => decoded(chunks).pipe(reduceInteraction())),
  /** The interaction after every event. */
  scan: reading((chunks) => decoded(chunks).pipe(scanInteraction())),
} satisfies Record<string, Candidate>;

export type CandidateName = keyof typeof candidates;
