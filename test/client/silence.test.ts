import {
  createClient,
  type ClientConfig,
  type InteractionEvent,
  type Transport,
  type TransportResponse,
} from 'rx-interactions';
import { completed, created, stepStart, stepStop, textDelta } from 'rx-interactions/testing';
import { concat, NEVER, type Observable, of } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';

import { frame } from './support/fake-transport.js';

const encoder = new TextEncoder();
const ID = 'v1_a';
const whole = [
  { ...created({ id: ID }), event_id: 'e1' },
  { ...stepStart(0, 'model_output'), event_id: 'e2' },
  { ...textDelta(0, 'Once '), event_id: 'e3' },
  { ...textDelta(0, 'upon a time'), event_id: 'e4' },
  { ...stepStop(0), event_id: 'e5' },
  { ...completed({ id: ID }), event_id: 'e6' },
];
const settled = {
  id: ID,
  status: 'completed',
  steps: [{ type: 'model_output', content: [{ type: 'text', text: 'Once upon a time' }] }],
};
const running = (updated: string) => ({ id: ID, status: 'in_progress', updated, steps: [] });

/** How a server answers: to the n-th stream with so many more events and then silence; to the n-th look as it says. */
interface Server {
  readonly streams: readonly number[];
  readonly looks: readonly object[];
}

const serve = ({ streams, looks }: Server, config: ClientConfig = {}) => {
  const scheduler = new TestScheduler(() => undefined);
  const requests: string[] = [];
  let streamed = 0;
  let looked = 0;
  let told = 0;
  const transport: Transport = ({ method, headers }) => {
    const isStream = headers['accept'] === 'text/event-stream';
    requests.push(`${String(scheduler.now())} ${method} ${isStream ? 'stream' : 'look'}`);
    const answer = (type: string, body: readonly string[], ends: boolean) =>
      of({
        status: 200,
        headers: new Headers({ 'content-type': type }),
        body: concat(of(...body.map((text) => encoder.encode(text))), ends ? [] : NEVER),
      });
    if (!isStream) {
      const look = looks[looked] ?? looks.at(-1);
      looked += 1;
      return answer('application/json', [JSON.stringify(look)], true);
    }
    const more = streams[streamed] ?? 0;
    streamed += 1;
    const events = whole.slice(told, told + more);
    told += more;
    return answer('text/event-stream', events.map(frame), false);
  };
  const events: InteractionEvent[] = [];
  let end: { readonly at: number; readonly error?: unknown } | undefined;
  scheduler.run(() => {
    createClient({ apiKey: 'k', transport, scheduler, random: () => 0, ...config })
      .stream({ model: 'm', input: 'Hi' })
      .subscribe({
        next: (event) => events.push(event),
        error: (error: unknown) => (end = { at: scheduler.now(), error }),
        complete: () => (end = { at: scheduler.now() }),
      });
  });
  const text = events
    .map((event) => (event.event_type === 'step.delta' && event.delta.type === 'text' ? event.delta.text : ''))
    .join('');
  return { requests, end, text };
};

const LIMITED = { limits: { idle: 1000 } };

describe('a stored run that falls silent', () => {
  it('is finished from its JSON where it has settled', () => {
    expect(serve({ streams: [3], looks: [settled] }, LIMITED)).toEqual({
      requests: ['0 POST stream', '1000 GET look'],
      end: { at: 1000 },
      text: 'Once upon a time',
    });
  });

  it('is waited for while it is running, and while something changes', () => {
    const looks = [running('1'), running('2'), running('3'), settled];
    expect(serve({ streams: [3], looks }, LIMITED)).toEqual({
      requests: [
        '0 POST stream',
        '1000 GET look',
        '1000 GET stream',
        '2000 GET look',
        '2000 GET stream',
        '3000 GET look',
        '3000 GET stream',
        '4000 GET look',
      ],
      end: { at: 4000 },
      text: 'Once upon a time',
    });
  });

  it('ends with TimeLimitError where nothing has changed since it was last asked about', () => {
    const { end, requests, text } = serve({ streams: [3], looks: [running('1')] }, LIMITED);
    expect(requests).toEqual(['0 POST stream', '1000 GET look', '1000 GET stream', '2000 GET look']);
    expect(end).toMatchObject({
      at: 2000,
      error: { name: 'TimeLimitError', limit: 'idle', cursor: { interactionId: ID } },
    });
    expect(text).toBe('Once ');
  });

  it('starts to count again when something comes', () => {
    const { end, text } = serve({ streams: [3, 1, 2], looks: [running('1')] }, LIMITED);
    expect(end).toEqual({ at: 2000 });
    expect(text).toBe('Once upon a time');
  });
});

