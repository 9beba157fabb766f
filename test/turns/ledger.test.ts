import { isDeepStrictEqual } from 'node:util';

import fc from 'fast-check';
import { type Interaction, type InteractionInput, RequestError, type Step } from 'rx-interactions';
import {
  argumentsDelta,
  completed,
  created,
  stepStart,
  stepStop,
  textDelta,
  thoughtSignature,
} from 'rx-interactions/testing';

import { inputSteps, isHistory, type Ledger, stepsToSend, withTurn } from '../../src/turns/ledger.js';
import { canonical } from '../support/arbitrary.js';
import { interactionOf, reduced } from './support/interactions.js';

const said = (text: string): Step => ({ type: 'user_input', content: [{ type: 'text', text }] });
const answered = (text: string): Step => ({ type: 'model_output', content: [{ type: 'text', text }] });

/** A history of turns with these steps. */
const ledgerOf = (...turns: readonly (readonly Step[])[]): Ledger =>
  turns.reduce<Ledger>(
    (before, steps, place) =>
      withTurn(before, {
        turnId: `turn_${place}`,
        input: `Prompt ${place}`,
        interaction: interactionOf(steps, { status: 'completed', id: `v1_${place}` }),
      }),
    [],
  );

const throughJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

const refusalOf = (ledger: Ledger): unknown => {
  try {
    stepsToSend(ledger);
    return undefined;
  } catch (error) {
    return error;
  }
};

describe('inputSteps', () => {
  const image = { type: 'image', uri: 'https://example.com/a.png' } as const;
  const text = { type: 'text', text: 'What is this?' } as const;
  const result = { type: 'function_result', call_id: '1', result: 'x' } as const;

  it.each<readonly [string, InteractionInput | undefined, readonly Step[]]>([
    ['nothing', undefined, []],
    ['text', 'Hi', [said('Hi')]],
    ['one block', text, [{ type: 'user_input', content: [text] }]],
    ['several blocks', [image, text], [{ type: 'user_input', content: [image, text] }]],
    ['one step', result, [result]],
    ['several steps', [said('Hi'), answered('Hello')], [said('Hi'), answered('Hello')]],
    ['no block and no step', [], []],
  ])('has what %s stands for', (_name, input, steps) => {
    expect(inputSteps(input)).toEqual(steps);
  });
});

