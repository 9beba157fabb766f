import {
  continueWith,
  type Interaction,
  InteractionError,
  type InteractionEvent,
  reduceInteraction,
  scanInteraction,
  TransportError,
  UnsettledError,
} from 'rx-interactions';
import { completed, created, errorEvent, stepStart, stepStop, textDelta } from 'rx-interactions/testing';
import { concat, EMPTY, lastValueFrom, map, NEVER, type ObservableInput, of, throwError, toArray } from 'rxjs';

import { marbles } from '../support/marbles.js';
import { errorOf } from '../transport/support/observe.js';

/** Rounds: c s d p f is the first, C S D P F the second; h is a hop that goes on. */
const events: Record<string, InteractionEvent> = {
  c: created({ id: 'v1_one' }),
  s: stepStart(0, 'model_output'),
  d: textDelta(0, 'one'),
  p: stepStop(0),
  e: errorEvent('api_error', 'not fatal'),
  f: completed({ id: 'v1_one', usage: { total_tokens: 10 } }),
  h: completed({ id: 'v1_one', status: 'requires_continuation', continuation_token: 't' }),
  C: created({ id: 'v1_two' }),
  S: stepStart(0, 'model_output'),
  D: textDelta(0, 'two'),
  P: stepStop(0),
  F: completed({ id: 'v1_two', usage: { total_tokens: 5 } }),
};

const all = (marks: string): InteractionEvent[] => Array.from(marks, (mark) => events[mark]!);

const textsOf = ({ steps }: Interaction) =>
  steps.map((step) =>
    step.type === 'model_output' ? step.content?.map((block) => 'text' in block && block.text) : step.type,
  );

