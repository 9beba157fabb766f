import { createServer } from 'node:net';

import {
  createClient,
  type Diagnostic,
  type InteractionsClient,
  reduceInteraction,
  type RetryConfig,
  type Transport,
} from 'rx-interactions';
import { completed, created } from 'rx-interactions/testing';
import { lastValueFrom, type Observable, of, throwError } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';

import { type Answer, eventStream, fakeTransport } from './support/fake-transport.js';

const ANSWER: Answer = { body: { id: 'v1_a', status: 'completed', steps: [] } };
const STREAM = eventStream(created({ id: 'v1_a' }), completed({ id: 'v1_a' }));
const refused = (status: number, code?: string, headers: Answer['headers'] = {}): Answer => ({
  status,
  headers,
  body: code === undefined ? {} : { error: { code, message: 'no' } },
});
const networkError = (code: string): Error =>
  Object.assign(new Error('fetch failed'), { cause: { code, message: code } });

const REQUEST = { model: 'm', input: 'Hi' };

/** Every operation, and whether it may be sent freely. */
const OPERATIONS: readonly (readonly [
  name: string,
  isFree: boolean,
  call: (client: InteractionsClient) => Observable<unknown>,
])[] = [
  ['stream', false, (client) => client.stream(REQUEST).pipe(reduceInteraction())],
  ['create', false, (client) => client.create(REQUEST)],
  ['get', true, (client) => client.get('v1_a')],
  ['resume', true, (client) => client.resume('v1_a').pipe(reduceInteraction())],
  ['poll', true, (client) => client.poll('v1_a')],
  ['cancel', true, (client) => client.cancel('v1_a')],
  ['delete', true, (client) => client.delete('v1_a')],
];
const FREE = OPERATIONS.filter(([, isFree]) => isFree);
const CREATING = OPERATIONS.filter(([, isFree]) => !isFree);

interface Run {
  readonly requests: number;
  /** When each was sent, in virtual ms. */
  readonly at: readonly number[];
  readonly error: unknown;
  readonly diagnostics: readonly Diagnostic[];
}

/** Runs one call in virtual time, over a transport that gives these answers in turn; the last one from then on. */
const run = (
  call: (client: InteractionsClient) => Observable<unknown>,
  answers: readonly (Answer | Error)[],
  retry?: RetryConfig,
  random = () => 0,
): Run => {
  const scheduler = new TestScheduler(() => undefined);
  const at: number[] = [];
  const diagnostics: Diagnostic[] = [];
  let error: unknown;
  scheduler.run(() => {
    const transport: Transport = (request) => {
      const answer = answers[Math.min(at.length, answers.length - 1)]!;
      at.push(scheduler.now());
      return answer instanceof Error ? throwError(() => answer) : fakeTransport(answer).transport(request);
    };
    const client = createClient({
      apiKey: 'k',
      transport,
      scheduler,
      random,
      retry,
      resume: false,
      onDiagnostic: (diagnostic) => diagnostics.push(diagnostic),
    });
    call(client).subscribe({
      error: (reason: unknown) => {
        error = reason;
      },
    });
  });
  return { requests: at.length, at, error, diagnostics };
};

const answerFor = (name: string): Answer => (name === 'stream' || name === 'resume' ? STREAM : ANSWER);

describe('a request that failed is sent again', () => {
  describe.each(OPERATIONS)('%s', (name, _isFree, call) => {
    it.each([
      ['503', refused(503)],
      ['429', refused(429, 'rate_limit_exceeded')],
      ['a refused connection', networkError('ECONNREFUSED')],
      ['a name that is not known', networkError('ENOTFOUND')],
      ['a certificate', networkError('CERT_HAS_EXPIRED')],
    ])('after %s', (_what, failure) => {
      const { requests, error } = run(call, [failure, failure, answerFor(name)]);
      expect({ requests, error }).toEqual({ requests: 3, error: undefined });
    });

    it.each([
      ['400', refused(400, 'invalid_request')],
      ['401', refused(401, 'authentication')],
      ['404', refused(404, 'not_found')],
      ['501', refused(501, 'unimplemented')],
      ['a quota that is used up', refused(429, 'quota_exceeded')],
    ])('not after %s', (_what, failure) => {
      const { requests, error } = run(call, [failure, answerFor(name)]);
      expect(requests).toBe(1);
      expect(error).toMatchObject({ name: 'HttpError' });
    });
  });

  describe.each(FREE)('%s, which makes nothing', (name, _isFree, call) => {
    it.each([
      ['500', refused(500)],
      ['504', refused(504)],
      ['408', refused(408)],
      ['a conflict', refused(409, 'aborted')],
      ['a connection that broke before the head', networkError('ECONNRESET')],
    ])('after %s', (_what, failure) => {
      expect(run(call, [failure, answerFor(name)])).toMatchObject({ requests: 2, error: undefined });
    });
  });

  describe.each(CREATING)('%s, which may have been accepted', (name, _isFree, call) => {
    it.each([
      ['500', refused(500), 'HttpError'],
      ['504', refused(504), 'HttpError'],
      ['a connection that broke before the head', networkError('ECONNRESET'), 'TransportError'],
      ['what a browser says', new TypeError('Failed to fetch'), 'TransportError'],
    ])('not after %s', (_what, failure, error) => {
      expect(run(call, [failure, answerFor(name)])).toMatchObject({ requests: 1, error: { name: error } });
    });

    it('after those too, if that is wanted', () => {
      const failures = [refused(500), networkError('ECONNRESET')];
      expect(run(call, [...failures, answerFor(name)], { resend: true })).toMatchObject({
        requests: 3,
        error: undefined,
      });
    });

    it('not when its answer broke off', () => {
      const broken: Answer = { ...answerFor(name), body: ['{"id":'], fault: networkError('ECONNRESET') };
      expect(run(call, [broken, answerFor(name)])).toMatchObject({ requests: 1 });
    });
  });

  it('when the answer to a look broke off', () => {
    const broken: Answer = { body: ['{"id":'], fault: networkError('ECONNRESET') };
    expect(run((client) => client.get('v1_a'), [broken, ANSWER])).toMatchObject({ requests: 2, error: undefined });
  });

  it('not once events have been emitted', () => {
    const broken: Answer = { ...eventStream(created({ id: 'v1_a' })), fault: networkError('ECONNRESET') };
    const { requests, error } = run((client) => client.resume('v1_a'), [broken, STREAM]);
    expect(requests).toBe(1);
    expect(error).toMatchObject({ name: 'UnsettledError', partial: { id: 'v1_a' } });
  });
});

