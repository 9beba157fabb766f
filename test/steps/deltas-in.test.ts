import type { Step } from 'rx-interactions';

import { deltasIn } from '../../src/steps/deltas-in.js';

describe('deltasIn', () => {
  it.each<readonly [string, Step, readonly object[]]>([
    ['a bare output', { type: 'model_output' }, []],
    [
      'content, block by block',
      {
        type: 'model_output',
        content: [
          { type: 'text', text: 'a' },
          { type: 'unknown', received: { type: 'x' } },
        ],
      },
      [
        { type: 'text', text: 'a' },
        { type: 'unknown', received: { type: 'x' } },
      ],
    ],
    ['a bare thought', { type: 'thought', signature: '' }, []],
    [
      'a thought',
      { type: 'thought', summary: [{ type: 'text', text: 'a' }], signature: 's' },
      [
        { type: 'thought_summary', content: { type: 'text', text: 'a' } },
        { type: 'thought_signature', signature: 's' },
      ],
    ],
    ['a call with its placeholder', { type: 'function_call', id: 'c', name: 'f', arguments: {}, signature: 's' }, []],
    [
      'a call with its placeholder, and a member that is new',
      { type: 'function_call', id: 'c', arguments: {}, x_new: 1 } as Step,
      [],
    ],
    [
      'a call that is complete (dialect B)',
      { type: 'function_call', id: 'c', name: 'f', arguments: { a: 1 } },
      [{ type: 'function_call', id: 'c', name: 'f', arguments: { a: 1 } }],
    ],
    ['a search that is named only', { type: 'google_search_call', id: 'q', signature: '' }, []],
    [
      'the result of a search',
      { type: 'google_search_result', call_id: 'q', result: [] },
      [{ type: 'google_search_result', call_id: 'q', result: [] }],
    ],
    [
      'a result that says no more than that it went well',
      { type: 'google_search_result', call_id: 'q', is_error: false },
      [{ type: 'google_search_result', call_id: 'q', is_error: false }],
    ],
    ['what a user put in', { type: 'user_input', content: [{ type: 'text', text: 'Hi' }] }, []],
    ['what this version does not know', { type: 'unknown', received: { type: 'x', text: 'a' } }, []],
  ])('%s', (_name, step, expected) => {
    expect(deltasIn(step)).toEqual(expected);
  });
});
