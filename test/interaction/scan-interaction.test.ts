import fc from 'fast-check';
import { from, map, type Observable, Subject } from 'rxjs';
import {
  type Interaction,
  type InteractionEvent,
  outputText,
  reduceInteraction,
  scanInteraction,
} from 'rx-interactions';
import { completed, created, stepStart, stepStop, textDelta } from 'rx-interactions/testing';

import * as arbitrary from '../support/arbitrary.js';
import { marbles } from '../support/marbles.js';
import { valuesOf } from '../support/outcome.js';

const values: Readonly<Record<string, InteractionEvent>> = {
  c: created(),
  s: stepStart(0, 'model_output'),
  d: textDelta(0, 'a'),
  e: textDelta(0, 'b'),
  p: stepStop(0),
  q: stepStop(7),
  f: completed(),
};

/** What a snapshot shows, in few words: its status, the number of steps, the text. */
const shownBy = ({ status, steps, ...rest }: Interaction) =>
  `${status === 'in_progress' ? '…' : status} ${steps.length} ${outputText({ steps, ...rest }) ?? '-'}`;
const scanned = (source: Observable<InteractionEvent>) => source.pipe(scanInteraction(), map(shownBy));

const shown = {
  0: '… 0 -',
  1: '… 1 -',
  2: '… 1 a',
  3: '… 1 ab',
  4: '… 1 ab',
  5: 'completed 1 ab',
};

describe('scanInteraction', () => {
  it(
    'never emits for a source that never does',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold<InteractionEvent>('------');
      const unsub = '                        -----!';
      const subs = '                         ^----!';
      const expected = '                     ------';

      expectObservable(scanned(source), unsub).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'completes with an empty source, without a snapshot',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold<InteractionEvent>('--|');
      const subs = '                         ^-!';
      const expected = '                     --|';

      expectObservable(scanned(source)).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'emits one snapshot for one event',
    marbles(({ cold, expectObservable }) => {
      const source = cold('  --c--|', values);
      const expected = '     --0--|';

      expectObservable(scanned(source)).toBe(expected, shown);
    }),
  );

  it(
    'emits a snapshot after every event',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  -c-s-d-e-p-f|', values);
      const subs = '         ^-----------!';
      const expected = '     -0-1-2-3-4-5|';

      expectObservable(scanned(source)).toBe(expected, shown);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'is silent where an event changes nothing',
    marbles(({ cold, expectObservable }) => {
      const source = cold('  -c-q-s-q-d-|', values);
      const expected = '     -0---1---2-|';

      expectObservable(scanned(source)).toBe(expected, shown);
    }),
  );

  it(
    'passes an error of the source on; the last snapshot is what had arrived',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  -c-s-d-#', values);
      const subs = '         ^------!';
      const expected = '     -0-1-2-#';

      expectObservable(scanned(source)).toBe(expected, shown);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'releases an endless source when unsubscribed',
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('   -c-s-d-e-', values);
      const unsub = '        ------!  ';
      const subs = '         ^-----!  ';
      const expected = '     -0-1-2-  ';

      expectObservable(scanned(source), unsub).toBe(expected, shown);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'starts anew for every subscription',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  -c-s-d-|', values);
      const second = '       --^--------';
      const expected1 = '    -0-1-2-|';
      const expected2 = '    ---0-1-2-|';
      const result = scanned(source);

      expectObservable(result).toBe(expected1, shown);
      expectObservable(result, second).toBe(expected2, shown);
      expectSubscriptions(source.subscriptions).toBe(['^------!', '--^------!']);
    }),
  );

  it('keeps the identity of steps that did not change, and gives a new one to the step that did', () => {
    const events$ = new Subject<InteractionEvent>();
    const snapshots: Interaction[] = [];
    events$.pipe(scanInteraction()).subscribe((snapshot) => snapshots.push(snapshot));
    [
      ...[stepStart(0, 'model_output'), textDelta(0, 'a'), stepStop(0)],
      ...[stepStart(1, 'model_output'), textDelta(1, 'b'), textDelta(1, 'c'), stepStop(1), completed()],
    ].forEach((event) => {
      events$.next(event);
    });
    const first = snapshots.slice(1).map(({ steps }) => steps[0]);
    expect(new Set(first).size).toBe(1);
    const second = snapshots.slice(3).map(({ steps }) => steps[1]);
    expect(second.map((step, at) => at > 0 && step === second[at - 1])).toEqual([false, false, false, true, true]);
  });

  it('shows at the end what reduceInteraction gives, for any stream that settles', () => {
    fc.assert(
      fc.property(fc.array(arbitrary.canonical.event, { maxLength: 25 }), (heard) => {
        const events$ = from([...(heard as readonly InteractionEvent[]), completed()]);
        expect(valuesOf(events$.pipe(scanInteraction())).at(-1)).toEqual(
          valuesOf(events$.pipe(reduceInteraction()))[0],
        );
      }),
      { numRuns: 300 },
    );
  });
});
