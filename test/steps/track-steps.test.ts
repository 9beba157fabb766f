import fc from 'fast-check';
import { from, Subject } from 'rxjs';
import {
  accumulateInteraction,
  groupByStep,
  initialInteraction,
  type InteractionEvent,
  snapshotOf,
  type Step,
  type TurnMark,
} from 'rx-interactions';
import {
  completed,
  created,
  errorEvent,
  statusUpdate,
  stepDelta,
  stepStart,
  stepStop,
  textDelta,
  thoughtSummary,
} from 'rx-interactions/testing';

import { type StepSignal, trackSteps } from '../../src/steps/track-steps.js';
import * as arbitrary from '../support/arbitrary.js';
import { valuesOf } from '../support/outcome.js';

type Event = InteractionEvent | TurnMark;

const turn: TurnMark = { event_type: 'turn.started' };
const output = 'model_output';

/** A signal in few words: `begin 0@1` is the step of index 0 at position 1. */
const nameOf = (signal: StepSignal): string => {
  switch (signal.type) {
    case 'begin':
      return `begin ${signal.place.index}@${signal.place.position}`;
    case 'delta':
      return `${signal.delta.type} @${signal.place.position}${signal.event ? '' : ', in the start'}`;
    case 'end':
      return `${signal.ending} @${signal.place.position}`;
    default:
      return signal.type;
  }
};
const namesOf = (...events: readonly Event[]): readonly string[] =>
  valuesOf(from(events).pipe(trackSteps())).map(nameOf);

describe('trackSteps', () => {
  it('tells steps that interleave apart (T10)', () => {
    expect(
      namesOf(
        stepStart(0, output),
        stepStart(1, output),
        textDelta(1, 'b'),
        textDelta(0, 'a'),
        stepStop(1),
        stepStop(0),
      ),
    ).toEqual(['begin 0@0', 'begin 1@1', 'text @1', 'text @0', 'stopped @1', 'stopped @0']);
  });

  it('tells what a step.start holds as deltas (T9)', () => {
    const step: Step = {
      type: output,
      content: [
        { type: 'text', text: 'a' },
        { type: 'image', uri: 'u' },
      ],
    };
    expect(namesOf(stepStart(0, step), stepStop(0))).toEqual([
      'begin 0@0',
      'text @0, in the start',
      'image @0, in the start',
      'stopped @0',
    ]);
  });

  it('makes a step for a delta that has none (T11, rule R9)', () => {
    const signals = valuesOf(from([thoughtSummary(2, 'a'), stepStop(2)]).pipe(trackSteps()));
    expect(signals.map(nameOf)).toEqual(['begin 2@0', 'thought_summary @0', 'stopped @0']);
    expect(signals[0]).toMatchObject({ place: { step: { type: 'thought' } }, event: undefined });
  });

  it.each<readonly [string, readonly Event[], readonly string[]]>([
    ['by a start under its index', [stepStart(0, output)], ['stopped @0', 'begin 0@1', 'cut @1']],
    ['by the settling of the interaction', [completed()], ['settled @0']],
    ['by the end of the stream', [], ['cut @0']],
    ['by a new hop', [created({ id: 'v1_1' }), created({ id: 'v1_2' })], ['cut @0', 'hop', 'hop']],
    ['by a new turn', [turn], ['cut @0', 'reset']],
    [
      'not by an error, a status, a mark of a tool',
      [errorEvent(), statusUpdate('x'), { event_type: 'tool.call' }],
      ['cut @0'],
    ],
    ['not by the stop of another', [stepStop(1)], ['cut @0']],
  ])('ends a step: %s', (_name, events, ends) => {
    expect(namesOf(stepStart(0, output), ...events)).toEqual(['begin 0@0', ...ends]);
  });

  it('begins a hop behind the steps there are, and a replay where its hop began', () => {
    const hop = (id: string) => [created({ id }), stepStart(0, output)];
    expect(namesOf(...hop('v1_1'), stepStop(0), completed(), ...hop('v1_2'), ...hop('v1_2'), stepStop(0))).toEqual([
      ...['hop', 'begin 0@0', 'stopped @0'],
      ...['hop', 'begin 0@1', 'cut @1', 'replay', 'begin 0@1', 'stopped @1'],
    ]);
  });

  it('takes ids that are empty for none (T15), and one from a status update for one', () => {
    expect(namesOf(created({ id: '' }), created({ id: '' }))).toEqual(['hop', 'hop']);
    expect(
      namesOf(created({ id: '' }), statusUpdate('x', { interaction_id: 'v1_1' }), created({ id: 'v1_1' })),
    ).toEqual(['hop', 'replay']);
  });

  it('passes what this version does not know on', () => {
    const unknown: InteractionEvent = { event_type: 'unknown', received: { event_type: 'x' } };
    expect(valuesOf(from([unknown]).pipe(trackSteps()))).toEqual([{ type: 'unknown', event: unknown }]);
  });

  it('counts a delta that this version does not know as one of its step', () => {
    expect(namesOf(stepStart(0, output), stepDelta(0, { type: 'unknown', received: {} }))).toEqual([
      ...['begin 0@0', 'unknown @0'],
      'cut @0',
    ]);
  });

  it('begins every step where the snapshot shows it, for any events in any order', () => {
    const marks = fc.constant<TurnMark>(turn);
    const any = fc.oneof({ weight: 30, arbitrary: arbitrary.canonical.event }, { weight: 1, arbitrary: marks });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 30 }), (events) => {
        const events$ = new Subject<Event>();
        const begun: (readonly [number, string])[] = [];
        events$.pipe(groupByStep()).subscribe(({ position, step }) => begun.push([position, step.type]));
        let state = initialInteraction();
        for (const event of events as readonly Event[]) {
          const before = snapshotOf(state).steps.length;
          state = accumulateInteraction(state, event);
          const { steps } = snapshotOf(state);
          events$.next(event);
          const isNew = event.event_type.startsWith('step.') && steps.length > before;
          expect(begun.splice(0)).toEqual(isNew ? [[before, steps[before]?.type]] : []);
        }
      }),
      { numRuns: 500 },
    );
  });
});
