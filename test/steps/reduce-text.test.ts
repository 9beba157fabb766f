import { reduceText } from 'rx-interactions';

import { operatorQuestions } from '../support/operator-questions.js';

// What counts as text is told in scan-text.test.ts, which holds both to the same.
describe('reduceText', () => {
  operatorQuestions(reduceText, {
    values: { e: '', a: 'd', b: 'dd' },
    empty: '--(e|)',
    one: {
      events: '-d-|',
      result: '---(a|)',
    },
    many: {
      events: '-c-s-d-d-p-f|',
      result: '------------(b|)',
    },
    fails: {
      events: '-c-s-d-#',
      result: '-------#',
    },
    left: {
      events: '-c-s-d-d-',
      until: ' ------!  ',
      result: '---------',
    },
    again: '',
  });
});
