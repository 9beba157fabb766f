import { concat, EMPTY, from, NEVER, of, throwError, VirtualTimeScheduler } from 'rxjs';
import { coalesce, type InteractionEvent, type TurnMark } from 'rx-interactions';
import {
  type Alphabet,
  argumentsDelta,
  created,
  stepDelta,
  stepStart,
  stepStop,
  textDelta,
  thoughtSummary,
} from 'rx-interactions/testing';

import { deepFreeze } from '../support/freeze.js';
import { marbles } from '../support/marbles.js';
import { operatorQuestions } from '../support/operator-questions.js';
import { valuesOf } from '../support/outcome.js';

const s = stepStart(0, 'model_output');
const d = textDelta(0, 'd');
const x = textDelta(0, 'x');

/** Pieces, and what they come to when they are joined. */
const letters: Alphabet = {
  x,
  y: textDelta(0, 'y'),
  z: textDelta(0, 'z'),
  X: textDelta(1, 'X'),
  Y: textDelta(1, 'Y'),
  a: argumentsDelta(0, '{"a":'),
  b: argumentsDelta(0, '1}'),
  1: textDelta(0, 'xy'),
  2: textDelta(0, 'yz'),
  3: textDelta(0, 'xyz'),
  4: textDelta(1, 'XY'),
  5: argumentsDelta(0, '{"a":1}'),
  6: textDelta(0, 'dd'),
};

/** Gives this machine animation frames, for one test: Node has none. */
const stubFrames = (functions: Partial<Record<'requestAnimationFrame' | 'cancelAnimationFrame', unknown>>): void => {
  Object.assign(globalThis, functions);
};

afterEach(() => {
  Reflect.deleteProperty(globalThis, 'requestAnimationFrame');
  Reflect.deleteProperty(globalThis, 'cancelAnimationFrame');
});

/** What becomes of events that come at once, behind a first piece, and go out when the source is over. */
const joined = (...events: readonly (InteractionEvent | TurnMark)[]): readonly (InteractionEvent | TurnMark)[] =>
  valuesOf(from([d, ...events.map(deepFreeze)]).pipe(coalesce({ ms: 10 }))).slice(1);

