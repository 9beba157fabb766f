import { concat, from, type Observable, throwError } from 'rxjs';
import {
  DecodeError,
  InteractionError,
  type InteractionEvent,
  throwIfUnsettled,
  TransportError,
  UnsettledError,
} from 'rx-interactions';
import { completed, created, stepStart, stepStop, textDelta } from 'rx-interactions/testing';

import { marbles } from '../support/marbles.js';
import { errorOf, outcomeOf } from '../support/outcome.js';

const values: Readonly<Record<string, InteractionEvent>> = {
  c: created(),
  b: created({ id: 'v1_2' }),
  s: stepStart(0, 'model_output'),
  d: textDelta(0, 'a'),
  p: stepStop(0),
  f: completed(),
};
const unsettled = new UnsettledError('disconnected');
const checked = (source: Observable<InteractionEvent>) => source.pipe(throwIfUnsettled());

describe('throwIfUnsettled', () => {
  it(
    'never emits for a source that never does',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold<InteractionEvent>('------');
      const unsub = '                        -----!';
      const subs = '                         ^----!';
      const expected = '                     ------';

      expectObservable(checked(source), unsub).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'errors for an empty source: nothing is no answer',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold<InteractionEvent>('--|');
      const subs = '                         ^-!';
      const expected = '                     --#';

      expectObservable(checked(source)).toBe(expected, values, unsettled);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'errors for one event that is not the end',
    marbles(({ cold, expectObservable }) => {
      const source = cold('  -c-|', values);
      const expected = '     -c-#';

      expectObservable(checked(source)).toBe(expected, values, unsettled);
    }),
  );

  it(
    'completes where the interaction settled',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  -c-s-d-p-f|', values);
      const subs = '         ^---------!';
      const expected = '     -c-s-d-p-f|';

      expectObservable(checked(source)).toBe(expected, values);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'errors where the source ends before',
    marbles(({ cold, expectObservable }) => {
      const source = cold('  -c-s-d--|', values);
      const expected = '     -c-s-d--#';

      expectObservable(checked(source)).toBe(expected, values, unsettled);
    }),
  );

  it(
    'errors where another hop began after the one that settled',
    marbles(({ cold, expectObservable }) => {
      const source = cold('  -c-f-b-|', values);
      const expected = '     -c-f-b-#';

      expectObservable(checked(source)).toBe(expected, values, unsettled);
    }),
  );

  it(
    'passes an error of the source on',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  -c-d-#', values);
      const subs = '         ^----!';
      const expected = '     -c-d-#';

      expectObservable(checked(source)).toBe(expected, values);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'releases an endless source when unsubscribed',
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('   -c-s-d-', values);
      const unsub = '        ----!  ';
      const subs = '         ^---!  ';
      const expected = '     -c-s-  ';

      expectObservable(checked(source), unsub).toBe(expected, values);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'starts anew for every subscription: what settled for one has not settled for another',
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('   -c-f-d-|', values);
      const second = '       ----^---';
      const expected1 = '    -c-f-d-|';
      const expected2 = '    -----d-#';
      const result = checked(source);

      expectObservable(result).toBe(expected1, values);
      expectObservable(result, second).toBe(expected2, values, unsettled);
      expectSubscriptions(source.subscriptions).toBe(['^------!', '----^--!']);
    }),
  );
});

describe('the error', () => {
  const begun = [created(), stepStart(0, 'model_output'), textDelta(0, 'a')];
  const failing = (error: unknown) =>
    errorOf(
      checked(
        concat(
          from(begun),
          throwError(() => error),
        ),
      ),
    );
  const partial = {
    id: 'v1_test',
    status: 'in_progress',
    steps: [{ type: 'model_output', content: [{ type: 'text', text: 'a' }] }],
    diagnostics: [{ code: 'step_truncated', position: 0 }],
  };

  it('holds what arrived, and the id', () => {
    const error = errorOf(checked(from(begun)));
    expect(error).toBeInstanceOf(UnsettledError);
    expect(error).toMatchObject({ code: 'disconnected', reason: 'disconnected', interactionId: 'v1_test', partial });
  });

  it('holds an interaction with nothing in it where nothing arrived', () => {
    expect(errorOf(checked(from([])))).toMatchObject({ partial: { steps: [], ids: [] } });
  });

  it('has a connection that broke as its cause', () => {
    const lost = new TransportError('connection_lost', 'The connection was lost');
    expect(failing(lost)).toMatchObject({ name: 'UnsettledError', cause: lost, partial });
  });

  it.each([
    new DecodeError('not_json', '{', []),
    new TransportError('connection_failed', 'No connection'),
    new TransportError('unexpected_content', 'HTML'),
  ])('stays what it was where it says more: $name $code', (error) => {
    expect(failing(error)).toBe(error);
    expect(error).toMatchObject({ interactionId: 'v1_test', partial });
  });

  it('of others is not touched', () => {
    const bug = Object.freeze(new TypeError('a bug of ours'));
    expect(failing(bug)).toBe(bug);
    expect(InteractionError.is(bug)).toBe(false);
  });

  it('comes once, and after everything that arrived', () => {
    const { values: heard, completed: ended, error } = outcomeOf(checked(from(begun)));
    expect(heard).toEqual(begun);
    expect(ended).toBe(false);
    expect(error).toBeInstanceOf(UnsettledError);
  });
});