describe('where nobody answers what is asked about the silence', () => {
  const sentAnd = (text: string): Observable<Uint8Array> => concat(of(encoder.encode(text)), NEVER);
  const told = whole.slice(0, 3).map(frame).join('');

  const silent = (look: Observable<TransportResponse>, config: ClientConfig) => {
    const scheduler = new TestScheduler(() => undefined);
    const requests: string[] = [];
    const transport: Transport = ({ method, headers }) => {
      const isStream = headers['accept'] === 'text/event-stream';
      requests.push(`${String(scheduler.now())} ${method} ${isStream ? 'stream' : 'look'}`);
      return isStream ? answering('text/event-stream', method === 'POST' ? sentAnd(told) : NEVER) : look;
    };
    let end: unknown;
    scheduler.run(() => {
      createClient({ apiKey: 'k', transport, scheduler, random: () => 0, ...config })
        .stream({ model: 'm', input: 'Hi' })
        .subscribe({ error: (error: unknown) => (end = { at: scheduler.now(), error }) });
    });
    return { requests, end };
  };
  const answering = (type: string, body: Observable<Uint8Array>): Observable<TransportResponse> =>
    concat(of({ status: 200, headers: new Headers({ 'content-type': type }), body }), NEVER);

  it.each<[string, Observable<TransportResponse>]>([
    ['no head', NEVER],
    ['half an answer', answering('application/json', sentAnd('{"id":'))],
  ])('a limit is a limit: %s', (_what, look) => {
    const { requests, end } = silent(look, LIMITED);
    expect(requests).toEqual(['0 POST stream', '1000 GET look']);
    expect(end).toMatchObject({
      at: 2000,
      error: { name: 'TimeLimitError', limit: 'idle', partial: { id: ID }, cursor: { interactionId: ID } },
    });
  });
});

it('without a limit, looks that never end are given up in the end', () => {
  const scheduler = new TestScheduler(() => undefined);
  const requests: string[] = [];
  const transport: Transport = ({ method, headers }) => {
    const isStream = headers['accept'] === 'text/event-stream';
    requests.push(`${method} ${isStream ? 'stream' : 'look'}`);
    if (!isStream) return NEVER;
    const body = encoder.encode(method === 'POST' ? whole.slice(0, 3).map(frame).join('') : '');
    return of({ status: 200, headers: new Headers({ 'content-type': 'text/event-stream' }), body: of(body) });
  };
  let error: unknown;
  scheduler.run(() => {
    createClient({ apiKey: 'k', transport, scheduler, random: () => 0, resume: { count: 1 } })
      .stream({ model: 'm', input: 'Hi' })
      .subscribe({ error: (reason: unknown) => (error = reason) });
  });
  expect(requests).toEqual(['POST stream', 'GET stream', 'GET look']);
  expect(error).toMatchObject({ name: 'TimeLimitError', partial: { id: ID }, cursor: { interactionId: ID } });
});

it('is given up by looks, too, when nothing changes', () => {
  const limits = { idle: 5000 };
  const scheduler = new TestScheduler(() => undefined);
  const cut = frame(whole[0]!) + frame(whole[1]!);
  const transport: Transport = ({ headers }) => {
    const isStream = headers['accept'] === 'text/event-stream';
    return of({
      status: 200,
      headers: new Headers({ 'content-type': isStream ? 'text/event-stream' : 'application/json' }),
      body: of(encoder.encode(isStream ? cut : JSON.stringify(running('1')))),
    });
  };
  let error: unknown;
  let at = 0;
  scheduler.run(() => {
    createClient({ apiKey: 'k', transport, scheduler, random: () => 0, limits })
      .stream({ model: 'm', input: 'Hi' })
      .subscribe({ error: (reason: unknown) => ([error, at] = [reason, scheduler.now()]) });
  });
  expect(error).toMatchObject({ name: 'TimeLimitError', limit: 'idle', partial: { id: ID } });
  expect(at).toBeLessThan(10_000);
});

describe('without a limit', () => {
  it('a run may think for as long as it likes; a stream that was resumed is asked about, and never given up', () => {
    const cut = frame(whole[0]!) + frame(whole[1]!) + frame(whole[2]!);
    const requests: string[] = [];
    const scheduler = new TestScheduler(() => undefined);
    const transport: Transport = ({ method, headers }) => {
      const isStream = headers['accept'] === 'text/event-stream';
      requests.push(`${String(scheduler.now())} ${method} ${isStream ? 'stream' : 'look'}`);
      const isOver = requests.length > 8;
      const body = isStream ? (method === 'POST' ? cut : '') : JSON.stringify(isOver ? settled : running('1'));
      return of({
        status: 200,
        headers: new Headers({ 'content-type': isStream ? 'text/event-stream' : 'application/json' }),
        body: concat(of(encoder.encode(body)), isStream && method === 'GET' ? NEVER : []),
      });
    };
    let end: number | undefined;
    scheduler.run(() => {
      createClient({ apiKey: 'k', transport, scheduler, random: () => 0 })
        .stream({ model: 'm', input: 'Hi' })
        .subscribe({ complete: () => (end = scheduler.now()) });
    });
    expect(requests.slice(0, 4)).toEqual(['0 POST stream', '500 GET stream', '360500 GET look', '360500 GET stream']);
    expect(end).toBe(500 + 4 * 360_000);
  });
});
