import { concat, defer, finalize, from, map, merge, NEVER, type Observable, of, Subject, take, throwError } from 'rxjs';
import { ArgumentsError, type InteractionEvent, type Modalities, partitionByModality } from 'rx-interactions';
import {
  type Alphabet,
  alphabet,
  argumentsDelta,
  created,
  stepDelta,
  stepStart,
  stepStop,
  textDelta,
  thoughtSummary,
} from 'rx-interactions/testing';

import { marbles } from '../support/marbles.js';
import { operatorQuestions } from '../support/operator-questions.js';
import { errorOf, outcomeOf, valuesOf } from '../support/outcome.js';

const boom = new Error('boom');
const text = (position: number, piece: string) => ({ position, text: piece });

/** A thing of each kind, each in a step of its own but for what is all in the step of index 0. */
const letters: Alphabet = {
  ...alphabet,
  i: stepDelta(0, { type: 'image', data: 'AAAA', mime_type: 'image/png' }),
  a: stepDelta(0, { type: 'audio', data: 'AAAA' }),
  v: stepDelta(0, { type: 'video', uri: 'v' }),
  o: stepDelta(0, { type: 'document', data: 'AAAA' }),
  n: stepDelta(0, { type: 'text_annotation_delta', annotations: [{ type: 'url_citation', url: 'u', end_index: 1 }] }),
  x: stepDelta(0, { type: 'unknown', received: { type: 'x' } }),
  t: thoughtSummary(1, 't'),
  T: stepStop(1),
  k: stepStart(2, { type: 'function_call', id: 'c', name: 'f' }),
  K: stepStop(2),
  l: stepStart(3, { type: 'google_search_call', id: 'q', arguments: { queries: ['x'] } }),
  L: stepStop(3),
  y: { event_type: 'unknown', received: { event_type: 'y' } },
};

const strandOf = (strands: Modalities, name: keyof Modalities): Observable<unknown> => strands[name];

/** The pieces of text, from a strand of an object of its own for each subscription. */
const texts = () => (source: Parameters<typeof partitionByModality>[0]) =>
  defer(() => partitionByModality(source).text$);

describe('partitionByModality, one strand,', () => {
  operatorQuestions(texts, {
    values: { d: text(0, 'd'), D: text(1, 'D') },
    one: {
      events: '-d-|',
      result: '-d-|',
    },
    many: {
      events: '-c-s-d-S-D-p-P-f|',
      result: '-----d---D------|',
    },
    fails: {
      events: '-c-s-d-#',
      result: '-----d-#',
    },
    left: {
      events: '-c-s-d-d-',
      until: ' ------!  ',
      result: '-----d---',
    },
    again: 'sdp',
  });
});

