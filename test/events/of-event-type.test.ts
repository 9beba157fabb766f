import { from } from 'rxjs';
import { ofEventType } from 'rx-interactions';
import { completed, created, stepStart, stepStop, textDelta } from 'rx-interactions/testing';

import { marbles } from '../support/marbles.js';
import { valuesOf } from '../support/outcome.js';

const values = {
  c: created(),
  s: stepStart(0, 'model_output'),
  d: textDelta(0, 'a'),
  e: textDelta(0, 'b'),
  p: stepStop(0),
  f: completed(),
};

describe('ofEventType', () => {
  it(
    'never emits for a source that never does',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold<(typeof values)['d']>('------');
      const unsub = '                            -----!';
      const subs = '                             ^----!';
      const expected = '                         ------';

      expectObservable(source.pipe(ofEventType('step.delta')), unsub).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'completes with an empty source',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold<(typeof values)['d']>('--|');
      const subs = '                             ^-!';
      const expected = '                         --|';

      expectObservable(source.pipe(ofEventType('step.delta'))).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'lets one event of the type through',
    marbles(({ cold, expectObservable }) => {
      const source = cold('  --d--|', values);
      const expected = '     --d--|';

      expectObservable(source.pipe(ofEventType('step.delta'))).toBe(expected, values);
    }),
  );

  it(
    'leaves out the events of other types',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  -c-s-d-e-p-f|', values);
      const subs = '         ^-----------!';
      const expected = '     -----d-e----|';

      expectObservable(source.pipe(ofEventType('step.delta'))).toBe(expected, values);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'lets the events of several types through',
    marbles(({ cold, expectObservable }) => {
      const source = cold('  -c-s-d-e-p-f|', values);
      const expected = '     ---s-----p--|';

      expectObservable(source.pipe(ofEventType('step.start', 'step.stop'))).toBe(expected, values);
    }),
  );

  it(
    'passes an error of the source on',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  -c-d-#', values);
      const subs = '         ^----!';
      const expected = '     ---d-#';

      expectObservable(source.pipe(ofEventType('step.delta'))).toBe(expected, values);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'releases an endless source when unsubscribed',
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('   -c-s-d-e-', values);
      const unsub = '        ------!  ';
      const subs = '         ^-----!  ';
      const expected = '     -----d-  ';

      expectObservable(source.pipe(ofEventType('step.delta')), unsub).toBe(expected, values);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'gives every subscription the same, from a subscription of its own',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  -c-d-|', values);
      const first = '        ^-----';
      const second = '       --^-------';
      const expected1 = '    ---d-|';
      const expected2 = '    -----d-|';
      const result = source.pipe(ofEventType('step.delta'));

      expectObservable(result, first).toBe(expected1, values);
      expectObservable(result, second).toBe(expected2, values);
      expectSubscriptions(source.subscriptions).toBe(['^----!', '--^----!']);
    }),
  );

  it('passes the same objects on', () => {
    const events = Object.values(values);
    expect(valuesOf(from(events).pipe(ofEventType('step.start')))[0]).toBe(values.s);
  });
});
