import { GoogleGenAI, type Interactions } from '@google/genai';
import { firstValueFrom, lastValueFrom, type Observable, take, tap, toArray } from 'rxjs';
import {
  createClient,
  fromSdkStream,
  type Interaction,
  type InteractionEvent,
  reduceInteraction,
  type SdkStream,
  throwIfUnsettled,
} from 'rx-interactions';
import { createEmulator, type Emulator, type EmulatorConfig, type Reply, reply } from 'rx-interactions/emulator';
import { completed, created, stepStart, stepStop, textDelta } from 'rx-interactions/testing';

import { closeAll, listen, MODEL } from '../emulator/support/api.js';
import { marbles } from '../support/marbles.js';
import { emits } from '../support/types.js';

/** Gives what it was given, one by one, and notes how often it was asked for more and told to stop. */
const iterableOf = (events: readonly object[], end: 'done' | 'stall' | Error = 'done') => {
  const calls: string[] = [];
  let at = 0;
  const iterator: AsyncIterator<object> = {
    next: () => {
      calls.push('next');
      const event = events[at];
      at += 1;
      if (event) return Promise.resolve({ done: false, value: event });
      if (end === 'done') return Promise.resolve({ done: true, value: undefined });
      return end === 'stall' ? new Promise(() => undefined) : Promise.reject(end);
    },
    return: () => {
      calls.push('return');
      return Promise.resolve({ done: true, value: undefined });
    },
  };
  return { calls, stream: { [Symbol.asyncIterator]: () => iterator } satisfies SdkStream };
};

/** A `ReadableStream` of events that says when and how often it is cancelled. */
const readableOf = (events: readonly object[], end: 'done' | 'stall' | Error = 'done') => {
  let cancelled = 0;
  const stream = new ReadableStream<object>({
    start: (controller) => {
      for (const event of events) controller.enqueue(event);
      if (end === 'done') controller.close();
      else if (end !== 'stall') controller.error(end);
    },
    cancel: () => {
      cancelled += 1;
    },
  });
  return { stream: stream as unknown as SdkStream, cancelled: () => cancelled }; // Node's is async iterable; the DOM's type does not say so
};

const answer: readonly InteractionEvent[] = [
  ...[created(), stepStart(0, 'model_output'), textDelta(0, 'a')],
  ...[textDelta(0, 'b'), stepStop(0), completed()],
];

const eventsOf = (stream: SdkStream): Promise<readonly InteractionEvent[]> =>
  lastValueFrom(fromSdkStream(stream).pipe(toArray()));

/** What an observer hears, and a promise of the event after which nothing more is to come for now. */
const listenTo = (source: Observable<InteractionEvent>, count: number) => {
  const heard: InteractionEvent[] = [];
  const ends: unknown[] = [];
  let arrived: () => void = () => undefined;
  const all = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const subscription = source.subscribe({
    next: (event) => {
      if (heard.push(event) === count) arrived();
    },
    error: (error: unknown) => ends.push(error),
    complete: () => ends.push('complete'),
  });
  return { heard, ends, all, subscription };
};