describe('the waits', () => {
  const get = (client: InteractionsClient) => client.get('v1_a');

  it('double, to a limit, four times', () => {
    const { at, error } = run(get, [refused(503)], { maxDelay: 3000 });
    expect(at).toEqual([0, 500, 1500, 3500, 6500]);
    expect(error).toMatchObject({ name: 'HttpError', status: 503 });
  });

  it('are up to a quarter shorter, at random', () => {
    expect(run(get, [refused(503)], { count: 1 }, () => 1).at).toEqual([0, 375]);
    expect(run(get, [refused(503)], { count: 1 }, () => 0.5).at).toEqual([0, 437.5]);
  });

  it('are what was configured', () => {
    expect(run(get, [refused(503)], { count: 2, delay: 10 }).at).toEqual([0, 10, 30]);
    expect(run(get, [refused(503)], { count: 0 }).at).toEqual([0]);
  });

  it.each([
    ['retry-after-ms', '1200', 1200],
    ['retry-after', '2', 2000],
  ])('are what the server asks for in %s', (header, value, ms) => {
    expect(run(get, [refused(503, undefined, { [header]: value }), ANSWER]).at).toEqual([0, ms]);
  });

  it('longer than the limit are not waited: the error is final, and says how long', () => {
    const { requests, error } = run(get, [refused(429, 'rate_limit_exceeded', { 'retry-after': '60' }), ANSWER]);
    expect(requests).toBe(1);
    expect(error).toMatchObject({ name: 'HttpError', retryAfter: 60_000 });
  });

  it('are told, without a secret', () => {
    const { diagnostics } = run(get, [refused(503), ANSWER]);
    expect(diagnostics).toEqual([{ code: 'request_retried', text: 'HttpError service_unavailable, try 2' }]);
  });

  it('end when nobody listens', () => {
    const scheduler = new TestScheduler(() => undefined);
    let sent = 0;
    scheduler.run(() => {
      const transport: Transport = (request) => {
        sent += 1;
        return fakeTransport(refused(503)).transport(request);
      };
      const subscription = createClient({ apiKey: 'k', transport, scheduler }).get('v1_a').subscribe();
      expect(sent).toBe(1);
      subscription.unsubscribe();
    });
    expect(sent).toBe(1);
  });
});

it('each try asks for a token of its own', () => {
  const tokens = ['one', 'two'];
  const seen: (string | undefined)[] = [];
  const scheduler = new TestScheduler(() => undefined);
  scheduler.run(() => {
    const transport: Transport = (request) => {
      seen.push(request.headers['authorization']);
      return fakeTransport(seen.length === 1 ? refused(503) : ANSWER).transport(request);
    };
    createClient({ accessToken: () => of(tokens.shift() ?? ''), transport, scheduler })
      .get('v1_a')
      .subscribe();
  });
  expect(seen).toEqual(['Bearer one', 'Bearer two']);
});

it('a port where nobody listens is tried again, over real sockets', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { readonly port: number };
  await new Promise((resolve) => server.close(resolve));
  const diagnostics: Diagnostic[] = [];
  const client = createClient({
    apiKey: 'k',
    baseUrl: `http://127.0.0.1:${port}`,
    retry: { count: 2, delay: 1 },
    onDiagnostic: (diagnostic) => diagnostics.push(diagnostic),
  });
  await expect(lastValueFrom(client.create(REQUEST))).rejects.toMatchObject({
    name: 'TransportError',
    code: 'connection_failed',
  });
  expect(diagnostics).toHaveLength(2);
});
