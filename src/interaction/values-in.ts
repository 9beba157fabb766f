import { from, type OperatorFunction } from 'rxjs';

import type { Interaction, InteractionEvent } from '../protocol/index.js';
import { eventsOf } from './events-of.js';

/**
 * What an operator makes of the events of an interaction, as a list. For operators that wait for nothing; the error of one
 * that fails is thrown.
 */
export const valuesIn = <T>(
  interaction: Interaction,
  operator: OperatorFunction<InteractionEvent, T>,
): readonly T[] => {
  const values: T[] = [];
  const errors: unknown[] = [];
  from(eventsOf(interaction))
    .pipe(operator)
    .subscribe({
      next: (value) => values.push(value),
      error: (error: unknown) => errors.push(error),
    });
  if (errors.length > 0) throw errors[0];
  return values;
};
