import fc from 'fast-check';
import { from } from 'rxjs';
import {
  type ArgumentsSnapshot,
  decodeEvent,
  type Delta,
  functionCallsOf,
  type InteractionEvent,
  reduceArguments,
  reduceInteraction,
  scanArguments,
  type StepDelta,
  type StepStart,
} from 'rx-interactions';
import { argumentsDelta, completed, created, stepDelta, stepStart, stepStop } from 'rx-interactions/testing';

import * as json from '../../src/json/json-value.js';
import * as arbitrary from '../support/arbitrary.js';
import { operatorQuestions } from '../support/operator-questions.js';
import { valuesOf } from '../support/outcome.js';

// Counts how often a value is made.
jest.mock('../../src/json/json-value.js', () => {
  const actual = jest.requireActual<typeof json>('../../src/json/json-value.js');
  return { ...actual, jsonValue: jest.fn(actual.jsonValue) };
});

const start = (index: number, more: Partial<Extract<StepStart['step'], { readonly type: 'function_call' }>> = {}) =>
  stepStart(index, { type: 'function_call', arguments: {}, ...more });

const snapshot = (index: number, more: Partial<ArgumentsSnapshot>): ArgumentsSnapshot => ({
  index,
  position: index,
  id: `c${index}`,
  name: 'f',
  text: '',
  value: undefined,
  complete: false,
  ...more,
});

const snapshotsOf = (...events: readonly InteractionEvent[]): readonly ArgumentsSnapshot[] =>
  valuesOf(from(events).pipe(scanArguments()));

/** Text and value of each snapshot. */
const shown = (...events: readonly InteractionEvent[]) =>
  snapshotsOf(...events).map(({ text, value }) => [text, value] as const);

/** A message as it is on the wire. */
const received = (delta: object): StepDelta => {
  const decoded = decodeEvent({ event_type: 'step.delta', index: 0, delta });
  if (decoded._tag === 'Left') throw decoded.left;
  return decoded.right as StepDelta;
};

