import { functionCallsOf, type Step } from 'rx-interactions';
import { argumentsDelta, completed, created, stepStart, stepStop } from 'rx-interactions/testing';

import { callEvents, callStep, interactionOf, reduced } from './support/interactions.js';

const idsOf = (steps: readonly Step[]) => functionCallsOf(interactionOf(steps)).map(({ id }) => id);

const result = (callId: string): Step => ({ type: 'function_result', call_id: callId, result: 'ok' });

describe('functionCallsOf', () => {
  it('gives the calls in order, with their places', () => {
    const interaction = reduced(
      created(),
      stepStart(0, { type: 'thought' }),
      stepStop(0),
      ...callEvents(1, 'k3f9', 'get_weather', { city: 'Oslo' }),
      ...callEvents(2, 'k3fa', 'now'),
      completed({ status: 'requires_action' }),
    );
    expect(functionCallsOf(interaction)).toEqual([
      { position: 1, id: 'k3f9', name: 'get_weather', arguments: { city: 'Oslo' } },
      { position: 2, id: 'k3fa', name: 'now', arguments: {} },
    ]);
  });

  it('gives none where there are none', () => {
    expect(functionCallsOf(interactionOf([]))).toEqual([]);
    expect(idsOf([{ type: 'model_output', content: [{ type: 'text', text: 'f()' }] }])).toEqual([]);
  });

  it.each(['completed', 'requires_action', 'in_progress', 'failed'])('does not ask for the status: %s', (status) => {
    expect(functionCallsOf(interactionOf([callStep('1', 'f')], { status }))).toHaveLength(1);
  });

  it('leaves out calls that have a result, wherever it is', () => {
    expect(idsOf([callStep('1', 'f'), callStep('2', 'g'), result('1')])).toEqual(['2']);
    expect(idsOf([result('1'), callStep('1', 'f'), callStep('2', 'g')])).toEqual(['2']);
    expect(idsOf([callStep('1', 'f'), result('1'), callStep('2', 'g'), result('2')])).toEqual([]);
  });

  it('leaves out a call that is repeated after its answer', () => {
    expect(idsOf([callStep('1', 'f'), result('1'), callStep('1', 'f'), callStep('2', 'g')])).toEqual(['2']);
  });

  it('gives a call once that comes several times', () => {
    expect(idsOf([callStep('1', 'f'), callStep('1', 'f'), callStep('2', 'g'), callStep('1', 'f')])).toEqual(['1', '2']);
  });

  it('tells calls of one name and the same arguments apart by their ids', () => {
    expect(idsOf([callStep('1', 'f', { a: 1 }), callStep('2', 'f', { a: 1 })])).toEqual(['1', '2']);
  });

  it('gives calls without an id one of their own each', () => {
    const interaction = reduced(
      created(),
      ...callEvents(0, '', 'f', { a: 1 }),
      ...callEvents(1, '', 'f', { a: 1 }),
      completed(),
    );
    const ids = functionCallsOf(interaction).map(({ id }) => id);
    expect(ids.every((id) => id !== '')).toBe(true);
    expect(new Set(ids).size).toBe(2);
    expect(functionCallsOf(interaction).map(({ id }) => id)).toEqual(ids);
  });

  it('knows a call without an id again when its result is there', () => {
    const steps: Step[] = [{ type: 'function_call', name: 'f' }];
    const [call] = functionCallsOf(interactionOf(steps));
    expect(idsOf([...steps, result(call!.id), { type: 'function_call', name: 'g' }])).toHaveLength(1);
  });

  it('takes members that are missing for empty ones', () => {
    expect(functionCallsOf(interactionOf([{ type: 'function_call' }]))).toMatchObject([{ name: '', arguments: {} }]);
  });

  it.each(['{"city":', 'Oslo', '[1,2]', '"text"', 'null', '{"a":1}}'])(
    'leaves out a call whose arguments are no JSON object: %s',
    (text) => {
      const interaction = reduced(
        created(),
        ...callEvents(0, '1', 'bad', text),
        ...callEvents(1, '2', 'good', { a: 1 }),
        completed({ status: 'requires_action' }),
      );
      expect(functionCallsOf(interaction).map(({ name }) => name)).toEqual(['good']);
    },
  );

  it('leaves out a call that was cut in the middle of its arguments', () => {
    const interaction = reduced(
      created(),
      stepStart(0, { type: 'function_call', id: '1', name: 'pay', arguments: {} }),
      argumentsDelta(0, '{"amount": 1'),
      completed({ status: 'incomplete' }),
    );
    expect(functionCallsOf(interaction)).toEqual([]);
  });

  it('leaves out a call that was cut before its arguments came', () => {
    const interaction = reduced(
      created(),
      stepStart(0, { type: 'function_call', id: '1', name: 'delete_all', arguments: {} }),
      completed({ status: 'incomplete' }),
    );
    expect(interaction.diagnostics).toEqual([{ code: 'step_truncated', position: 0 }]);
    expect(functionCallsOf(interaction)).toEqual([]);
  });

  it('gives a call whose arguments are whole although its step.stop never came', () => {
    const interaction = reduced(
      created(),
      stepStart(0, { type: 'function_call', id: '1', name: 'f', arguments: {} }),
      argumentsDelta(0, '{"a":1}'),
      completed({ status: 'requires_action' }),
    );
    expect(functionCallsOf(interaction)).toMatchObject([{ id: '1', arguments: { a: 1 } }]);
  });

  it.each<Step>([
    { type: 'google_search_call', id: '1', arguments: { queries: ['x'] } },
    { type: 'url_context_call', id: '1' },
    { type: 'code_execution_call', id: '1', arguments: { code: '1' } },
    { type: 'google_maps_call', id: '1' },
    { type: 'file_search_call', id: '1' },
    { type: 'mcp_server_tool_call', id: '1', name: 'f', server_name: 's', arguments: {} },
    { type: 'processing_call', id: '1' },
    { type: 'unknown', received: { type: 'tool_call', id: '1' } },
  ])('leaves calls to the server that the server makes itself: $type', (step) => {
    expect(idsOf([step])).toEqual([]);
  });

  it('knows places in the whole timeline of a turn, not in its last round', () => {
    const interaction = reduced(
      created({ id: 'v1_one' }),
      ...callEvents(0, '1', 'f', 'no json'),
      completed({ id: 'v1_one', status: 'requires_action' }),
      stepStart(1, { type: 'function_result', call_id: '1', result: '', is_error: true }),
      stepStop(1),
      created({ id: 'v1_two' }),
      ...callEvents(0, '2', 'f', { a: 1 }),
      completed({ id: 'v1_two', status: 'requires_action' }),
    );
    expect(functionCallsOf(interaction)).toEqual([{ position: 2, id: '2', name: 'f', arguments: { a: 1 } }]);
  });
});
