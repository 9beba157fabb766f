import fc from 'fast-check';
import { eventsOf, type Interaction, type InteractionEvent, reduceInteraction, textDeltas } from 'rx-interactions';
import { completed, created, stepDelta, stepStart, stepStop, textDelta } from 'rx-interactions/testing';
import { concat, from, of } from 'rxjs';

import { accumulateInteraction, initialInteraction, type InteractionState } from '../../src/interaction/index.js';
import { alignReplay } from '../../src/interaction/align-replay.js';
import { errorOf, valuesOf } from '../support/outcome.js';
import { plausible } from '../support/plausible.js';

const stateOf = (events: readonly InteractionEvent[]): InteractionState =>
  events.reduce<InteractionState>(accumulateInteraction, initialInteraction());

/** What comes of a replay, while it is delivered. */
const aligned = (
  before: readonly InteractionEvent[],
  replay: readonly InteractionEvent[],
  isAfterEvent = false,
): readonly InteractionEvent[] => {
  let state = stateOf(before);
  const out: InteractionEvent[] = [];
  from(replay)
    .pipe(alignReplay({ delivered: () => state, from: isAfterEvent ? (state.marked ?? state) : undefined }))
    .subscribe({
      next: (event) => {
        out.push(event);
        state = accumulateInteraction(state, event);
      },
      error: (error: unknown) => {
        throw error;
      },
    });
  return out;
};

/** Summaries as one text: into how many items it comes is nobody's promise (wire-format 15, U3). */
const comparable = (interaction: Interaction) => {
  const { diagnostics: _diagnostics, ...rest } = interaction;
  return {
    ...rest,
    steps: rest.steps.map((step) =>
      step.type === 'thought' && step.summary
        ? { ...step, summary: step.summary.map((item) => (item.type === 'text' ? item.text : '')).join('') }
        : step,
    ),
  };
};
const reduced = (events: readonly InteractionEvent[]): Interaction =>
  valuesOf(from(events).pipe(reduceInteraction()))[0]!;
const textOf = (events: readonly InteractionEvent[]): string => valuesOf(from(events).pipe(textDeltas())).join('');

const cutAndReplayed = fc.tuple(plausible, fc.nat()).map(([{ events, replay }, at]) => {
  const cut = 1 + (at % (events.length - 1)); // behind `interaction.created`, before the end
  return { events, replay, before: events.slice(0, cut) };
});

const RUNS = { numRuns: 500 };

describe('however a stream is cut, and however it is told again', () => {
  it('a replay from the start completes it: nothing twice, nothing lacking', () => {
    fc.assert(
      fc.property(cutAndReplayed, ({ events, replay, before }) => {
        const after = aligned(before, replay);
        expect(comparable(reduced([...before, ...after]))).toEqual(comparable(reduced(events)));
        expect(textOf([...before, ...after]).length).toBe(textOf(events).length);
      }),
      RUNS,
    );
  });

  it('going on after an event does, however few events have an id, and whether or not that event is told again', () => {
    fc.assert(
      fc.property(cutAndReplayed, fc.boolean(), fc.integer({ min: 1, max: 4 }), (given, isTwice, density) => {
        const events = given.events.map((event, at): InteractionEvent =>
          event.event_type !== 'unknown' && at % density === 0 ? { ...event, event_id: `e${at}` } : event,
        );
        const before = events.slice(0, given.before.length);
        const state = stateOf(before);
        const marked = state.marked ?? state;
        const at = events.findIndex((event) => 'event_id' in event && event.event_id === marked.lastEventId);
        const after = aligned(before, events.slice(isTwice ? at : at + 1), true);
        expect(comparable(reduced([...before, ...after]))).toEqual(comparable(reduced(events)));
        expect(textOf([...before, ...after])).toBe(textOf(events));
      }),
      RUNS,
    );
  });

  it('going on a little before that event does, however few events have an id', () => {
    fc.assert(
      fc.property(
        plausible,
        fc.integer({ min: 1, max: 4 }),
        fc.nat({ max: 6 }),
        fc.nat(),
        (given, density, more, at) => {
          const events = given.events.map((event, place) =>
            place % density === 0 ? { ...event, event_id: `e${String(place)}` } : event,
          );
          const cut = 1 + (at % (events.length - 1));
          const before = events.slice(0, cut);
          const last = cut - 1 - ((cut - 1) % density);
          const replay = events.slice(Math.max(1, last + 1 - more));
          const after = aligned(before, replay, true);
          expect(comparable(reduced([...before, ...after]))).toEqual(comparable(reduced(events)));
          expect(textOf([...before, ...after])).toBe(textOf(events));
        },
      ),
      RUNS,
    );
  });

  it('a JSON answer does', () => {
    fc.assert(
      fc.property(cutAndReplayed, ({ events, before }) => {
        const whole = reduced(events);
        const after = aligned(before, eventsOf(whole));
        expect(comparable(reduced([...before, ...after]))).toEqual(comparable(whole));
      }),
      RUNS,
    );
  });

  it('a replay in answer to going on after an event does', () => {
    fc.assert(
      fc.property(cutAndReplayed, ({ events, replay, before }) => {
        const marked = before.map((event, at): InteractionEvent =>
          at === 0 && event.event_type !== 'unknown' ? { ...event, event_id: 'e0' } : event,
        );
        const after = aligned(marked, replay, true);
        expect(comparable(reduced([...marked, ...after]))).toEqual(comparable(reduced(events)));
      }),
      RUNS,
    );
  });
});

describe('what is told again and is not the same', () => {
  const before = [created({ id: 'v1_a' }), stepStart(0, 'model_output'), textDelta(0, 'Hello')];
  const align = (...replay: readonly InteractionEvent[]) =>
    from(replay).pipe(alignReplay({ delivered: () => stateOf(before) }));

  it.each([
    ['another text', [stepStart(0, 'model_output'), textDelta(0, 'Hullo there')]],
    [
      'another step',
      [
        stepStart(0, 'thought'),
        stepDelta(0, { type: 'thought_signature', signature: 'Hello' }),
        stepStart(1, 'model_output'),
        textDelta(1, 'Hello'),
      ],
    ],
    ['less than there was', [stepStart(0, 'model_output'), textDelta(0, 'Hel'), stepStop(0)]],
    ['an image', [stepStart(0, 'model_output'), stepDelta(0, { type: 'image', data: 'AAAAAAAA' })]],
  ])('%s is never passed on', (_what, events) => {
    const replay$ = align(created({ id: 'v1_a' }), ...events, completed({ id: 'v1_a' }));
    expect(errorOf(replay$)).toMatchObject({ name: 'Divergence' });
    expect(valuesOf(concat(of(0), align(created({ id: 'v1_a' }))))).toEqual([0]);
  });

  it('another interaction is not a replay, and passes', () => {
    const hop = [created({ id: 'v1_b' }), stepStart(0, 'model_output'), textDelta(0, 'x')];
    expect(valuesOf(align(...hop))).toEqual(hop);
  });
});
