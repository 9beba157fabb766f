import type { OperatorFunction } from 'rxjs';

import { defined } from '../internal/defined.js';
import { mapMulti } from '../internal/map-multi.js';
import type { Delta, InteractionEvent, Step } from '../protocol/index.js';
import { deltasIn } from '../steps/index.js';
import { accumulateInteraction } from './accumulate-interaction.js';
import { Divergence } from './divergence.js';
import { initialInteraction, type InteractionState } from './interaction-state.js';
import { mayRepeat } from './may-repeat.js';
import { pieceIn } from './piece-in.js';
import { idsIn } from './recent-ids.js';
import { remainderOf } from './remainder-of.js';
import { stepsOfHop } from './step-so-far.js';

export interface AlignReplayConfig {
  /** What has been delivered until now. */
  readonly delivered: () => InteractionState;
  /** What the stream goes on from, if it was asked to go on after an event; otherwise it begins at the start. */
  readonly from?: InteractionState | undefined;
}

/** The letters that a delta brings: a measure of how far a replay is that costs nothing. */
const lettersIn = (delta: Delta): number =>
  pieceIn(delta)?.length ?? ('data' in delta && typeof delta.data === 'string' ? delta.data.length : 0);

const lettersOf = (step: Step): number => deltasIn(step).reduce((sum, delta) => sum + lettersIn(delta), 0);

const lettersSoFar = (state: InteractionState): number =>
  stepsOfHop(state).reduce((sum, { step, argumentsText = '' }) => sum + lettersOf(step) + argumentsText.length, 0);

const lettersInEvent = (event: InteractionEvent): number => {
  if (event.event_type === 'step.delta') return lettersIn(event.delta);
  return event.event_type === 'step.start' ? lettersOf(event.step) : 0;
};

/** What has changed beside the steps. */
const statusSince = (delivered: InteractionState, told: InteractionState): readonly InteractionEvent[] => {
  const { id, status, continuation_token } = told.head;
  if (status === undefined) return [];
  if (status === delivered.head.status && continuation_token === delivered.head.continuation_token) return [];
  return [defined({ event_type: 'interaction.status_update', status, interaction_id: id, continuation_token })];
};

const eventIdOf = (event: InteractionEvent): string | undefined =>
  event.event_type === 'unknown' ? undefined : event.event_id;

/** The last of some events stands where the event stood that they were made at. */
const stamped = (events: readonly InteractionEvent[], event_id: string | undefined): readonly InteractionEvent[] =>
  events.map((event, at): InteractionEvent =>
    event_id !== undefined && at === events.length - 1 && event.event_type !== 'unknown'
      ? { ...event, event_id }
      : event,
  );

/**
 * From a stream that tells again what has been delivered, lets through only what has not: whatever the places it is cut in
 * now, and however few of its events have an id. Nothing passes before everything that was delivered has been told again,
 * and the same; if it is not, the stream errors with {@link Divergence}.
 *
 * ```text
 * delivered       c s He l
 * replay          -c-s-Hel-lo-p-f|
 * alignReplay()   ---------lo-p-f|
 * ```
 *
 * `interaction.created` with the current id begins a replay, even where the stream was asked to go on after an event. Such a
 * stream may begin before that event: what has an id that is known has been delivered, and what comes before it. Events
 * without an id wait for one, or for something that has not been delivered, as long as they may be told again.
 */
export const alignReplay = ({
  delivered,
  from,
}: AlignReplayConfig): OperatorFunction<InteractionEvent, InteractionEvent> =>
  mapMulti((push) => {
    const known = new Set(from?.lastEventId === undefined ? [] : idsIn(delivered().recentIds));
    let isRepeating = false; // events up to the one that it was to go on after
    let hasBegun = false; // with what comes after that
    let isPlaced = known.size === 0; // whether it is known which of the two comes first
    const mayBeKnown = mayRepeat(from ?? initialInteraction());
    let held: InteractionEvent[] = []; // what has come until then
    let told = from ?? initialInteraction();
    let isCaughtUp = from !== undefined && from === delivered();
    let missing = lettersSoFar(delivered()) - lettersSoFar(told); // letters to be told again, about
    let attempts = 0;
    let rest = 0; // events to wait before another comparison, when one came too early

    const restart = (event: InteractionEvent): void => {
      known.clear(); // everything is told again, and compared
      isRepeating = false;
      isPlaced = true;
      held = [];
      told = accumulateInteraction(delivered(), event);
      isCaughtUp = false;
      missing = lettersSoFar(delivered());
    };

    const isDue = (): boolean => {
      if (missing > 0) return false;
      rest -= 1;
      return rest < 0;
    };

    const compare = (event: InteractionEvent): void => {
      const isLast = event.event_type === 'interaction.completed';
      if (!isLast && !isDue()) return;
      const events = remainderOf(delivered(), told);
      if (!events) {
        if (isLast) throw new Divergence();
        attempts += 1;
        rest = attempts;
        return;
      }
      isCaughtUp = true;
      const news = isLast ? events : stamped([...events, ...statusSince(delivered(), told)], eventIdOf(event));
      news.forEach(push);
      if (isLast) push(event);
    };

    /** Whether an event is told again (T19): it has an id that is known, or comes before one that is. */
    const isKnown = (event: InteractionEvent): boolean => {
      if (known.size === 0) return false;
      const id = eventIdOf(event);
      if (id !== undefined && known.has(id)) {
        isPlaced = true;
        held = [];
        if (hasBegun) throw new Divergence(); // what came before it was none of the news
        isRepeating = id !== from?.lastEventId;
        return true;
      }
      if (isRepeating) {
        if (id !== undefined || event.event_type === 'interaction.completed') throw new Divergence();
        return true;
      }
      hasBegun = true;
      return false;
    };

    const take = (event: InteractionEvent): void => {
      if (isCaughtUp) {
        push(event);
      } else {
        told = accumulateInteraction(told, event);
        missing -= lettersInEvent(event);
        compare(event);
      }
    };

    /** It begins with news: what has come until now is some, too. */
    const release = (): void => {
      if (isPlaced) return;
      isPlaced = true;
      hasBegun ||= held.length > 0;
      for (const event of held.splice(0)) take(event);
    };

    return {
      next: (event) => {
        const isStart = event.event_type === 'interaction.created';
        const isOther = isStart && event.interaction.id !== delivered().head.id;
        if (isOther) {
          release();
          known.clear();
          isRepeating = false;
          isCaughtUp = true; // another hop: nothing of it has been delivered
        }
        if (isStart && !isOther) {
          restart(event);
        } else if (!isPlaced && eventIdOf(event) === undefined && mayBeKnown(event)) {
          held.push(event);
        } else if (!isKnown(event)) {
          release();
          take(event);
        }
      },
    };
  });
