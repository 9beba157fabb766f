import {
  type ClientConfig,
  createClient,
  type Interaction,
  type InteractionEvent,
  type InteractionsClient,
  reduceInteraction,
  type Transport,
} from 'rx-interactions';
import { concat, from, type Observable, of, throwError } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';

import { frame } from '../client/support/fake-transport.js';
import { cutAt, utf8 } from './bytes.js';

export const REQUEST = { model: 'm', input: 'Hi' };

/** What a server does at one connection. */
export interface Connection {
  /** After how many events the connection breaks; never, if that is more than there are. */
  readonly after: number;
  readonly how: 'end' | 'reset' | 'garbage';
}

export interface Server {
  readonly events: readonly InteractionEvent[];
  /** The same in other pieces, for replays. */
  readonly replay: readonly InteractionEvent[];
  readonly connections: readonly Connection[];
  /** How it refuses to stream again; it tells JSON to whom asks without. */
  readonly streamStatus?: number | undefined;
  /** Where bodies are cut into chunks, in bytes from their start; each event is one if there are none. */
  readonly cuts?: readonly number[];
}

const idOf = (event: InteractionEvent): string | undefined => ('event_id' in event ? event.event_id : undefined);

const answer = (status: number, contentType: string, body: Observable<Uint8Array>) =>
  of({ status, headers: new Headers({ 'content-type': contentType }), body });

export const jsonAnswer = (value: object, status = 200) =>
  answer(status, 'application/json', of(utf8(JSON.stringify(value))));

/** The whole of what events tell. */
export const interactionOf = (events: readonly InteractionEvent[]): Interaction => {
  const results: Interaction[] = [];
  from(events)
    .pipe(reduceInteraction())
    .subscribe((interaction) => results.push(interaction));
  return results[0]!;
};

const chunksOf = (frames: readonly string[], cuts: readonly number[] | undefined): readonly Uint8Array[] => {
  if (!cuts) return frames.map(utf8);
  const bytes = utf8(frames.join(''));
  return cutAt(
    bytes,
    cuts.map((cut) => cut % (bytes.length + 1)),
  );
};

/** A server that breaks off as it is told, and tells everything again, or what is left, or JSON. */
export const serve = ({ events, replay, connections, streamStatus, cuts }: Server) => {
  const paths: string[] = [];
  let connection = 0;
  const stream = (told: readonly InteractionEvent[]) => {
    const { after, how } = connections[connection] ?? { after: Infinity, how: 'end' };
    connection += 1;
    const isCut = told.length > after;
    const frames = told.slice(0, after).map(frame);
    if (isCut && how === 'garbage') frames.push('data: {"event_type":"step.delta","ind');
    const fault$ = isCut && how === 'reset' ? throwError(() => new TypeError('terminated')) : [];
    return answer(200, 'text/event-stream', concat(from(chunksOf(frames, cuts)), fault$));
  };
  const transport: Transport = ({ method, url, headers }) => {
    const { pathname, searchParams, search } = new URL(url);
    paths.push(`${method} ${pathname.replace('/v1beta/interactions', '')}${search}`);
    if (method === 'POST') return stream(events);
    if (headers['accept'] === 'application/json') {
      const { ids: _ids, diagnostics: _diagnostics, ...resource } = interactionOf(events);
      const steps = [{ type: 'user_input', content: [{ type: 'text', text: 'Hi' }] }, ...resource.steps];
      return jsonAnswer({ ...resource, steps });
    }
    if (streamStatus !== undefined) return jsonAnswer({ error: { code: 'x', message: 'no' } }, streamStatus);
    const last = searchParams.get('last_event_id');
    if (last === null) return stream(replay);
    // Whatever pieces the event came in, the rest comes in the same.
    const told = [events, replay].find((pieces) => pieces.some((event) => idOf(event) === last)) ?? [];
    return stream(told.slice(told.findIndex((event) => idOf(event) === last) + 1));
  };
  return { transport, paths };
};

/** Runs in virtual time what a call does over a server. */
export const run = (
  server: Server,
  call: (client: InteractionsClient) => Observable<InteractionEvent> = (client) => client.stream(REQUEST),
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

/** The events with an id on each so-manieth; on none with 0. */
export const stampedEvery = (
  events: readonly InteractionEvent[],
  density: number,
  prefix = 'e',
): readonly InteractionEvent[] =>
  events.map((event, at): InteractionEvent =>
    event.event_type !== 'unknown' && density > 0 && at % density === 0
      ? { ...event, event_id: `${prefix}${String(at)}` }
      : event,
  );

/** What has to be the same of two tellings of one interaction. */
export const comparable = (interaction: Interaction) => {
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
