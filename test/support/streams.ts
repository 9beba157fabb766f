import fc from 'fast-check';
import type { Annotation, Content, Delta, InteractionEvent, MediaContent, Step } from 'rx-interactions';
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

import { json, text } from './arbitrary.js';

type Arb<T> = fc.Arbitrary<T>;
type Events = readonly InteractionEvent[];

/** What may happen to a stream besides going well. */
export interface Mishaps {
  /** Steps whose stop never comes. */
  readonly unstopped?: boolean;
  /** The stream ends before its last interaction has settled. */
  readonly cut?: boolean;
  /** A hop breaks off and is told again from its start. */
  readonly replays?: boolean;
}

/** A step as a server streams it, under an index that it is given later. */
type Track = (index: number) => Events;

const jsonObject = fc.dictionary(fc.string({ maxLength: 4 }), json, { maxKeys: 3, noNullPrototype: true });
const nonEmptyObject = jsonObject.filter((object) => Object.keys(object).length > 0);
const base64 = fc.uint8Array({ minLength: 1, maxLength: 9 }).map((bytes) => Buffer.from(bytes).toString('base64'));
const mimeType = fc.constantFrom('image/png', 'audio/l16', undefined);
const unknownOf = (type: string): Arb<{ readonly type: 'unknown'; readonly received: unknown }> =>
  jsonObject.map((members) => ({ type: 'unknown', received: { ...members, type } }));
const optionally = <T>(arb: Arb<T>): Arb<T | undefined> => fc.option(arb, { nil: undefined });

const annotation: Arb<Annotation> = fc.record({
  type: fc.constant('url_citation' as const),
  url: fc.constantFrom('u1', 'u2', 'u3'),
  end_index: fc.nat({ max: 30 }),
});
const annotations = fc.array(annotation, { minLength: 1, maxLength: 2 });

const place = fc.oneof(
  base64.map((data) => ({ data })),
  fc.constant({ uri: 'https://example.com/a' }),
);
const media: Arb<MediaContent> = fc
  .tuple(fc.constantFrom('image' as const, 'audio' as const, 'video' as const, 'document' as const), mimeType, place)
  .map(([type, mime_type, bytes]) => ({ type, ...(mime_type !== undefined && { mime_type }), ...bytes }));
const placeholder = fc.constantFrom<MediaContent>({ type: 'image' }, { type: 'audio' });
const textBlock: Arb<Content> = text.map((value) => ({ type: 'text', text: value }));
const block: Arb<Content> = fc.oneof(textBlock, textBlock, media, unknownOf('x_block'));

/** A text in pieces, cut anywhere. */
const inPieces = (whole: string, cuts: readonly number[]): readonly string[] => {
  const places = [...new Set(cuts.map((cut) => cut % (whole.length + 1)))].sort((a, b) => a - b);
  return [0, ...places].map((from, at) => whole.slice(from, places[at] ?? whole.length));
};
const cuts = fc.array(fc.nat({ max: 100 }), { maxLength: 4 });

const soundOf = (pieces: readonly string[], channels: number): readonly Delta[] =>
  pieces.map((data) => ({ type: 'audio', data, mime_type: 'audio/l16', sample_rate: 24_000, channels }));

/** Sound in pieces that each are base64 of their own, or, in other blocks, that are cut behind any letter. */
const sound: Arb<readonly Delta[]> = fc.oneof(
  fc.array(base64, { minLength: 1, maxLength: 4 }).map((pieces) => soundOf(pieces, 1)),
  fc.tuple(fc.uint8Array({ minLength: 3, maxLength: 12 }), cuts).map(([bytes, places]) => {
    const whole = bytes.slice(0, bytes.length - (bytes.length % 3)); // and so without padding
    return soundOf(inPieces(Buffer.from(whole).toString('base64'), places), 2);
  }),
);

