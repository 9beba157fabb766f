import {
  type ClientLimits,
  createClient,
  fetchTransport,
  type InteractionsClient,
  reduceText,
  type Transport,
} from 'rx-interactions';
import { createEmulator } from 'rx-interactions/emulator';
import { completed, created, statusUpdate } from 'rx-interactions/testing';
import { concat, delay, lastValueFrom, map, NEVER, type Observable, of, timer } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';

import { frame } from './support/fake-transport.js';

const encoder = new TextEncoder();
const REQUEST = { model: 'm', input: 'Hi' };

interface Plan {
  /** When the head comes, in ms. */
  readonly head?: number;
  /** What the body brings, and after how many ms each. `undefined` for ever nothing. */
  readonly body?: readonly (readonly [ms: number, text: string])[];
  readonly ends?: boolean;
  readonly contentType?: string;
}

const transportFor =
  ({ head = 0, body = [], ends = true, contentType = 'text/event-stream' }: Plan): Transport =>
  () =>
    timer(head).pipe(
      map(() => ({
        status: 200,
        headers: new Headers({ 'content-type': contentType }),
        body: concat(...body.map(([ms, text]) => of(encoder.encode(text)).pipe(delay(ms))), ends ? [] : NEVER),
      })),
    );

/** What came of a call, and when, in virtual ms. */
const run = (
  plan: Plan,
  limits: ClientLimits,
  call: (client: InteractionsClient) => Observable<unknown> = (client) => client.stream(REQUEST),
) => {
  const scheduler = new TestScheduler(() => undefined);
  let end: { readonly at: number; readonly error?: unknown } | undefined;
  let values = 0;
  scheduler.run(() => {
    const client = createClient({
      apiKey: 'k',
      transport: transportFor(plan),
      limits,
      scheduler,
      retry: { count: 0 },
      resume: false,
    });
    call(client).subscribe({
      next: () => (values += 1),
      error: (error: unknown) => (end = { at: scheduler.now(), error }),
      complete: () => (end = { at: scheduler.now() }),
    });
  });
  return { ...end, values };
};

const exceeded = (limit: string, ms: number) => ({ name: 'TimeLimitError', code: limit, limit, ms });
const c = frame(created({ id: 'v1_a' }));
const u = frame(statusUpdate('in_progress'));
const f = frame(completed({ id: 'v1_a' }));
const json = JSON.stringify({ id: 'v1_a', status: 'completed', steps: [] });

describe('without limits', () => {
  it('a model may think as long as it likes', () => {
    const plan = {
      head: 3_600_000,
      body: [
        [3_600_000, c],
        [36_000_000, f],
      ] as const,
    };
    expect(run(plan, {})).toEqual({ at: 43_200_000, values: 2 });
  });
});

it.each(['connect', 'firstEvent', 'idle', 'total'] as const)('%s: Infinity is no limit', async (limit) => {
  const emulator = createEmulator({ pace: 1 });
  emulator.script({ reply: ({ pause, text }) => [pause(30), text('Hel', 'lo.')] });
  const transport = fetchTransport({ fetch: emulator.fetch });
  const client = createClient({ apiKey: 'k', transport, limits: { [limit]: Infinity } });
  const run$ = client.stream({ model: 'gemini-3-flash-preview', input: 'Hi' });
  await expect(lastValueFrom(run$.pipe(reduceText()))).resolves.toBe('Hello.');
  expect(emulator.requests).toHaveLength(1);
});

describe('connect', () => {
  it('ends a request that gets no head in time', () => {
    expect(run({ head: 101 }, { connect: 100 })).toMatchObject({ at: 100, error: exceeded('connect', 100) });
  });

  it('leaves one that does alone, however long it takes from there', () => {
    expect(run({ head: 99, body: [[5000, c + f]] }, { connect: 100 })).toEqual({ at: 5099, values: 2 });
  });

  it('does not count for create, whose head comes with the answer', () => {
    const plan = { head: 60_000, body: [[0, json]] as const, contentType: 'application/json' };
    expect(run(plan, { connect: 100 }, (client) => client.create(REQUEST))).toEqual({ at: 60_000, values: 1 });
    expect(run(plan, { connect: 100 }, (client) => client.get('v1_a'))).toMatchObject({
      error: exceeded('connect', 100),
    });
  });

  it('is worth another try where nothing is made twice', () => {
    const scheduler = new TestScheduler(() => undefined);
    let sent = 0;
    const transport: Transport = (request) => {
      sent += 1;
      return sent === 1 ? NEVER : transportFor({ body: [[0, json]], contentType: 'application/json' })(request);
    };
    const statuses: string[] = [];
    scheduler.run(() => {
      const client = createClient({ apiKey: 'k', transport, limits: { connect: 100 }, scheduler, random: () => 0 });
      client.get('v1_a').subscribe(({ status }) => statuses.push(status));
    });
    expect({ sent, statuses }).toEqual({ sent: 2, statuses: ['completed'] });
  });
});

describe('firstEvent', () => {
  it('ends a stream that says nothing', () => {
    expect(run({ head: 10, ends: false }, { firstEvent: 100 })).toMatchObject({
      at: 100,
      error: exceeded('firstEvent', 100),
    });
  });

  it('does not count between events', () => {
    expect(
      run(
        {
          body: [
            [50, c],
            [500, f],
          ],
        },
        { firstEvent: 100 },
      ),
    ).toEqual({ at: 550, values: 2 });
  });
});

describe('idle', () => {
  it('ends a stream that falls silent, with what had arrived', () => {
    expect(
      run(
        {
          body: [
            [500, c],
            [99, u],
            [101, f],
          ],
        },
        { idle: 100 },
      ),
    ).toMatchObject({
      at: 699,
      values: 2,
      error: exceeded('idle', 100),
    });
  });

  it('does not count before the first event, and is not bothered by many', () => {
    expect(
      run(
        {
          body: [
            [500, c],
            [99, u],
            [99, u],
            [99, f],
          ],
        },
        { idle: 100 },
      ),
    ).toEqual({ at: 797, values: 4 });
  });
});

describe('total', () => {
  it.each([
    ['stream', (client: InteractionsClient) => client.stream(REQUEST)],
    ['resume', (client: InteractionsClient) => client.resume('v1_a')],
  ])('ends a %s that takes too long, however lively it is', (_name, call) => {
    const body = Array.from({ length: 50 }, () => [10, u] as const);
    expect(run({ body: [[0, c], ...body, [0, f]] }, { total: 200 }, call)).toMatchObject({
      at: 200,
      error: exceeded('total', 200),
    });
  });

  it('ends a poll of a run that never settles', () => {
    const plan = { body: [[0, JSON.stringify({ id: 'v1_a', status: 'in_progress' })]] as const };
    expect(
      run({ ...plan, contentType: 'application/json' }, { total: 10_000 }, (client) => client.poll('v1_a')),
    ).toMatchObject({ at: 10_000, values: 4, error: exceeded('total', 10_000) });
  });

  it('leaves no timer behind', () => {
    expect(run({ body: [[0, c + f]] }, { total: 1000 })).toEqual({ at: 0, values: 2 });
  });
});

it('a call can have limits of its own', () => {
  const call = (client: InteractionsClient) => client.stream(REQUEST, { limits: { total: 50 } });
  expect(run({ head: 10, ends: false }, { total: 1000, firstEvent: 20 }, call)).toMatchObject({
    at: 20,
    error: exceeded('firstEvent', 20),
  });
  expect(run({ head: 10, ends: false }, { total: 1000 }, call)).toMatchObject({ at: 50, error: exceeded('total', 50) });
});
