import fc from 'fast-check';
import { isRight } from 'fp-ts/lib/Either.js';
import { decodeEvent, type DecodeError, type InteractionEvent } from 'rx-interactions';
import * as build from 'rx-interactions/testing';

import { encodeEvent } from '../../src/events/index.js';
import * as arbitrary from '../support/arbitrary.js';
import { deepFreeze } from '../support/freeze.js';

const right = (received: unknown): InteractionEvent => {
  const decoded = decodeEvent(received);
  if (decoded._tag === 'Left') throw decoded.left;
  return decoded.right;
};

const left = (received: unknown): DecodeError => {
  const decoded = decodeEvent(received);
  if (decoded._tag === 'Right') throw new Error(`decoded ${JSON.stringify(received)}`);
  return decoded.left;
};

describe('decodeEvent', () => {
  it('returns a canonical event as the same object', () => {
    fc.assert(
      fc.property(arbitrary.canonical.event, (event) => {
        expect(right(deepFreeze(event))).toBe(event);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['interaction.created', build.created()],
    ['interaction.status_update', build.statusUpdate('in_progress')],
    ['step.start', build.stepStart(0, 'model_output')],
    ['step.delta', build.textDelta(0, 'a')],
    ['step.stop', build.stepStop(0)],
    ['interaction.completed', build.completed()],
    ['error', build.errorEvent()],
  ])('knows %s', (name, event) => {
    expect(right(event)).toBe(event);
    expect(event.event_type).toBe(name);
  });

  it('keeps an event of an unknown kind verbatim', () => {
    const received = { event_type: 'interaction.paused', reason: 'tea' };
    expect(right(received)).toEqual({ event_type: 'unknown', received });
  });

  it('keeps unknown steps, deltas, blocks and annotations verbatim, where they are', () => {
    const [step, delta, block, annotation] = ['step', 'delta', 'block', 'annotation'].map((name) => ({
      type: `x_${name}`,
      any: { name },
    }));
    const unknown = (received: unknown) => ({ type: 'unknown', received });

    expect(right({ event_type: 'step.start', index: 0, step })).toMatchObject({ step: unknown(step) });
    expect(right({ event_type: 'step.delta', index: 0, delta })).toMatchObject({ delta: unknown(delta) });
    expect(
      right({
        event_type: 'step.start',
        index: 0,
        step: { type: 'model_output', content: [block, { type: 'text', text: 'a', annotations: [annotation] }] },
      }),
    ).toMatchObject({
      step: { content: [unknown(block), { type: 'text', text: 'a', annotations: [unknown(annotation)] }] },
    });
  });

  it('gives the same event again after it was encoded', () => {
    fc.assert(
      fc.property(fc.oneof(arbitrary.received.event, arbitrary.spoiled(arbitrary.received.event)), (message) => {
        const decoded = decodeEvent(message);
        fc.pre(isRight(decoded));
        const again: unknown = JSON.parse(JSON.stringify(encodeEvent(decoded.right)));
        expect(right(again)).toEqual(decoded.right);
      }),
      { numRuns: 500 },
    );
  });

  it('writes back what it did not understand as it was received', () => {
    fc.assert(
      fc.property(arbitrary.received.event, (message) => {
        expect(encodeEvent(right(message))).toEqual(message);
      }),
      { numRuns: 300 },
    );
  });

  it('gives a Left, and never throws, for anything that is no event', () => {
    fc.assert(
      fc.property(fc.oneof(arbitrary.json, arbitrary.spoiled(arbitrary.received.event)), (message) => {
        const decoded = decodeEvent(message);
        expect(['Left', 'Right']).toContain(decoded._tag);
        if (decoded._tag === 'Left') expect(decoded.left).toMatchObject({ name: 'DecodeError', code: 'malformed' });
      }),
      { numRuns: 300 },
    );
  });
});

describe('a malformed event', () => {
  const delta = { type: 'text', text: 'a' };

  it.each([
    ['no object', null, ['event_type']],
    ['no object', [], ['event_type']],
    ['text', 'step.stop', ['event_type']],
    ['no event_type', { index: 0 }, ['event_type']],
    ['an event_type that is no text', { event_type: 1 }, ['event_type']],
    ['no index', { event_type: 'step.stop' }, ['index']],
    ['no index', { event_type: 'step.delta', delta }, ['index']],
    ['no index', { event_type: 'step.start', step: { type: 'thought' } }, ['index']],
    ['an index that is no number', { event_type: 'step.delta', index: 'one', delta }, ['index']],
    ['no delta', { event_type: 'step.delta', index: 0 }, ['delta']],
    ['neither index nor delta', { event_type: 'step.delta' }, ['index', 'delta']],
    ['a delta without its text', { event_type: 'step.delta', index: 0, delta: { type: 'text' } }, ['delta.text']],
    ['no step', { event_type: 'step.start', index: 0 }, ['step']],
    ['a step that is null', { event_type: 'step.start', index: 0, step: null }, ['step']],
    ['no interaction', { event_type: 'interaction.created' }, ['interaction']],
    ['no interaction', { event_type: 'interaction.completed', interaction: 'v1_a' }, ['interaction']],
    ['no status', { event_type: 'interaction.status_update' }, ['status']],
  ])('with %s is a Left with the path of each issue', (_name, received, paths) => {
    const error = left(received);
    expect(error.issues.map(({ path }) => path)).toEqual(paths);
    for (const path of paths) expect(error.message).toContain(`${path} should be `);
    expect(error.received).toBe(received);
  });
});

describe('an optional member of the wrong type', () => {
  it.each([
    [
      { event_type: 'step.stop', index: 0, usage: 'lots', event_id: 7 },
      { event_type: 'step.stop', index: 0 },
    ],
    [
      { event_type: 'step.start', index: 0, step: { type: 'function_call', id: 1, name: 'f', arguments: [] } },
      { event_type: 'step.start', index: 0, step: { type: 'function_call', name: 'f' } },
    ],
    [
      { event_type: 'error', error: { code: {}, message: 'm' } },
      { event_type: 'error', error: { message: 'm' } },
    ],
    [
      { event_type: 'interaction.created', interaction: { id: null, model: 'm', steps: {} } },
      { event_type: 'interaction.created', interaction: { model: 'm' } },
    ],
  ])('is left out of %j', (received, event) => {
    expect(right(received)).toEqual(event);
  });
});
