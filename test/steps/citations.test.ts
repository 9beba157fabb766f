import fc from 'fast-check';
import { from } from 'rxjs';
import { type Annotation, type Citation, citations, type InteractionEvent, reduceInteraction } from 'rx-interactions';
import { completed, created, stepDelta, stepStart, stepStop, textDelta } from 'rx-interactions/testing';

import { costRatio } from '../support/cost.js';
import { operatorQuestions } from '../support/operator-questions.js';
import { valuesOf } from '../support/outcome.js';

const url = (start_index: number | undefined, end_index: number | undefined, name = 'x'): Annotation => ({
  type: 'url_citation',
  url: name,
  ...(start_index !== undefined && { start_index }),
  ...(end_index !== undefined && { end_index }),
});

const notes = (...annotations: readonly Annotation[]) => stepDelta(0, { type: 'text_annotation_delta', annotations });

const citationsOf = (...events: readonly InteractionEvent[]): readonly Citation[] =>
  valuesOf(from(events).pipe(citations()));

/** What each is about. */
const quotes = (...events: readonly InteractionEvent[]) => citationsOf(...events).map(({ text }) => text);

const text = (value: string) => textDelta(0, value);
const [start, stop] = [stepStart(0, 'model_output'), stepStop(0)];

describe('citations', () => {
  const citation = (
    place: Pick<Citation, 'position' | 'start' | 'end' | 'text'>,
    annotation: Annotation,
  ): Citation => ({
    block: 0,
    annotation,
    ...place,
  });

  operatorQuestions(citations, {
    letters: { n: notes(url(0, 1)), w: notes(url(1, 2)), x: notes(url(undefined, undefined)) },
    values: {
      k: citation({ position: 0, start: 0, end: 1, text: 'd' }, url(0, 1)),
      l: citation({ position: 0, start: 1, end: 2, text: 'd' }, url(1, 2)),
      z: citation({ position: 0, start: 0, end: 0, text: '' }, url(0, 1)),
    },
    one: {
      events: '-n-|',
      result: '---(z|)', // about an empty text, when the stream ends
    },
    many: {
      events: '-c-s-d-n-w-d-p-f|',
      result: '-------k---l----|',
    },
    fails: {
      events: '-c-s-d-n-#',
      result: '-------k-#',
    },
    left: {
      events: '-s-d-n-w-d-',
      until: ' --------!  ',
      result: '-----k-----',
    },
    again: 'sdnp',
  });

  it('reads the offsets as UTF-8 bytes (T27)', () => {
    const answer = 'Grüße 👋🏽 aus 東京 — café'; // with a modifier, wide characters, and a combining accent
    const spanOf = (quote: string): Annotation => {
      const before = Buffer.byteLength(answer.slice(0, answer.indexOf(quote)));
      return url(before, before + Buffer.byteLength(quote), quote);
    };
    const wanted = ['Grüße', '👋🏽', '東京', 'café', answer];
    const found = citationsOf(start, text(answer), notes(...wanted.map(spanOf)), stop);

    expect(found.map((one) => one.text)).toEqual(wanted);
    expect(found.map((one) => answer.slice(one.start, one.end))).toEqual(wanted);
    expect(found.map((one) => one.annotation)).toEqual(wanted.map(spanOf));
  });

  describe('in random text', () => {
    const characters = fc.string({ unit: fc.constantFrom('a', ' ', 'é', 'ß', '€', '東', '😀', '👩‍👩‍👧', 'e\u0301', '\n') });
    const cut = (value: string, places: readonly number[]): readonly string[] => {
      const edges = [0, ...places.map((place) => place % (value.length + 1)).sort((a, b) => a - b), value.length];
      return edges.slice(1).map((end, at) => value.slice(edges[at], end));
    };
    const isBoundary = (bytes: Buffer, at: number): boolean => at >= bytes.length || (bytes[at]! & 0xc0) !== 0x80;
    const span = fc
      .tuple(fc.nat({ max: 60 }), fc.nat({ max: 60 }))
      .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);

    it('quotes what the bytes say, however the text was cut and whenever the annotation comes', () => {
      fc.assert(
        fc.property(
          characters,
          fc.array(fc.nat({ max: 100 }), { maxLength: 6 }),
          fc.array(fc.tuple(span, fc.nat({ max: 7 })), { maxLength: 5 }),
          (whole, places, spans) => {
            const pieces = cut(whole, places).map((piece) => [text(piece)] as InteractionEvent[]);
            spans.forEach(([[from_, to], when], at) => {
              pieces[when % pieces.length]!.push(notes(url(from_, to, String(at))));
            });
            const found = citationsOf(start, ...pieces.flat(), stop);
            const bytes = Buffer.from(whole);

            expect(found).toHaveLength(spans.length);
            for (const one of found) {
              const { start_index = 0, end_index = 0 } = one.annotation as { start_index?: number; end_index?: number };
              const quoted = one.text ?? 'nothing';
              expect(whole.slice(one.start, one.end)).toBe(quoted);
              if (isBoundary(bytes, start_index) && isBoundary(bytes, end_index)) {
                expect(quoted).toBe(bytes.subarray(start_index, end_index).toString());
              } else {
                expect(Buffer.from(quoted).includes(bytes.subarray(start_index, end_index))).toBe(true);
                expect(Buffer.byteLength(quoted)).toBeLessThanOrEqual(
                  Math.min(end_index, bytes.length) - start_index + 6,
                );
              }
            }
          },
        ),
        { numRuns: 500 },
      );
    });
  });

  it('comes as soon as its text is there, and not before', () => {
    expect(
      citationsOf(
        start,
        notes(url(0, 3, 'early'), url(0, 1, 'earlier')),
        text('ab'),
        notes(url(0, 2, 'at once')),
        text('cd'),
        notes(url(0, 9, 'too long')),
        stop,
      ).map(({ annotation, text: quote }) => [(annotation as { url?: string }).url, quote]),
    ).toEqual([
      ['earlier', 'a'],
      ['at once', 'ab'],
      ['early', 'abc'],
      ['too long', 'abcd'],
    ]);
  });

  it('waits for the other half of a character', () => {
    const [high, low] = ['👋'.slice(0, 1), '👋'.slice(1)];
    // Four bytes of text are there, if half a character counts for three: not enough to know what the span ends with.
    expect(quotes(start, text(`a${high}`), notes(url(0, 4)), text(`${low}!`), stop)).toEqual(['a👋']);
    expect(quotes(start, text(`a${high}`), notes(url(0, 4)), stop)).toEqual([`a${high}`]);
  });

  it('ends with the text where the span does not', () => {
    expect(quotes(start, text('héllo'), notes(url(1, 99), url(50, 99), url(4, 2)), stop)).toEqual(['', 'éllo', '']);
  });

  it('begins with the text where the span says nothing of a beginning (wire-format 6.5)', () => {
    expect(citationsOf(start, text('hello'), notes(url(undefined, 4)), stop)).toMatchObject([
      { start: 0, end: 4, text: 'hell' },
    ]);
  });

  it.each<readonly [string, Annotation]>([
    ['without an end', url(2, undefined)],
    ['without a span', { type: 'place_citation', name: 'Oslo' }],
    ['that is unknown', { type: 'unknown', received: { type: 'x_new', start_index: 0, end_index: 1 } }],
  ])('has no text for an annotation %s', (_which, annotation) => {
    expect(citationsOf(start, text('hello'), notes(annotation))).toEqual([
      { position: 0, block: 0, annotation, start: undefined, end: undefined, text: undefined },
    ]);
  });

  it('comes once, however often it is said (T28), and once more about another text', () => {
    const again = Object.fromEntries(Object.entries(url(0, 1)).reverse()) as unknown as Annotation;
    const image = stepDelta(0, { type: 'image', data: 'YWJj' });
    expect(quotes(start, notes(url(0, 1), again), text('ab'), notes(again), text('c'), notes(url(0, 1)), stop)).toEqual(
      ['a'],
    );
    expect(quotes(start, text('ab'), notes(url(0, 1)), image, notes(again), text('xy'), notes(again), stop)).toEqual([
      'a',
      'x',
    ]);
  });

  it('may come with the text itself, in a delta or in the step.start', () => {
    const content = [{ type: 'text', text: 'Once', annotations: [url(0, 4), url(1, 9)] }] as const;
    const more = stepDelta(0, { type: 'text', text: ' upon', annotations: [url(5, 7)] });
    expect(citationsOf(stepStart(0, { type: 'model_output', content }), more, stop)).toMatchObject([
      { block: 0, text: 'Once' },
      { block: 0, text: 'nce upon' },
      { block: 0, text: 'up' },
    ]);
  });

  it('is about the last text of its step (rule R3, U11)', () => {
    const image = stepDelta(0, { type: 'image', data: 'YWJj' });
    expect(
      citationsOf(start, text('ab'), image, notes(url(0, 1)), text('xyz'), notes(url(0, 9), url(1, 2)), image, stop),
    ).toMatchObject([
      { block: 0, start: 0, end: 1, text: 'a' },
      { block: 2, start: 1, end: 2, text: 'y' },
      { block: 2, start: 0, end: 3, text: 'xyz' },
    ]);
  });

  it('gives what waits for more text when the next text begins', () => {
    const image = stepDelta(0, { type: 'image', data: 'YWJj' });
    expect(citationsOf(start, text('ab'), notes(url(1, 9)), image, text('x'))[0]).toMatchObject({
      block: 0,
      text: 'b',
    });
  });

  it('is about an empty text, behind everything else, where none comes (rule R3)', () => {
    const image = stepDelta(0, { type: 'image', data: 'YWJj' });
    expect(citationsOf(start, notes(url(0, 3)), image, stop)).toMatchObject([{ block: 1, start: 0, end: 0, text: '' }]);
  });

  it('keeps steps apart that interleave, and knows their places', () => {
    const other = stepDelta(1, { type: 'text_annotation_delta', annotations: [url(0, 1)] });
    expect(
      citationsOf(
        ...[stepStart(7, 'thought'), stepStop(7), start, stepStart(1, 'model_output'), text('a'), textDelta(1, 'b')],
        ...[other, notes(url(0, 1)), stop, stepStop(1)],
      ),
    ).toMatchObject([
      { position: 2, text: 'b' },
      { position: 1, text: 'a' },
    ]);
  });

  it('says what the annotations of the interaction say, block by block', () => {
    const image = { type: 'image', data: 'YWJj' } as const;
    const some = fc.oneof(
      fc.constantFrom('a', 'bc', '', '東', '😀').map((piece) => ({ type: 'text', text: piece }) as const),
      fc.constant(image),
      fc
        .array(
          fc.tuple(fc.nat({ max: 4 }), fc.nat({ max: 8 })).map(([from_, to]) => url(from_, to)),
          { maxLength: 3 },
        )
        .map((annotations) => ({ type: 'text_annotation_delta', annotations }) as const),
    );
    fc.assert(
      fc.property(fc.array(some, { maxLength: 12 }), (deltas) => {
        const events = [created(), start, ...deltas.map((delta) => stepDelta(0, delta)), stop, completed()];
        const [interaction] = valuesOf(from(events).pipe(reduceInteraction()));
        const [step] = interaction!.steps;
        const said = (step?.type === 'model_output' ? (step.content ?? []) : []).map((content, block) => [
          block,
          new Set(content.type === 'text' ? (content.annotations ?? []).map((one) => JSON.stringify(one)) : []),
        ]);
        const heard = new Map<number, Set<string>>();
        for (const { block, annotation } of citationsOf(...events)) {
          heard.set(block, (heard.get(block) ?? new Set()).add(JSON.stringify(annotation)));
        }
        expect(said.map(([block]) => [block, heard.get(block as number) ?? new Set()])).toEqual(said);
      }),
      { numRuns: 300 },
    );
  });

  describe('of a transcription', () => {
    const word = 'wörd ';
    const size = Buffer.byteLength(word);
    const wordInfo = (at: number): Annotation => ({
      type: 'word_info',
      text: 'wörd',
      start_offset: `${at}s`,
      start_index: at * size,
      end_index: (at + 1) * size - 1,
    });
    const times = <A>(count: number, one: (at: number) => A): readonly A[] =>
      Array.from({ length: count }, (_, at) => one(at));

    it.each<readonly [string, (count: number) => readonly InteractionEvent[]]>([
      ['word by word', (count) => times(count, (at) => [text(word), notes(wordInfo(at))]).flat()],
      ['all at the end', (count) => [...times(count, () => text(word)), notes(...times(count, wordInfo))]],
      ['before any text', (count) => [notes(...times(count, wordInfo)), ...times(count, () => text(word))]],
      ['with the text, all at once', (count) => [text(word.repeat(count)), notes(...times(count, wordInfo))]],
    ])('costs the same for each word: %s', (_how, eventsOf) => {
      const transcribe = (count: number) => {
        const events = [start, ...eventsOf(count), stop];
        return () => quotes(...events);
      };
      expect(transcribe(20_000)()).toEqual(times(20_000, () => 'wörd'));
      expect(costRatio(transcribe(2_500), transcribe(10_000), 3)).toBeLessThan(4 * 2.3);
    });
  });
});
