import { from } from 'rxjs';
import { textDeltas } from 'rx-interactions';
import { stepDelta, stepStart, stepStop, textDelta, thoughtSummary } from 'rx-interactions/testing';

import { operatorQuestions } from '../support/operator-questions.js';
import { valuesOf } from '../support/outcome.js';

describe('textDeltas', () => {
  operatorQuestions(textDeltas, {
    letters: { e: textDelta(0, 'e') },
    values: { d: 'd', e: 'e', D: 'D' },
    one: {
      events: '-d-|',
      result: '-d-|',
    },
    many: {
      events: '-c-s-d-S-D-e-p-P-f|',
      result: '-----d---D-e------|',
    },
    fails: {
      events: '-c-s-d-#',
      result: '-----d-#',
    },
    left: {
      events: '-c-s-d-d-',
      until: ' ------!  ',
      result: '-----d---',
    },
    again: 'sdp',
  });

  it('leaves out what is no text of the model', () => {
    const events = [
      ...[stepStart(0, 'thought'), textDelta(0, 'hm'), thoughtSummary(0, 'so'), stepStop(0)],
      stepStart(1, { type: 'user_input', content: [{ type: 'text', text: 'Hi' }] }),
      ...[stepStart(2, { type: 'model_output', content: [{ type: 'text', text: 'a' }] }), textDelta(2, '')],
      stepDelta(2, { type: 'text', text: 'b', annotations: [] }),
    ];
    expect(valuesOf(from(events).pipe(textDeltas()))).toEqual(['a', 'b']);
  });
});
