import { stepStart, textDelta } from 'rx-interactions/testing';

import { accumulateText, initialText, textOf, type TextState } from '../../src/steps/accumulate-text.js';
import type { StepPlace, StepSignal } from '../../src/steps/track-steps.js';
import { deepFreeze } from '../support/freeze.js';

const place = (position: number, type: 'model_output' | 'thought' = 'model_output'): StepPlace => ({
  index: position,
  position,
  step: { type },
});
const begin = (of: StepPlace): StepSignal => ({ type: 'begin', place: of, event: stepStart(of.index, of.step) });
const piece = (of: StepPlace, text: string): StepSignal => {
  const event = textDelta(of.index, text);
  return { type: 'delta', place: of, delta: event.delta, event };
};
const end = (of: StepPlace): StepSignal => ({ type: 'end', place: of, ending: 'stopped', event: undefined });
const after = (...signals: readonly StepSignal[]): TextState =>
  signals.reduce((state, signal) => deepFreeze(accumulateText(state, deepFreeze(signal))), deepFreeze(initialText));

describe('accumulateText', () => {
  const [a, b, t] = [place(0), place(1), place(2, 'thought')];

  it('holds text of a later step back behind an earlier one that is open', () => {
    const open = after(begin(a), begin(b), piece(b, 'B'), end(b));
    expect(open).toMatchObject({ done: '', open: [{ position: 0 }, { position: 1, text: 'B' }] });
    const over = [piece(a, 'A'), end(a)].reduce(accumulateText, open);
    expect(over).toEqual({ done: 'AB', open: [], before: '' });
  });

  it('gives the same state back where a signal says nothing of the text', () => {
    const state = after(begin(a), piece(a, 'A'));
    const silent: readonly StepSignal[] = [
      begin(t),
      piece(t, 'hm'),
      end(t),
      piece(a, ''),
      { type: 'delta', place: a, delta: { type: 'image', data: 'AAAA' }, event: undefined },
      { type: 'unknown', event: { event_type: 'unknown', received: 1 } },
    ];
    for (const signal of silent) expect(accumulateText(state, signal)).toBe(state);
  });

  it('goes back to where the hop began for a replay, and to nothing for a new turn', () => {
    const told = [begin(a), piece(a, 'A'), end(a), { type: 'hop' }, begin(b), piece(b, 'B'), end(b)] as const;
    expect(textOf(after(...told))).toBe('AB');
    expect(textOf(after(...told, { type: 'replay' }))).toBe('A');
    expect(textOf(after(...told, { type: 'replay' }, begin(b), piece(b, 'C')))).toBe('AC');
    expect(after(...told, { type: 'reset' })).toBe(initialText);
  });
});
