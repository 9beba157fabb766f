import fc from 'fast-check';
import type { Delta, InteractionEvent, Step } from 'rx-interactions';
import { completed, created, statusUpdate, stepDelta, stepStart, stepStop } from 'rx-interactions/testing';

import { json, text } from './arbitrary.js';

/** A step as a server streams it. */
export interface StreamedStep {
  readonly start: Step;
  readonly deltas: readonly Delta[];
}

const word = text.filter((piece) => piece !== '');
const base64 = fc.uint8Array({ minLength: 1, maxLength: 6 }).map((bytes) => Buffer.from(bytes).toString('base64'));

const annotation = fc.record({ type: fc.constant('url_citation' as const), url: word, start_index: fc.nat(9) });

const contentDelta: fc.Arbitrary<Delta> = fc.oneof(
  { weight: 6, arbitrary: word.map((piece): Delta => ({ type: 'text', text: piece })) },
  base64.map((data): Delta => ({ type: 'image', mime_type: 'image/png', data })),
  {
    weight: 2,
    arbitrary: base64.map((data): Delta => ({ type: 'audio', mime_type: 'audio/l16', sample_rate: 24_000, data })),
  },
  fc.array(annotation, { maxLength: 2 }).map((annotations): Delta => ({ type: 'text_annotation_delta', annotations })),
);

const modelOutput = fc
  .tuple(fc.array(contentDelta, { maxLength: 8 }), fc.boolean())
  .map(([deltas, isInStart]): StreamedStep => {
    const [first, ...rest] = deltas;
    return isInStart && first?.type === 'text'
      ? { start: { type: 'model_output', content: [first] }, deltas: rest }
      : { start: { type: 'model_output' }, deltas };
  });

const thought = fc.tuple(fc.array(word, { maxLength: 3 }), fc.option(word)).map(([items, signature]): StreamedStep => ({
  start: { type: 'thought' },
  deltas: [
    ...items.map((item): Delta => ({ type: 'thought_summary', content: { type: 'text', text: item } })),
    ...(signature === null ? [] : [{ type: 'thought_signature' as const, signature }]),
  ],
}));

const cutAt = (whole: string, cuts: readonly number[]): readonly string[] => {
  const places = [0, ...[...new Set(cuts.map((cut) => cut % (whole.length + 1)))].sort((a, b) => a - b), whole.length];
  return places
    .slice(1)
    .map((end, at) => whole.slice(places[at], end))
    .filter((piece) => piece !== '');
};

const functionCall = fc
  .tuple(
    fc.dictionary(fc.string({ maxLength: 4 }), json, { maxKeys: 3 }),
    fc.array(fc.nat(60), { maxLength: 4 }),
    fc.nat(99),
  )
  .map(([args, cuts, id]): StreamedStep => ({
    start: { type: 'function_call', id: `call${id}`, name: 'f', arguments: {} },
    deltas: cutAt(JSON.stringify(args), cuts).map((piece): Delta => ({ type: 'arguments_delta', arguments: piece })),
  }));

const search = fc.array(word, { maxLength: 2 }).map((queries): StreamedStep => ({
  start: { type: 'google_search_call', id: 'q' },
  deltas: [{ type: 'google_search_call', arguments: { queries }, signature: 's' }],
}));

const step: fc.Arbitrary<StreamedStep> = fc.oneof({ weight: 4, arbitrary: modelOutput }, thought, functionCall, search);

/** The same step in other pieces: text, arguments and summaries joined and cut anew. */
const recut = ({ start, deltas }: StreamedStep, cut: (whole: string) => readonly string[]): StreamedStep => {
  const joined: Delta[] = [];
  for (const delta of deltas) {
    const last = joined.at(-1);
    if (delta.type === 'text' && last?.type === 'text') {
      joined[joined.length - 1] = { type: 'text', text: last.text + delta.text };
    } else if (delta.type === 'arguments_delta' && last?.type === 'arguments_delta') {
      joined[joined.length - 1] = { ...last, arguments: `${last.arguments ?? ''}${delta.arguments ?? ''}` };
    } else joined.push(delta);
  }
  return {
    start,
    deltas: joined.flatMap((delta): readonly Delta[] => {
      if (delta.type === 'text') return cut(delta.text).map((piece): Delta => ({ ...delta, text: piece }));
      if (delta.type === 'arguments_delta') {
        return cut(delta.arguments ?? '').map((piece): Delta => ({ ...delta, arguments: piece }));
      }
      if (delta.type === 'thought_summary' && delta.content?.type === 'text') {
        const { content } = delta;
        return cut(content.text).map((piece): Delta => ({ ...delta, content: { ...content, text: piece } }));
      }
      return [delta];
    }),
  };
};

/** The events of steps that interleave as `order` says: each number picks one of the steps that go on. */
const interleaved = (steps: readonly StreamedStep[], order: readonly number[]): readonly InteractionEvent[] => {
  const queues = steps.map(({ start, deltas }, index) => [
    stepStart(index, start),
    ...deltas.map((delta) => stepDelta(index, delta)),
    stepStop(index),
  ]);
  const events: InteractionEvent[] = [];
  let begun = 0; // steps begin in the order of their indices
  for (let at = 0; queues.some(({ length }) => length > 0); at += 1) {
    const going = queues.flatMap((queue, index) => (queue.length > 0 && index <= begun ? [index] : []));
    const index = going[(order[at % Math.max(1, order.length)] ?? 0) % going.length] ?? 0;
    const event = queues[index]?.shift();
    if (event) events.push(event);
    if (index === begun) begun += 1;
  }
  return events;
};

/** A whole interaction, and ways to tell it again. */
export interface Plausible {
  /** As it would have come in one go, from `interaction.created` to `interaction.completed`. */
  readonly events: readonly InteractionEvent[];
  /** The same, in other pieces. */
  readonly replay: readonly InteractionEvent[];
}

const framed = (steps: readonly InteractionEvent[], status: string): readonly InteractionEvent[] => [
  created({ id: 'v1_a' }),
  statusUpdate('in_progress', { interaction_id: 'v1_a' }),
  ...steps,
  completed({ id: 'v1_a', status, usage: { total_tokens: 7 } }),
];

export const plausible: fc.Arbitrary<Plausible> = fc
  .record({
    steps: fc.array(step, { maxLength: 5 }),
    order: fc.array(fc.nat(4), { maxLength: 12 }),
    cuts: fc.array(fc.nat(12), { maxLength: 4 }),
    status: fc.constantFrom('completed', 'incomplete', 'requires_action'),
  })
  .map(({ steps, order, cuts, status }) => ({
    events: framed(interleaved(steps, order), status),
    replay: framed(
      interleaved(
        steps.map((each) => recut(each, (whole) => cutAt(whole, cuts))),
        order,
      ),
      status,
    ),
  }));
