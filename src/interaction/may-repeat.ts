import type { InteractionEvent } from '../protocol/index.js';
import { deltasIn, stepOf } from '../steps/index.js';
import type { InteractionState, OpenStep } from './interaction-state.js';
import { pieceIn } from './piece-in.js';

const lettersOf = ({ state }: OpenStep): string =>
  state.argumentsText ??
  deltasIn(stepOf(state))
    .map((delta) => pieceIn(delta) ?? '')
    .join('');

/**
 * Says of events, one behind the other, whether all of them may tell again what led to a state: until it says no, nobody can
 * know. A text cannot that is no part of what has come.
 */
export const mayRepeat = (state: InteractionState): ((event: InteractionEvent) => boolean) => {
  const { open, done, hopStart } = state;
  const letters = new Map<OpenStep, { readonly delivered: string; told: string }>();
  return (event) => {
    if (event.event_type === 'interaction.completed') return false; // there was none
    if (event.event_type !== 'step.start' && event.event_type !== 'step.delta' && event.event_type !== 'step.stop')
      return true;
    const { index } = event;
    const step = open.find((each) => each.index === index);
    if (!step) return index < done.length - hopStart;
    if (event.event_type === 'step.start' || step.finished) return true;
    if (event.event_type === 'step.stop') return false;
    const more = pieceIn(event.delta);
    if (more === undefined) return true;
    const known = letters.get(step) ?? { delivered: lettersOf(step), told: '' };
    letters.set(step, known);
    known.told += more;
    return known.delivered.includes(known.told);
  };
};
