import { map, type OperatorFunction, pipe } from 'rxjs';
import { groupByStep, type InteractionEvent, ofStepType } from 'rx-interactions';
import { alphabet, stepStart } from 'rx-interactions/testing';

import { marbles } from '../support/marbles.js';
import { operatorQuestions } from '../support/operator-questions.js';

const named = (): OperatorFunction<InteractionEvent, string> =>
  pipe(
    groupByStep(),
    ofStepType('thought', 'function_call'),
    map(({ step, position }) => `${step.type} ${position}`),
  );

describe('ofStepType', () => {
  operatorQuestions(named, {
    letters: { t: stepStart(1, 'thought'), x: stepStart(2, { type: 'function_call', name: 'f' }) },
    values: { s: 'thought 0', t: 'thought 1', x: 'function_call 2' },
    one: {
      events: '-t-|',
      result: '-s-|',
    },
    many: {
      events: '-c-s-t-d-x-p-f|',
      result: '-----t---x----|',
    },
    fails: {
      events: '-c-s-t-#',
      result: '-----t-#',
    },
    left: {
      events: '-c-s-t-x-',
      until: ' ------!  ',
      result: '-----t---',
    },
    again: 'st',
  });

  it(
    'passes the groups of those types on as they are',
    marbles(({ coldEvents, cold, expectObservable }) => {
      const source = coldEvents('  -c-s-d-S-p-t-P-f|', { t: stepStart(2, 'thought') });
      const expected = '           ---A---B--------|';
      const A = cold('                s-d---(p|)      ', alphabet);
      const B = cold('                    S-----(P|)  ', alphabet);

      expectObservable(source.pipe(groupByStep(), ofStepType('model_output'))).toBe(expected, { A, B });
    }),
  );
});
