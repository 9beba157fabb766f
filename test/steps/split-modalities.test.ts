import {
  concat,
  defer,
  EMPTY,
  finalize,
  from,
  ignoreElements,
  map,
  merge,
  mergeMap,
  NEVER,
  type Observable,
  of,
  take,
  timer,
  toArray,
} from 'rxjs';
import { type Modalities, partitionByModality, splitModalities } from 'rx-interactions';
import { alphabet, stepDelta, textDelta, thoughtSummary } from 'rx-interactions/testing';

import { marbles } from '../support/marbles.js';
import { operatorQuestions } from '../support/operator-questions.js';
import { errorOf, valuesOf } from '../support/outcome.js';

const i = stepDelta(0, { type: 'image', data: 'AAAA' });
const boom = new Error('boom');

/** Text as it is, and images as 'i'. */
const textAndImages = ({ text$, images$ }: Modalities) =>
  merge(text$.pipe(map(({ text }) => text)), images$.pipe(map(() => 'i')));

describe('splitModalities', () => {
  operatorQuestions(() => splitModalities(textAndImages), {
    letters: { i },
    values: { d: 'd', D: 'D', i: 'i' },
    one: {
      events: '-d-|',
      result: '-d-|',
    },
    many: {
      events: '-c-s-d-i-S-D-p-P-f|',
      result: '-----d-i---D------|',
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
    again: 'sidp',
  });

  it('loses nothing of a source that emits at once, whichever strand is taken first', () => {
    const events$ = of(textDelta(0, 'a'), thoughtSummary(1, 'b'), i, textDelta(0, 'c'));
    const orders: readonly (readonly (keyof Modalities)[])[] = [
      ['text$', 'thoughts$', 'images$'],
      ['images$', 'thoughts$', 'text$'],
    ];
    for (const names of orders) {
      const told = events$.pipe(
        splitModalities((strands) =>
          merge(...names.map((name) => (strands[name] as Observable<unknown>).pipe(map(() => name)))),
        ),
      );
      expect(valuesOf(told)).toEqual(['text$', 'thoughts$', 'images$', 'text$']);
    }
  });

  it('subscribes to its source once, when all has been taken, and each time it is subscribed itself', () => {
    let subscribed = 0;
    const events$ = defer(() => {
      subscribed += 1;
      return of(textDelta(0, 'a'), i);
    });
    const split$ = events$.pipe(splitModalities(textAndImages));
    expect(subscribed).toBe(0);
    expect([valuesOf(split$), valuesOf(split$)]).toEqual([
      ['a', 'i'],
      ['a', 'i'],
    ]);
    expect(subscribed).toBe(2);
  });

  it('asks nothing of its source when no strand is taken', () => {
    const events$ = defer(() => {
      throw boom;
    });
    expect(valuesOf(events$.pipe(splitModalities(() => of(1))))).toEqual([1]);
    expect(valuesOf(events$.pipe(splitModalities(() => EMPTY)))).toEqual([]);
  });

  it('passes an error of the project on, without asking the source', () => {
    const events$ = defer(() => {
      throw new Error('asked');
    });
    expect(
      errorOf(
        events$.pipe(
          splitModalities(() => {
            throw boom;
          }),
        ),
      ),
    ).toBe(boom);
  });

  it(
    'goes on until what was made of the strands is over, and leaves its source then',
    marbles(({ coldEvents, expectObservable, expectSubscriptions }) => {
      const source = coldEvents('  -s-d-i-d-i|', { i });
      const subs = '               ^----!     ';
      const expected = '           -----(i|)  ';

      expectObservable(
        source.pipe(
          splitModalities(({ images$ }) =>
            images$.pipe(
              take(1),
              map(() => 'i'),
            ),
          ),
        ),
      ).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'begins its source with a strand that is taken only later',
    marbles(({ coldEvents, expectObservable, expectSubscriptions }) => {
      const source = coldEvents('     -d|');
      const subs = '               ---^-!';
      const expected = '           ----d|';
      const late = source.pipe(splitModalities((strands) => timer(3).pipe(mergeMap(() => textAndImages(strands)))));

      expectObservable(late).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it('releases its source when all strands are left, although what was made of them goes on', () => {
    let released = 0;
    const events$ = concat(of(textDelta(0, 'a')), NEVER).pipe(finalize(() => (released += 1)));
    const open = events$.pipe(splitModalities(({ text$ }) => merge(text$.pipe(take(1)), NEVER))).subscribe();
    expect([released, open.closed]).toEqual([1, false]);
    open.unsubscribe();
    expect(released).toBe(1);
  });

  it('takes whatever can be turned into an Observable', async () => {
    const lists = from([alphabet['d']!]).pipe(
      splitModalities(({ text$ }) => {
        const whole = new Promise<readonly string[]>((resolve) => {
          text$
            .pipe(
              map(({ text }) => text),
              toArray(),
            )
            .subscribe(resolve);
        });
        return whole;
      }),
    );
    expect(await new Promise((resolve) => lists.subscribe(resolve))).toEqual(['d']);
  });

  it('gives the strands that partitionByModality does', () => {
    let names: readonly string[] = [];
    const look = splitModalities((strands) => {
      names = Object.keys(strands);
      return strands.text$.pipe(ignoreElements());
    });
    valuesOf(EMPTY.pipe(look));
    expect(names).toEqual(Object.keys(partitionByModality(EMPTY)));
  });
});
