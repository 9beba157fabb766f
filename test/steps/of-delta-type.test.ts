import { from } from 'rxjs';
import { type Delta, ofDeltaType } from 'rx-interactions';
import { stepDelta, stepStart, textDelta, thoughtSignature } from 'rx-interactions/testing';

import { operatorQuestions } from '../support/operator-questions.js';
import { valuesOf } from '../support/outcome.js';

const text = (value: string): Delta => ({ type: 'text', text: value });

describe('ofDeltaType', () => {
  operatorQuestions(() => ofDeltaType('text'), {
    letters: { t: thoughtSignature(0, 't') },
    values: { d: text('d'), D: text('D') },
    one: {
      events: '-d-|',
      result: '-d-|',
    },
    many: {
      events: '-c-s-d-S-D-t-p-P-f|',
      result: '-----d---D--------|',
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

  it('takes several types', () => {
    const events = [textDelta(0, 'a'), thoughtSignature(1, 's'), stepDelta(0, { type: 'image', data: 'AAAA' })];
    expect(valuesOf(from(events).pipe(ofDeltaType('text', 'thought_signature')))).toEqual([
      text('a'),
      { type: 'thought_signature', signature: 's' },
    ]);
  });

  it('gives the very objects of the events', () => {
    const event = textDelta(0, 'a');
    expect(valuesOf(from([event]).pipe(ofDeltaType('text')))[0]).toBe(event.delta);
  });

  it('gives what a step.start holds as the deltas it stands for (T9)', () => {
    const search = { type: 'google_search_call', id: 'q', arguments: { queries: ['x'] } } as const;
    const starts = [
      stepStart(0, {
        type: 'model_output',
        content: [
          { type: 'text', text: 'a' },
          { type: 'image', uri: 'u' },
        ],
      }),
      stepStart(1, { type: 'thought', summary: [{ type: 'text', text: 'b' }], signature: 's' }),
      stepStart(2, { type: 'function_call', id: 'c', name: 'f', arguments: {} }),
      stepStart(3, search),
      stepStart(4, { type: 'user_input', content: [{ type: 'text', text: 'Hi' }] }),
    ];
    const all = [
      'text',
      'image',
      'thought_summary',
      'thought_signature',
      'function_call',
      'google_search_call',
    ] as const;
    expect(valuesOf(from(starts).pipe(ofDeltaType(...all)))).toEqual([
      text('a'),
      { type: 'image', uri: 'u' },
      { type: 'thought_summary', content: { type: 'text', text: 'b' } },
      { type: 'thought_signature', signature: 's' },
      search,
    ]);
  });
});
