import fc from 'fast-check';
import {
  type ClientConfig,
  createClient,
  type Cursor,
  cursorOf,
  eventsOf,
  type Interaction,
  type InteractionEvent,
  reduceInteraction,
  scanInteraction,
  textDeltas,
  type Transport,
} from 'rx-interactions';
import { completed, created, stepStart, stepStop, textDelta } from 'rx-interactions/testing';
import { concat, from, type Observable, of, throwError } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';

import { valuesOf } from '../support/outcome.js';
import { plausible } from '../support/plausible.js';
import { frame } from './support/fake-transport.js';

const encoder = new TextEncoder();
const REQUEST = { model: 'm', input: 'Hi' };

/** What a server does at one connection. */
interface Connection {
  /** After how many events the connection breaks; never, if that is more than there are. */
  readonly after: number;
  readonly how: 'end' | 'reset' | 'garbage';
}

interface Server {
  readonly events: readonly InteractionEvent[];
  /** The same in other pieces, for replays. */
  readonly replay: readonly InteractionEvent[];
  readonly connections: readonly Connection[];
  /** How it refuses to stream again; it tells JSON to whom asks without. */
  readonly streamStatus?: number;
}

const idOf = (event: InteractionEvent): string | undefined => ('event_id' in event ? event.event_id : undefined);

const answer = (status: number, contentType: string, body: Observable<Uint8Array>) =>
  of({ status, headers: new Headers({ 'content-type': contentType }), body });

const jsonAnswer = (value: object, status = 200) =>
  answer(status, 'application/json', of(encoder.encode(JSON.stringify(value))));

const interactionOf = (events: readonly InteractionEvent[]): Interaction =>
  valuesOf(from(events).pipe(reduceInteraction()))[0]!;

const serve = ({ events, replay, connections, streamStatus }: Server) => {
  const paths: string[] = [];
  let connection = 0;
  const stream = (told: readonly InteractionEvent[]) => {
    const { after, how } = connections[connection] ?? { after: Infinity, how: 'end' };
    connection += 1;
    const frames = told.slice(0, after).map((event) => encoder.encode(frame(event)));
    const fault$ =
      told.length <= after || how === 'end'
        ? []
        : how === 'reset'
          ? throwError(() => new TypeError('terminated'))
          : of(encoder.encode('data: {"event_type":"step.delta","ind'));
    return answer(200, 'text/event-stream', concat(from(frames), fault$));
  };
  const transport: Transport = ({ method, url, headers }) => {
    const { pathname, searchParams } = new URL(url);
    paths.push(`${method} ${pathname.replace('/v1beta/interactions', '')}${new URL(url).search}`);
    if (method === 'POST') return stream(events);
    if (headers['accept'] === 'application/json') {
      const { ids: _ids, diagnostics: _diagnostics, ...resource } = interactionOf(events);
      const steps = [{ type: 'user_input', content: [{ type: 'text', text: 'Hi' }] }, ...resource.steps];
      return jsonAnswer({ ...resource, steps });
    }
    if (streamStatus !== undefined) return jsonAnswer({ error: { code: 'x', message: 'no' } }, streamStatus);
    const last = searchParams.get('last_event_id');
    if (last === null) return stream(replay);
    const at = events.findIndex((event) => idOf(event) === last);
    return stream(events.slice(at + 1));
  };
  return { transport, paths };
};

/** Runs in virtual time what a call does over a server. */
const run = (
  server: Server,
  call: (client: ReturnType<typeof createClient>) => Observable<InteractionEvent> = (client) => client.stream(REQUEST),
  config: ClientConfig = {},
) => {
  const scheduler = new TestScheduler(() => undefined);
  const { transport, paths } = serve(server);
  const events: InteractionEvent[] = [];
  let error: unknown;
  let isComplete = false;
  scheduler.run(() => {
    call(createClient({ apiKey: 'k', transport, scheduler, random: () => 0, ...config })).subscribe({
      next: (event) => events.push(event),
      error: (reason: unknown) => {
        error = reason;
      },
      complete: () => {
        isComplete = true;
      },
    });
  });
  return { events, error, isComplete, paths, ms: scheduler.now() };
};

const stampedEvery = (events: readonly InteractionEvent[], density: number): readonly InteractionEvent[] =>
  events.map((event, at): InteractionEvent =>
    event.event_type !== 'unknown' && density > 0 && at % density === 0 ? { ...event, event_id: `e${at}` } : event,
  );

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
const textOf = (events: readonly InteractionEvent[]) => valuesOf(from(events).pipe(textDeltas())).join('');

describe('however often the connection drops', () => {
  const connection = fc.record({
    after: fc.nat({ max: 12 }),
    how: fc.constantFrom('end' as const, 'reset' as const, 'garbage' as const),
  });

  it('the interaction is the same: nothing twice, nothing lacking', () => {
    fc.assert(
      fc.property(
        plausible,
        fc.nat({ max: 4 }),
        fc.array(connection, { maxLength: 6 }),
        (given, density, connections) => {
          const events = stampedEvery(given.events, density);
          // What is cut before `interaction.created` has come cannot be resumed: nobody knows its id.
          const [first = { after: 3, how: 'end' }, ...rest] = connections;
          const server = {
            events,
            replay: stampedEvery(given.replay, density === 0 ? 0 : 0),
            connections: [{ ...first, after: first.after + 1 }, ...rest] as const,
          };
          const { events: seen, error, isComplete } = run(server, undefined, { resume: { count: 8 } });
          expect({ error, isComplete }).toEqual({ error: undefined, isComplete: true });
          expect(comparable(interactionOf(seen))).toEqual(comparable(interactionOf(events)));
          expect(textOf(seen).length).toBe(textOf(events).length);
        },
      ),
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
      cursor: { interactionId: 'v1_a' },
    });
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
