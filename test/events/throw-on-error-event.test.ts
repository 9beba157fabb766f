import { concat, from, type Observable, throwError } from 'rxjs';
import {
  InteractionError,
  type InteractionEvent,
  ServerError,
  throwOnErrorEvent,
  TransportError,
} from 'rx-interactions';
import { completed, created, errorEvent, textDelta } from 'rx-interactions/testing';

import { marbles } from '../support/marbles.js';
import { errorOf, outcomeOf } from '../support/outcome.js';

const values: Readonly<Record<string, InteractionEvent>> = {
  c: created(),
  d: textDelta(0, 'a'),
  e: errorEvent('gateway_timeout', 'Deadline expired'),
  x: errorEvent(),
  f: completed(),
};
const reported = new ServerError('gateway_timeout', 'Deadline expired');
const checked = (source: Observable<InteractionEvent>) => source.pipe(throwOnErrorEvent());

describe('throwOnErrorEvent', () => {
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
    'completes with an empty source',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold<InteractionEvent>('--|');
      const subs = '                         ^-!';
      const expected = '                     --|';

      expectObservable(checked(source)).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'passes on what comes without an error',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  -c-d-f|', values);
      const subs = '         ^-----!';
      const expected = '     -c-d-f|';

      expectObservable(checked(source)).toBe(expected, values);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'passes the event on as a value, and errors when the source ends',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('  -c-d-e--|', values);
      const subs = '         ^-------!';
      const expected = '     -c-d-e--#';

      expectObservable(checked(source)).toBe(expected, values, reported);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'forgets it when the interaction settles after it',
    marbles(({ cold, expectObservable }) => {
      const source = cold('  -c-e-d-f|', values);
      const expected = '     -c-e-d-f|';

      expectObservable(checked(source)).toBe(expected, values);
    }),
  );

  it(
    'passes an empty error event on, and nothing else (Q11)',
    marbles(({ cold, expectObservable }) => {
      const source = cold('  -c-x-d--|', values);
      const expected = '     -c-x-d--|';

      expectObservable(checked(source)).toBe(expected, values);
    }),
  );

  it(
    'does not forget what the server said over an empty error event that follows',
    marbles(({ cold, expectObservable }) => {
      const source = cold('  -c-e-x--|', values);
      const expected = '     -c-e-x--#';

      expectObservable(checked(source)).toBe(expected, values, reported);
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
    'releases an endless source when unsubscribed, even after an error event',
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('   -c-e-d-d-', values);
      const unsub = '        ------!  ';
      const subs = '         ^-----!  ';
      const expected = '     -c-e-d-  ';

      expectObservable(checked(source), unsub).toBe(expected, values);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'starts anew for every subscription: an error that one heard is not thrown to another',
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('   -e---d-|', values);
      const first = '        ^-------';
      const second = '       ---^----';
      const expected1 = '    -e---d-#';
      const expected2 = '    -----d-|';
      const result = checked(source);

      expectObservable(result, first).toBe(expected1, values, reported);
      expectObservable(result, second).toBe(expected2, values);
      expectSubscriptions(source.subscriptions).toBe(['^------!', '---^---!']);
    }),
  );
});

describe('the ServerError', () => {
  it('has the code and the message of the server', () => {
    const error = errorOf(checked(from([errorEvent('safety', 'Blocked')])));
    expect(InteractionError.is(error)).toBe(true);
    expect(error).toBeInstanceOf(ServerError);
    expect(error).toMatchObject({ name: 'ServerError', code: 'safety', message: 'Blocked' });
  });

  it('has words of its own where the server has none', () => {
    expect(errorOf(checked(from([errorEvent('safety')])))).toMatchObject({
      code: 'safety',
      message: expect.stringMatching(/\S/),
    });
    expect(errorOf(checked(from([{ event_type: 'error', error: { message: 'Oh' } } as const])))).toMatchObject({
      code: 'error',
      message: 'Oh',
    });
  });

  it('explains a connection that breaks after it', () => {
    const lost = new TransportError('connection_lost', 'The connection was lost');
    const { values: events, error } = outcomeOf(
      checked(
        concat(
          from([errorEvent('api_error', 'm')]),
          throwError(() => lost),
        ),
      ),
    );
    expect(events).toHaveLength(1);
    expect(error).toMatchObject({ name: 'ServerError', code: 'api_error', cause: lost });
  });

  it('does not take the place of another error', () => {
    const bug = new TypeError('a bug of ours');
    expect(
      errorOf(
        checked(
          concat(
            from([errorEvent('api_error')]),
            throwError(() => bug),
          ),
        ),
      ),
    ).toBe(bug);
  });
});
