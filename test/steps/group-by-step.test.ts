import { setImmediate } from 'node:timers/promises';

import {
  concat,
  concatMap,
  EMPTY,
  filter,
  finalize,
  from,
  ignoreElements,
  map,
  mergeMap,
  NEVER,
  type Observable,
  of,
  scan,
  Subject,
  take,
  takeUntil,
  tap,
} from 'rxjs';
import {
  groupByStep,
  type InteractionEvent,
  scanArguments,
  type StepObservable,
  type TurnMark,
  UnsettledError,
} from 'rx-interactions';
import {
  alphabet,
  argumentsDelta,
  completed,
  created,
  stepStart,
  stepStop,
  thoughtSignature,
} from 'rx-interactions/testing';

import { collectGarbage } from '../support/garbage.js';
import { marbles } from '../support/marbles.js';
import { operatorQuestions } from '../support/operator-questions.js';
import { outcomeOf, valuesOf } from '../support/outcome.js';

const { s, d, p, S, D, P } = alphabet;
const cut = new UnsettledError('disconnected');
const boom = new Error('boom');

/** A source of events by hand, the groups it gives, and whether it is subscribed. */
const grouped = () => {
  const events$ = new Subject<InteractionEvent | TurnMark>();
  const groups: StepObservable[] = [];
  const outer = events$.pipe(groupByStep()).subscribe({ next: (step$) => groups.push(step$), error: () => undefined });
  const tell = (...events: readonly (InteractionEvent | TurnMark | undefined)[]): void => {
    events.forEach((event) => {
      events$.next(event!);
    });
  };
  return { events$, groups, outer, tell };
};

/** What a group says from now on. */
const heardFrom = (step$: Observable<InteractionEvent> | undefined) => {
  const heard: unknown[] = [];
  const subscription = step$!.subscribe({
    next: (event) => heard.push(event),
    error: (error: unknown) => heard.push(error),
    complete: () => heard.push('|'),
  });
  return { heard, subscription };
};

describe('groupByStep, all groups taken at once,', () => {
  operatorQuestions(
    () => (source) =>
      source.pipe(
        groupByStep(),
        mergeMap((step$) => step$),
      ),
    {
      one: {
        events: '-s-p|',
        result: '-s-p|',
      },
      many: {
        events: '-c-s-d-S-D-d-p-P-f|',
        result: '---s-d-S-D-d-p-P--|',
      },
      fails: {
        events: '-c-s-d-#',
        result: '---s-d-#',
      },
      left: {
        events: '-c-s-d-d-',
        until: ' ------!  ',
        result: '---s-d---',
      },
      again: 'sdp',
    },
  );
});