describe('partitionByModality', () => {
  it(
    'has a strand for each kind of thing, and one subscription to the source',
    marbles(({ coldEvents, expectObservable, expectSubscriptions }) => {
      const events = '           -c-s-d-i-v-o-n-a-x-p-t-T-k-K-l-L-y-f|';
      const subs = '             ^-----------------------------------!';
      const expected: Record<keyof Modalities, string> = {
        text$: '                 -----x------------------------------|',
        images$: '               -------x----------------------------|',
        video$: '                ---------x--------------------------|',
        documents$: '            -----------x------------------------|',
        citations$: '            -------------x----------------------|',
        audio$: '                ---------------x---x----------------|',
        unknown$: '              -----------------x---------------x--|',
        thoughts$: '             ---------------------x--------------|',
        functionCalls$: '        ---------------------------x--------|',
        serverTools$: '          -------------------------------x----|',
      };
      const source = coldEvents(events, letters);
      const strands = partitionByModality(source);
      for (const [name, picture] of Object.entries(expected)) {
        expectObservable(strandOf(strands, name as keyof Modalities).pipe(map(() => 'x'))).toBe(picture);
      }
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it('says of each thing where it stands', () => {
    const events$ = from(Array.from('csdinapkKlLtTyxf', (letter) => letters[letter]!));
    const of$ = (name: keyof Modalities) => valuesOf(strandOf(partitionByModality(events$), name));
    expect(of$('text$')).toEqual([text(0, 'd')]);
    expect(of$('images$')).toMatchObject([{ position: 0, block: 1, mimeType: 'image/png', first: true, last: true }]);
    expect(of$('citations$')).toMatchObject([{ position: 0, block: 0, start: 0, end: 1, text: 'd' }]);
    expect(of$('functionCalls$')).toEqual([{ index: 2, position: 1, id: 'c', name: 'f', arguments: {} }]);
    expect(of$('serverTools$')).toEqual([{ type: 'google_search_call', id: 'q', arguments: { queries: ['x'] } }]);
    expect(of$('thoughts$')).toEqual([text(3, 't')]);
    expect(of$('unknown$')).toEqual([
      { event_type: 'unknown', received: { event_type: 'y' } },
      { type: 'unknown', received: { type: 'x' } },
    ]);
  });

  it('lets nothing go that this version does not know: steps, deltas, blocks, and items of thoughts', () => {
    const strange = (name: string) => ({ type: 'unknown', received: { type: name } }) as const;
    const events = [
      stepStart(0, { type: 'model_output', content: [strange('block')] }),
      stepDelta(0, strange('delta')),
      stepStart(1, { type: 'thought', summary: [strange('item')] }),
      stepDelta(1, { type: 'thought_summary', content: strange('later item') }),
      stepStart(2, strange('step')),
      stepDelta(2, { type: 'unknown', received: { type: 'step', more: 1 } }),
      stepStop(2),
      stepStart(3, strange('cut')),
    ];
    expect(valuesOf(partitionByModality(from(events)).unknown$)).toEqual([
      strange('block'),
      strange('delta'),
      strange('item'),
      strange('later item'),
      { type: 'unknown', received: { type: 'step', more: 1 } },
    ]);
  });

  it(
    'is hot: who comes later hears what comes later',
    marbles(({ coldEvents, expectObservable, expectSubscriptions }) => {
      const source = coldEvents('   -s-d-d-d-p|');
      const subs = '                ^---------!';
      const { text$ } = partitionByModality(source);
      const values = { d: text(0, 'd') };

      expectObservable(text$).toBe('---d-d-d--|', values);
      expectObservable(text$, '     ----^      ').toBe('-----d-d--|', values);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'is told its end by whoever comes after it, and does not begin again',
    marbles(({ coldEvents, expectObservable, expectSubscriptions }) => {
      const source = coldEvents('        -s-d|');
      const failing = coldEvents('       -s-d#', alphabet, boom);
      const values = { d: text(0, 'd') };
      const { text$, images$ } = partitionByModality(source);
      const failed = partitionByModality(failing);

      expectObservable(text$).toBe('     ---d|', values);
      expectObservable(text$, '          ------^').toBe('------|');
      expectObservable(images$, '        ------^').toBe('------|');
      expectObservable(failed.text$).toBe('---d#', values, boom);
      expectObservable(failed.images$, ' ------^').toBe('------#', undefined, boom);
      expectSubscriptions(source.subscriptions).toBe(' ^---!');
      expectSubscriptions(failing.subscriptions).toBe('^---!');
    }),
  );

  it(
    'releases the source for good when the last strand is left',
    marbles(({ hotEvents, expectObservable, expectSubscriptions }) => {
      const source = hotEvents('    -s-d-d-d-d-d-');
      const subs = '                ^-----!      ';
      const { text$, images$ } = partitionByModality(source);
      const values = { d: text(0, 'd') };

      expectObservable(text$, '     ----!        ').toBe('---d-', values);
      expectObservable(images$, '   ------!      ').toBe('------');
      expectObservable(text$, '     --------^    ').toBe('--------|');
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'keeps the error of one strand from the others',
    marbles(({ hotEvents, expectObservable, expectSubscriptions }) => {
      const broken: Alphabet = { ...letters, b: argumentsDelta(2, '{"a":') };
      const source = hotEvents('           -k-b-d-K-d-|', broken);
      const subs = '                       ^----------!';
      const { functionCalls$, text$ } = partitionByModality(source);
      const error = new ArgumentsError('not_json', 'The arguments of f are not a JSON object', '{"a":');

      expectObservable(functionCalls$).toBe('-------#', undefined, error);
      expectObservable(text$).toBe('         -----d---d-|', { d: text(1, 'd') });
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it('subscribes to nothing before a strand is, and to the source at most once in its life', () => {
    let subscribed = 0;
    let released = 0;
    const source$ = defer(() => {
      subscribed += 1;
      return concat(of(created(), textDelta(0, 'a')), NEVER);
    }).pipe(finalize(() => (released += 1)));
    const { text$, images$, unknown$ } = partitionByModality(source$);
    expect(subscribed).toBe(0);
    const both = [text$.subscribe(), images$.subscribe()];
    expect([subscribed, released]).toEqual([1, 0]);
    both.forEach((strand) => {
      strand.unsubscribe();
    });
    expect([subscribed, released]).toEqual([1, 1]);
    expect(valuesOf(merge(text$, images$, unknown$))).toEqual([]);
    expect([subscribed, released]).toEqual([1, 1]);
  });

  it('tells a source that fails at once to each strand, and asks it once', () => {
    let subscribed = 0;
    const { text$, images$ } = partitionByModality(
      defer(() => {
        subscribed += 1;
        return throwError(() => boom);
      }),
    );
    expect([errorOf(text$), errorOf(images$), subscribed]).toEqual([boom, boom, 1]);
  });

  it('gives a source that emits at once to the strand that came first', () => {
    const { text$, thoughts$ } = partitionByModality(of(textDelta(0, 'a'), thoughtSummary(1, 'b')));
    expect(outcomeOf(text$).values).toEqual([text(0, 'a')]);
    expect(outcomeOf(thoughts$)).toEqual({ values: [], completed: true, error: undefined });
  });

  it('gives a strand that comes in the middle of a step the next pieces of text, and whole things from the next step on', () => {
    const events$ = new Subject<InteractionEvent>();
    const { text$, images$, functionCalls$ } = partitionByModality(events$);
    const heard: unknown[] = [];
    text$.pipe(take(1)).subscribe({
      complete: () => {
        text$.subscribe((piece) => heard.push(piece));
        images$.subscribe(({ position, block }) => heard.push([position, block]));
        functionCalls$.subscribe(({ id }) => heard.push(id));
      },
    });
    for (const letter of 'skdidKpsipkK') events$.next(letters[letter]!);
    expect(heard).toEqual([text(0, 'd'), [2, 0], 'c']);
  });
});
