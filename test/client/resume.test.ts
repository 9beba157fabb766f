import fc from 'fast-check';
import {
  type Cursor,
  cursorOf,
  eventsOf,
  type InteractionEvent,
  reduceInteraction,
  scanInteraction,
  textDeltas,
  type Transport,
  type UnsettledError,
} from 'rx-interactions';
import { completed, created, stepStart, stepStop, textDelta } from 'rx-interactions/testing';
import { from, of } from 'rxjs';

import { valuesOf } from '../support/outcome.js';
import { plausible } from '../support/plausible.js';
import { runSchedule, schedules } from '../support/resume-schedules.js';
import { comparable, interactionOf, jsonAnswer, REQUEST, run, serve, stampedEvery } from '../support/resume-server.js';

const textOf = (events: readonly InteractionEvent[]) => valuesOf(from(events).pipe(textDeltas())).join('');

describe('however often the connection drops', () => {
  it('the interaction is the same: nothing twice, nothing lacking', () => {
    fc.assert(
      fc.property(schedules, (schedule) => {
        const { result, expected } = runSchedule(schedule);
        expect(result).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('another process goes on from the cursor of any snapshot', () => {
    fc.assert(
      fc.property(plausible, fc.nat({ max: 4 }), fc.nat(), (given, density, at) => {
        const events = stampedEvery(given.events, density);
        const cut = 1 + (at % (events.length - 1));
        const snapshots = valuesOf(from(events.slice(0, cut)).pipe(scanInteraction()));
        const text = JSON.stringify(cursorOf(snapshots.at(-1)!));
        const cursor = JSON.parse(text) as Cursor;
        const { events: seen, error } = run({ events, replay: given.replay, connections: [] }, (client) =>
          client.resume(cursor),
        );
        expect(error).toBeUndefined();
        const [whole] = valuesOf(from(seen).pipe(reduceInteraction({ from: cursor })));
        expect(comparable(whole!)).toEqual(comparable(interactionOf(events)));
        expect(textOf(events.slice(0, cut)).length + textOf(seen).length).toBeGreaterThanOrEqual(textOf(events).length);
      }),
      { numRuns: 1000 },
    );
  });
});

const story = (...pieces: readonly string[]): readonly InteractionEvent[] => [
  created({ id: 'v1_a' }),
  stepStart(0, 'model_output'),
  ...pieces.map((piece) => textDelta(0, piece)),
  stepStop(0),
  completed({ id: 'v1_a' }),
];

describe('the ladder', () => {
  const whole = story('Once ', 'upon ', 'a time');

  it('goes on after the last event that had an id', () => {
    const events = stampedEvery(whole, 1);
    const { paths, error, events: seen } = run({ events, replay: whole, connections: [{ after: 3, how: 'end' }] });
    expect(error).toBeUndefined();
    expect(paths).toEqual(['POST ', 'GET /v1_a?stream=true&last_event_id=e2']);
    expect(seen).toEqual(events);
  });

  it('drops the event it asked to go on after, if it is told again (T19)', () => {
    const events = stampedEvery(whole, 1);
    const repeating = { events: [...events.slice(0, 3), events[2]!, ...events.slice(3)], replay: whole };
    const { events: seen } = run({ ...repeating, connections: [{ after: 3, how: 'reset' }] });
    expect(seen).toEqual(events);
  });

  it('asks for everything again where no event has an id, and skips what it had', () => {
    const replay = story('Once upon', ' a time');
    const { paths, events: seen } = run({ events: whole, replay, connections: [{ after: 3, how: 'end' }] });
    expect(paths).toEqual(['POST ', 'GET /v1_a?stream=true']);
    expect(seen).toEqual([
      ...whole.slice(0, 3),
      textDelta(0, 'upon'),
      textDelta(0, ' a time'),
      stepStop(0),
      whole.at(-1),
    ]);
  });

  it('looks until it has settled where no stream comes any more', () => {
    const connections = [{ after: 3, how: 'end' } as const];
    const {
      paths,
      events: seen,
      error,
    } = run({ events: whole, replay: whole, connections, streamStatus: 503 }, undefined, {
      retry: { count: 0 },
      resume: { count: 2 },
    });
    expect(error).toBeUndefined();
    expect(paths).toEqual(['POST ', 'GET /v1_a?stream=true', 'GET /v1_a?stream=true', 'GET /v1_a']);
    expect(textOf(seen)).toBe('Once upon a time');
    expect(seen.filter(({ event_type }) => event_type === 'interaction.created')).toHaveLength(1);
  });

  it('waits longer from attempt to attempt that brings nothing', () => {
    const nothing = { after: 1, how: 'end' } as const;
    const { ms, error } = run({
      events: whole,
      replay: whole,
      connections: [{ after: 3, how: 'end' }, nothing, nothing, { after: 0, how: 'end' }],
    });
    expect(error).toBeUndefined(); // the look after them does it
    expect(ms).toBe(500 + 1000 + 2000 + 500);
  });

  it('never guesses: a replay that tells something else is an error, if JSON does too', () => {
    const { error, events: seen } = run({
      events: whole,
      replay: story('Once ', 'in a lifetime'),
      connections: [{ after: 4, how: 'end' }],
    });
    expect(error).toBeUndefined(); // JSON told the same
    expect(textOf(seen)).toBe('Once upon a time');

    const other = serve({ events: story('Another'), replay: story('Another'), connections: [] });
    const first = serve({ events: whole, replay: whole, connections: [{ after: 4, how: 'end' }] });
    const transport: Transport = (request) => (request.method === 'POST' ? first : other).transport(request);
    const outcome = run({ events: whole, replay: whole, connections: [] }, (client) => client.stream(REQUEST), {
      transport,
    });
    expect(outcome.error).toMatchObject({
      name: 'UnsettledError',
      reason: 'diverged',
      cursor: { interactionId: 'v1_a' },
    });
    expect(textOf(outcome.events)).toBe('Once upon ');
  });

  it.each([404, 403])('ends at %s', (streamStatus) => {
    const { error, paths } = run({
      events: whole,
      replay: whole,
      connections: [{ after: 3, how: 'end' }],
      streamStatus,
    });
    expect(paths).toHaveLength(2);
    expect(error).toMatchObject({
      name: 'UnsettledError',
      reason: 'disconnected',
      cause: { name: 'HttpError', status: streamStatus },
      partial: { id: 'v1_a' },
    });
    // what is not there any more is nothing to go on with
    expect((error as UnsettledError).cursor?.interactionId).toBe(streamStatus === 404 ? undefined : 'v1_a');
  });

  it('replays where the event to go on after is refused', () => {
    const events = stampedEvery(whole, 1);
    const { transport, paths } = serve({ events, replay: whole, connections: [{ after: 3, how: 'end' }] });
    const refusing: Transport = (request) =>
      request.url.includes('last_event_id')
        ? jsonAnswer({ error: { code: 'invalid_request', message: 'no such event' } }, 400)
        : transport(request);
    const { events: seen, error } = run({ events, replay: whole, connections: [] }, undefined, { transport: refusing });
    expect(error).toBeUndefined();
    expect(paths).toEqual(['POST ', 'GET /v1_a?stream=true']);
    expect(textOf(seen)).toBe('Once upon a time');
  });

  it.each([
    ['resume: false', REQUEST, { resume: false as const }],
    ['store: false', { ...REQUEST, store: false }, {}],
  ])('is not climbed with %s', (_what, request, options) => {
    const { error, paths } = run({ events: whole, replay: whole, connections: [{ after: 3, how: 'end' }] }, (client) =>
      client.stream(request, options),
    );
    expect(paths).toEqual(['POST ']);
    expect(error).toMatchObject({ name: 'UnsettledError', partial: { steps: [{ content: [{ text: 'Once ' }] }] } });
  });

  it('is climbed by resume, too', () => {
    const events = stampedEvery(whole, 1);
    const { paths, events: seen } = run(
      { events, replay: events, connections: [{ after: 4, how: 'reset' }] },
      (client) => client.resume('v1_a'),
    );
    expect(paths).toEqual(['GET /v1_a?stream=true', 'GET /v1_a?stream=true&last_event_id=e3']);
    expect(seen).toEqual(events);
  });
});

describe('a cursor', () => {
  const events = stampedEvery(story('Once ', 'upon ', 'a time'), 2);
  const cursorAfter = (count: number): Cursor =>
    cursorOf(valuesOf(from(events.slice(0, count)).pipe(scanInteraction())).at(-1)!)!;

  it('says which interaction it is, and where the server can go on', () => {
    expect(cursorAfter(4)).toMatchObject({ v: 1, interactionId: 'v1_a', lastEventId: 'e2' });
  });

  it('is no member of the snapshot, and nothing without an id', () => {
    const [snapshot] = valuesOf(of(created({ id: '' })).pipe(scanInteraction()));
    expect(cursorOf(snapshot!)).toBeUndefined();
    expect(cursorOf(interactionOf(events))).toMatchObject({ interactionId: 'v1_a' });
    expect(JSON.stringify(snapshot)).not.toContain('lastEventId');
  });

  it('of a settled interaction lacks nothing', () => {
    const {
      events: seen,
      paths,
      isComplete,
    } = run({ events, replay: events, connections: [] }, (client) => client.resume(cursorAfter(events.length)));
    expect({ seen, paths, isComplete }).toEqual({ seen: [], paths: [], isComplete: true });
  });

  it.each([
    ['cursor', null],
    ['cursor.v', { ...cursorAfter(3), v: 2 }],
    ['cursor.interactionId', { ...cursorAfter(3), interactionId: '' }],
    ['cursor.interactionId', { ...cursorAfter(3), interactionId: 'v1_other' }],
    ['cursor.lastEventId', { ...cursorAfter(3), lastEventId: 3 }],
    ['cursor.state', { ...cursorAfter(3), state: 'x' }],
    ['cursor.state.open', { ...cursorAfter(3), state: { ...cursorAfter(3).state, open: [{ index: 0 }] } }],
    ['cursor.state.done', { ...cursorAfter(3), state: { ...cursorAfter(3).state, done: [1] } }],
    ['cursor.state.head', { ...cursorAfter(3), state: { ...cursorAfter(3).state, head: { id: 7 } } }],
    ['cursor.state.usage', { ...cursorAfter(3), state: { ...cursorAfter(3).state, usage: 1 } }],
    ['cursor.state.hopStart', { ...cursorAfter(3), state: { ...cursorAfter(3).state, hopStart: -1 } }],
    ['cursor.state.diagnostics', { ...cursorAfter(3), state: { ...cursorAfter(3).state, diagnostics: [null] } }],
    ['cursor.state.marked', { ...cursorAfter(3), state: { ...cursorAfter(3).state, marked: { done: 0, open: 1 } } }],
    ['cursor.state.recentIds', { ...cursorAfter(3), state: { ...cursorAfter(3).state, recentIds: 'e1' } }],
  ])('that is none is refused by the name of what is wrong: %s', (field, value) => {
    const { error } = run({ events, replay: events, connections: [] }, (client) => client.resume(value as Cursor));
    expect(error).toMatchObject({ name: 'RequestError', fields: [field] });
  });

  it('goes with the error of a stream that could not be resumed', () => {
    const { error } = run({ events, replay: events, connections: [{ after: 4, how: 'end' }] }, (client) =>
      client.stream(REQUEST, { resume: false }),
    );
    const { cursor } = error as { readonly cursor: Cursor };
    const { events: seen } = run({ events, replay: events, connections: [] }, (client) => client.resume(cursor));
    expect(textOf(seen)).toBe('a time');
    expect(eventsOf(interactionOf(events)).length).toBeGreaterThan(0);
  });
});
