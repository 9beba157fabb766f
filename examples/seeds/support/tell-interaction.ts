import { type InteractionEvent, reduceInteraction, type Step } from 'rx-interactions';
import { map, type OperatorFunction, pipe } from 'rxjs';

const tell = ({ type, ...rest }: Step): string => `${type}: ${JSON.stringify(rest)}`;

/** A line for each step of an interaction that is over, and one for how it ended. */
export const tellInteraction = (): OperatorFunction<InteractionEvent, string> =>
  pipe(
    reduceInteraction(),
    map(({ status, steps, usage }) => [...steps.map(tell), `${status}: ${JSON.stringify(usage)}`].join('\n')),
  );
