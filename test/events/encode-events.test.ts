import fc from 'fast-check';
import { from, map, type Observable } from 'rxjs';
import { decodeEvents, decodeFrames, encodeEvents, type InteractionEvent } from 'rx-interactions';
import { completed, created, textDelta } from 'rx-interactions/testing';

import * as arbitrary from '../support/arbitrary.js';
import { textOf } from '../support/bytes.js';
import { marbles } from '../support/marbles.js';
import { valuesOf } from '../support/outcome.js';

const values: Readonly<Record<string, InteractionEvent>> = { c: created(), d: textDelta(0, 'a'), f: completed() };
const texts = {
  ...Object.fromEntries(
    Object.entries(values).map(([key, event]) => [
      key.toUpperCase(),
      `event: ${event.event_type}\ndata: ${JSON.stringify(event)}\n\n`,
    ]),
  ),
  Z: 'event: done\ndata: [DONE]\n\n',
};
const encoded = (source: Observable<InteractionEvent>) => source.pipe(encodeEvents(), map(textOf));

describe('encodeEvents', () => {
  it(
    'never emits for a source that never does',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold<InteractionEvent>('------');
      const unsub = '                        -----!';
      const subs = '                         ^----!';
      const expected = '                     ------';

      expectObservable(encoded(source), unsub).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'ends an empty source with [DONE]',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold<InteractionEvent>('--|');
      const subs = '                         ^-!';
      const expected = '                     --(Z|)';

      expectObservable(encoded(source)).toBe(expected, texts);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'emits one chunk per event, and [DONE] at the end',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  -c-d-f-|', values);
      const subs = '         ^------!';
      const expected = '     -C-D-F-(Z|)';

      expectObservable(encoded(source)).toBe(expected, texts);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'passes an error of the source on, without [DONE]',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  -c-#', values);
      const subs = '         ^--!';
      const expected = '     -C-#';

      expectObservable(encoded(source)).toBe(expected, texts);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'releases an endless source when unsubscribed',
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('   -c-d-d-', values);
      const unsub = '        ----!  ';
      const subs = '         ^---!  ';
      const expected = '     -C-D-  ';

      expectObservable(encoded(source), unsub).toBe(expected, texts);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'gives every subscription the same, from a subscription of its own',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  -c-|', values);
      const second = '       --^---';
      const expected1 = '    -C-(Z|)';
      const expected2 = '    ---C-(Z|)';
      const result = encoded(source);

      expectObservable(result).toBe(expected1, texts);
      expectObservable(result, second).toBe(expected2, texts);
      expectSubscriptions(source.subscriptions).toBe(['^--!', '--^--!']);
    }),
  );

  it('writes back what was not understood, as it was received', () => {
    const received = { event_type: 'interaction.paused', reason: 'tea' };
    expect(valuesOf(encoded(from([{ event_type: 'unknown', received } as const])))[0]).toBe(
      `event: interaction.paused\ndata: ${JSON.stringify(received)}\n\n`,
    );
  });

  it('writes an unknown event without a name without one', () => {
    for (const received of [{}, null, 7, { event_type: 7 }]) {
      expect(valuesOf(encoded(from([{ event_type: 'unknown', received } as const])))[0]).toBe(
        `data: ${JSON.stringify(received)}\n\n`,
      );
    }
  });

  it('is undone by decodeFrames and decodeEvents', () => {
    fc.assert(
      fc.property(fc.array(arbitrary.canonical.event, { maxLength: 6 }), (heard) => {
        const events = [...(heard as readonly InteractionEvent[]), completed()];
        expect(valuesOf(from(events).pipe(encodeEvents(), decodeFrames(), decodeEvents()))).toEqual(events);
      }),
      { numRuns: 200 },
    );
  });
});
