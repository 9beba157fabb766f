import fc from 'fast-check';
import { isRight } from 'fp-ts/lib/Either.js';
import { decodeEvent } from 'rx-interactions';

import { droppedMembers } from '../../src/events/dropped-members.js';
import * as arbitrary from '../support/arbitrary.js';

const droppedFrom = (received: unknown): readonly string[] => {
  const decoded = decodeEvent(received);
  if (decoded._tag === 'Left') throw decoded.left;
  return droppedMembers(received, decoded.right);
};

describe('droppedMembers', () => {
  it('is empty where nothing was changed', () => {
    fc.assert(
      fc.property(arbitrary.canonical.event, (event) => {
        expect(droppedFrom(event)).toEqual([]);
      }),
    );
  });

  it('is empty where unknown things were only wrapped', () => {
    fc.assert(
      fc.property(arbitrary.received.event, (message) => {
        expect(droppedFrom(message)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['at the top', { event_type: 'step.stop', index: 0, event_id: 7 }, ['event_id']],
    ['inside', { event_type: 'step.start', index: 0, step: { type: 'thought', signature: 1 } }, ['step.signature']],
    [
      'inside a list',
      {
        event_type: 'step.start',
        index: 0,
        step: {
          type: 'model_output',
          content: [
            { type: 'text', text: 'a' },
            { type: 'text', text: 'b', annotations: [{ type: 'url_citation', url: 'u', title: 3 }] },
          ],
        },
      },
      ['step.content[1].annotations[0].title'],
    ],
    [
      'in several places',
      { event_type: 'interaction.created', interaction: { id: 1, usage: { total_tokens: 'many' } }, event_id: {} },
      ['interaction.id', 'interaction.usage.total_tokens', 'event_id'],
    ],
    [
      'where a whole list went',
      { event_type: 'step.start', index: 0, step: { type: 'thought', summary: [1] } },
      ['step.summary'],
    ],
  ])('names the path of what was dropped %s', (_name, received, paths) => {
    expect(droppedFrom(received)).toEqual(paths);
  });

  it('says nothing of null, which means absent', () => {
    expect(droppedFrom({ event_type: 'step.stop', index: 0, usage: null, event_id: null })).toEqual([]);
  });

  it('says nothing of what was read in another spelling', () => {
    expect(
      droppedFrom({
        event_type: 'interaction.created',
        interaction: { usage: { total_tokens: '7' }, steps: [{ type: 'user_input', content: 'Hi' }] },
      }),
    ).toEqual([]);
    expect(
      droppedFrom({ event_type: 'step.delta', index: 0, delta: { type: 'text_annotation', annotations: [] } }),
    ).toEqual([]);
  });

  it('names nothing that the event still has', () => {
    const has = (value: unknown, path: string): boolean =>
      path
        .replaceAll(/\[(\d+)\]/g, '.$1')
        .split('.')
        .reduce<unknown>((at, key) => (at as Readonly<Record<string, unknown>> | undefined)?.[key], value) !==
      undefined;
    fc.assert(
      fc.property(arbitrary.spoiled(arbitrary.received.event), (message) => {
        const decoded = decodeEvent(message);
        fc.pre(isRight(decoded));
        for (const path of droppedMembers(message, decoded.right)) {
          expect(has(decoded.right, path)).toBe(false);
          expect(has(message, path)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
