import fc from 'fast-check';
import { from } from 'rxjs';
import {
  type Annotation,
  type Citation,
  citations,
  citationsOf,
  type InteractionEvent,
  reduceInteraction,
} from 'rx-interactions';
import { completed, created, stepDelta, stepStart, stepStop, textDelta } from 'rx-interactions/testing';

import { interactionOf } from '../../src/interaction/index.js';
import { valuesOf } from '../support/outcome.js';

const source = (start_index: number, end_index: number, url = 'u'): Annotation => ({
  type: 'url_citation',
  url,
  start_index,
  end_index,
});

const answer = (text: string, ...annotations: readonly Annotation[]) =>
  ({ type: 'model_output', content: [{ type: 'text', text, annotations }] }) as const;

/** By what tells them apart, in any order. */
const inOrder = (all: readonly Citation[]): readonly string[] => all.map((one) => JSON.stringify(one)).sort();

describe('citationsOf', () => {
  it('gives spans as JavaScript counts them, of every text (T27)', () => {
    const interaction = interactionOf({
      status: 'completed',
      steps: [
        { type: 'user_input', content: [{ type: 'text', text: 'Who?' }] },
        answer('Grüße 👋 aus 東京', source(0, 7, 'a'), source(17, 23, 'b')),
        { type: 'thought', signature: 's' },
        answer('Again', source(0, 5, 'c')),
      ],
    });

    expect(citationsOf(interaction)).toEqual([
      { position: 1, block: 0, annotation: source(0, 7, 'a'), start: 0, end: 5, text: 'Grüße' },
      { position: 1, block: 0, annotation: source(17, 23, 'b'), start: 13, end: 15, text: '東京' },
      { position: 3, block: 0, annotation: source(0, 5, 'c'), start: 0, end: 5, text: 'Again' },
    ]);
  });

  it('gives nothing where nothing is cited, and what has no span', () => {
    expect(citationsOf(interactionOf({ status: 'completed' }))).toEqual([]);
    expect(citationsOf(interactionOf({ status: 'in_progress', steps: [answer('a')] }))).toEqual([]);

    const annotation: Annotation = { type: 'unknown', received: { type: 'x_new' } };
    expect(citationsOf(interactionOf({ status: 'completed', steps: [answer('a', annotation)] }))).toEqual([
      { position: 0, block: 0, annotation, start: undefined, end: undefined, text: undefined },
    ]);
  });

  it('gives what the stream of the same interaction gives, whenever annotations come', () => {
    const piece = fc.oneof(
      fc.constantFrom('a', 'é', '東', '😀 ').map((text): InteractionEvent => textDelta(0, text)),
      fc
        .tuple(fc.nat({ max: 20 }), fc.nat({ max: 20 }), fc.constantFrom('u', 'v'))
        .map(([a, b, url]): InteractionEvent =>
          stepDelta(0, {
            type: 'text_annotation_delta',
            annotations: [source(Math.min(a, b), Math.max(a, b), url)],
          }),
        ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 15 }), (pieces) => {
        const events = [created(), stepStart(0, 'model_output'), ...pieces, stepStop(0), completed()];
        const [interaction] = valuesOf(from(events).pipe(reduceInteraction()));

        expect(inOrder(citationsOf(interaction!))).toEqual(inOrder(valuesOf(from(events).pipe(citations()))));
      }),
      { numRuns: 300 },
    );
  });
});
