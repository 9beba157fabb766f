import { from } from 'rxjs';
import { type InteractionEvent, scanStep, type Step } from 'rx-interactions';
import {
  argumentsDelta,
  created,
  stepDelta,
  stepStart,
  stepStop,
  textDelta,
  thoughtSignature,
} from 'rx-interactions/testing';

import { deepFreeze } from '../support/freeze.js';
import { operatorQuestions } from '../support/operator-questions.js';
import { valuesOf } from '../support/outcome.js';

const output = (text: string): Step => ({ type: 'model_output', content: [{ type: 'text', text }] });
const snapshotsOf = (...events: readonly InteractionEvent[]): readonly Step[] =>
  valuesOf(from(events.map(deepFreeze)).pipe(scanStep()));

describe('scanStep', () => {
  operatorQuestions(() => scanStep(), {
    values: { 0: { type: 'model_output' }, 1: output('d'), 2: output('dd'), 3: output('D') },
    one: {
      events: '-s-|',
      result: '-0-|',
    },
    many: {
      events: '-c-s-d-S-d-D-p-P-f|',
      result: '---0-1-0-2-3------|',
    },
    fails: {
      events: '-s-d-#',
      result: '-0-1-#',
    },
    left: {
      events: '-s-d-d-',
      until: ' ----!  ',
      result: '-0-1---',
    },
    again: 'sdp',
  });

  it('shows an open call as it began, and its arguments when it stops', () => {
    const call: Step = { type: 'function_call', id: 'c', name: 'f' };
    expect(
      snapshotsOf(stepStart(0, call), argumentsDelta(0, '{"a":'), argumentsDelta(0, '1}'), stepStop(0)).map((step) =>
        step.type === 'function_call' ? step.arguments : step,
      ),
    ).toEqual([{}, {}, {}, { a: 1 }]);
  });

  it('shows the content of a step.start at once, and once', () => {
    expect(snapshotsOf(stepStart(0, output('Once')), textDelta(0, ' upon'), stepStop(0))).toEqual([
      output('Once'),
      output('Once upon'),
    ]);
  });

  it('is silent where a delta changes nothing, or has no place in the step', () => {
    expect(
      snapshotsOf(stepStart(0, 'model_output'), textDelta(0, ''), argumentsDelta(0, '{}'), textDelta(0, 'a')),
    ).toEqual([{ type: 'model_output' }, output('a')]);
  });

  it('shows a step without a start from its first delta on, be it an empty one (T11)', () => {
    expect(snapshotsOf(thoughtSignature(0, 's'))).toEqual([{ type: 'thought' }, { type: 'thought', signature: 's' }]);
    expect(snapshotsOf(textDelta(0, ''), stepStop(0))).toEqual([{ type: 'model_output' }]);
  });

  it('keeps what it has shown as it was', () => {
    const shown = snapshotsOf(stepStart(0, 'model_output'), textDelta(0, 'a'), textDelta(0, 'b'));
    expect(shown.map((step) => JSON.stringify(step))).toEqual(
      [{ type: 'model_output' }, output('a'), output('ab')].map((step) => JSON.stringify(step)),
    );
  });

  it('does not finish a step that is cut', () => {
    const held = stepDelta(0, { type: 'text_annotation_delta', annotations: [{ type: 'url_citation', url: 'u' }] });
    const finished = {
      ...output(''),
      content: [{ type: 'text', text: '', annotations: [{ type: 'url_citation', url: 'u' }] }],
    };
    expect(snapshotsOf(stepStart(0, 'model_output'), held).at(-1)).toEqual({ type: 'model_output' });
    expect(snapshotsOf(stepStart(0, 'model_output'), held, created({ id: 'v1_2' })).at(-1)).toEqual({
      type: 'model_output',
    });
    expect(snapshotsOf(stepStart(0, 'model_output'), held, stepStop(0)).at(-1)).toEqual(finished);
  });
});
