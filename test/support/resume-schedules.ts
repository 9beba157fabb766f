import fc from 'fast-check';
import { type InteractionEvent, textDeltas } from 'rx-interactions';
import { filter, from } from 'rxjs';

import { plausible, type Plausible } from './plausible.js';
import { comparable, type Connection, interactionOf, run, stampedEvery } from './resume-server.js';

/** An interaction, and how the server that streams it lets its clients down. */
export interface Schedule {
  readonly story: Plausible;
  /** Every how many events have an id; 0 for none. */
  readonly density: number;
  /** The same of replays, whose ids are others. */
  readonly replayDensity: number;
  readonly connections: readonly Connection[];
  readonly cuts: readonly number[];
  /** How it refuses to stream again, if it does. */
  readonly streamStatus: number | undefined;
}

const connection = fc.record({
  after: fc.nat({ max: 12 }),
  how: fc.constantFrom('end' as const, 'reset' as const, 'garbage' as const),
});

/** Any of them: random interaction × chunking × drops × ids × replay chunking. */
export const schedules: fc.Arbitrary<Schedule> = fc.record({
  story: plausible,
  density: fc.nat({ max: 4 }),
  replayDensity: fc.nat({ max: 4 }),
  connections: fc.array(connection, { maxLength: 6 }),
  cuts: fc.array(fc.nat({ max: 10_000 }), { maxLength: 12 }),
  streamStatus: fc.option(fc.constantFrom(500, 503), { nil: undefined, freq: 8 }),
});

const isOf =
  (index: number) =>
  (event: InteractionEvent): boolean =>
    'index' in event && event.index === index;

/** What an event adds to the text of its call's arguments. A step that is told as JSON starts with all of them. */
const argumentsIn = (event: InteractionEvent): string => {
  if (event.event_type === 'step.delta' && event.delta.type === 'arguments_delta') return event.delta.arguments ?? '';
  if (event.event_type !== 'step.start' || event.step.type !== 'function_call') return '';
  return Object.keys(event.step.arguments ?? {}).length > 0 ? JSON.stringify(event.step.arguments) : '';
};

/** The text and the arguments that deltas bring, step by step. */
const toldIn = (events: readonly InteractionEvent[]) => {
  const indices = new Set(events.flatMap((event) => ('index' in event ? [event.index] : [])));
  return [...indices]
    .sort((a, b) => a - b)
    .map((index) => {
      const own = events.filter(isOf(index));
      let text = '';
      from(own)
        .pipe(filter(isOf(index)), textDeltas())
        .subscribe((piece) => {
          text += piece;
        });
      const pieces = own.map(argumentsIn);
      return { index, text, arguments: pieces.join('') || '{}' }; // of a call that is told as JSON there may be none
    });
};

const whole = (events: readonly InteractionEvent[]) => ({
  interaction: comparable(interactionOf(events)),
  told: toldIn(events),
});

/**
 * Runs a schedule in virtual time: what came of it, and what should have, which is what the stream would have told without
 * any break: nothing twice, nothing lacking.
 */
export const runSchedule = ({ story, density, replayDensity, connections, cuts, streamStatus }: Schedule) => {
  const events = stampedEvery(story.events, density);
  // What is cut before `interaction.created` has come cannot be resumed: nobody knows its id.
  const [first = { after: 3, how: 'end' }, ...rest] = connections;
  const server = {
    events,
    replay: stampedEvery(story.replay, replayDensity, 'r'),
    connections: [{ ...first, after: first.after + 1 }, ...rest],
    cuts,
    streamStatus,
  };
  const { events: seen, error, isComplete } = run(server, undefined, { resume: { count: 8 } });
  return {
    result: { error, isComplete, ...whole(seen) },
    expected: { error: undefined, isComplete: true, ...whole(events) },
  };
};
