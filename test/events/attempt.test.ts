import { isLeft, isRight } from 'fp-ts/lib/Either.js';
import { of } from 'rxjs';
import { attempt, FrameError } from 'rx-interactions';

import { marbles } from '../support/marbles.js';
import { valuesOf } from '../support/outcome.js';

const failure = new FrameError(64);
const foreign = new TypeError('a bug of ours');
const out = {
  A: { _tag: 'Right', right: 'a' },
  B: { _tag: 'Right', right: 'b' },
  L: { _tag: 'Left', left: failure },
};

describe('attempt', () => {
  it(
    'never emits for a source that never does',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  ------');
      const unsub = '        -----!';
      const subs = '         ^----!';
      const expected = '     ------';

      expectObservable(source.pipe(attempt()), unsub).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'completes with an empty source',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  --|');
      const subs = '         ^-!';
      const expected = '     --|';

      expectObservable(source.pipe(attempt())).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'makes one value a Right',
    marbles(({ cold, expectObservable }) => {
      const source = cold('  -a-|');
      const expected = '     -A-|';

      expectObservable(source.pipe(attempt())).toBe(expected, out);
    }),
  );

  it(
    'makes every value a Right, and an error of this library a last Left',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  -a-b-#', undefined, failure);
      const subs = '         ^----!';
      const expected = '     -A-B-(L|)';

      expectObservable(source.pipe(attempt())).toBe(expected, out);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'leaves errors of others errors',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  -a-#', undefined, foreign);
      const subs = '         ^--!';
      const expected = '     -A-#';

      expectObservable(source.pipe(attempt())).toBe(expected, out, foreign);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'releases an endless source when unsubscribed',
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('   -a-b-a-');
      const unsub = '        ----!  ';
      const subs = '         ^---!  ';
      const expected = '     -A-B-  ';

      expectObservable(source.pipe(attempt()), unsub).toBe(expected, out);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'gives every subscription the same, from a subscription of its own',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  -a-#', undefined, failure);
      const second = '       --^---';
      const expected1 = '    -A-(L|)';
      const expected2 = '    ---A-(L|)';
      const result = source.pipe(attempt());

      expectObservable(result).toBe(expected1, out);
      expectObservable(result, second).toBe(expected2, out);
      expectSubscriptions(source.subscriptions).toBe(['^--!', '--^--!']);
    }),
  );

  it('gives values that fp-ts knows', () => {
    const [either] = valuesOf(of('a').pipe(attempt()));
    expect(isRight(either!)).toBe(true);
    expect(isLeft(either!)).toBe(false);
  });
});
