import fc from 'fast-check';
import type { Usage } from 'rx-interactions';

import { addUsage } from '../../src/interaction/add-usage.js';
import { usage } from '../support/arbitrary.js';
import { deepFreeze } from '../support/freeze.js';

describe('addUsage', () => {
  it('is the other one where one is not there', () => {
    const one = { total_tokens: 1 };
    expect(addUsage(one, undefined)).toBe(one);
    expect(addUsage(undefined, one)).toBe(one);
    expect(addUsage(undefined, undefined)).toBeUndefined();
  });

  it('adds every count', () => {
    const counts = (n: number) => ({
      total_input_tokens: n,
      total_output_tokens: n * 2,
      total_thought_tokens: n * 3,
      total_tool_use_tokens: n * 4,
      total_cached_tokens: n * 5,
      total_tokens: n * 6,
    });
    expect(addUsage(counts(1), counts(10))).toMatchObject(counts(11));
  });

  it('takes a count that only one has', () => {
    expect(addUsage({ total_thought_tokens: 3 }, { total_output_tokens: 4 })).toEqual({
      total_thought_tokens: 3,
      total_output_tokens: 4,
    });
  });

  it('has the input of the first as its initial input', () => {
    expect(addUsage({ total_input_tokens: 7 }, { total_input_tokens: 20 })).toEqual({
      total_input_tokens: 27,
      initial_input_tokens: 7,
    });
    expect(addUsage({ total_input_tokens: 7, initial_input_tokens: 5 }, { initial_input_tokens: 9 })).toMatchObject({
      initial_input_tokens: 5,
    });
  });

  it.each([
    'input_tokens_by_modality',
    'output_tokens_by_modality',
    'cached_tokens_by_modality',
    'tool_use_tokens_by_modality',
  ] as const)('adds %s modality by modality, in order of appearance', (name) => {
    const [first, second]: readonly Usage[] = [
      {
        [name]: [
          { modality: 'text', tokens: 1 },
          { modality: 'image', tokens: 2 },
        ],
      },
      {
        [name]: [
          { modality: 'audio', tokens: 30 },
          { modality: 'text', tokens: 10 },
        ],
      },
    ];
    expect(addUsage(first, second)).toEqual({
      [name]: [
        { modality: 'text', tokens: 11 },
        { modality: 'image', tokens: 2 },
        { modality: 'audio', tokens: 30 },
      ],
    });
    expect(addUsage(first, {})).toEqual(first);
    expect(addUsage({}, first)).toEqual(first);
  });

  it('adds the uses of tools tool by tool', () => {
    expect(
      addUsage(
        { grounding_tool_count: [{ type: 'google_search', count: 1 }] },
        {
          grounding_tool_count: [
            { type: 'google_maps', count: 2 },
            { type: 'google_search', count: 3 },
          ],
        },
      ),
    ).toEqual({
      grounding_tool_count: [
        { type: 'google_search', count: 4 },
        { type: 'google_maps', count: 2 },
      ],
    });
  });

  it('does not depend on how three are grouped', () => {
    fc.assert(
      fc.property(usage, usage, usage, (a, b, c) => {
        expect(addUsage(addUsage(a, b), c)).toEqual(addUsage(a, addUsage(b, c)));
      }),
    );
  });

  it('changes neither of the two', () => {
    fc.assert(
      fc.property(usage, usage, (a, b) => {
        expect(() => addUsage(deepFreeze(a), deepFreeze(b))).not.toThrow();
      }),
    );
  });
});
