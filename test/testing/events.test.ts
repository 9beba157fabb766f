import { decodeEvent, type InteractionEvent } from 'rx-interactions';
import * as build from 'rx-interactions/testing';

describe('the event builders', () => {
  it.each<readonly [string, InteractionEvent, object]>([
    [
      'created',
      build.created(),
      {
        event_type: 'interaction.created',
        interaction: { id: 'v1_test', status: 'in_progress', object: 'interaction' },
      },
    ],
    [
      'created, with more',
      build.created({ id: 'v1_a', model: 'm' }),
      {
        event_type: 'interaction.created',
        interaction: { id: 'v1_a', status: 'in_progress', object: 'interaction', model: 'm' },
      },
    ],
    [
      'statusUpdate',
      build.statusUpdate('queued', { interaction_id: 'v1_a' }),
      { event_type: 'interaction.status_update', status: 'queued', interaction_id: 'v1_a' },
    ],
    [
      'stepStart, of a type',
      build.stepStart(2, 'thought'),
      { event_type: 'step.start', index: 2, step: { type: 'thought' } },
    ],
    [
      'stepStart, of a step',
      build.stepStart(0, { type: 'function_call', name: 'f' }),
      { event_type: 'step.start', index: 0, step: { type: 'function_call', name: 'f' } },
    ],
    [
      'stepDelta',
      build.stepDelta(1, { type: 'image', data: 'AAAA' }),
      { event_type: 'step.delta', index: 1, delta: { type: 'image', data: 'AAAA' } },
    ],
    ['textDelta', build.textDelta(1, 'a'), { event_type: 'step.delta', index: 1, delta: { type: 'text', text: 'a' } }],
    [
      'argumentsDelta',
      build.argumentsDelta(1, '{'),
      { event_type: 'step.delta', index: 1, delta: { type: 'arguments_delta', arguments: '{' } },
    ],
    [
      'thoughtSummary',
      build.thoughtSummary(1, 'a'),
      {
        event_type: 'step.delta',
        index: 1,
        delta: { type: 'thought_summary', content: { type: 'text', text: 'a' } },
      },
    ],
    [
      'thoughtSignature',
      build.thoughtSignature(1, 's'),
      { event_type: 'step.delta', index: 1, delta: { type: 'thought_signature', signature: 's' } },
    ],
    ['stepStop', build.stepStop(1), { event_type: 'step.stop', index: 1 }],
    [
      'completed',
      build.completed({ status: 'failed' }),
      {
        event_type: 'interaction.completed',
        interaction: { id: 'v1_test', status: 'failed', object: 'interaction' },
      },
    ],
    ['errorEvent, empty', build.errorEvent(), { event_type: 'error' }],
    ['errorEvent, with a code', build.errorEvent('safety'), { event_type: 'error', error: { code: 'safety' } }],
    [
      'errorEvent, with a message',
      build.errorEvent('safety', 'm'),
      { event_type: 'error', error: { code: 'safety', message: 'm' } },
    ],
  ])('write what a server writes, without members that are undefined: %s', (_name, event, expected) => {
    expect(event).toStrictEqual(expected);
    const decoded = decodeEvent(event);
    expect(decoded._tag === 'Right' && decoded.right).toBe(event);
  });
});