describe('the ledger', () => {
  it('holds each prompt and every step that came of it, as they are', () => {
    const unknown: Step = { type: 'unknown', received: { type: 'x_step', signature: 'sig', list: [1] } };
    const search: Step = { type: 'google_search_call', id: 'q', arguments: { queries: ['x'] }, signature: 'z' };
    const image: Step = { type: 'model_output', content: [{ type: 'image', data: 'AAAA', mime_type: 'image/png' }] };
    const steps = [{ type: 'thought', signature: 's' } as const, search, unknown, image];

    const sent = stepsToSend(ledgerOf(steps, [answered('Yes.')]));

    expect(sent).toEqual([said('Prompt 0'), ...steps, said('Prompt 1'), answered('Yes.')]);
    expect(sent[1]).toBe(steps[0]);
  });

  it('holds nothing that the assembler made up (T30)', () => {
    const interaction = reduced(
      created({ id: '' }),
      stepStart(0, { type: 'thought' }),
      thoughtSignature(0, 's'),
      stepStop(0),
      stepStart(1, { type: 'function_call', id: '1', name: 'f', arguments: {}, signature: '' }),
      argumentsDelta(1, '{"a":'),
      argumentsDelta(1, '1}'),
      stepStop(1),
      stepStart(2, { type: 'function_result', call_id: '1', name: 'f', result: 'r' }),
      stepStop(2),
      created({ id: '' }),
      stepStart(0, 'model_output'),
      textDelta(0, ''),
      stepStop(0),
      completed({ id: '' }),
    );

    expect(stepsToSend(withTurn([], { turnId: 't', input: 'Go.', interaction }))).toStrictEqual([
      said('Go.'),
      { type: 'thought', signature: 's' },
      { type: 'function_call', id: '1', name: 'f', arguments: { a: 1 } },
      { type: 'function_result', call_id: '1', name: 'f', result: 'r' },
      { type: 'model_output' },
    ]);
  });

  it('holds an input once that the answer begins with', () => {
    expect(stepsToSend(ledgerOf([said('Prompt 0'), answered('Hi.')]))).toEqual([said('Prompt 0'), answered('Hi.')]);
    expect(stepsToSend(ledgerOf([said('Prompt'), answered('Hi.')]))).toHaveLength(3);
  });

  it.each([
    ['completed', true],
    ['incomplete', true],
    ['requires_action', true],
    ['something_new', true],
    ['failed', false],
    ['cancelled', false],
    ['in_progress', false],
  ] as const)('counts a turn that ended as %s: %s', (status, counts) => {
    const interaction: Interaction = interactionOf([answered('Hi.')], { status });
    expect(isHistory(interaction)).toBe(counts);
    expect(withTurn([], { turnId: 't', input: 'Hi', interaction })).toHaveLength(counts ? 1 : 0);
  });

  it('remembers what the next turn goes on from', () => {
    const interaction = interactionOf([], { status: 'completed', id: 'v1_a', environment_id: 'e-1' });
    expect(withTurn([], { turnId: 't', input: 'Hi', interaction })).toMatchObject([
      { turnId: 't', interactionId: 'v1_a', environmentId: 'e-1' },
    ]);
  });

  it('is what it was after a detour through JSON, whatever became of the order of its keys', () => {
    const ledger = ledgerOf([{ type: 'function_call', id: '1', name: 'f', arguments: { a: 1, b: [{ c: 2, d: 3 }] } }]);
    const [entry] = throughJson(ledger);
    const reordered: Step = { arguments: { b: [{ d: 3, c: 2 }], a: 1 }, name: 'f', id: '1', type: 'function_call' };

    expect(stepsToSend(throughJson(ledger))).toEqual(stepsToSend(ledger));
    expect(refusalOf([{ ...entry!, steps: [entry!.steps[0]!, reordered] }])).toBeUndefined();
  });

  const three = (): Ledger =>
    throughJson(ledgerOf([answered('a'), { type: 'thought', signature: 's' }], [answered('b')], [answered('c')]));

  interface Editable {
    readonly steps: Step[];
    readonly digests: string[];
    interactionId: string | undefined;
    environmentId: string | undefined;
  }

  it.each<readonly [string, RegExp, (ledger: readonly Editable[]) => readonly object[]]>([
    [
      'edited text',
      /Step 2 \(model_output\) of turn turn_1/,
      (all) => {
        all[1]!.steps[1] = answered('B');
        return all;
      },
    ],
    [
      'a signature that was left out',
      /Step 3 \(thought\) of turn turn_0/,
      (all) => {
        all[0]!.steps[2] = { type: 'thought' };
        return all;
      },
    ],
    [
      'a step that was left out at the end of a turn',
      /The last step of turn turn_0/,
      (all) => {
        all[0]!.steps.pop();
        return all;
      },
    ],
    [
      'a step that was added',
      /Step 3 \(model_output\) of turn turn_2/,
      (all) => {
        all[2]!.steps.push(answered('d'));
        return all;
      },
    ],
    [
      'a step that was left out with its digest',
      /Step 2 \(thought\) of turn turn_0/,
      (all) => {
        all[0]!.steps.splice(1, 1);
        all[0]!.digests.splice(1, 1);
        return all;
      },
    ],
    [
      'another interaction to go on from',
      /The id or the environment of turn turn_2/,
      (all) => {
        all[2]!.interactionId = 'v1_other';
        return all;
      },
    ],
    [
      'another sandbox to go on in',
      /The id or the environment of turn turn_1/,
      (all) => {
        all[1]!.environmentId = 'e-other';
        return all;
      },
    ],
    ['a turn that was left out', /Step 1 \(user_input\) of turn turn_2/, ([first, , last]) => [first!, last!]],
    [
      'turns in another order',
      /Step 1 \(user_input\) of turn turn_1/,
      ([first, second, last]) => [second!, first!, last!],
    ],
  ])('refuses %s, and says where', (_what, where, change) => {
    expect(refusalOf(three())).toBeUndefined();
    const error = refusalOf(change(three() as unknown as Editable[]) as Ledger);
    expect(error).toBeInstanceOf(RequestError);
    expect(String(error)).toMatch(where);
  });

  it('may lose its last turns: it is the history of an earlier moment then', () => {
    expect(refusalOf(three().slice(0, 2))).toBeUndefined();
  });

  it('however its steps look, notices that one of them is another', () => {
    fc.assert(
      fc.property(
        fc.array(canonical.step, { minLength: 1, maxLength: 4 }),
        canonical.step,
        fc.nat(),
        (steps, other, at) => {
          // Safe: they are what the codec of steps accepts.
          const ledger = throughJson(ledgerOf(steps as Step[]));
          const place = 1 + (at % steps.length);
          fc.pre(!isDeepStrictEqual(throughJson(other), ledger[0]!.steps[place]));
          const changed = ledger[0]!.steps.map((step, position) => (position === place ? (other as Step) : step));

          expect(refusalOf(ledger)).toBeUndefined();
          expect(refusalOf([{ ...ledger[0]!, steps: changed }])).toBeInstanceOf(RequestError);
        },
      ),
    );
  });
});
