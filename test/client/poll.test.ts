import {
  createClient,
  type InteractionError,
  outputText,
  type PollConfig,
  reduceInteraction,
  type Transport,
} from 'rx-interactions';
import { createEmulator, type Listening } from 'rx-interactions/emulator';
import { concat, lastValueFrom, map, NEVER, type Observable, of, toArray } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';

import { createClock } from '../support/clock.js';
import { type Answer, fakeTransport } from './support/fake-transport.js';

/** Polls in virtual time, with one try per look: the statuses of the looks, or other answers, the last one for ever. Values are the statuses that are seen. */
const polling = (
  answers: readonly (string | Answer)[],
  body: (
    helpers: Parameters<Parameters<TestScheduler['run']>[0]>[0] & {
      readonly poll: (config?: PollConfig) => Observable<string>;
      readonly looks: () => number;
    },
  ) => void,
): void => {
  const scheduler = new TestScheduler((actual, expected) => {
    expect(actual).toEqual(expected);
  });
  const { transport, requests } = fakeTransport((_request, place) => {
    const answer = answers[Math.min(place, answers.length - 1)] ?? 'completed';
    return typeof answer === 'string' ? { body: { id: 'v1_bg', status: answer, steps: [] } } : answer;
  });
  const client = createClient({ apiKey: 'test', transport, scheduler, retry: { count: 0 } });
  scheduler.run((helpers) => {
    body({
      ...helpers,
      poll: (config) => client.poll('v1_bg', config).pipe(map(({ status }) => status)),
      looks: () => requests.length,
    });
  });
};

const q = 'queued';
const p = 'in_progress';
const c = 'completed';

describe('poll', () => {
  it('looks at once, and waits twice as long from look to look', () => {
    polling([q, p, p, c], ({ expectObservable, poll }) => {
      expectObservable(poll()).toBe('q 999ms p 1999ms p 3999ms (c|)', { q, p, c });
    });
  });

  it('never waits longer than 10 s', () => {
    polling([p], ({ expectObservable, poll }) => {
      const unsub = '       50s !';
      const expected = 'p 999ms p 1999ms p 3999ms p 7999ms p 9999ms p 9999ms p 9999ms p';
      expectObservable(poll(), unsub).toBe(expected, { p });
    });
  });

  it('waits as it is told', () => {
    polling([p, p, p, p, c], ({ expectObservable, poll }) => {
      expectObservable(poll({ delay: 2, maxDelay: 5 })).toBe('p-p---p----p----(c|)', { p, c });
    });
  });

  it('never waits longer than maxDelay, not even the first time', () => {
    polling([p, c], ({ expectObservable, poll }) => {
      expectObservable(poll({ delay: 100, maxDelay: 5 })).toBe('p----(c|)', { p, c });
    });
  });

  it.each([
    'completed',
    'failed',
    'cancelled',
    'incomplete',
    'budget_exceeded',
    'requires_action',
    'requires_continuation',
    'brand_new',
  ])('ends with the status %s', (status) => {
    polling([p, status], ({ expectObservable, poll, flush, looks }) => {
      expectObservable(poll({ delay: 5 })).toBe('p----(s|)', { p, s: status });
      flush();
      expect(looks()).toBe(2);
    });
  });

  it('looks once where it is over already', () => {
    polling([c], ({ expectObservable, poll, flush, looks }) => {
      expectObservable(poll()).toBe('(c|)', { c });
      flush();
      expect(looks()).toBe(1);
    });
  });

  it('looks no more when it is left in the middle of a wait', () => {
    polling([p], ({ expectObservable, poll, flush, looks }) => {
      const unsub = '       1500ms !';
      expectObservable(poll(), unsub).toBe('p 999ms p', { p });
      flush();
      expect(looks()).toBe(2);
    });
  });

  it('fails with the look that fails', () => {
    const gone = { status: 404, body: { error: { code: 'not_found', message: 'Gone.' } } };
    polling([p, gone], ({ expectObservable, poll }) => {
      expectObservable(poll()).toBe(
        'p 999ms #',
        { p },
        expect.objectContaining({ name: 'HttpError', code: 'not_found' }),
      );
    });
  });

  it('starts anew for each subscription', () => {
    polling([p, c, p, c], ({ expectObservable, poll }) => {
      const poll$ = poll({ delay: 5 });
      expectObservable(poll$).toBe('p----(c|)', { p, c });
      expectObservable(poll$, '10ms ^').toBe('----------p----(c|)', { p, c });
    });
  });

  it('is live while it is queued, however long that takes', () => {
    polling([q, q, q, c], ({ expectObservable, poll }) => {
      expectObservable(poll({ delay: 2, maxDelay: 2 })).toBe('q-q-q-(c|)', { q, c });
    });
  });
});

