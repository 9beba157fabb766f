import { type InteractionEvent, unknownEvents } from 'rx-interactions';
import { completed, created } from 'rx-interactions/testing';

import { marbles } from '../support/marbles.js';

const received = { event_type: 'interaction.paused', reason: 'tea' };
const values: Readonly<Record<string, InteractionEvent>> = {
  c: created(),
  u: { event_type: 'unknown', received },
  v: { event_type: 'unknown', received: 'anything' },
  f: completed(),
};
const out = { r: received, q: 'anything' };

describe('unknownEvents', () => {
  it(
    'never emits for a source that never does',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold<InteractionEvent>('------');
      const unsub = '                        -----!';
      const subs = '                         ^----!';
      const expected = '                     ------';

      expectObservable(source.pipe(unknownEvents()), unsub).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'completes with an empty source, and with one in which everything is known',
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold<InteractionEvent>('--|').pipe(unknownEvents())).toBe('--|');
      expectObservable(cold('                  -c-f|', values).pipe(unknownEvents())).toBe('----|');
    }),
  );

  it(
    'emits what was received, and nothing else',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  -c-u-v-f|', values);
      const subs = '         ^-------!';
      const expected = '     ---r-q--|';

      expectObservable(source.pipe(unknownEvents())).toBe(expected, out);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'passes an error of the source on',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  -u-#', values);
      const subs = '         ^--!';
      const expected = '     -r-#';

      expectObservable(source.pipe(unknownEvents())).toBe(expected, out);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'releases an endless source when unsubscribed',
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('   -u-c-v-', values);
      const unsub = '        ----!  ';
      const subs = '         ^---!  ';
      const expected = '     -r---  ';

      expectObservable(source.pipe(unknownEvents()), unsub).toBe(expected, out);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'gives every subscription the same, from a subscription of its own',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  -u-|', values);
      const second = '       --^---';
      const expected1 = '    -r-|';
      const expected2 = '    ---r-|';
      const result = source.pipe(unknownEvents());

      expectObservable(result).toBe(expected1, out);
      expectObservable(result, second).toBe(expected2, out);
      expectSubscriptions(source.subscriptions).toBe(['^--!', '--^--!']);
    }),
  );
});
