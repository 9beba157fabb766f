import { type Interaction, ofEventType, type TurnEvent } from 'rx-interactions';
import { map, type OperatorFunction, pipe } from 'rxjs';

/** The turns of a conversation, each when it is over; the first one that fails ends it. */
export const answers = (): OperatorFunction<TurnEvent, Interaction> =>
  pipe(
    ofEventType('turn.completed', 'turn.failed'),
    map((event) => {
      if (event.event_type === 'turn.failed') throw event.error;
      return event.interaction;
    }),
  );
