import { map, mergeMap, Observable, of, type OperatorFunction, Subject, take, takeUntil } from 'rxjs';

import { marbles } from '../../support/marbles.js';
import { outcomeOf } from '../../support/outcome.js';

/** The pieces of text that pictures are made of. Behind `a` and `b`, `x` makes them no JSON. */
export const pieces = {
  a: '{"list":[1',
  b: '0,{"x":"y',
  c: '"},3]}',
  n: '7',
  x: '"x',
};

interface Picture {
  readonly pieces: string;
  readonly result: string;
}

/** The pictures of an operator over the pieces of a JSON text, and what is in them. */
export interface Answers {
  readonly values: Readonly<Record<string, unknown>>;
  /** What an error in a picture is. */
  readonly empty: Picture & { readonly error?: unknown };
  readonly one: Picture;
  /** The pieces `a`, `b` and `c`. */
  readonly many: Picture;
  /** A source that fails behind `a` and `b`. */
  readonly fails: Picture;
  /** `a`, `b` and `x`. */
  readonly wrong: Picture & { readonly error: unknown };
  /** `a` and `b`, and the end. */
  readonly cut: Picture & { readonly error: unknown };
  /** An endless source that is left. */
  readonly left: Picture & { readonly until: string };
}

const releasedAt = (picture: string): string => `^${'-'.repeat(picture.search(/[|#!]/) - 1)}!`;

const boom = new Error('boom');

/**
 * The questions that every operator over the pieces of a JSON text is asked: never, empty, one, many, an error, an endless
 * source that is left, text that is not JSON and text that is cut, in virtual time and with the time its source is
 * subscribed; and what must hold of each: a state of its own for every subscription, and an end that reaches the source.
 */
export const pieceQuestions = (
  operator: () => OperatorFunction<string, unknown>,
  { values, empty, one, many, fails, wrong, cut, left }: Answers,
): void => {
  const holds = (name: string, picture: Picture & { readonly error?: unknown }, released = picture.pieces): void => {
    it(
      name,
      marbles(({ cold, expectObservable, expectSubscriptions }) => {
        const source = cold(picture.pieces, pieces, boom);
        expectObservable(source.pipe(operator())).toBe(picture.result, values, picture.error ?? boom);
        expectSubscriptions(source.subscriptions).toBe(releasedAt(released));
      }),
    );
  };

  it(
    'never emits for a source that never does',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('------');
      const until = '              -----!';
      const subs = '               ^----!';
      const expected = '           ------';

      expectObservable(source.pipe(operator()), until).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  holds('has an answer to an empty source', empty);
  holds('says what one piece comes to', one);
  holds('says what many pieces come to', many);
  holds('passes an error of the source on', fails);
  holds('errors as soon as the text cannot be JSON, and releases the source', wrong, wrong.result);
  holds('errors where the source ends before the document does', cut);

  it(
    'releases an endless source when it is left, and from the middle of a chain, too',
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot(left.pieces, pieces);
      const inChain = source.pipe(
        mergeMap((piece) => of(piece)),
        operator(),
        mergeMap((value) => of(value)),
      );

      expectObservable(source.pipe(operator()), left.until).toBe(left.result, values);
      expectObservable(inChain, left.until).toBe(left.result, values);
      expectSubscriptions(source.subscriptions).toBe([releasedAt(left.until), releasedAt(left.until)]);
    }),
  );

  it(
    'has a state of its own for every subscription',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold(many.pieces, pieces);
      const result = source.pipe(operator());

      expectObservable(result).toBe(many.result, values);
      expectObservable(result, '--^').toBe(`--${many.result}`, values);
      expectSubscriptions(source.subscriptions).toBe([releasedAt(many.pieces), `--${releasedAt(many.pieces)}`]);
    }),
  );

  it(
    'releases the source when its results are refused, and says why',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold(many.pieces, pieces);
      const refused = source.pipe(
        operator(),
        map((): never => {
          throw boom;
        }),
      );
      const first = many.result.search(/[^-]/); // a group in brackets is at the frame where it opens

      expectObservable(refused).toBe(`${'-'.repeat(first)}#`, undefined, boom);
      expectSubscriptions(source.subscriptions).toBe(`^${'-'.repeat(first - 1)}!`);
    }),
  );

  it('stops a source that emits without end while it is subscribed, at the piece where it is left', () => {
    const leave$ = new Subject<void>();
    let told = 0;
    const source = new Observable<string>((subscriber) => {
      for (told = 0; !subscriber.closed && told < 10_000;) {
        told += 1;
        if (told === 10) leave$.next();
        subscriber.next(told === 1 ? '[0' : ',0');
      }
    });
    source.pipe(operator(), takeUntil(leave$)).subscribe();
    expect(told).toBe(10);
  });

  it('does not go on after the only value that is taken', () => {
    const outcome = outcomeOf(of('[1,2]', 'x').pipe(operator(), take(1)));
    expect(outcome.values.length + (outcome.error === undefined ? 0 : 1)).toBe(1);
  });
};