describe('groupByStep', () => {
  it(
    'gives each step a stream of its own, which completes with its stop',
    marbles(({ coldEvents, cold, expectObservable, expectSubscriptions }) => {
      const source = coldEvents('  -c-s-d-S-d-D-p-P-f|');
      const subs = '               ^-----------------!';
      const expected = '           ---A---B----------|';
      const A = cold('                s-d---d---(p|)  ', alphabet);
      const B = cold('                    S---D---(P|)', alphabet);

      expectObservable(source.pipe(groupByStep())).toBe(expected, { A, B });
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'opens groups of its own for every hop, under the same indices',
    marbles(({ coldEvents, cold, expectObservable }) => {
      const source = coldEvents('  -csdpf-nsdpg|', { n: created({ id: 'v1_2' }), g: completed({ id: 'v1_2' }) });
      const expected = '           --A-----B---|';
      const A = cold('               sd(p|)     ', alphabet);
      const B = cold('                     sd(p|)', alphabet);

      expectObservable(source.pipe(groupByStep())).toBe(expected, { A, B });
    }),
  );

  it(
    'completes groups when the interaction settles without their stops',
    marbles(({ coldEvents, cold, expectObservable }) => {
      const source = coldEvents('  -c-s-d-S-f--|');
      const expected = '           ---A---B----|';
      const A = cold('                s-d---|  ', alphabet);
      const B = cold('                    S-|  ', alphabet);

      expectObservable(source.pipe(groupByStep())).toBe(expected, { A, B });
    }),
  );

  it(
    'cuts groups where the source completes in the middle of them',
    marbles(({ coldEvents, cold, expectObservable, expectSubscriptions }) => {
      const source = coldEvents('  -c-s-d-S-|');
      const subs = '               ^--------!';
      const expected = '           ---A---B-|';
      const A = cold('                s-d---#', alphabet, cut);
      const B = cold('                    S-#', alphabet, cut);

      expectObservable(source.pipe(groupByStep())).toBe(expected, { A, B });
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'cuts groups where a new hop, or a replay, begins in the middle of them',
    marbles(({ coldEvents, cold, expectObservable }) => {
      const expected = '--A---B--|';
      const A = cold('    s-d#    ', alphabet, cut);
      const B = cold('        s(p|)', alphabet);
      const replayed = coldEvents('-cs-dcsp-|');
      const hopped = coldEvents('  -cs-dnsp-|', { n: created({ id: 'v1_2' }) });

      expectObservable(replayed.pipe(groupByStep())).toBe(expected, { A, B });
      expectObservable(hopped.pipe(groupByStep())).toBe(expected, { A, B });
    }),
  );

  it(
    'tells groups of an error of the source',
    marbles(({ coldEvents, cold, expectObservable, expectSubscriptions }) => {
      const source = coldEvents('  -c-s-d-S-#', alphabet, boom);
      const subs = '               ^--------!';
      const expected = '           ---A---B-#';
      const A = cold('                s-d---#', alphabet, boom);
      const B = cold('                    S-#', alphabet, boom);

      expectObservable(source.pipe(groupByStep())).toBe(expected, { A, B }, boom);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it('says of a step where it stands, and what it started with', () => {
    const call = { type: 'function_call', id: 'c', name: 'f' } as const;
    const turn: TurnMark = { event_type: 'turn.started' };
    const { groups, tell } = grouped();
    tell(created(), s, stepStart(4, call), p, stepStop(4), completed());
    tell(created({ id: 'v1_2' }), stepStart(0, 'thought'), stepStop(0), thoughtSignature(3, 's'));
    tell(created({ id: 'v1_2' }), stepStart(0, 'thought'), stepStop(0), turn, s);
    expect(groups.map(({ index, position, step }) => ({ index, position, step }))).toEqual([
      { index: 0, position: 0, step: { type: 'model_output' } },
      { index: 4, position: 1, step: call },
      { index: 0, position: 2, step: { type: 'thought' } },
      { index: 3, position: 3, step: { type: 'thought' } }, // without a start (T11)
      { index: 0, position: 2, step: { type: 'thought' } }, // the hop from its start again
      { index: 0, position: 0, step: { type: 'model_output' } },
    ]);
  });

  it('lets the operators after it know the position, too', () => {
    const call = stepStart(0, { type: 'function_call', name: 'f' });
    const events$ = of(s!, p!, call, argumentsDelta(0, '{"a":1'));
    const snapshots$ = events$.pipe(
      groupByStep(),
      mergeMap((step$) => step$.pipe(scanArguments(), takeUntil(NEVER))),
    );
    expect(outcomeOf(snapshots$).values).toMatchObject([{ position: 1, id: 'call_1', value: {} }]);
  });
});

describe('a group', () => {
  it(
    'keeps its events for the first who takes it, so that concatMap loses nothing of steps that interleave (T10)',
    marbles(({ coldEvents, expectEvents }) => {
      const source = coldEvents('                                  -s-S-D-d-P-p----f|');
      expectEvents(
        source.pipe(
          groupByStep(),
          concatMap((step$) => step$),
        ),
      ).toBe('-s-----d---(pSDP)|');
    }),
  );

  it('gives the first all, and the others what comes from then on', () => {
    const { groups, tell } = grouped();
    tell(s, d);
    const first = heardFrom(groups[0]);
    const second = heardFrom(groups[0]);
    tell(d);
    const third = heardFrom(groups[0]);
    tell(p);
    expect([first.heard, second.heard, third.heard]).toEqual([
      [s, d, d, p, '|'],
      [d, p, '|'],
      [p, '|'],
    ]);
  });

  it('gives nothing twice to one who comes after the first has left, and nothing but the end to one who comes after that', () => {
    const { groups, tell } = grouped();
    tell(s, d);
    expect(heardFrom(groups[0]?.pipe(take(1))).heard).toEqual([s, '|']);
    const second = heardFrom(groups[0]);
    tell(p);
    expect(second.heard).toEqual([p, '|']);
    expect(heardFrom(groups[0]).heard).toEqual(['|']);
  });

  it('keeps its order when it is taken while another one speaks', () => {
    const { groups, tell } = grouped();
    tell(s, S, D);
    const late: unknown[] = [];
    groups[0]?.pipe(take(2)).subscribe({
      next: (event) => {
        if (event === d) groups[1]?.subscribe((other) => late.push(other));
      },
    });
    tell(d, D, P);
    expect(late).toEqual([S, D, D, P]);
  });

  it('gives the first what comes while it still gets what was kept, in order, and then the end', () => {
    const { groups, tell } = grouped();
    tell(s, d);
    const heard: unknown[] = [];
    groups[0]?.subscribe({
      next: (event) => {
        heard.push(event);
        if (event === s) tell(d, p);
      },
      complete: () => heard.push('|'),
    });
    expect(heard).toEqual([s, d, d, p, '|']);
  });

  it('is the first taker’s alone when a second comes while the first still gets what was kept', () => {
    const { groups, tell } = grouped();
    tell(s, d, d);
    const first: unknown[] = [];
    const second: unknown[] = [];
    groups[0]?.subscribe((event) => {
      if (first.length === 0) groups[0]?.subscribe((other) => second.push(other));
      first.push(event);
    });
    tell(p);
    expect([first, second]).toEqual([[s, d, d, p], [p]]);
  });

  it('that waits when its step is cut gives what it has, and then the error', () => {
    const { events$, groups, tell } = grouped();
    tell(s, d);
    events$.complete();
    expect(heardFrom(groups[0]).heard).toEqual([s, d, expect.any(UnsettledError)]);
    expect(heardFrom(groups[0]).heard).toEqual([expect.any(UnsettledError)]);
  });

  it('that waits when the source fails gives what it has, and then that error', () => {
    const { events$, groups, tell } = grouped();
    tell(s, d);
    events$.error(boom);
    expect(heardFrom(groups[0]).heard).toEqual([s, d, boom]);
  });

  it('that waits when its step ends gives all of it', () => {
    const { groups, tell } = grouped();
    tell(s, d, p, S, D, completed());
    expect(groups.map((step$) => heardFrom(step$).heard)).toEqual([
      [s, d, p, '|'],
      [S, D, '|'],
    ]);
  });

  it('of a step that is restarted under its index is complete, and another one begins', () => {
    const { groups, tell } = grouped();
    tell(s, d, s, p);
    expect(groups.map((step$) => heardFrom(step$).heard)).toEqual([
      [s, d, '|'],
      [s, p, '|'],
    ]);
  });

  it('of a delta without a start begins with the delta (T11), and a stop without a step is nobody’s', () => {
    const { groups, tell } = grouped();
    tell(P, d, p, P);
    expect(groups.map((step$) => heardFrom(step$).heard)).toEqual([[d, p, '|']]);
  });
});

describe('the source of groups', () => {
  it(
    'is left when the outer stream is left and nobody has taken a group',
    marbles(({ hotEvents, expectObservable, expectSubscriptions }) => {
      const source = hotEvents('  -c-s-d-S-D-');
      const until = '             ------!    ';
      const subs = '              ^-----!    ';
      const expected = '          ---x---    ';

      expectObservable(
        source.pipe(
          groupByStep(),
          map(() => 'x'),
        ),
        until,
      ).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'stays while a group that was taken lives, which opens no others, and is left with the last of them',
    marbles(({ hotEvents, expectEvents, expectSubscriptions }) => {
      const source = hotEvents('  -s-d-S-D-d-p-D-P');
      const expected = '          -s-d-----d-(p|) ';
      const subs = '              ^----------!    ';

      expectEvents(
        source.pipe(
          groupByStep(),
          take(1),
          mergeMap((step$) => step$),
        ),
      ).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'is left with the group that was left last, in the middle of its step',
    marbles(({ hotEvents, expectEvents, expectSubscriptions }) => {
      const source = hotEvents('  -s-S-d-D-d-D-p-P');
      const expected = '          -s-S-d-D-(d|)   ';
      const subs = '              ^--------!      ';
      const steps = source.pipe(
        groupByStep(),
        take(2),
        mergeMap((step$) => step$.pipe(take(step$.index === 0 ? 3 : 2))),
      );

      expectEvents(steps).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'is left by an error thrown over a group',
    marbles(({ hotEvents, expectObservable, expectSubscriptions }) => {
      const source = hotEvents('  -s-d-d-p-');
      const expected = '          ---#     ';
      const subs = '              ^--!     ';
      const steps = source.pipe(
        groupByStep(),
        mergeMap((step$) => step$),
        map((event) => {
          if (event === d) throw boom;
          return 0;
        }),
        ignoreElements(),
      );

      expectObservable(steps).toBe(expected, undefined, boom);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it('cuts a group that is taken only after it was left, and does not leave it waiting for ever', () => {
    const { events$, groups, outer, tell } = grouped();
    tell(s, d);
    outer.unsubscribe();
    expect(events$.observed).toBe(false);
    expect(heardFrom(groups[0]).heard).toEqual([s, d, expect.any(UnsettledError)]);
  });

  it('tells groups alone of its error, and once, when the outer stream has been left', () => {
    const { events$, groups, outer, tell } = grouped();
    tell(s, S);
    const first = heardFrom(groups[0]);
    const second = heardFrom(groups[1]);
    outer.unsubscribe();
    events$.error(boom);
    expect([first.heard, second.heard]).toEqual([
      [s, boom],
      [S, boom],
    ]);
  });

  it('is stopped at once where it emits while it is subscribed', () => {
    let told = 0;
    const endless$ = from(
      (function* () {
        for (;;) {
          told += 1;
          yield told % 3 === 1 ? s! : told % 3 === 2 ? d! : p!;
        }
      })(),
    );
    expect(
      valuesOf(
        endless$.pipe(
          groupByStep(),
          take(2),
          concatMap((step$) => step$),
        ),
      ),
    ).toEqual([s, d, p, s, d, p]);
    expect(told).toBe(6);
  });

  it('is released once, and by each subscription on its own', () => {
    let released = 0;
    const source = concat(of(s!), NEVER).pipe(finalize(() => (released += 1)));
    const groups$ = source.pipe(groupByStep());
    const [one, other] = [groups$.subscribe(), groups$.subscribe()];
    one.unsubscribe();
    expect(released).toBe(1);
    other.unsubscribe();
    expect(released).toBe(2);
  });
});

describe('groups that have ended', () => {
  it('are not kept by the stream, whether they were taken or not', async () => {
    const events$ = new Subject<InteractionEvent>();
    const steps: WeakRef<StepObservable>[] = [];
    const subscription = events$
      .pipe(
        groupByStep(),
        tap((step$) => steps.push(new WeakRef(step$))),
        filter(({ index }) => index === 0),
        mergeMap((step$) => step$),
      )
      .subscribe();
    for (const event of [s, S, d, D, p, P, s]) events$.next(event!);
    const kept = async () => {
      await setImmediate(); // what has been looked at is kept until then
      collectGarbage();
      return steps.map((step) => step.deref() !== undefined);
    };
    expect(await kept()).toEqual([false, false, true]);
    subscription.unsubscribe();
  });
});

it('groupByStep has nothing to say of a stream without steps', () => {
  expect(
    valuesOf(
      concat(of(created(), completed()), EMPTY).pipe(
        groupByStep(),
        scan((count) => count + 1, 0),
      ),
    ),
  ).toEqual([]);
});
