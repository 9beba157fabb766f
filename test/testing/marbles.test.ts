import { delay, map } from 'rxjs';
import { ofEventType } from 'rx-interactions';
import { alphabet, marbles, textDelta } from 'rx-interactions/testing';

const expectEqual = (actual: unknown, expected: unknown): void => {
  expect(actual).toEqual(expected);
};

describe('marbles', () => {
  it('runs its body in virtual time when it is called, not before', () => {
    const body = jest.fn();
    const test = marbles(() => undefined, body);
    expect(body).not.toHaveBeenCalled();
    test();
    expect(body).toHaveBeenCalledTimes(1);
  });

  it('hands what was observed and what was expected to the comparison', () => {
    const compared: (readonly [unknown, unknown])[] = [];
    marbles(
      (actual, expected) => compared.push([actual, expected]),
      ({ cold, expectObservable }) => {
        expectObservable(cold('a 9ms (b|)').pipe(delay(5))).toBe('5ms a 9ms (b|)');
      },
    )();
    expect(compared).toHaveLength(1);
    expect(compared[0]?.[0]).toEqual(compared[0]?.[1]);
  });

  it('fails where the comparison does', () => {
    const test = marbles(
      (actual, expected) => {
        expect(actual).toEqual(expected);
      },
      ({ cold, expectObservable }) => {
        expectObservable(cold('a|')).toBe('b|');
      },
    );
    expect(test).toThrow();
  });

  it(
    'has the letters of the alphabet for events, cold and hot',
    marbles(expectEqual, ({ coldEvents, expectObservable, expectSubscriptions, hotEvents }) => {
      const cold = coldEvents('    -c-s-d-p-f|');
      const hot = hotEvents('   -d^c-s-d-p-f|');
      const subs = '               ^---------!';
      const expected = '           -c-s-d-p-f|';

      expectObservable(cold).toBe(expected, alphabet);
      expectObservable(hot).toBe(expected, alphabet);
      expectSubscriptions(cold.subscriptions).toBe(subs);
      expectSubscriptions(hot.subscriptions).toBe(subs);
    }),
  );

  it(
    'expects events by letter',
    marbles(expectEqual, ({ coldEvents, expectEvents }) => {
      const events$ = coldEvents('                          -c-s-d-d-p-f|');
      expectEvents(events$.pipe(ofEventType('step.stop'))).toBe('---------p--|');
      expectEvents(events$, '                            -----!').toBe('-c-s-----');
    }),
  );

  it(
    'takes letters of one’s own, which come before those of the alphabet, and an error',
    marbles(expectEqual, ({ coldEvents, expectEvents, expectObservable }) => {
      const letters = { d: textDelta(7, 'mine'), x: textDelta(0, 'x') };
      const boom = new Error('boom');
      const events$ = coldEvents('  -s-d-x-#', letters, boom);

      expectEvents(events$).toBe('  -s-d-x-#', letters, boom);
      expectObservable(events$.pipe(map((event) => event === letters.d))).toBe(
        '-s-d-x-#',
        { s: false, d: true, x: false },
        boom,
      );
    }),
  );

  it.each([
    ['in a source', marbles(expectEqual, ({ coldEvents }) => void coldEvents('-c-q-|'))],
    ['in a hot one', marbles(expectEqual, ({ hotEvents }) => void hotEvents('-c-q-|'))],
    [
      'in an expectation',
      marbles(expectEqual, ({ coldEvents, expectEvents }) => {
        expectEvents(coldEvents('-c-|')).toBe('-q-|');
      }),
    ],
  ])('does not take a letter that stands for nothing, %s', (_name, test) => {
    expect(test).toThrow(new RangeError('No event has the letter "q"'));
  });
});