const one = <T>(arb: Arb<T>): Arb<readonly T[]> => arb.map((value) => [value]);
const many = <T>(arb: Arb<readonly T[]>, maxLength = 6): Arb<readonly T[]> =>
  fc.array(arb, { maxLength }).map((lists) => lists.flat());

const textPiece = text.map((value): Delta => ({ type: 'text', text: value }));
const citedPiece = fc.tuple(text, annotations).map(([value, said]): Delta => ({
  type: 'text',
  text: value,
  annotations: said,
}));
const remarks = annotations.map((said): Delta => ({ type: 'text_annotation_delta', annotations: said }));
const signature: Delta = { type: 'thought_signature', signature: 's' };

const outputDeltas: Arb<readonly Delta[]> = many(
  fc.oneof(
    { weight: 6, arbitrary: one(textPiece) },
    { weight: 1, arbitrary: one(citedPiece) },
    { weight: 1, arbitrary: one(remarks) },
    { weight: 2, arbitrary: one<Delta>(media) },
    { weight: 1, arbitrary: sound },
    { weight: 1, arbitrary: one<Delta>(unknownOf('x_delta')) },
    { weight: 1, arbitrary: one(fc.constant(signature)) },
  ),
);

/** Whether a step that begins with this delta, without a start, would be one that this version does not know. */
const misleads = (step: Step, [first]: readonly Delta[]): boolean =>
  first === undefined || (first.type === 'unknown' && step.type !== 'unknown');

/** A step with a start, deltas and a stop; now and then without its start. */
const trackOf = (start: Arb<Step>, deltas: Arb<readonly Delta[]>): Arb<Track> =>
  fc
    .tuple(start, deltas, fc.integer({ min: 0, max: 15 }))
    .map(([step, told, luck]) => (index): Events => [
      ...(luck === 0 && !misleads(step, told) ? [] : [stepStart(index, step)]),
      ...told.map((delta) => stepDelta(index, delta)),
      stepStop(index),
    ]);

const contentInStart = fc.array(fc.oneof({ weight: 3, arbitrary: block }, { weight: 1, arbitrary: placeholder }), {
  maxLength: 3,
});
const output = trackOf(
  optionally(contentInStart).map((content): Step => ({ type: 'model_output', ...(content && { content }) })),
  outputDeltas,
);

const thoughtDelta: Arb<Delta> = fc.oneof(
  text.map((value) => thoughtSummary(0, value).delta),
  text.map((value) => textDelta(0, value).delta),
  unknownOf('x_item').map((content): Delta => ({ type: 'thought_summary', content })),
  fc.constant(thoughtSignature(0, 's').delta),
);
const summaryInStart = fc.array(fc.oneof(textBlock, unknownOf('x_item')), { maxLength: 2 });
const thought: Arb<Track> = fc
  .tuple(optionally(summaryInStart), fc.array(thoughtDelta, { maxLength: 4 }))
  .map(([summary, deltas]) => (index): Events => [
    stepStart(index, { type: 'thought', ...(summary && { summary }) }),
    ...deltas.map((delta) => stepDelta(index, delta)),
    stepStop(index),
  ]);

const named = fc.record(
  {
    type: fc.constant('function_call' as const),
    id: fc.constantFrom('c1', 'c2', ''),
    name: fc.constantFrom('f', 'g'),
    signature: fc.constant(''),
  },
  { requiredKeys: ['type'], noNullPrototype: true },
);
const withoutArguments = named.map((start) => (index: number): Events => [stepStart(index, start), stepStop(index)]);
const inFragments = fc
  .tuple(named, jsonObject, cuts, fc.boolean())
  .map(([start, value, places, hasPlaceholder]) => (index: number): Events => [
    stepStart(index, hasPlaceholder ? { ...start, arguments: {} } : start),
    ...inPieces(JSON.stringify(value), places).map((piece) => argumentsDelta(index, piece)),
    stepStop(index),
  ]);
const wholeInStart = fc
  .tuple(named, nonEmptyObject)
  .map(([start, value]) => (index: number): Events => [
    stepStart(index, { ...start, arguments: value }),
    stepStop(index),
  ]);
