import { concat, concatMap, defer, filter, map, type MonoTypeOperatorFunction, of, takeWhile } from 'rxjs';

import { encodeFrame } from '../../frames/index.js';
import { isRecord } from '../../internal/is-record.js';
import { eventIn, messageIn } from './message.js';

type Change = MonoTypeOperatorFunction<Uint8Array>;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Leaves a message out. */
export const dropMessage = (place: number): Change => filter((_chunk, index) => index !== place - 1);

/** Puts a message before another. */
export const insertMessage = (place: number, message: Uint8Array): Change =>
  concatMap((chunk, index) => (index === place - 1 ? of(message, chunk) : of(chunk)));

/** Leaves only the first half of a message's data. */
export const halveMessage = (place: number): Change =>
  map((chunk, index) => {
    const message = index === place - 1 ? messageIn(chunk) : undefined;
    return message ? encodeFrame({ ...message, data: message.data.slice(0, message.data.length / 2) }) : chunk;
  });

/** Takes the ids from all events but every so many-th. */
export const thinEventIds = (every: number): Change =>
  map((chunk, index) => {
    const event = (index + 1) % every === 0 ? undefined : eventIn(chunk);
    if (event?.['event_id'] === undefined) return chunk;
    const { event_id: _id, ...rest } = event;
    return encodeFrame({ event: messageIn(chunk)?.event, data: JSON.stringify(rest) });
  });

/** Leaves `[DONE]` out. */
export const dropDone: Change = filter((chunk) => messageIn(chunk)?.data !== '[DONE]');

const isFinal = (chunk: Uint8Array): boolean => {
  const { event_type: type, candidates } = eventIn(chunk) ?? {};
  const candidate: unknown = Array.isArray(candidates) ? candidates[0] : undefined;
  return type === 'interaction.completed' || (isRecord(candidate) && candidate['finishReason'] !== undefined);
};

/** Ends right behind the data of `interaction.completed`, or of the last response of the older endpoint. */
export const endWithoutBlankLine: Change = (body) =>
  body.pipe(
    takeWhile((chunk) => !isFinal(chunk), true),
    map((chunk) => (isFinal(chunk) ? encoder.encode(decoder.decode(chunk).trimEnd()) : chunk)),
  );

/**
 * Of everything from the start, only what comes from so many events before the end of one with an id; everything, if there
 * is none.
 *
 * ```text
 * body                 -a-b-c-d-e-|
 * fromBefore('c', 2)   -----(bc)-d-e-|
 * ```
 */
export const fromBefore =
  (eventId: string, events: number): Change =>
  (body) =>
    defer(() => {
      let held: readonly Uint8Array[] | undefined = [];
      const release = (most: number): readonly Uint8Array[] => {
        const chunks = held ?? [];
        held = undefined;
        return chunks.slice(Math.max(0, chunks.length - most));
      };
      const pass = (chunk: Uint8Array): readonly Uint8Array[] => {
        if (!held) return [chunk];
        held = [...held, chunk];
        return eventIn(chunk)?.['event_id'] === eventId ? release(events) : [];
      };
      return concat(
        body.pipe(concatMap(pass)),
        defer(() => release(Infinity)),
      );
    });
