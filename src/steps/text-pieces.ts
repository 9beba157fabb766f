import type { Delta, Step } from '../protocol/index.js';

/** The piece of the model's text that a delta brings to its step; empty if it brings none. */
export const textIn = ({ type }: Step, delta: Delta): string =>
  type === 'model_output' && delta.type === 'text' ? delta.text : '';

/** The piece of a thought's summary that a delta brings to its step; empty if it brings none (rules R1, R4). */
export const thoughtIn = ({ type }: Step, delta: Delta): string => {
  if (type !== 'thought') return '';
  if (delta.type === 'text') return delta.text;
  return delta.type === 'thought_summary' && delta.content?.type === 'text' ? delta.content.text : '';
};
