import fc from 'fast-check';
import * as t from 'io-ts';

import { toCanonicalEvent } from '../../src/protocol/dialects/index.js';
import { Delta, InteractionEvent, isCommonEvent, StepDelta, Usage } from '../../src/protocol/index.js';
import { literal, shape } from '../../src/protocol/shape.js';
import * as arbitrary from '../support/arbitrary.js';

describe('InteractionEvent', () => {
  it('returns a canonical event as it came', () => {
    fc.assert(
      fc.property(arbitrary.canonical.event, (event) => {
        expect(InteractionEvent.is(event)).toBe(true);
        const decoded = InteractionEvent.decode(event);
        expect(decoded._tag === 'Right' && decoded.right).toBe(event);
      }),
    );
  });

  it('accepts what it has decoded', () => {
    fc.assert(
      fc.property(arbitrary.spoiled(arbitrary.received.event), (message) => {
        const decoded = InteractionEvent.decode(message);
        fc.pre(decoded._tag === 'Right');
        expect(InteractionEvent.is(decoded.right)).toBe(true);
      }),
    );
  });

  it('writes what it has decoded as it was received', () => {
    fc.assert(
      fc.property(arbitrary.received.event, (message) => {
        const decoded = InteractionEvent.decode(message);
        expect(decoded._tag === 'Right' && InteractionEvent.encode(decoded.right)).toEqual(message);
      }),
    );
  });

  it('does not change what it is given', () => {
    fc.assert(
      fc.property(arbitrary.spoiled(arbitrary.received.event), (message) => {
        const before = JSON.stringify(message);
        InteractionEvent.decode(message);
        expect(JSON.stringify(message)).toBe(before);
      }),
    );
  });
});

describe('StepDelta', () => {
  // The same shape without the plain guard for the most common deltas.
  const unguarded = shape(
    'step.delta',
    { event_type: literal('step.delta'), index: t.number, delta: Delta },
    { event_id: t.string, metadata: shape('EventMetadata', {}, { total_usage: Usage }) },
  );

  /** Mostly a right value, now and then a wrong one. */
  const mostly = (right: readonly unknown[], wrong: readonly unknown[]) =>
    fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(...right) },
      { weight: 1, arbitrary: fc.constantFrom(...wrong, null, undefined) },
    );

  /** Deltas like those that the guard knows, each member right or wrong. */
  const nearlyCommon = fc.record(
    {
      event_type: mostly(['step.delta'], ['step.start', 1]),
      index: mostly([0, 1], ['0', {}]),
      event_id: mostly(['e1', ''], [1, {}]),
      metadata: mostly([undefined, {}, { total_usage: { total_tokens: 1 } }], [{ total_usage: 1 }, 'm']),
      delta: fc.oneof(
        {
          weight: 9,
          arbitrary: fc.record(
            {
              type: mostly(
                ['text', 'arguments_delta', 'thought_signature', 'thought_summary', 'code_execution_call'],
                ['text_annotation_delta', 'x'],
              ),
              text: mostly(['', 'a'], [1]),
              content: mostly([{ type: 'text', text: 'a' }, { type: 'x' }], [{ type: 'text', text: 1 }, 'a', 1]),
              arguments: mostly(['', '{', { code: '1' }, { code: '', language: 'python' }], [{ code: 1 }, {}, 1]),
              annotations: mostly([undefined, [], [{ type: 'url_citation' }]], [[{ type: 'x' }], {}, [1]]),
              signature: mostly(['', 's'], [1]),
              id: mostly([undefined, '', 'c1'], [1]),
              name: mostly([undefined, '', 'f'], [1]),
            },
            { requiredKeys: ['type'], noNullPrototype: true },
          ),
        },
        { weight: 1, arbitrary: fc.constantFrom<unknown>(null, [], 'text', undefined) },
      ),
    },
    { requiredKeys: ['event_type', 'index', 'delta'], noNullPrototype: true },
  );

  it('accepts by its guard what its codec accepts, and nothing else', () => {
    const verdicts: boolean[] = [];
    fc.assert(
      fc.property(nearlyCommon, (message) => {
        expect(StepDelta.is(message)).toBe(unguarded.is(message));
        verdicts.push(StepDelta.is(message));
      }),
      { numRuns: 3_000 },
    );
    // It would say little if nearly all were accepted, or nearly none.
    expect(verdicts.filter(Boolean).length).toBeGreaterThan(300);
    expect(verdicts.filter((accepted) => !accepted).length).toBeGreaterThan(300);
  });

  it('has nothing that a dialect would write differently where its guard accepts it', () => {
    let accepted = 0;
    fc.assert(
      fc.property(nearlyCommon, (message) => {
        if (!isCommonEvent(message)) return;
        accepted += 1;
        expect(toCanonicalEvent(message)).toBe(message);
      }),
      { numRuns: 5_000 },
    );
    expect(accepted).toBeGreaterThan(100);
  });

  it('decodes with its guard as it does without', () => {
    fc.assert(
      fc.property(fc.oneof(nearlyCommon, arbitrary.spoiled(arbitrary.received.event)), (message) => {
        const [guarded, plain] = [StepDelta.decode(message), unguarded.decode(message)];
        expect(guarded._tag).toBe(plain._tag);
        if (guarded._tag === 'Right' && plain._tag === 'Right') expect(guarded.right).toEqual(plain.right);
      }),
      { numRuns: 1_000 },
    );
  });
});