describe('a look that fails', () => {
  const busy = { status: 503, body: { error: { code: 'service_unavailable', message: 'Busy.' } } };
  const limited = { status: 429, body: { error: { code: 'rate_limit_exceeded', message: 'Slow down.' } } };
  const broken = { body: ['{"id":'], fault: new TypeError('terminated') };
  const fault = (code: string): unknown => expect.objectContaining({ name: 'HttpError', code });

  it.each([
    ['503', busy],
    ['500', { ...busy, status: 500 }],
    ['429', limited],
    ['a body that breaks off', broken],
    ['half an answer', { body: ['{"id":'] }],
    ['a page', { headers: { 'content-type': 'text/html' }, body: ['<html>'] }],
    ['an error in place of the answer', { body: busy.body }],
  ])('for a reason that passes (%s) is followed by the next one', (_name, failure) => {
    polling([p, failure, failure, p, c], ({ expectObservable, poll }) => {
      expectObservable(poll({ delay: 2, maxDelay: 4 })).toBe('p-----p---(c|)', { p, c });
    });
  });

  it('waits for as long as the server asks', () => {
    const patient = { ...limited, headers: { 'retry-after': '60' } };
    polling([p, patient, c], ({ expectObservable, poll }) => {
      expectObservable(poll({ delay: 2 })).toBe('p 59999ms --(c|)', { p, c });
    });
  });

  it.each(['1e12', '1e400'])(
    'is not followed by others at once where the server asks for %s s, more than a timer can',
    (wait) => {
      jest.useFakeTimers();
      try {
        const patient = { ...limited, headers: { 'retry-after': wait } };
        const { transport, requests } = fakeTransport((_request, place) =>
          place === 0 ? { body: { id: 'v1_bg', status: p } } : patient,
        );
        const subscription = createClient({ apiKey: 'k', transport, retry: { count: 0 } })
          .poll('v1_bg')
          .subscribe();
        jest.advanceTimersByTime(3_600_000);
        expect(requests).toHaveLength(2);
        subscription.unsubscribe();
      } finally {
        jest.useRealTimers();
      }
    },
  );

  it('ends it where nothing has been seen: it may be the address that is wrong', () => {
    polling([busy], ({ expectObservable, poll }) => {
      expectObservable(poll({ limits: { total: 1000 } })).toBe('#', {}, fault('service_unavailable'));
    });
  });

  it.each([400, 401, 403, 404, 410])('with %i ends it', (status) => {
    const gone = { status, body: { error: { code: 'gone', message: 'Gone.' } } };
    polling([p, gone], ({ expectObservable, poll }) => {
      expectObservable(poll({ delay: 2, limits: { total: 1000 } })).toBe('p-#', { p }, fault('gone'));
    });
  });

  it('does not end it before the limit does', () => {
    polling([p, busy], ({ expectObservable, poll, flush, looks }) => {
      const error = expect.objectContaining({ name: 'TimeLimitError', code: 'total' });
      expectObservable(poll({ delay: 2, maxDelay: 2, limits: { total: 100 } })).toBe('p 99ms #', { p }, error);
      flush();
      expect(looks()).toBe(50);
    });
  });

  it('ends it at the tenth in a row where there is no limit', () => {
    polling([p, ...Array<Answer>(9).fill(busy), p, busy], ({ expectObservable, poll, flush, looks }) => {
      expectObservable(poll({ delay: 2, maxDelay: 2 })).toBe('p 19ms p 19ms #', { p }, fault('service_unavailable'));
      flush();
      expect(looks()).toBe(1 + 10 + 10);
    });
  });

  it('is not followed by another when it is left', () => {
    polling([p, busy], ({ expectObservable, poll, flush, looks }) => {
      expectObservable(poll({ delay: 2, maxDelay: 2 }), '-----!').toBe('p----', { p });
      flush();
      expect(looks()).toBe(3);
    });
  });
});