describe('fromSdkStream', () => {
  it(
    'never emits for a stream that never does, and releases it',
    marbles(({ expectObservable, flush }) => {
      const { stream, calls } = iterableOf([], 'stall');
      expectObservable(fromSdkStream(stream), '----!').toBe('-----');
      flush();
      expect(calls).toEqual(['next', 'return']);
    }),
  );

  it.each([
    ['iterable', iterableOf],
    ['ReadableStream', readableOf],
  ] as const)('completes with an empty %s', async (_kind, of) => {
    expect(await eventsOf(of([]).stream)).toEqual([]);
  });

  it.each([
    ['iterable', iterableOf],
    ['ReadableStream', readableOf],
  ] as const)('passes on what an %s gives, but for the mark of its end', async (_kind, of) => {
    expect(await eventsOf(of([...answer, { event_type: 'done' }]).stream)).toEqual(answer);
  });

  it.each([
    ['iterable', iterableOf],
    ['ReadableStream', readableOf],
  ] as const)('passes an error of an %s on', async (_kind, of) => {
    const boom = new Error('boom');
    await expect(eventsOf(of([], boom).stream)).rejects.toBe(boom);
  });

  it('asks for an event when it has passed on the one before', async () => {
    const { stream, calls } = iterableOf(answer);
    await lastValueFrom(fromSdkStream(stream).pipe(tap(({ event_type }) => calls.push(event_type))));
    expect(calls).toEqual([...answer.flatMap(({ event_type }) => ['next', event_type]), 'next']);
  });

  it('stops an iterable that never ends with take', async () => {
    const { stream, calls } = iterableOf(Array.from({ length: 1_000 }, () => textDelta(0, 'a')));
    await lastValueFrom(fromSdkStream(stream).pipe(take(3)));
    expect(calls).toEqual(['next', 'next', 'next', 'return']);
  });

  it('does not tell an iterable to stop that has ended by itself', async () => {
    const ended = iterableOf(answer);
    await eventsOf(ended.stream);
    expect(ended.calls).not.toContain('return');

    const failed = iterableOf(answer, new Error('boom'));
    await expect(eventsOf(failed.stream)).rejects.toThrow('boom');
    expect(failed.calls).not.toContain('return');
  });

  it('leaves a stalled stream at once, and only once', async () => {
    const iterable = iterableOf(answer.slice(0, 3), 'stall');
    const readable = readableOf(answer.slice(0, 3), 'stall');
    for (const stream of [iterable.stream, readable.stream]) {
      const { heard, ends, all, subscription } = listenTo(fromSdkStream(stream), 3);
      await all;
      subscription.unsubscribe();
      subscription.unsubscribe();
      expect(heard).toEqual(answer.slice(0, 3));
      expect(ends).toEqual([]);
    }
    expect(iterable.calls.filter((call) => call === 'return')).toHaveLength(1);
    expect(readable.cancelled()).toBe(1);
  });

  it('runs the end of a generator that is left', async () => {
    const log: string[] = [];
    const generate = async function* (): AsyncGenerator<InteractionEvent> {
      try {
        yield* answer;
      } finally {
        log.push(await Promise.resolve('finally'));
      }
    };
    expect(await firstValueFrom(fromSdkStream(generate()))).toEqual(created());
    while (log.length === 0) await Promise.resolve();
    expect(log).toEqual(['finally']);
  });

  it('is silent about a stream that cannot be left well', async () => {
    const rejecting = {
      ...iterableOf([], 'stall').stream[Symbol.asyncIterator](),
      return: () => Promise.reject(new Error('no')),
    };
    const throwing = {
      ...rejecting,
      return: () => {
        throw new Error('no');
      },
    };
    for (const iterator of [rejecting, throwing]) {
      const subscription = fromSdkStream({ [Symbol.asyncIterator]: () => iterator }).subscribe();
      expect(() => {
        subscription.unsubscribe();
      }).not.toThrow();
    }
    await new Promise(setImmediate); // a rejection that nobody handles would fail the run
  });

  it.each([
    ['locked', ({ stream }: ReturnType<typeof readableOf>) => (stream as unknown as ReadableStream).getReader()],
    ['read', ({ stream }: ReturnType<typeof readableOf>) => eventsOf(stream)],
    ['left', ({ stream }: ReturnType<typeof readableOf>) => firstValueFrom(fromSdkStream(stream))],
  ])('tells the observer that a stream is %s', async (_how, use) => {
    const readable = readableOf(answer);
    await use(readable);
    await expect(eventsOf(readable.stream)).rejects.toMatchObject({ name: 'TypeError' });
  });

  it('tells the observer what is wrong with something that is no stream', async () => {
    await expect(eventsOf({} as SdkStream)).rejects.toThrow(TypeError);
    const broken: SdkStream = {
      [Symbol.asyncIterator]: () => {
        throw new Error('broken');
      },
    };
    await expect(eventsOf(broken)).rejects.toThrow('broken');
  });

  it('errors with DecodeError at an event that lacks what must be read, and leaves the stream', async () => {
    const { stream, calls } = iterableOf([created(), { event_type: 'step.delta', index: 0 }, completed()]);
    const { heard, ends } = listenTo(fromSdkStream(stream), 99);
    while (ends.length === 0) await Promise.resolve();
    expect(heard).toEqual([created()]);
    expect(ends).toMatchObject([{ name: 'DecodeError', code: 'malformed' }]);
    expect(calls).toEqual(['next', 'next', 'return']);
  });

  it('passes on what it does not know as unknown', async () => {
    const received = { event_type: 'x.new', more: 1 };
    expect(await eventsOf(iterableOf([received]).stream)).toEqual([{ event_type: 'unknown', received }]);
  });

  describe('of a function', () => {
    it('opens a stream for each subscription, and aborts its signal when that is left or over', async () => {
      const signals: AbortSignal[] = [];
      const source = fromSdkStream((signal) => {
        signals.push(signal);
        return Promise.resolve(iterableOf(answer, signals.length === 1 ? 'done' : 'stall').stream);
      });
      expect(signals).toHaveLength(0);

      expect(await lastValueFrom(source.pipe(toArray()))).toEqual(answer);
      const { all, subscription } = listenTo(source, answer.length);
      await all;
      expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
      subscription.unsubscribe();
      expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
    });

    it('aborts a request that nobody has answered', () => {
      let asked: AbortSignal | undefined;
      const subscription = fromSdkStream((signal) => {
        asked = signal;
        return new Promise<never>(() => undefined);
      }).subscribe();
      expect(asked?.aborted).toBe(false);
      subscription.unsubscribe();
      expect(asked?.aborted).toBe(true);
    });

    it.each([
      ['rejects', () => Promise.reject(new Error('refused'))],
      [
        'throws',
        () => {
          throw new Error('refused');
        },
      ],
    ])('errors as it %s', async (_how, open) => {
      await expect(lastValueFrom(fromSdkStream(open))).rejects.toThrow('refused');
    });
  });
});

