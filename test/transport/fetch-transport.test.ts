import { fetchTransport, type FetchLike, InteractionError } from 'rx-interactions';
import { firstValueFrom, lastValueFrom, map, switchMap, toArray } from 'rxjs';

import { errorOf } from './support/observe.js';

const request = {
  method: 'POST',
  url: '/v1beta/interactions',
  headers: { accept: 'application/json' },
  body: '{}',
} as const;

/** A `fetch` that never answers, and the signals it was given. */
const silentFetch = () => {
  const signals: AbortSignal[] = [];
  const fetch: FetchLike = (_input, init) => {
    if (init?.signal) signals.push(init.signal);
    return new Promise(() => undefined);
  };
  return { fetch, signals };
};

describe('fetchTransport', () => {
  it('gives fetch the request, and tells it not to follow redirects', async () => {
    const fetch = jest.fn<ReturnType<FetchLike>, Parameters<FetchLike>>(() => Promise.resolve(new Response('ok')));
    await lastValueFrom(fetchTransport({ fetch })(request).pipe(switchMap(({ body }) => body)));
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(fetch).toHaveBeenCalledWith(
      '/v1beta/interactions',
      expect.objectContaining({
        method: 'POST',
        headers: { accept: 'application/json' },
        body: '{}',
        redirect: 'manual',
      }),
    );
  });

  it('looks up the global fetch at each request, so that it can be replaced', async () => {
    const transport = fetchTransport();
    const replaced = jest.spyOn(globalThis, 'fetch').mockResolvedValue(new Response('replaced'));
    try {
      const bytes = await lastValueFrom(transport(request).pipe(switchMap(({ body }) => body)));
      expect(Buffer.from(bytes).toString()).toBe('replaced');
    } finally {
      replaced.mockRestore();
    }
  });

  it('has aborted before unsubscribe() returns, while it waits for the head', () => {
    const { fetch, signals } = silentFetch();
    const subscription = fetchTransport({ fetch })(request).subscribe();
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
    subscription.unsubscribe();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });

  it('has aborted and cancelled the body before unsubscribe() returns, while nothing arrives', async () => {
    let signal: AbortSignal | null | undefined;
    const cancel = jest.fn();
    const fetch: FetchLike = (_input, init) => {
      signal = init?.signal;
      return Promise.resolve(new Response(new ReadableStream({ cancel })));
    };
    let begun: () => void = () => undefined;
    const reading = new Promise<void>((resolve) => (begun = resolve));
    const subscription = fetchTransport({ fetch })(request)
      .pipe(
        switchMap(({ body }) => {
          begun();
          return body;
        }),
      )
      .subscribe();
    await reading;
    expect(signal?.aborted).toBe(false);
    subscription.unsubscribe();
    expect(signal?.aborted).toBe(true);
    expect(cancel).toHaveBeenCalledTimes(1);
  });

  it('has a signal for each request', () => {
    const { fetch, signals } = silentFetch();
    const answer$ = fetchTransport({ fetch })(request);
    const first = answer$.subscribe();
    const second = answer$.subscribe();
    first.unsubscribe();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
    second.unsubscribe();
  });

  it('is quiet about an abort that it caused', async () => {
    const errors: unknown[] = [];
    const fetch: FetchLike = (_input, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => {
          reject(new DOMException('This operation was aborted', 'AbortError'));
        });
      });
    const subscription = fetchTransport({ fetch })(request).subscribe({
      error: (error: unknown) => errors.push(error),
    });
    subscription.unsubscribe();
    await new Promise(setImmediate); // every promise that could reject has
    expect(errors).toEqual([]);
  });

  it('does not read a head that comes after it was left', async () => {
    let answer: (response: Response) => void = () => undefined;
    const fetch: FetchLike = () => new Promise((resolve) => (answer = resolve));
    const heads: number[] = [];
    fetchTransport({ fetch })(request)
      .subscribe(({ status }) => heads.push(status))
      .unsubscribe();
    answer(new Response('late'));
    await new Promise(setImmediate);
    expect(heads).toEqual([]);
  });

  it('fails with a TransportError when fetch throws at once', async () => {
    const fetch: FetchLike = () => {
      throw new TypeError('Failed to parse URL');
    };
    expect(await errorOf(fetchTransport({ fetch })(request))).toMatchObject({
      name: 'TransportError',
      code: 'connection_failed',
      message: expect.stringContaining('Failed to parse URL') as unknown,
    });
  });

  it('tells what fetch hides in the cause, and what Node hides in a list of causes', async () => {
    const refused = [new Error('connect ECONNREFUSED ::1:1'), new Error('connect ECONNREFUSED 127.0.0.1:1')];
    const cause = Object.assign(new AggregateError(refused), { code: 'ECONNREFUSED' });
    const fetch: FetchLike = () => Promise.reject(new TypeError('fetch failed', { cause }));
    const error = await errorOf(fetchTransport({ fetch })(request));
    expect(InteractionError.is(error) && error.message).toMatch(/fetch failed.*ECONNREFUSED/);
  });

  it('tells of an error that is its own cause', async () => {
    const cause = new Error('round and round');
    cause.cause = cause;
    expect(await errorOf(fetchTransport({ fetch: () => Promise.reject(cause) })(request))).toMatchObject({
      name: 'TransportError',
      message: expect.stringContaining('round and round') as unknown,
    });
  });

  it('refuses the redirect that a browser does not show', async () => {
    const hidden = Object.defineProperty(new Response(null), 'type', { value: 'opaqueredirect' });
    expect(await errorOf(fetchTransport({ fetch: () => Promise.resolve(hidden) })(request))).toMatchObject({
      name: 'TransportError',
      code: 'redirect_refused',
    });
  });

  it('reads an answer without a body as an empty one', async () => {
    const fetch: FetchLike = () => Promise.resolve(new Response(null, { status: 204 }));
    const chunks = fetchTransport({ fetch })(request).pipe(
      switchMap(({ body }) => body),
      toArray(),
    );
    expect(await firstValueFrom(chunks)).toEqual([]);
  });

  it('gives the pieces of a body as the stream has them', async () => {
    const pieces = ['a', 'bc', 'def'];
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
        controller.close();
      },
    });
    const received = fetchTransport({ fetch: () => Promise.resolve(new Response(stream)) })(request).pipe(
      switchMap(({ body }) => body),
      map((bytes) => new TextDecoder().decode(bytes)),
      toArray(),
    );
    expect(await lastValueFrom(received)).toEqual(pieces);
  });
});
