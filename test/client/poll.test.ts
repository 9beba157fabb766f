import { createClient, type PollConfig } from 'rx-interactions';
import { map, type Observable } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';

import { type Answer, fakeTransport } from './support/fake-transport.js';

/** Polls in virtual time: the statuses of the looks, the last one for ever. Values are the statuses that are seen. */
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
  const client = createClient({ apiKey: 'test', transport, scheduler });
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
});