describe('fromSdkStream with the official SDK', () => {
  afterEach(closeAll);

  const request = { model: MODEL, input: 'Hi', stream: true } as const;

  /** An emulator that gives such answers, the official SDK and a client of ours that talk to it. */
  const startWith = async (config: EmulatorConfig, ...replies: readonly Reply[]) => {
    const emulator = createEmulator(config);
    emulator.script(...replies.map((one) => ({ reply: one })));
    const { url } = await listen(emulator);
    return {
      emulator,
      official: new GoogleGenAI({ apiKey: 'any', httpOptions: { baseUrl: url } }).interactions,
      client: createClient({ apiKey: 'any', baseUrl: url }),
    };
  };

  const start = (...replies: readonly Reply[]) => startWith({}, ...replies);

  const wholeOf = (events$: Observable<InteractionEvent>): Promise<Interaction> =>
    lastValueFrom(events$.pipe(reduceInteraction()));

  /** The last request, once it has ended. */
  const ended = async ({ requests }: Emulator) => {
    const last = requests.at(-1)!;
    await last.ended;
    return last;
  };

  it.each<readonly [string, Reply]>([
    ['text and thoughts', [reply.thought('Well.'), reply.text('Hel', 'lo 👋', '')]],
    ['calls', [reply.call('f', { city: 'Oslo' }), reply.call('g')]],
    ['a search', [reply.serverTool('google_search', { arguments: { queries: ['x'] } }, { result: [{ url: 'u' }] })]],
    [
      'media and citations',
      [
        reply.step(
          { type: 'model_output', content: [{ type: 'text', text: 'a' }] },
          { type: 'text_annotation', annotations: [{ type: 'url_citation', start_index: 0, end_index: 1 }] },
          { type: 'image', mime_type: 'image/png', data: 'YWJj' },
          { type: 'audio', mime_type: 'audio/l16', rate: 24_000, data: 'YWI=' },
          { type: 'audio', mime_type: 'audio/l16', rate: 24_000, data: 'Yw==' },
        ),
      ],
    ],
    ['what nobody knows', [reply.step({ type: 'x_new', more: 1 }, { type: 'x_delta', text: 'a' }), reply.text('b')]],
    ['an end that is none', [reply.text('a'), reply.status('incomplete', { errors: [{ code: 'max_tokens' }] })]],
  ])('gives the interaction that our own client gives: %s', async (_what, answered) => {
    // The same ids, signatures and times for both.
    const { official, client } = await startWith(
      { random: () => 0.5, now: () => 1_780_000_000_000 },
      answered,
      answered,
    );
    const ours = await wholeOf(client.stream(request));
    expect(await wholeOf(fromSdkStream(await official.create(request)))).toEqual(ours);
  });

  it('goes through hops that the SDK continues by itself', async () => {
    const hops = [
      [reply.text('Hel'), reply.status('requires_continuation', { continuation_token: 't1' })],
      [reply.text('lo')],
    ];
    const { official, emulator } = await start(...hops);
    const whole = await wholeOf(fromSdkStream(await official.create(request)));
    expect(emulator.requests).toHaveLength(2);
    expect(whole).toMatchObject({
      status: 'completed',
      steps: [{ content: [{ text: 'Hel' }] }, { content: [{ text: 'lo' }] }],
    });
    expect(whole.ids).toHaveLength(2);
  });

  it('closes the request of a stalled stream at once, through the signal', async () => {
    const { official, emulator } = await start([reply.text('Hel', reply.stall())]);
    const { all, ends, subscription } = listenTo(
      fromSdkStream((signal) => official.create(request, { signal })),
      4, // created, the status, the start of a step, a delta
    );
    await all;
    expect(emulator.requests[0]).toMatchObject({ open: true });
    subscription.unsubscribe();
    expect(await ended(emulator)).toMatchObject({ aborted: true, open: false });
    expect(ends).toEqual([]);
  });

  it('closes a stalled one that goes on with an interaction, without a signal too', async () => {
    const { official, emulator } = await start([reply.text('Hel', reply.stall())]);
    const { id } = await official.create({ model: MODEL, input: 'Hi', background: true });
    const stream = await official.get(id, { stream: true });
    const { all, ends, subscription } = listenTo(fromSdkStream(stream), 4);
    await all;
    subscription.unsubscribe();
    expect(await ended(emulator)).toMatchObject({ method: 'GET', aborted: true });
    expect(ends).toEqual([]);
  });

  it('closes a stream of `create` without a signal at its next event', async () => {
    const pieces = Array.from({ length: 200 }, () => 'a');
    const { official, emulator } = await start([reply.text(...pieces, reply.stall())]);
    const first = await firstValueFrom(fromSdkStream(await official.create(request)));
    expect(first.event_type).toBe('interaction.created');
    expect(await ended(emulator)).toMatchObject({ aborted: true });
  });

  it('is left after the first event with take(1)', async () => {
    const { official, emulator } = await start([reply.text('Hel', reply.stall())]);
    const events = await lastValueFrom(
      fromSdkStream((signal) => official.create(request, { signal })).pipe(take(1), toArray()),
    );
    expect(events).toMatchObject([{ event_type: 'interaction.created' }]);
    expect(await ended(emulator)).toMatchObject({ aborted: true });
  });

  it('passes an error event on', async () => {
    const { official } = await start([reply.text('Hel'), reply.error('gateway_timeout', 'Too late.')]);
    const whole = await lastValueFrom(fromSdkStream(await official.create(request)).pipe(toArray()));
    expect(whole.at(-1)).toMatchObject({
      event_type: 'error',
      error: { code: 'gateway_timeout', message: 'Too late.' },
    });
  });

  it('takes a cut for an end, as the SDK does, until it is told not to', async () => {
    const cut = [reply.text('Hel', reply.cut())];
    const { official } = await start(cut, cut);
    expect(await wholeOf(fromSdkStream(await official.create(request)))).toMatchObject({ status: 'in_progress' });
    await expect(wholeOf(fromSdkStream(await official.create(request)).pipe(throwIfUnsettled()))).rejects.toMatchObject(
      { name: 'UnsettledError', partial: { steps: [{ content: [{ text: 'Hel' }] }] } },
    );
  });

  it('fails as the SDK does where the connection breaks, or the request is refused', async () => {
    const { official } = await start(
      [reply.text('Hel', reply.cut('reset'))],
      [reply.httpError(400, { error: { code: 'bad', message: 'No.' } })],
    );
    const opened$ = fromSdkStream((signal) => official.create(request, { signal }));
    await expect(wholeOf(opened$)).rejects.toThrow();
    await expect(wholeOf(opened$)).rejects.toMatchObject({ status: 400 });
  });

  // The compiler is the test.
  it('takes what the SDK returns', () => {
    const use = (stream: Awaited<ReturnType<Interactions_['create']>> & SdkStream) => fromSdkStream(stream);
    emits<InteractionEvent>()(fromSdkStream(null as unknown as AsyncIterable<Interactions.InteractionSSEEvent>));
    expect(use).toBeDefined();
  });
  type Interactions_ = GoogleGenAI['interactions'];
});
