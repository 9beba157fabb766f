import { audioFrom, type Content, contentFrom, type ContentPart, imageFrom, text } from 'rx-interactions';
import { lastValueFrom, NEVER, of } from 'rxjs';

import { marbles } from '../../support/marbles.js';
import { errorOf, valuesOf } from '../../support/outcome.js';

const a = text('a');
const b = text('b');

describe('contentFrom', () => {
  it(
    'emits all blocks in the order of the parts, when the last part is there',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const first = cold<Content>('---(a|)', { a });
      const second = cold<Content>('-(b|) ', { b });
      const subs = ['              ^--!   ', '^!     '];
      const expected = '           ---(x|)';
      expectObservable(contentFrom('Compare:', first, second, b)).toBe(expected, { x: [text('Compare:'), a, b, b] });
      expectSubscriptions(first.subscriptions).toBe(subs[0]!);
      expectSubscriptions(second.subscriptions).toBe(subs[1]!);
    }),
  );

  it(
    'takes every block that a part emits, and none of one that emits none',
    marbles(({ cold, expectObservable }) => {
      const many = cold<Content>('a-b-|', { a, b });
      const none = cold<Content>('-|');
      expectObservable(contentFrom(none, many)).toBe('----(x|)', { x: [a, b] });
    }),
  );

  it(
    'leaves all parts when one fails, or when it is left',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const endless = cold<Content>('-a-', { a });
      const failing = cold<Content>('--#');
      expectObservable(contentFrom(endless, failing)).toBe('--#');
      expectObservable(contentFrom(endless), '---!').toBe('---');
      expectSubscriptions(endless.subscriptions).toBe(['^-!', '^--!']);
    }),
  );

  it('takes whatever can be subscribed to: promises, arrays, what imageFrom and its like make', async () => {
    const parts: readonly ContentPart[] = [[a, b], of(b), imageFrom('https://a/b'), audioFrom('https://a/c')];
    expect(valuesOf(contentFrom(...parts))).toEqual([
      [a, b, b, { type: 'image', uri: 'https://a/b' }, { type: 'audio', uri: 'https://a/c' }],
    ]);
    await expect(lastValueFrom(contentFrom(Promise.resolve(a), 'b'))).resolves.toEqual([a, b]);
  });

  it('keeps blocks of kinds that nobody knows yet', () => {
    const unknown: Content = { type: 'unknown', received: { type: 'smell' } };
    expect(valuesOf(contentFrom(unknown, of(unknown)))).toEqual([[unknown, unknown]]);
  });

  it('emits no blocks for no parts', () => {
    expect(valuesOf(contentFrom())).toEqual([[]]);
    expect(valuesOf(contentFrom([]))).toEqual([[]]);
  });

  it('reads nothing before it is subscribed to, and anew each time', () => {
    let subscribed = 0;
    const counted = contentFrom(
      new (class {
        readonly [Symbol.iterator] = () => {
          subscribed += 1;
          return [a][Symbol.iterator]();
        };
      })(),
    );
    expect(subscribed).toBe(0);
    expect(valuesOf(counted)).toEqual([[a]]);
    expect(valuesOf(counted)).toEqual([[a]]);
    expect(subscribed).toBe(2);
  });

  it('fails with the part that fails', () => {
    expect(errorOf(contentFrom('x', NEVER, imageFrom('')))).toMatchObject({ name: 'RequestError', fields: ['source'] });
  });
});
