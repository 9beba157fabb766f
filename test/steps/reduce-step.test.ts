import { from } from 'rxjs';
import { type InteractionEvent, reduceStep, type Step, type TurnMark } from 'rx-interactions';
import { argumentsDelta, completed, created, stepDelta, stepStart, stepStop, textDelta } from 'rx-interactions/testing';

import { operatorQuestions } from '../support/operator-questions.js';
import { valuesOf } from '../support/outcome.js';

const output = (text: string): Step => ({ type: 'model_output', content: [{ type: 'text', text }] });
const stepsOf = (...events: readonly (InteractionEvent | TurnMark)[]): readonly Step[] =>
  valuesOf(from(events).pipe(reduceStep()));

describe('reduceStep', () => {
  operatorQuestions(() => reduceStep(), {
    values: { a: { type: 'model_output' }, d: output('d'), D: output('D') },
    one: {
      events: '-s-|',
      result: '---|',
    },
    many: {
      events: '-c-s-d-S-D-P-p-s-p-f|',
      result: '-----------D-d---a--|',
    },
    fails: {
      events: '-s-d-p-s-d-#',
      result: '-----d-----#',
    },
    left: {
      events: '-s-d-p-s-d-',
      until: ' ------!    ',
      result: '-----d-----',
    },
    again: 'sdp',
  });

  it('finishes a step whose stop never came when the interaction settles, or when its index begins another', () => {
    expect(stepsOf(created(), stepStart(0, 'model_output'), textDelta(0, 'a'), completed())).toEqual([output('a')]);
    expect(stepsOf(stepStart(0, 'model_output'), textDelta(0, 'a'), stepStart(0, 'model_output'), stepStop(0))).toEqual(
      [output('a'), { type: 'model_output' }],
    );
  });

  it.each<readonly [string, readonly (InteractionEvent | TurnMark)[]]>([
    ['the end of the stream', []],
    ['a new hop', [created({ id: 'v1_2' })]],
    ['a replay', [created()]],
    ['a new turn', [{ event_type: 'turn.started' }]],
  ])('never emits a step that is cut by %s', (_name, cut) => {
    expect(stepsOf(created(), stepStart(0, 'model_output'), textDelta(0, 'a'), ...cut)).toEqual([]);
  });

  it('parses the arguments of a call once it stops (T4), and leaves what is not JSON out (T5)', () => {
    const call: Step = { type: 'function_call', id: 'c', name: 'f', arguments: {} };
    const begun = [stepStart(0, call), argumentsDelta(0, '{"a":')];
    expect(stepsOf(...begun, argumentsDelta(0, '1}'), stepStop(0))).toEqual([{ ...call, arguments: { a: 1 } }]);
    expect(stepsOf(...begun, stepStop(0))).toEqual([call]);
  });

  it('takes the payload of a tool from its delta (T6), and a delta without a start for one (T11)', () => {
    const search: Step = { type: 'google_search_call', id: 'q', arguments: { queries: ['x'] }, signature: 'z' };
    const start = stepStart(0, { type: 'google_search_call', id: 'q', signature: '' });
    expect(stepsOf(start, stepDelta(0, { ...search, id: '' }), stepStop(0))).toEqual([search]);
    expect(stepsOf(stepDelta(0, search), stepStop(0))).toEqual([search]);
  });
});