describe('coalesce', () => {
  operatorQuestions(() => coalesce({ ms: 3 }), {
    letters,
    one: {
      events: '-d-|',
      result: '-d-|',
    },
    many: {
      events: '-c-s-xyz-x--p-f-|',
      result: '-c-s-x--2--xp-f-|',
    },
    fails: {
      events: '-s-xyz#',
      result: '-s-x--(2#)',
    },
    left: {
      events: '-s-xyz-x-',
      until: ' -------!  ',
      result: '-s-x--2--',
    },
    again: 'sdp',
  });

  it(
    'lets the first piece pass at once, and those that follow within the time as one',
    marbles(({ coldEvents, expectEvents }) => {
      const source = coldEvents('                        -s-dxy--z---p|', letters);
      expectEvents(source.pipe(coalesce({ ms: 3 }))).toBe('-s-d--1--z--p|', letters);
    }),
  );

  it(
    'lets a piece pass at once again when it has been quiet',
    marbles(({ coldEvents, expectEvents }) => {
      const source = coldEvents('                        -x---y---z|', letters);
      expectEvents(source.pipe(coalesce({ ms: 3 }))).toBe('-x---y---z|', letters);
    }),
  );

  it(
    'emits once in each stretch of time, however many pieces there are',
    marbles(({ coldEvents, expectEvents }) => {
      const source = coldEvents('                        dddddddddd--|');
      expectEvents(source.pipe(coalesce({ ms: 2 }))).toBe('d-6-6-6-6-d-|', letters);
    }),
  );

  it(
    'lets go what it has before anything else passes, and before its end',
    marbles(({ coldEvents, expectEvents }) => {
      const source = coldEvents('                         dxyp----sxye----xy|   ', letters);
      expectEvents(source.pipe(coalesce({ ms: 90 }))).toBe('d--(1p)-s--(1e)---(1|)', letters);
    }),
  );

  it(
    'joins only what follows each other in one step, and is of one kind',
    marbles(({ coldEvents, expectEvents }) => {
      const source = coldEvents('                         (dxyXYzabx|)        ', letters);
      expectEvents(source.pipe(coalesce({ ms: 90 }))).toBe('(d14z5x|)', letters);
    }),
  );

  it(
    'joins until the next frame',
    marbles(({ animate, coldEvents, expectEvents }) => {
      animate('                                               ----x--x----');
      const source = coldEvents('                            -dxy-z----p|', letters);
      expectEvents(source.pipe(coalesce({ frame: true }))).toBe('-d--1--z--p|', letters);
    }),
  );

  it(
    'waits no longer than maxDelay when frames stop',
    marbles(({ animate, coldEvents, expectEvents }) => {
      animate('                                                            --x-----------');
      const source = coldEvents('                                         -dx-yz--xy|   ', letters);
      expectEvents(source.pipe(coalesce({ frame: true, maxDelay: 4 }))).toBe('-dx---2---(1|)', letters);
    }),
  );

  it(
    'waits for 100 ms when frames stop, if nothing else is said',
    marbles(({ animate, coldEvents, expectEvents }) => {
      animate('--');
      const source = coldEvents('                            dxy 197ms -|', letters);
      expectEvents(source.pipe(coalesce({ frame: true }))).toBe('d 99ms 1 100ms |', letters);
    }),
  );

  it(
    'waits no longer than maxDelay, whatever ms says, nor than ms',
    marbles(({ coldEvents, expectEvents }) => {
      const source = coldEvents('                                         dxy-----|', letters);
      expectEvents(source.pipe(coalesce({ ms: 50, maxDelay: 4 }))).toBe('d---1---|', letters);
      expectEvents(source.pipe(coalesce({ ms: 4, maxDelay: 50 }))).toBe('d---1---|', letters);
    }),
  );

  it(
    'goes by frames where there are some, unless ms is given',
    marbles(({ animate, coldEvents, expectEvents }) => {
      stubFrames({ requestAnimationFrame: () => 0 }); // virtual time has its own
      animate('                                                -----x-');
      const source = coldEvents('                             dxy----|   ', letters);
      expectEvents(source.pipe(coalesce())).toBe('            d----1-|   ', letters);
      expectEvents(source.pipe(coalesce({ ms: 3 }))).toBe('   d--1---|   ', letters);
      expectEvents(source.pipe(coalesce({ frame: false }))).toBe('d------(1|)', letters);
    }),
  );

  it.each([undefined, {}, { frame: true }, { frame: false }])(
    'waits for 16 ms where there are no frames: %p',
    (config) => {
      const scheduler = new VirtualTimeScheduler();
      const heard: (readonly [number, unknown])[] = [];
      concat(of(d, x), NEVER)
        .pipe(coalesce({ ...config, scheduler }))
        .subscribe((event) => heard.push([scheduler.now(), event]));
      scheduler.flush();
      expect(heard).toEqual([
        [0, d],
        [16, x],
      ]);
    },
  );

  it('leaves no timer and no frame behind when it is left, complete, or has failed', () => {
    const cancelAnimationFrame = jest.fn();
    stubFrames({ requestAnimationFrame: () => 7, cancelAnimationFrame });
    for (const end$ of [EMPTY, throwError(() => new Error('boom')), NEVER]) {
      const scheduler = new VirtualTimeScheduler();
      concat(of(d, x), end$)
        .pipe(coalesce({ frame: true, scheduler }))
        .subscribe({ error: () => undefined })
        .unsubscribe();
      scheduler.flush();
      expect(scheduler.now()).toBe(0); // no timer was there to move it on
    }
    expect(cancelAnimationFrame.mock.calls).toEqual([[7], [7], [7]]);
  });

  it('starts no timer where it gathers nothing', () => {
    const scheduler = new VirtualTimeScheduler();
    concat(of(s), NEVER)
      .pipe(coalesce({ ms: 5, scheduler }))
      .subscribe();
    scheduler.flush();
    expect(scheduler.now()).toBe(0);
  });

  it('keeps the last event_id, the last metadata, and members of the first that the last lacks', () => {
    const tokens = (total_tokens: number) => ({ metadata: { total_usage: { total_tokens } } });
    expect(
      joined(
        { ...textDelta(0, 'a'), event_id: 'e1', ...tokens(1) },
        { ...textDelta(0, 'b'), event_id: 'e2', ...tokens(2) },
        textDelta(0, 'c'),
      ),
    ).toEqual([{ ...textDelta(0, 'abc'), event_id: 'e2', ...tokens(2) }]);
  });

  it.each<readonly [string, readonly InteractionEvent[]]>([
    ['annotations', [textDelta(0, 'a'), stepDelta(0, { type: 'text', text: 'b', annotations: [] })]],
    ['a signature', [stepDelta(0, { type: 'text', text: 'a', signature: 's' }), textDelta(0, 'b')]],
    ['an id', [argumentsDelta(0, '{'), stepDelta(0, { type: 'arguments_delta', arguments: '}', id: 'c' })]],
    ['no text', [argumentsDelta(0, '{'), stepDelta(0, { type: 'arguments_delta' })]],
    ['a member of tomorrow', [textDelta(0, 'a'), { ...textDelta(0, 'b'), ...({ x_new: 1 } as object) }]],
    ['a member that is there as undefined', [textDelta(0, 'a'), { ...textDelta(0, 'b'), event_id: undefined }]],
    [
      'metadata that would hide the usage told before',
      [
        { ...textDelta(0, 'a'), metadata: { total_usage: { total_tokens: 1 } } },
        { ...textDelta(0, 'b'), metadata: {} },
      ],
    ],
  ])('joins nothing with what holds more, or less, than a piece of text: %s', (_name, events) => {
    expect(joined(...events)).toStrictEqual(events);
  });

  it('joins no text of thoughts, where each is an item of its own (rule R1)', () => {
    const pieces = [textDelta(1, 'a'), textDelta(1, 'b')];
    expect(joined(stepStart(1, 'thought'), ...pieces)).toEqual([stepStart(1, 'thought'), ...pieces]);
    expect(joined(thoughtSummary(1, 's'), ...pieces)).toEqual([thoughtSummary(1, 's'), ...pieces]); // no start (T11)
  });

  it.each<readonly [string, InteractionEvent | TurnMark]>([
    ['its stop', stepStop(1)],
    ['another start', stepStart(1, 'model_output')],
    ['a new hop', created()],
    ['a new turn', { event_type: 'turn.started' }],
  ])('joins text again when a thought is over, by %s', (_name, end) => {
    expect(joined(stepStart(1, 'thought'), end, textDelta(1, 'a'), textDelta(1, 'b')).at(-1)).toEqual(
      textDelta(1, 'ab'),
    );
  });

  it('passes the very events on where nothing is joined', () => {
    const events = [s, d, created()];
    valuesOf(from(events).pipe(coalesce())).forEach((event, at) => {
      expect(event).toBe(events[at]);
    });
    expect(valuesOf(from(events).pipe(coalesce()))).toHaveLength(events.length);
  });
});
