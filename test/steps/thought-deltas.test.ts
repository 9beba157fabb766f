import { from } from 'rxjs';
import { thoughtDeltas } from 'rx-interactions';
import { stepDelta, stepStart, stepStop, textDelta, thoughtSignature, thoughtSummary } from 'rx-interactions/testing';

import { operatorQuestions } from '../support/operator-questions.js';
import { valuesOf } from '../support/outcome.js';

describe('thoughtDeltas', () => {
  operatorQuestions(thoughtDeltas, {
    letters: {
      s: stepStart(0, 'thought'),
      t: thoughtSummary(0, 't'),
      d: textDelta(0, 'd'),
      g: thoughtSignature(0, 'g'),
    },
    values: { t: 't', d: 'd' },
    one: {
      events: '-t-|',
      result: '-t-|',
    },
    many: {
      events: '-c-s-t-d-g-p-f|',
      result: '-----t-d------|',
    },
    fails: {
      events: '-c-s-t-#',
      result: '-----t-#',
    },
    left: {
      events: '-c-s-t-t-',
      until: ' ------!  ',
      result: '-----t---',
    },
    again: 'stp',
  });

  it('counts the summary of a step.start, and leaves out answers, images and what is empty', () => {
    const events = [
      stepStart(0, {
        type: 'thought',
        summary: [
          { type: 'text', text: 'a' },
          { type: 'image', data: 'AAAA' },
        ],
      }),
      ...[thoughtSummary(0, ''), stepDelta(0, { type: 'thought_summary' }), thoughtSummary(0, 'b'), stepStop(0)],
      ...[stepStart(1, 'model_output'), textDelta(1, 'answer'), thoughtSummary(1, 'lost'), stepStop(1)],
    ];
    expect(valuesOf(from(events).pipe(thoughtDeltas()))).toEqual(['a', 'b']);
  });
});
