import { concat, NEVER, of, type OperatorFunction, range, tap, throwError } from 'rxjs';

import { mapMulti } from '../../src/internal/map-multi.js';
import { marbles } from '../support/marbles.js';
import { operatorQuestions } from '../support/operator-questions.js';
import { errorOf, outcomeOf, valuesOf } from '../support/outcome.js';

const boom = new Error('boom');

/** How many times it was told the same, as often as that: nothing for the first of a kind, and the sum at the end. */
const repeats = (): OperatorFunction<unknown, string> =>
  mapMulti((push) => {
    const seen = new Map<unknown, number>();
    return {
      next: (value) => {
        const before = seen.get(value) ?? 0;
        for (let time = 1; time <= before; time += 1) push(`${time}`);
        seen.set(value, before + 1);
      },
      complete: () => {
        if (seen.size > 0) push(`sum ${seen.size}`);
      },
    };
  });

describe('mapMulti', () => {
  operatorQuestions(repeats, {
    values: { 1: '1', 2: '2', 3: 'sum 1', 4: 'sum 3' },
    one: {
      events: '-d-|',
      result: '---(3|)',
    },
    many: {
      events: '-c-d-d-d----f-|',
      result: '-----1-(12)---(4|)',
    },
    fails: {
      events: '-c-d-d-#',
      result: '-----1-#',
    },
    left: {
      events: '-d-d-d-',
      until: ' ----!  ',
      result: '---1---',
    },
    again: 'd',
  });

  it(
    'makes what it throws the error of the stream, and leaves the source',
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('  -a-b-c-');
      const expected = '    -a-(b#)';
      const subs = '        ^--!   ';
      const result = source.pipe(
        mapMulti<string, string>((push) => ({
          next: (value) => {
            push(value);
            if (value === 'b') throw boom;
          },
        })),
      );

      expectObservable(result).toBe(expected, undefined, boom);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'ends where it is told to, with what was pushed before, and leaves the source',
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('  -a-b-c-');
      const expected = '    -a-(b|)';
      const subs = '        ^--!   ';
      const complete = jest.fn();
      const result = source.pipe(
        mapMulti<string, string>((push, end) => ({
          next: (value) => {
            push(value);
            if (value !== 'b') return;
            end();
            push('too late');
          },
          complete,
        })),
        tap({ complete: () => expect(complete).not.toHaveBeenCalled() }),
      );

      expectObservable(result).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it('ends a source that emits while it is subscribed', () => {
    const seen: number[] = [];
    const numbers = range(1, 1000).pipe(tap((value) => seen.push(value)));
    const firstTwo = mapMulti<number, number>((push, end) => ({
      next: (value) => {
        push(value);
        if (value === 2) end();
      },
    }));
    expect(valuesOf(numbers.pipe(firstTwo))).toEqual([1, 2]);
    expect(seen).toEqual([1, 2]);
  });

  it('makes what it throws at its start, and at the end, an error too', () => {
    const late = mapMulti<number, number>((push) => ({
      next: push,
      complete: () => {
        throw boom;
      },
    }));
    const early = mapMulti<number, number>(() => {
      throw boom;
    });
    expect(outcomeOf(of(1).pipe(late))).toEqual({ values: [1], completed: false, error: boom });
    expect(errorOf(NEVER.pipe(early))).toBe(boom);
  });

  it('is not told that the source is complete when it failed, or when it was left', () => {
    const complete = jest.fn();
    const told = mapMulti<number, number>((push) => ({ next: push, complete }));
    expect(errorOf(throwError(() => boom).pipe(told))).toBe(boom);
    concat(of(1), NEVER).pipe(told).subscribe().unsubscribe();
    expect(complete).not.toHaveBeenCalled();
  });

  it('starts at subscription, anew for each', () => {
    const start = jest.fn((push: (value: number) => void) => ({ next: push }));
    const result = of(1).pipe(mapMulti(start));
    expect(start).not.toHaveBeenCalled();
    expect([valuesOf(result), valuesOf(result)]).toEqual([[1], [1]]);
    expect(start).toHaveBeenCalledTimes(2);
  });

  it('says nothing after its end, whoever still pushes', () => {
    let pushLate: ((value: number) => void) | undefined;
    const values: number[] = [];
    of(1)
      .pipe(
        mapMulti<number, number>((push) => {
          pushLate = push;
          return { next: push };
        }),
      )
      .subscribe((value) => values.push(value));
    pushLate?.(2);
    expect(values).toEqual([1]);
  });
});