const wholeInDelta = fc
  .tuple(named, nonEmptyObject)
  .map(([start, value]) => (index: number): Events => [
    stepStart(index, start),
    stepDelta(index, { ...start, arguments: value }),
    stepStop(index),
  ]);
const call: Arb<Track> = fc.oneof(inFragments, withoutArguments, wholeInStart, wholeInDelta);

const search = { type: 'google_search_call', id: 'q', arguments: { queries: ['x'] } } as const;
const found = { type: 'google_search_result', call_id: 'q', is_error: false, result: [{ url: 'u' }] } as const;
const ran = { type: 'code_execution_result', call_id: 'r', result: 'out' } as const;
const serverTool: Arb<Track> = fc.oneof(
  ...[search, found, ran].flatMap((step) => [
    trackOf(fc.constant<Step>(step), fc.constant([])),
    trackOf(fc.constant<Step>({ type: step.type }), fc.constant([{ ...step, signature: 'z' }])),
  ]),
);
const strange = trackOf(unknownOf('x_step'), many(one(unknownOf('x_step')), 2));
const given: Arb<Track> = fc
  .constantFrom<Step>(
    { type: 'user_input', content: [{ type: 'text', text: 'Hi' }] },
    { type: 'function_result', call_id: 'c1', name: 'f', result: { a: 1 } },
  )
  .map((step) => (index: number): Events => [stepStart(index, step), stepStop(index)]);

const track = fc.oneof(
  { weight: 5, arbitrary: output },
  { weight: 2, arbitrary: thought },
  { weight: 3, arbitrary: call },
  { weight: 2, arbitrary: serverTool },
  { weight: 1, arbitrary: strange },
  { weight: 1, arbitrary: given },
);

/** What comes between the events of steps and changes none. */
const aside: Arb<InteractionEvent> = fc.constantFrom<InteractionEvent>(
  statusUpdate('in_progress', { usage: { total_tokens: 3 } }),
  errorEvent(),
  { event_type: 'unknown', received: { event_type: 'x_event' } },
);

/** Lists as one, in which each keeps its order; the picks say whose turn it is. */
const interleaved = (lists: readonly Events[], picks: readonly number[]): Events => {
  const left = lists.map((list) => [...list]);
  const told = picks.flatMap((pick) => left[pick % left.length]?.splice(0, 1) ?? []);
  return [...told, ...left.flat()];
};

const hopOf = ({ unstopped = false, replays = false }: Mishaps): Arb<(id: string) => Events> =>
  fc
    .tuple(
      fc.array(fc.tuple(track, fc.integer({ min: 0, max: 4 })), { maxLength: 4 }),
      fc.array(aside, { maxLength: 2 }),
      fc.array(fc.nat({ max: 20 }), { maxLength: 40 }),
      optionally(fc.nat({ max: 40 })),
    )
    .map(([tracks, asides, picks, broken]) => (id: string): Events => {
      const steps = tracks.map(([events, luck], index) =>
        unstopped && luck === 0 ? events(index).slice(0, -1) : events(index),
      );
      const hop = [created({ id }), ...interleaved([...steps, asides], picks), completed({ id })];
      return replays && broken !== undefined ? [...hop.slice(0, -1).slice(0, broken), ...hop] : hop;
    });

/**
 * Streams as a server might send them: any steps, in any interleaving, with content in their starts or without starts, in
 * any number of hops and rounds, and with things in between that are about no step. Also with some of the mishaps, if
 * those are let happen.
 */
export const streams = (mishaps: Mishaps = {}): Arb<Events> =>
  fc.tuple(fc.array(hopOf(mishaps), { minLength: 1, maxLength: 3 }), fc.nat({ max: 15 })).map(([hops, lost]) => {
    const events = hops.flatMap((hop, at) => hop(`v1_${at}`));
    return mishaps.cut === true ? events.slice(0, Math.max(0, events.length - 1 - lost)) : events;
  });
