import type { Delta, InteractionEvent } from '../protocol/index.js';
import { deltasIn, stepOf } from '../steps/index.js';
import type { InteractionState, OpenStep } from './interaction-state.js';

/** The letters of a delta that is a piece of a text or of arguments. */
const lettersIn = (delta: Delta): string | undefined => {
  switch (delta.type) {
    case 'text':
      return delta.text;
    case 'arguments_delta':
      return delta.arguments ?? '';
    case 'thought_summary':
      return delta.content?.type === 'text' ? delta.content.text : undefined;
    default:
      return undefined;
  }
};

const lettersOf = ({ state }: OpenStep): string =>
  state.argumentsText ??
  deltasIn(stepOf(state))
    .map((delta) => lettersIn(delta) ?? '')
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
    const more = lettersIn(event.delta);
    if (more === undefined) return true;
    const known = letters.get(step) ?? { delivered: lettersOf(step), told: '' };
    letters.set(step, known);
    known.told += more;
    return known.delivered.includes(known.told);
  };
};
