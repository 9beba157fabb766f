import { map, mergeMap, Observable, type OperatorFunction, of, Subject, take, takeUntil } from 'rxjs';
import type { InteractionEvent } from 'rx-interactions';
import { type Alphabet, alphabet } from 'rx-interactions/testing';

import { marbles } from './marbles.js';

/** What goes into an operator, and below it what comes out. */
interface Picture {
  readonly events: string;
  readonly result: string;
}

/** What the pictures of an operator are made of, and the pictures that differ from one operator to the next. */
export interface Answers {
  /** Letters of events besides those of the alphabet. */
  readonly letters?: Alphabet;
  /** What the letters of results stand for; the letters of the events unless told otherwise. */
  readonly values?: Readonly<Record<string, unknown>>;
  /** What comes of a source that is empty, `--|`. @defaultValue `'--|'` */
  readonly empty?: string;
  readonly one: Picture;
  readonly many: Picture;
  /** A source that fails after it has emitted. */
  readonly fails: Picture;
  /** An endless source that is left. */
  readonly left: Picture & { readonly until: string };
  /** Letters that give one result or more each time they are told again; none where results come only at the end. */
  readonly again: string;
}

/** Where the source is let go: at the frame of the last mark of a picture. */
const releasedAt = (picture: string): string => `^${'-'.repeat(picture.replace(/ /g, '').search(/[|#!]/) - 1)}!`;

/** An error of somebody downstream. */
const boom = new Error('boom');

/**
 * The questions that every operator over events is asked: never, empty, one, many, an error, an endless source that is
 * left, in virtual time and with the time its source is subscribed; and what must hold of each, whatever it does: a state
 * of its own for every subscription, an end that reaches the source from further down, be it a `take` or an error, and
 * that stops a source which emits while it is being subscribed.
 */
export const operatorQuestions = (
  operator: () => OperatorFunction<InteractionEvent, unknown>,
  { letters: more = {}, values, empty = '--|', one, many, fails, left, again }: Answers,
): void => {
  const letters: Alphabet = { ...alphabet, ...more };
  const results = values ?? letters;

  const holds = (name: string, { events, result }: Picture): void => {
    it(
      name,
      marbles(({ coldEvents, expectObservable, expectSubscriptions }) => {
        const source = coldEvents(events, letters);
        expectObservable(source.pipe(operator())).toBe(result, results);
        expectSubscriptions(source.subscriptions).toBe(releasedAt(events));
      }),
    );
  };

  const eventsOf = (name: string): readonly InteractionEvent[] => Array.from(name, (letter) => letters[letter]!);

  /** Tells the same events again and again, without ever returning, until it is stopped; counts how many. */
  const endless = (onEvent: (count: number) => void): Observable<InteractionEvent> =>
    new Observable((subscriber) => {
      const told = again === '' ? [alphabet['s']!, alphabet['d']!, alphabet['p']!] : eventsOf(again);
      for (let count = 1; !subscriber.closed && count < 10_000; count += 1) {
        onEvent(count);
        subscriber.next(told[(count - 1) % told.length]!);
      }
    });

  it(
    'never emits for a source that never does',
    marbles(({ coldEvents, expectObservable, expectSubscriptions }) => {
      const source = coldEvents('  ------');
      const until = '              -----!';
      const subs = '               ^----!';
      const expected = '           ------';

      expectObservable(source.pipe(operator()), until).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  holds('ends with an empty source', { events: '--|', result: empty });
  holds('says what one event comes to', one);
  holds('says what many events come to', many);
  holds('passes an error of the source on', fails);

  it(
    'releases an endless source when it is left, and from the middle of a chain, too',
    marbles(({ hotEvents, expectObservable, expectSubscriptions }) => {
      const source = hotEvents(left.events, letters);
      const inChain = source.pipe(
        mergeMap((event) => of(event)),
        operator(),
        mergeMap((value) => of(value)),
      );

      expectObservable(source.pipe(operator()), left.until).toBe(left.result, results);
      expectObservable(inChain, left.until).toBe(left.result, results);
      expectSubscriptions(source.subscriptions).toBe([releasedAt(left.until), releasedAt(left.until)]);
    }),
  );

  it(
    'has a state of its own for every subscription',
    marbles(({ coldEvents, expectObservable, expectSubscriptions }) => {
      const source = coldEvents(many.events, letters);
      const result = source.pipe(operator());

      expectObservable(result).toBe(many.result, results);
      expectObservable(result, '--^').toBe(`--${many.result}`, results);
      expectSubscriptions(source.subscriptions).toBe([releasedAt(many.events), `--${releasedAt(many.events)}`]);
    }),
  );

  it(
    'releases the source when its results are refused, and says why',
    marbles(({ coldEvents, expectObservable, expectSubscriptions }) => {
      const source = coldEvents(many.events, letters);
      const refused = source.pipe(
        operator(),
        map((): never => {
          throw boom;
        }),
      );
      const first = many.result.search(/[^-]/); // a group in brackets is at the frame where it opens
      const subs = `^${'-'.repeat(first - 1)}!`;

      expectObservable(refused).toBe(`${'-'.repeat(first)}#`, undefined, boom);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it('stops a source that emits without end while it is subscribed, at the event where it is left', () => {
    const leave$ = new Subject<void>();
    let told = 0;
    const source = endless((count) => {
      told = count;
      if (count === 10) leave$.next();
    });
    source.pipe(operator(), takeUntil(leave$)).subscribe();
    expect(told).toBe(10);
  });

  if (again !== '') {
    it('stops such a source when enough has been taken of it', () => {
      const toldAt: number[] = [];
      let told = 0;
      const source = endless((count) => {
        told = count;
      });
      source.pipe(operator(), take(3)).subscribe(() => toldAt.push(told));
      expect(toldAt).toHaveLength(3);
      expect(told).toBe(toldAt[2]);
    });
  }
};
