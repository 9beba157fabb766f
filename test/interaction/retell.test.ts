import fc from 'fast-check';
import {
  accumulateInteraction,
  type Cursor,
  groupByStep,
  initialInteraction,
  type InteractionEvent,
  reduceArguments,
  reduceText,
  snapshotOf,
  thoughtDeltas,
} from 'rx-interactions';
import { argumentsDelta, completed, created, stepStart, stepStop, textDelta } from 'rx-interactions/testing';
import { from, map, mergeMap, type OperatorFunction, pipe, reduce, toArray } from 'rxjs';

import { cursorAt, stateAt } from '../../src/interaction/cursor.js';
import { retell } from '../../src/interaction/retell.js';
import { plausible } from '../support/plausible.js';
import { valuesOf } from '../support/outcome.js';

const stateOf = (events: readonly InteractionEvent[]) => events.reduce(accumulateInteraction, initialInteraction());

/** What is told again of the beginning of a stream, through a cursor or not, and then the rest of it. */
const retold = (events: readonly InteractionEvent[], at: number, isSaved = true): readonly InteractionEvent[] => {
  const state = stateOf(events.slice(0, at));
  const cursor = isSaved ? cursorAt(state) : undefined;
  const before = cursor ? stateAt(JSON.parse(JSON.stringify(cursor)) as Cursor) : state;
  return [...retell(before), ...events.slice(at)];
};

const told = plausible.map(({ events }) => events);
const place = fc.nat({ max: 60 });

const results = <A>(events: readonly InteractionEvent[], operator: OperatorFunction<InteractionEvent, A>) =>
  valuesOf(from(events).pipe(operator));

/** What an operator makes of each step, in the order of the steps: those that were open at once are told one after the other. */
const byStep = <A>(events: readonly InteractionEvent[], operator: OperatorFunction<InteractionEvent, A>) =>
  results(
    events,
    pipe(
      groupByStep(),
      mergeMap((step) =>
        step.pipe(
          operator,
          toArray(),
          map((values) => ({ index: step.index, values })),
        ),
      ),
      toArray(),
      map((steps) => steps.sort((a, b) => a.index - b.index)),
    ),
  );

describe('retell', () => {
  it('rebuilds any beginning of any stream, so that the rest fits on', () => {
    fc.assert(
      fc.property(told, place, fc.boolean(), (events, at, isSaved) => {
        const { diagnostics: _seen, ...whole } = snapshotOf(stateOf(events));
        const { diagnostics: _again, ...again } = snapshotOf(
          stateOf(retold(events, 1 + (at % events.length), isSaved)),
        );
        expect(again).toEqual(whole);
      }),
    );
  });

  it('lets a text of arguments begin anew behind those that came whole', () => {
    const call = { type: 'function_call', id: 'c', name: 'f', arguments: { a: 1 } } as const;
    const events = [created(), stepStart(0, call), argumentsDelta(0, '{"b":2}'), stepStop(0), completed()];
    for (const isSaved of [true, false]) {
      expect(snapshotOf(stateOf(retold(events, 2, isSaved))).steps).toEqual([{ ...call, arguments: { b: 2 } }]);
    }
  });

  it('tells every strand what it would have heard', () => {
    fc.assert(
      fc.property(told, place, (events, at) => {
        const again = retold(events, 1 + (at % events.length));
        const pieces = pipe(
          thoughtDeltas(),
          reduce((thought, piece) => thought + piece, ''),
        );
        const calls = pipe(
          reduceArguments(),
          map(({ id, name, arguments: args }) => ({ id, name, args })),
        );
        expect(byStep(again, reduceText())).toEqual(byStep(events, reduceText()));
        expect(byStep(again, pieces)).toEqual(byStep(events, pieces));
        expect(byStep(again, calls)).toEqual(byStep(events, calls));
      }),
    );
  });

  it('tells the text of arguments that have not ended', () => {
    const events = [
      created({ id: 'v1_a' }),
      stepStart(0, { type: 'function_call', id: '1', name: 'f', arguments: {} }),
      argumentsDelta(0, '{"a":'),
      argumentsDelta(0, '1}'),
      stepStop(0),
      completed({ id: 'v1_a' }),
    ];
    expect(results(retold(events, 3), reduceArguments())).toMatchObject([{ id: '1', name: 'f', arguments: { a: 1 } }]);
  });

  it('tells hops that are over as one', () => {
    const events = [
      created({ id: 'v1_a' }),
      ...[stepStart(0, 'model_output'), textDelta(0, 'One '), stepStop(0)],
      completed({ id: 'v1_a', status: 'requires_continuation', continuation_token: 't', usage: { total_tokens: 3 } }),
      created({ id: 'v1_b' }),
      ...[stepStart(0, 'model_output'), textDelta(0, 'two'), textDelta(0, ' three'), stepStop(0)],
      completed({ id: 'v1_b', usage: { total_tokens: 4 } }),
    ];
    for (let at = 1; at <= events.length; at += 1) {
      expect(snapshotOf(stateOf(retold(events, at)))).toMatchObject(snapshotOf(stateOf(events)));
    }
  });

  it('names the event it stands at only where it stands there', () => {
    const events: InteractionEvent[] = [
      { ...created({ id: 'v1_a' }), event_id: 'e1' },
      { ...stepStart(0, 'model_output'), event_id: 'e2' },
      textDelta(0, 'more'),
    ];
    const idsIn = (list: readonly InteractionEvent[]) =>
      valuesOf(from(list).pipe(toArray()))[0]!.flatMap((event) =>
        'event_id' in event && event.event_id !== undefined ? [event.event_id] : [],
      );
    expect(idsIn(retell(stateOf(events.slice(0, 2))))).toEqual(['e2']);
    expect(idsIn(retell(stateOf(events)))).toEqual([]);
  });
});
