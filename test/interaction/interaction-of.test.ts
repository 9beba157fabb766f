import { interactionOf } from '../../src/interaction/index.js';

describe('interactionOf', () => {
  it('is the JSON answer, with its ids and without diagnostics', () => {
    const answer = {
      id: 'v1_a',
      status: 'completed',
      object: 'interaction',
      model: 'm',
      steps: [{ type: 'thought', signature: 's' }],
      usage: { total_tokens: 1 },
    } as const;
    expect(interactionOf(answer)).toEqual({ ...answer, ids: ['v1_a'], diagnostics: [] });
  });

  it('has steps where the answer has none, as a background run begins', () => {
    expect(interactionOf({ id: 'v1_a', status: 'queued' })).toEqual({
      id: 'v1_a',
      status: 'queued',
      steps: [],
      ids: ['v1_a'],
      diagnostics: [],
    });
  });

  it('has no id where the server keeps nothing (Q1)', () => {
    expect(interactionOf({ id: '', status: 'completed' })).toEqual({
      status: 'completed',
      steps: [],
      ids: [],
      diagnostics: [],
    });
  });

  it('loses empty ids and signatures (Q2), as the same answer does on a stream', () => {
    expect(interactionOf({ steps: [{ type: 'google_search_call', id: '', signature: '' }] }).steps).toEqual([
      { type: 'google_search_call' },
    ]);
  });

  it('has {} as the arguments of a call without any, as the same answer has on a stream', () => {
    expect(interactionOf({ steps: [{ type: 'function_call', id: 'c', name: 'now' }] }).steps).toEqual([
      { type: 'function_call', id: 'c', name: 'now', arguments: {} },
    ]);
  });
});
