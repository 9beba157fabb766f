import { takeUntilSettled } from 'rx-interactions';
import { completed, created, errorEvent, statusUpdate, textDelta } from 'rx-interactions/testing';

import { marbles } from '../support/marbles.js';

const values = {
  c: created(),
  d: textDelta(0, 'a'),
  u: statusUpdate('completed'),
  e: errorEvent('api_error'),
  f: completed(),
};

describe('takeUntilSettled', () => {
  it(
    'never emits for a source that never does',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold<typeof values.c>('------');
      const unsub = '                       -----!';
      const subs = '                        ^----!';
      const expected = '                    ------';

      expectObservable(source.pipe(takeUntilSettled()), unsub).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'completes with an empty source',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold<typeof values.c>('--|');
      const subs = '                        ^-!';
      const expected = '                    --|';

      expectObservable(source.pipe(takeUntilSettled())).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'completes with the event that settles, and leaves the source then',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  -c-d-f--d--|', values);
      const subs = '         ^----!      ';
      const expected = '     -c-d-(f|)   ';

      expectObservable(source.pipe(takeUntilSettled())).toBe(expected, values);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'does not wait for a server that keeps the connection',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  -f-----', values);
      const subs = '         ^!     ';
      const expected = '     -(f|)  ';

      expectObservable(source.pipe(takeUntilSettled())).toBe(expected, values);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'takes neither a final status nor an error event for the end',
    marbles(({ cold, expectObservable }) => {
      const source = cold('  -c-u-e-d|', values);
      const expected = '     -c-u-e-d|';

      expectObservable(source.pipe(takeUntilSettled())).toBe(expected, values);
    }),
  );

  it(
    'passes an error of the source on',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  -c-d-#', values);
      const subs = '         ^----!';
      const expected = '     -c-d-#';

      expectObservable(source.pipe(takeUntilSettled())).toBe(expected, values);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'does not hear of an error after the event that settles',
    marbles(({ cold, expectObservable }) => {
      const source = cold('  -c-f-#', values);
      const expected = '     -c-(f|)';

      expectObservable(source.pipe(takeUntilSettled())).toBe(expected, values);
    }),
  );

  it(
    'releases the source when unsubscribed',
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('   -c-d-d-f', values);
      const unsub = '        ----!   ';
      const subs = '         ^---!   ';
      const expected = '     -c-d-   ';

      expectObservable(source.pipe(takeUntilSettled()), unsub).toBe(expected, values);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'starts anew for every subscription',
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('   -c-f-d-f-', values);
      const first = '        ^--------';
      const second = '       ----^----';
      const expected1 = '    -c-(f|)  ';
      const expected2 = '    -----d-(f|)';
      const result = source.pipe(takeUntilSettled());

      expectObservable(result, first).toBe(expected1, values);
      expectObservable(result, second).toBe(expected2, values);
      expectSubscriptions(source.subscriptions).toBe(['^--!', '----^--!']);
    }),
  );
});