describe('limits', () => {
  const standing = (code: string): unknown => expect.objectContaining({ name: 'TimeLimitError', code });

  it('idle: ends it when nothing has changed for so long (quirk Q15)', () => {
    polling([q, p], ({ expectObservable, poll }) => {
      expectObservable(poll({ delay: 10, limits: { idle: 40 } })).toBe(
        'q---------p 19ms p 19ms #',
        { q, p },
        standing('idle'),
      );
    });
  });

  it('idle: looks at least twice in that time', () => {
    polling([p], ({ expectObservable, poll }) => {
      expectObservable(poll({ limits: { idle: 10 } })).toBe('p----p----#', { p }, standing('idle'));
    });
  });

  it.each([
    ['a status', (place: number) => ({ status: place % 2 === 0 ? q : p })],
    ['a time', (place: number) => ({ status: p, updated: `2026-01-01T00:00:${String(place)}Z` })],
    ['steps', (place: number) => ({ status: p, steps: Array<object>(place).fill({ type: 'thought' }) })],
  ])('idle: %s that changes is progress', (_name, memberOf) => {
    const answers = Array.from({ length: 9 }, (_, place): Answer => ({ body: { id: 'v1_bg', ...memberOf(place) } }));
    polling([...answers, c], ({ expectObservable, poll }) => {
      const seen = poll({ delay: 10, maxDelay: 10, limits: { idle: 25 } }).pipe(map((status) => status === c));
      expectObservable(seen).toBe(`${'n 9ms '.repeat(9)}(y|)`, { n: false, y: true });
    });
  });

  it('idle: a look that fails is no progress', () => {
    const busy = { status: 503, body: {} };
    polling([p, busy], ({ expectObservable, poll }) => {
      expectObservable(poll({ delay: 10, limits: { idle: 40 } })).toBe('p 39ms #', { p }, standing('idle'));
    });
  });

  it('idle: that of the client is about streams', () => {
    const scheduler = new TestScheduler(() => undefined);
    const { transport, requests } = fakeTransport({ body: { id: 'v1_bg', status: p } });
    let error: unknown;
    scheduler.run(({ flush }) => {
      createClient({ apiKey: 'k', transport, scheduler, limits: { idle: 1000, total: 60_000 } })
        .poll('v1_bg')
        .subscribe({ error: (reason: unknown) => (error = reason) });
      flush();
    });
    expect(error).toMatchObject({ name: 'TimeLimitError', code: 'total' });
    expect(requests.length).toBeGreaterThan(5);
  });

  it('idle: that of the client ends a look whose answer falls silent, and another one follows', () => {
    const scheduler = new TestScheduler(() => undefined);
    const half = new TextEncoder().encode('{"id":"v1_bg",');
    const headers = new Headers({ 'content-type': 'application/json' });
    let looks = 0;
    const { transport: answer } = fakeTransport({ body: { id: 'v1_bg', status: c } });
    const transport: Transport = (request) => {
      looks += 1;
      return looks === 1 ? of({ status: 200, headers, body: concat(of(half), NEVER) }) : answer(request);
    };
    const seen: (readonly [at: number, status: string])[] = [];
    scheduler.run(() => {
      createClient({ apiKey: 'k', transport, scheduler, random: () => 0, limits: { idle: 1000 } })
        .poll('v1_bg')
        .subscribe(({ status }) => seen.push([scheduler.now(), status]));
    });
    expect(seen).toEqual([[1500, c]]);
  });

  it('total: ends it in the middle of a look, too', () => {
    polling([p], ({ expectObservable, poll }) => {
      expectObservable(poll({ delay: 10, limits: { total: 15 } })).toBe('p 9ms p 4ms #', { p }, standing('total'));
    });
  });

  it('leave no timer behind', () => {
    const scheduler = new TestScheduler(() => undefined);
    const { transport } = fakeTransport({ body: { id: 'v1_bg', status: c } });
    scheduler.run(({ flush }) => {
      createClient({ apiKey: 'k', transport, scheduler })
        .poll('v1_bg', { limits: { total: 60_000, idle: 60_000 } })
        .subscribe();
      flush();
      expect(scheduler.now()).toBe(0);
    });
  });
});

describe('over real sockets', () => {
  const clock = createClock();
  let server: Listening | undefined;

  beforeEach(() => {
    clock.start();
  });

  afterEach(async () => {
    clock.stop();
    await server?.close();
    server = undefined;
  });

  it('what ends a poll says what was seen, and where to go on', async () => {
    const emulator = createEmulator({ pace: 0, scheduler: clock.scheduler() });
    emulator.script({ reply: ({ pause, text }) => [text('1, 2, 3'), pause(10_000), text(', 4')] });
    server = await emulator.listen();
    const client = createClient({ apiKey: 'k', baseUrl: server.url, scheduler: clock.scheduler() });
    const { id = '' } = await lastValueFrom(
      client.create({ model: 'gemini-3-flash-preview', input: 'Count.', background: true }),
    );
    const polled = client.poll(id, { limits: { total: 5000 } });
    const error = await lastValueFrom(polled).catch((reason: unknown) => reason as InteractionError);
    expect(error).toMatchObject({
      name: 'TimeLimitError',
      interactionId: id,
      partial: { id, status: 'in_progress' },
      cursor: { v: 1, interactionId: id },
    });
    const { cursor } = error as InteractionError;
    const rest = await lastValueFrom(client.resume(cursor!).pipe(reduceInteraction({ from: cursor! })));
    expect(outputText(rest)).toBe('1, 2, 3, 4');
    const seen = await lastValueFrom(client.poll(id).pipe(toArray()));
    expect(seen.at(-1)).toMatchObject({ id, status: 'completed' });
    expect(emulator.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });
});
