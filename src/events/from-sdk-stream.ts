import { filter, from, map, mergeMap, Observable } from 'rxjs';

import { abortable } from '../internal/abortable.js';
import { isRecord } from '../internal/is-record.js';
import type { InteractionEvent } from '../protocol/index.js';
import { readEvent } from './decode-event.js';

/** A stream of the official SDK's: anything that gives its events one after the other. */
export type SdkStream = AsyncIterable<{ readonly event_type?: string | undefined }>;

/** How a stream is read, and given up. */
interface Reading {
  readonly next: () => Promise<{ readonly done?: boolean | undefined; readonly value?: unknown }>;
  readonly leave: () => Promise<unknown>;
}

const isReadableStream = (stream: object): stream is ReadableStream =>
  'getReader' in stream && typeof stream.getReader === 'function';

/** A `ReadableStream` is left by cancelling its reader: the `return()` of its iterator waits for the next chunk. */
const startReading = (stream: SdkStream): Reading => {
  if (isReadableStream(stream)) {
    if (stream.locked) throw new TypeError('The stream is being read already; pass a function that opens one instead');
    const reader: ReadableStreamDefaultReader<unknown> = stream.getReader();
    return { next: () => reader.read(), leave: () => reader.cancel() };
  }
  if (!(Symbol.asyncIterator in stream)) {
    throw new TypeError('fromSdkStream takes the stream of an SDK, or a function that opens one; this is neither');
  }
  const iterator = stream[Symbol.asyncIterator]();
  return { next: () => iterator.next(), leave: async () => iterator.return?.() };
};

const valuesOf = (stream: SdkStream): Observable<unknown> =>
  new Observable((subscriber) => {
    const { next, leave } = startReading(stream);
    let isOver = false; // by itself: there is nothing to leave then
    subscriber.add(() => {
      if (!isOver) leave().catch(() => undefined); // why it could not end better is of no interest to who has left
    });
    const read = async (): Promise<void> => {
      while (!subscriber.closed) {
        const { done, value } = await next();
        isOver = done === true;
        if (isOver) break;
        subscriber.next(value);
      }
      subscriber.complete();
    };
    read().catch((error: unknown) => {
      isOver = true;
      subscriber.error(error);
    });
  });

/** The SDK's own mark of the end, which is no event of the API's. */
const isDone = (received: unknown): boolean => isRecord(received) && received['event_type'] === 'done';

/**
 * The events of a stream of the official SDK (`@google/genai`), typed, validated, and ready for every operator.
 *
 * Give it a function that asks the SDK for the stream, and hand on the signal: each subscription then makes a request of
 * its own, and unsubscribing aborts it at once, even while it is stalled. A stream that is there already can be given as it
 * is, and be read once; a second subscription errors. It is cancelled when it is left, but what `interactions.create`
 * returns (unlike `interactions.get`) hears of that only at its next event: nothing but the signal reaches its request.
 *
 * ```text
 * stream                 c s d p f done
 * fromSdkStream(stream)  c-s-d-p-f-|
 * ```
 *
 * Errors as the SDK and its stream do, and with `DecodeError` at an event that lacks what must be read. The SDK ends a
 * stream that was cut like one that is complete: add `throwIfUnsettled()`.
 *
 * @example
 * ```ts
 * const { GoogleGenAI } = await import('@google/genai');
 * const ai = new GoogleGenAI({ apiKey: 'any' });
 * const request = { model: 'gemini-3-flash-preview', input: 'Count to 3.', stream: true } as const;
 * fromSdkStream((signal) => ai.interactions.create(request, { signal }))
 *   .pipe(throwIfUnsettled(), textDeltas())
 *   .subscribe((piece) => process.stdout.write(piece));
 * ```
 *
 * @param source - What opens the stream, at each subscription, until the signal is aborted; or a stream.
 */
export function fromSdkStream(
  source: SdkStream | ((signal: AbortSignal) => PromiseLike<SdkStream> | SdkStream),
): Observable<InteractionEvent> {
  const received$ =
    typeof source === 'function'
      ? abortable((signal) => from(Promise.resolve(source(signal))).pipe(mergeMap(valuesOf)))
      : valuesOf(source);
  return received$.pipe(
    filter((received) => !isDone(received)),
    map(readEvent),
  );
}
