import type { Interaction } from '../protocol/index.js';

/**
 * An interaction without the steps that were put in before what came of them: a JSON answer to GET begins with those, and
 * one to POST may (wire-format 3.1).
 */
export const withoutInput = (interaction: Interaction): Interaction => {
  const first = interaction.steps.findIndex(({ type }) => type !== 'user_input' && type !== 'function_result');
  return { ...interaction, steps: first === -1 ? [] : interaction.steps.slice(first) };
};
