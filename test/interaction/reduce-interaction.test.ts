import { from, map, type Observable } from 'rxjs';
import { type InteractionEvent, outputText, reduceInteraction } from 'rx-interactions';
import { completed, created, stepStart, stepStop, textDelta } from 'rx-interactions/testing';

import { marbles } from '../support/marbles.js';
import { valuesOf } from '../support/outcome.js';

const values: Readonly<Record<string, InteractionEvent>> = {
  c: created(),
  s: stepStart(0, 'model_output'),
  d: textDelta(0, 'a'),
  p: stepStop(0),
  f: completed(),
};
const reduced = (source: Observable<InteractionEvent>) =>
  source.pipe(
    reduceInteraction(),
    map((interaction) => `${interaction.status} ${outputText(interaction) ?? '-'}`),
  );
const whole = { i: 'completed a', n: 'in_progress -', h: 'in_progress a' };

describe('reduceInteraction', () => {
  it(
    'never emits for a source that never does',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold<InteractionEvent>('------');
      const unsub = '                        -----!';
      const subs = '                         ^----!';
      const expected = '                     ------';

      expectObservable(reduced(source), unsub).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'emits an interaction with nothing in it for an empty source',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold<InteractionEvent>('--|');
      const subs = '                         ^-!';
      const expected = '                     --(n|)';

      expectObservable(reduced(source)).toBe(expected, whole);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'emits for one event what that event says',
    marbles(({ cold, expectObservable }) => {
      const source = cold('  -c-|', values);
      const expected = '     ---(n|)';

      expectObservable(reduced(source)).toBe(expected, whole);
    }),
  );

  it(
    'emits once, when its source completes',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  -c-s-d-p-f-|', values);
      const subs = '         ^----------!';
      const expected = '     -----------(i|)';

      expectObservable(reduced(source)).toBe(expected, whole);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'gives what arrived where the source ends before the interaction',
    marbles(({ cold, expectObservable }) => {
      const source = cold('  -c-s-d-|', values);
      const expected = '     -------(h|)';

      expectObservable(reduced(source)).toBe(expected, whole);
    }),
  );

  it(
    'passes an error of the source on, without a value',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  -c-s-d-#', values);
      const subs = '         ^------!';
      const expected = '     -------#';

      expectObservable(reduced(source)).toBe(expected, whole);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'releases an endless source when unsubscribed',
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('   -c-s-d-', values);
      const unsub = '        ----!  ';
      const subs = '         ^---!  ';
      const expected = '     -----  ';

      expectObservable(reduced(source), unsub).toBe(expected, whole);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'starts anew for every subscription',
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('   -c-s-d-p-f-|', values);
      const second = '       ----------^-';
      const expected1 = '    -----------(i|)';
      const expected2 = '    -----------(n|)';
      const result = reduced(source);

      expectObservable(result).toBe(expected1, whole);
      expectObservable(result, second).toBe(expected2, whole);
      expectSubscriptions(source.subscriptions).toBe(['^----------!', '----------^!']);
    }),
  );

  it('flags every step that was cut', () => {
    const cut = [created(), stepStart(0, 'model_output'), textDelta(0, 'a'), stepStart(1, 'thought')];
    expect(valuesOf(from(cut).pipe(reduceInteraction()))[0]?.diagnostics).toEqual([
      { code: 'step_truncated', position: 0 },
      { code: 'step_truncated', position: 1 },
    ]);
  });
});