describe('continueWith', () => {
  it(
    'ends with the event that settles, and leaves the source then, where there is nothing to go on with',
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('  -c-s-d-p-f------', events);
      const subs = '        ^--------!      ';
      const expected = '    -c-s-d-p-(f|)   ';

      expectObservable(source.pipe(continueWith(() => undefined))).toBe(expected, events);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'goes on with what it is given, when the round before has settled',
    marbles(({ hot, cold, expectObservable, expectSubscriptions }) => {
      const source = hot('  -c-s-d-p-f------     ', events);
      const subs1 = '       ^--------!           ';
      const next = cold('            -C-D-F------', events);
      const subs2 = '       ---------^----!      ';
      const expected = '    -c-s-d-p-fC-D-(F|)   ';

      const result = source.pipe(continueWith(({ ids }) => (ids.length === 1 ? next : undefined)));

      expectObservable(result).toBe(expected, events);
      expectSubscriptions(source.subscriptions).toBe(subs1);
      expectSubscriptions(next.subscriptions).toBe(subs2);
    }),
  );

  it(
    'may take its time between two rounds',
    marbles(({ cold, expectObservable }) => {
      const source = cold('-c-f|          ', events);
      const next = cold('     ------C-F| ', events);
      const expected = '   -c-f-----C-(F|)';

      expectObservable(source.pipe(continueWith(({ ids }) => (ids.length === 1 ? next : undefined)))).toBe(
        expected,
        events,
      );
    }),
  );

  it(
    'asks nothing of a source that ends before it settles',
    marbles(({ cold, expectObservable }) => {
      const next = jest.fn(() => undefined);
      for (const marks of ['-c-s-|', '|', '-c-s-d-p-|']) {
        expectObservable(cold(marks, events).pipe(continueWith(next))).toBe(marks, events);
      }
      expectObservable(NEVER.pipe(continueWith(next))).toBe('-');
      expect(next).not.toHaveBeenCalled();
    }),
  );

  it(
    'does not take the end of a hop for the end: requires_continuation',
    marbles(({ cold, expectObservable, flush }) => {
      const asked: string[] = [];
      const source = cold('-c-h-C-F---', events);
      const expected = '   -c-h-C-(F|)';

      const result = source.pipe(
        continueWith(({ ids }) => {
          asked.push(ids.join());
          return undefined;
        }),
      );

      expectObservable(result).toBe(expected, events);
      flush();
      expect(asked).toEqual(['v1_one,v1_two']);
    }),
  );

  it(
    'ends where a hop is the last thing that comes',
    marbles(({ cold, expectObservable, flush }) => {
      const next = jest.fn(() => undefined);
      expectObservable(cold('-c-h-|', events).pipe(continueWith(next))).toBe('-c-h-|', events);
      flush();
      expect(next).not.toHaveBeenCalled();
    }),
  );

  it(
    'passes an error on, from any round',
    marbles(({ cold, expectObservable }) => {
      const first = cold('-c-#', events, 'broken');
      expectObservable(first.pipe(continueWith(() => undefined))).toBe('-c-#', events, 'broken');

      const source = cold('-c-f|  ', events);
      const next = cold('     -C-#', events, 'broken');
      const expected = '   -c-fC-#';
      expectObservable(source.pipe(continueWith(() => next))).toBe(expected, events, 'broken');
    }),
  );

  it(
    'fails with what next throws',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('-c-f--', events);
      const result = source.pipe(
        continueWith(() => {
          throw 'thrown' as unknown as Error;
        }),
      );
      expectObservable(result).toBe('-c-(f#)', events, 'thrown');
      expectSubscriptions(source.subscriptions).toBe('^--!');
    }),
  );

  it(
    'leaves the round that runs when it is left',
    marbles(({ hot, cold, expectObservable, expectSubscriptions }) => {
      const source = hot('-c-s-d-f---', events);
      expectObservable(source.pipe(continueWith(() => undefined)), '----!').toBe('-c-s-', events);
      expectSubscriptions(source.subscriptions).toBe('^---!');

      const first = cold('-c-f---   ', events);
      const next = cold('    -C-S-D-', events);
      const unsub = '     ------!   ';
      const expected = '  -c-fC-    ';
      expectObservable(first.pipe(continueWith(() => next)), unsub).toBe(expected, events);
      expectSubscriptions(first.subscriptions).toBe('^--!');
      expectSubscriptions(next.subscriptions).toBe('---^--!');
    }),
  );

  it(
    'begins anew for each subscription',
    marbles(({ cold, expectObservable, flush }) => {
      const asked: string[] = [];
      const source = cold('-c-f|', events);
      const next = cold('     -C-F|', events);
      const result = source.pipe(
        continueWith(({ ids }) => {
          asked.push(ids.join());
          return ids.length === 1 ? next : undefined;
        }),
      );
      expectObservable(result).toBe('-c-fC-(F|)', events);
      expectObservable(result, '--^').toBe('---c-fC-(F|)', events);
      flush();
      expect([...asked].sort()).toEqual(['v1_one', 'v1_one', 'v1_one,v1_two', 'v1_one,v1_two']);
    }),
  );

  it('asks with the whole timeline: the steps and ids of all rounds, their usage summed', async () => {
    const seen: Interaction[] = [];
    const turn$ = of(...all('csdpf')).pipe(
      continueWith((settled) => {
        seen.push(settled);
        return settled.ids.length === 1 ? of(...all('CSDPF')) : undefined;
      }),
    );
    const turn = await lastValueFrom(turn$.pipe(reduceInteraction()));
    expect(seen.map(({ ids }) => ids)).toEqual([['v1_one'], ['v1_one', 'v1_two']]);
    expect(seen.map(({ usage }) => usage?.total_tokens)).toEqual([10, 15]);
    expect(seen.map(textsOf)).toEqual([[['one']], [['one'], ['two']]]);
    expect(seen.at(-1)).toEqual(turn);
  });

  it.each<[string, (again: InteractionEvent[]) => ObservableInput<InteractionEvent>]>([
    ['an array', (again) => again],
    ['a Promise', (again) => Promise.resolve(again.at(-1)!)],
    ['an Observable', (again) => of(...again)],
  ])('goes on with %s', async (_what, make) => {
    const turn$ = of(...all('cf')).pipe(continueWith(({ ids }) => (ids.length === 1 ? make(all('CF')) : undefined)));
    expect((await lastValueFrom(turn$.pipe(toArray()))).at(-1)).toEqual(events['F']);
  });

  it('ends when it is to go on with nothing', async () => {
    const next = jest.fn(() => EMPTY);
    const turn$ = of(...all('cf')).pipe(continueWith(next));
    expect(await lastValueFrom(turn$.pipe(toArray()))).toEqual(all('cf'));
    expect(next).toHaveBeenCalledTimes(1);
  });

  it('goes on after an error event that was not fatal', async () => {
    const turn$ = of(...all('csedpf')).pipe(continueWith(({ ids }) => (ids.length === 1 ? all('CF') : undefined)));
    expect(await lastValueFrom(turn$.pipe(toArray()))).toEqual(all('csedpfCF'));
  });

  // More than any turn takes, and all in one tick: rounds that are synchronous do nest, a few stack frames each.
  it('takes as many rounds as it is given', async () => {
    let rounds = 1;
    const round = (count: number) => [created({ id: `v1_${String(count)}` }), completed({ id: `v1_${String(count)}` })];
    const turn$ = of(...round(1)).pipe(continueWith(() => (rounds === 300 ? undefined : of(...round((rounds += 1))))));
    const { ids } = await lastValueFrom(turn$.pipe(reduceInteraction()));
    expect(ids).toHaveLength(300);
  });

  describe('gives an error the whole turn', () => {
    const broken = () => new TransportError('connection_lost', 'reset');

    it('in the first round', async () => {
      const error = await errorOf(
        concat(
          of(...all('csd')),
          throwError(() => new UnsettledError('disconnected')),
        ).pipe(continueWith(() => undefined)),
      );
      if (!InteractionError.is(error) || !error.partial) throw error;
      expect(error.partial).toMatchObject({ id: 'v1_one', ids: ['v1_one'], status: 'in_progress' });
      expect(textsOf(error.partial)).toEqual([['one']]);
      expect(error.partial.diagnostics).toContainEqual({ code: 'step_truncated', position: 0 });
      expect(error.interactionId).toBe('v1_one');
    });

    it('in a later round', async () => {
      const error = await errorOf(
        of(...all('csdpf')).pipe(continueWith(() => concat(of(...all('CSD')), throwError(broken)))),
      );
      if (!InteractionError.is(error) || !error.partial) throw error;
      expect(error).toMatchObject({ name: 'TransportError', code: 'connection_lost' });
      expect(error.partial.ids).toEqual(['v1_one', 'v1_two']);
      expect(textsOf(error.partial)).toEqual([['one'], ['two']]);
      expect(error.partial.diagnostics).toEqual([{ code: 'step_truncated', position: 1 }]);
      expect(error.partial.usage?.total_tokens).toBe(10);
    });

    it('between two rounds', async () => {
      const error = await errorOf(of(...all('csdpf')).pipe(continueWith(() => throwError(broken))));
      expect(error).toMatchObject({ partial: { status: 'completed', ids: ['v1_one'] } });
    });

    it('but leaves the errors of others as they are', async () => {
      const foreign = Object.freeze(new Error('foreign'));
      expect(await errorOf(of(...all('cf')).pipe(continueWith(() => throwError(() => foreign))))).toBe(foreign);
    });
  });

  it(
    'is one timeline for scanInteraction',
    marbles(({ cold, expectObservable }) => {
      const source = cold('-c-s-d-p-f|           ', events);
      const next = cold('           -C-S-D-P-F|  ', events);
      const expected = '   -a-b-b-b-bb-c-c-c-(c|)';

      const result = source.pipe(
        continueWith(({ ids }) => (ids.length === 1 ? next : undefined)),
        scanInteraction(),
        map(({ steps }) => steps.length),
      );

      expectObservable(result).toBe(expected, { a: 0, b: 1, c: 2 });
    }),
  );
});