describe('scanArguments', () => {
  operatorQuestions(scanArguments, {
    letters: {
      s: start(0, { id: 'c0', name: 'f' }),
      d: argumentsDelta(0, '{"city":"Os'),
      e: argumentsDelta(0, 'lo"}'),
      S: start(1, { id: 'c1', name: 'f' }),
      D: argumentsDelta(1, '[1,'),
    },
    values: {
      a: snapshot(0, { text: '{"city":"Os', value: { city: 'Os' } }),
      b: snapshot(0, { text: '{"city":"Oslo"}', value: { city: 'Oslo' } }),
      A: snapshot(1, { text: '[1,', value: [1] }),
      o: snapshot(0, { id: 'call_0', name: '', text: '{"city":"Os', value: { city: 'Os' } }),
    },
    one: {
      events: '-d-|',
      result: '-o-|',
    },
    many: {
      events: '-c-s-d-S-D-e-p-P-f|',
      result: '-----a---A-b------|',
    },
    fails: {
      events: '-c-s-d-#',
      result: '-----a-#',
    },
    left: {
      events: '-c-s-d-e-',
      until: ' ------!  ',
      result: '-----a---',
    },
    again: 'sdep',
  });

  const object = fc.dictionary(fc.string({ maxLength: 4 }), arbitrary.json, { maxKeys: 4, noNullPrototype: true });
  const cuts = fc.array(fc.nat({ max: 200 }), { maxLength: 12 });
  const cut = (text: string, places: readonly number[]): readonly string[] => {
    const edges = [0, ...places.map((place) => place % (text.length + 1)).sort((a, b) => a - b), text.length];
    return edges.slice(1).map((end, at) => text.slice(edges[at], end));
  };

  it('gives the value of its moment, whenever it is read', () => {
    fc.assert(
      fc.property(object, cuts, (args, places) => {
        const pieces = cut(JSON.stringify(args), places);
        const events = [start(0), ...pieces.map((piece) => argumentsDelta(0, piece))];
        const atOnce: (string | undefined)[] = [];
        from(events)
          .pipe(scanArguments())
          .subscribe(({ value }) => atOnce.push(JSON.stringify(value)));
        const late = snapshotsOf(...events);

        expect([...late].reverse().map(({ value }) => JSON.stringify(value))).toEqual([...atOnce].reverse());
        expect(late.map(({ text }) => text)).toEqual(pieces.map((_, at) => pieces.slice(0, at + 1).join('')));
        expect(JSON.stringify(late.at(-1)?.value)).toBe(JSON.stringify(args));
      }),
    );
  });

  it('makes a value only where it is read, and once', () => {
    const jsonValue = jest.mocked(json.jsonValue);
    jsonValue.mockClear();
    const snapshots = snapshotsOf(start(0), argumentsDelta(0, '{"list":['), argumentsDelta(0, '1,2]}'));
    expect(jsonValue).not.toHaveBeenCalled();

    expect(snapshots[1]?.value).toEqual({ list: [1, 2] });
    expect(snapshots[1]?.value).toBe(snapshots[1]?.value);
    expect(snapshots[0]?.value).toEqual({ list: [] });
    expect(jsonValue).toHaveBeenCalled();
  });

  it('keeps parallel calls apart', () => {
    const calls = snapshotsOf(
      ...[start(0, { id: 'a', name: 'f' }), start(1, { id: 'b', name: 'g' })],
      ...[argumentsDelta(1, '{"x":"1'), argumentsDelta(0, '{"y":2'), argumentsDelta(1, '2"}'), stepStop(1)],
      ...[argumentsDelta(0, '}'), stepStop(0)],
    );
    expect(calls.map(({ id, name, position, value }) => [id, name, position, value])).toEqual([
      ['b', 'g', 1, { x: '1' }],
      ['a', 'f', 0, {}],
      ['b', 'g', 1, { x: '12' }],
      ['a', 'f', 0, { y: 2 }],
    ]);
  });

  it('takes no notice of other steps, and counts them in the position', () => {
    const search = { type: 'google_search_call', arguments: { queries: ['x'] } } as const;
    expect(
      snapshotsOf(
        ...[stepStart(0, 'thought'), stepStop(0), stepStart(1, search), stepDelta(1, search), stepStop(1)],
        ...[start(2, { id: 'c' }), argumentsDelta(2, '{'), argumentsDelta(1, 'nobody')],
      ).map(({ index, position, id }) => [index, position, id]),
    ).toEqual([
      [2, 2, 'c'],
      [1, 3, 'call_3'], // a delta without a step gets one (T11)
    ]);
  });

  it('begins a step of its own in every hop, and again in a replay', () => {
    const hop = (id: string) => [created({ id }), start(0), argumentsDelta(0, '{}')];
    expect(
      snapshotsOf(...hop('v1_1'), stepStop(0), ...hop('v1_2'), ...hop('v1_2')).map(({ position, text }) => [
        position,
        text,
      ]),
    ).toEqual([
      [0, '{}'],
      [1, '{}'],
      [1, '{}'],
    ]);
  });

  it('emits for empty pieces too', () => {
    const nothing = stepDelta(0, { type: 'arguments_delta' });
    expect(shown(start(0), argumentsDelta(0, ''), nothing, argumentsDelta(0, '{'))).toEqual([
      ['', undefined],
      ['', undefined],
      ['{', {}],
    ]);
  });

  describe('arguments that come whole', () => {
    const whole = (args: Readonly<Record<string, unknown>>): StepDelta =>
      stepDelta(0, { type: 'function_call', arguments: args });

    it('are a value at once, each of them another one (R7)', () => {
      expect(shown(start(0), whole({ a: 1 }), whole({ b: 2 }), whole({}))).toEqual([
        ['{"a":1}', { a: 1 }],
        ['{"b":2}', { b: 2 }],
        ['{}', {}],
      ]);
    });

    it('replace the pieces before them, and give way to those behind them (R6)', () => {
      expect(shown(start(0), argumentsDelta(0, '{"a":'), whole({ b: 2 }), argumentsDelta(0, '{"c":'))).toEqual([
        ['{"a":', {}],
        ['{"b":2}', { b: 2 }],
        ['{"c":', {}],
      ]);
    });

    it('stay where the pieces behind them say nothing (R10)', () => {
      expect(shown(start(0), whole({ a: 1 }), argumentsDelta(0, ''), argumentsDelta(0, ' \n'))).toEqual([
        ['{"a":1}', { a: 1 }],
        ['{"a":1}', { a: 1 }],
        ['{"a":1}', { a: 1 }],
      ]);
    });

    it.each([
      ['in a delta of pieces (R6)', { type: 'arguments_delta', arguments: { a: 1 } }],
      ['in one without a type (R8)', { arguments: { a: 1 }, id: 'c7', name: 'g' }],
    ])('are read %s', (_where, delta) => {
      expect(shown(start(0), argumentsDelta(0, '{'), received(delta))).toEqual([
        ['{', {}],
        ['{"a":1}', { a: 1 }],
      ]);
    });

    it('may be in the step.start already (dialect B), and are not merged with what follows', () => {
      expect(shown(start(0, { arguments: { a: 1 } }), argumentsDelta(0, '{"b":2}'))).toEqual([
        ['{"a":1}', { a: 1 }],
        ['{"b":2}', { b: 2 }],
      ]);
    });

    it('are not the placeholder of a step.start, whatever stands beside it', () => {
      const noted = { type: 'function_call', arguments: {}, status: 'waiting' } as const;
      expect(shown(stepStart(0, noted), argumentsDelta(0, ''), stepStop(0))).toEqual([['', undefined]]);
    });
  });

  describe('names and ids', () => {
    const named = (...events: readonly InteractionEvent[]) => snapshotsOf(...events).map(({ id, name }) => [id, name]);

    it('may come with a delta, and are not overwritten by empty ones', () => {
      const piece = (members: object): StepDelta =>
        stepDelta(0, { type: 'arguments_delta', arguments: '', ...members });
      expect(
        named(start(0), piece({}), piece({ id: 'c9', name: 'g' }), piece({ id: '', name: '' }), piece({ name: 'h' })),
      ).toEqual([
        ['call_0', ''],
        ['c9', 'g'],
        ['c9', 'g'],
        ['c9', 'h'],
      ]);
    });

    it('may come with a call that brings no arguments', () => {
      expect(
        named(start(0), stepDelta(0, { type: 'function_call', id: 'c9', name: 'g' }), argumentsDelta(0, '{}')),
      ).toEqual([
        ['c9', 'g'],
        ['c9', 'g'],
      ]);
    });

    it('are those of the calls that follow, also where the server left them empty (Q28)', () => {
      const events = [
        ...[created(), stepStart(0, 'thought'), stepStop(0)],
        ...[start(1, { id: '', name: 'f' }), start(2, { name: 'g' }), start(3, { id: 'c3' })],
        ...[argumentsDelta(1, '{}'), argumentsDelta(2, '{}'), argumentsDelta(3, '{}'), stepDelta(3, receivedId)],
        ...[stepStop(3), stepStop(1), stepStop(2), completed()],
      ];
      const last = new Map(snapshotsOf(...events).map(({ position, id, name }) => [position, [id, name]]));
      const streamed = valuesOf(from(events).pipe(reduceArguments()));
      const [interaction] = valuesOf(from(events).pipe(reduceInteraction()));
      const whole = functionCallsOf(interaction!);

      expect(whole.map(({ id }) => id)).toEqual(['call_1', 'call_2', 'c4']);
      expect(new Map(streamed.map(({ position, id, name }) => [position, [id, name]]))).toEqual(last);
      expect(new Map(whole.map(({ position, id, name }) => [position, [id, name]]))).toEqual(last);
    });

    const receivedId: Delta = { type: 'function_call', id: 'c4' };
  });

  it('keeps the last value of text that is not JSON, and is not the one to complain', () => {
    expect(shown(start(0), argumentsDelta(0, '{"a":1'), argumentsDelta(0, ',]'), argumentsDelta(0, '"b":2}'))).toEqual([
      ['{"a":1', {}],
      ['{"a":1,]', { a: 1 }],
      ['{"a":1,]"b":2}', { a: 1 }],
    ]);
  });

  it('comes to what reduceArguments and reduceInteraction come to, whatever the deltas', () => {
    const pieces = fc.tuple(object, cuts).map(([args, places]) => cut(JSON.stringify(args), places));
    const one = fc.array(
      fc.oneof(
        fc.constantFrom<Delta>(
          { type: 'arguments_delta', arguments: '' },
          { type: 'arguments_delta', id: 'c5', arguments: ' ' },
          { type: 'function_call', name: 'h' },
          { type: 'thought_signature', signature: 's' },
        ),
        object.map((args): Delta => ({ type: 'function_call', arguments: args })),
      ),
      { maxLength: 3 },
    );
    const call = fc.tuple(fc.constantFrom({}, { a: 1 }), one, pieces, one).map(([args, before, text, after]) => ({
      step: { type: 'function_call', arguments: args } as const,
      deltas: [...before, ...text.map((piece): Delta => ({ type: 'arguments_delta', arguments: piece })), ...after],
    }));
    fc.assert(
      fc.property(fc.array(call, { minLength: 1, maxLength: 3 }), fc.infiniteStream(fc.nat()), (calls, choices) => {
        const waiting = calls.map(({ deltas }, index) => ({
          index,
          events: [...deltas.map((delta) => stepDelta(index, delta)), stepStop(index)],
        }));
        const events: InteractionEvent[] = [created(), ...calls.map(({ step }, index) => stepStart(index, step))];
        for (;;) {
          const open = waiting.filter(({ events: left }) => left.length > 0);
          if (open.length === 0) break;
          events.push(open[choices.next().value % open.length]!.events.shift()!);
        }
        events.push(completed());

        const last = new Map(snapshotsOf(...events).map((one) => [one.position, one]));
        const [interaction] = valuesOf(from(events).pipe(reduceInteraction()));
        for (const { position, name, id, arguments: args } of functionCallsOf(interaction!)) {
          const seen = last.get(position);
          if (seen) expect([seen.id, seen.name]).toEqual([id, name]);
          expect(JSON.stringify(seen?.value ?? {})).toBe(JSON.stringify(args));
        }
      }),
    );
  });
});
