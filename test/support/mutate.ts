import type { Random } from '../../bench/random.js';
import { cutAt, utf8 } from './bytes.js';
import { mutateBytes } from './mutate-bytes.js';
import { mutateFrames } from './mutate-frames.js';
import { type Json, jsonOf, mutateJson, partsOf, writeJson } from './mutate-json.js';

/** A stream that is not quite as a server would send it. */
export interface Mutated {
  /** What is left of its messages, each as its text. */
  readonly frames: readonly string[];
  /** All of it, cut anywhere. */
  readonly chunks: readonly Uint8Array[];
  /** How many of its messages were changed. */
  readonly hits: number;
}

/** How much of it is changed, out of 100 messages, and how often among messages and bytes. */
interface Severity {
  readonly messages: number;
  readonly frames: number;
  readonly bytes: number;
}

/** One change that all else has to make sense of; some; and hardly anything that is right. */
const SEVERITIES: readonly Severity[] = [
  { messages: 5, frames: 1, bytes: 0 },
  { messages: 0, frames: 0, bytes: 2 },
  { messages: 25, frames: 0, bytes: 0 },
  { messages: 30, frames: 2, bytes: 1 },
  { messages: 80, frames: 3, bytes: 0 },
];

const frameOf = (json: Json, name: unknown, random: Random): string => {
  const event = typeof name === 'string' && random.between(0, 9) > 0 ? `event: ${name}\n` : '';
  return `${event}data: ${writeJson(json)}\n\n`;
};

const DONE = 'event: done\ndata: [DONE]\n\n';

const times = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at);

/** Bytes in pieces: one, many, or each byte by itself. */
const inPieces = (random: Random, bytes: Uint8Array): readonly Uint8Array[] => {
  const cuts = random.pick([0, 1, 5, 20]);
  return cutAt(
    bytes,
    times(cuts).map(() => random.between(0, bytes.length)),
  );
};

/** Another stream, for parts of it to get into this one. */
export interface Stranger {
  readonly messages: readonly object[];
  /** Every value in them. */
  readonly parts: readonly Json[];
}

export const strangerOf = (messages: readonly object[]): Stranger => ({
  messages,
  parts: messages.map(jsonOf).flatMap(partsOf),
});

const bytesOf = (random: Random, { messages }: Stranger): Uint8Array =>
  utf8(messages.map((message) => frameOf(jsonOf(message), undefined, random)).join(''));

/** Makes a stream of messages into one that went wrong: in its values, its messages and its bytes. */
export const mutate = (random: Random, messages: readonly object[], stranger: Stranger): Mutated => {
  const severity = random.pick(SEVERITIES);
  let hits = 0;
  let frames: readonly string[] = [
    ...messages.map((message) => {
      const isHit = random.between(1, 100) <= severity.messages;
      if (isHit) hits += 1;
      const json = jsonOf(message);
      const name = 'event_type' in message ? message.event_type : undefined;
      return frameOf(isHit ? mutateJson(random, json, stranger.parts) : json, name, random);
    }),
    DONE,
  ];
  for (const _ of times(severity.frames)) frames = mutateFrames(random, frames);
  let bytes = utf8(frames.join(''));
  for (const _ of times(severity.bytes)) bytes = mutateBytes(random, bytes, bytesOf(random, stranger));
  hits += severity.frames + severity.bytes;
  return { frames, chunks: inPieces(random, bytes), hits: Math.min(hits, frames.length) };
};
