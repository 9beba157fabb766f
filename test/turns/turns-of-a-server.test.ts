import * as t from 'io-ts';
import {
  createClient,
  defineTool,
  described,
  fetchTransport,
  InteractionError,
  type InteractionsClient,
  ofEventType,
  outputText,
  reduceInteraction,
  runTools,
} from 'rx-interactions';
import { createEmulator, type Emulator, type Reply, type ReplyBuilders } from 'rx-interactions/emulator';
import { undiciTransport } from 'rx-interactions/node';
import {
  filter,
  finalize,
  firstValueFrom,
  lastValueFrom,
  map,
  NEVER,
  type Observable,
  of,
  ReplaySubject,
  startWith,
  take,
  tap,
  timer,
  toArray,
} from 'rxjs';

import { errorOf } from '../transport/support/observe.js';

/** What fails has failed: nothing is sent again, and no stream is gone on with. */
const ONCE = { apiKey: 'test', retry: { count: 0 }, resume: false } as const;

const model = 'gemini-3-flash-preview';
const question = { model, input: 'What is the weather in Paris and in Boston?' };

const weather = defineTool({
  name: 'get_weather',
  description: 'The current weather in a city.',
  parameters: t.type({ location: described(t.string, 'The name of a city, e.g. Paris') }),
  execute: ({ location }) => ({ location, celsius: 22 }),
});

type Way = (
  emulator: Emulator,
) => Promise<{ readonly client: InteractionsClient; readonly close?: () => Promise<void> }>;

const ways: [string, Way][] = [
  [
    'over a real socket',
    async (emulator) => {
      const { url, close } = await emulator.listen();
      return { client: createClient({ ...ONCE, baseUrl: url, transport: undiciTransport() }), close };
    },
  ],
  [
    'in process',
    (emulator) =>
      Promise.resolve({
        client: createClient({ ...ONCE, transport: fetchTransport({ fetch: emulator.fetch }) }),
      }),
  ],
];

describe.each(ways)('a turn %s', (_way, open) => {
  let close: (() => Promise<void>) | undefined;

  const start = async () => {
    const emulator = createEmulator({ pace: 0 });
    const opened = await open(emulator);
    ({ close } = opened);
    return { emulator, client: opened.client };
  };

  afterEach(async () => {
    await close?.();
    close = undefined;
  });

  it('calls functions and answers with what they gave', async () => {
    const { client, emulator } = await start();
    const turn = await lastValueFrom(runTools(client, { ...question, tools: [weather] }).pipe(reduceInteraction()));
    expect(outputText(turn)).toMatch(/Paris[^]*22[^]*Boston[^]*22/);
    expect(turn).toMatchObject({ status: 'completed', diagnostics: [] });
    expect(turn.ids).toHaveLength(2);
    expect(turn.steps.map(({ type }) => type).filter((type) => type !== 'thought')).toEqual([
      'function_call',
      'function_call',
      'function_result',
      'function_result',
      'model_output',
    ]);
    expect(emulator.requests).toMatchObject([
      { method: 'POST', status: 200, aborted: false, body: { ...question, stream: true } },
      {
        method: 'POST',
        status: 200,
        aborted: false,
        body: { model, previous_interaction_id: turn.ids[0], stream: true },
      },
    ]);
  });

  it('that is not stored replays its history, which the server checks', async () => {
    const { client, emulator } = await start();
    emulator.script(
      { reply: (reply) => [reply.thought('Hm. '), reply.call('get_weather', { location: 'Paris' })] },
      { reply: (reply) => [reply.thought(), reply.text('And '), reply.call('get_weather', { location: 'Boston' })] },
    );
    const turn = await lastValueFrom(
      runTools(client, { ...question, store: false, tools: [weather] }).pipe(reduceInteraction()),
    );
    expect(emulator.requests.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(turn.status).toBe('completed');
    expect(turn.ids).toEqual([]);
    expect(turn.steps.filter(({ type }) => type === 'function_result')).toHaveLength(2);
  });

  it('tells the model of a tool that fails, and the server accepts that', async () => {
    const { client, emulator } = await start();
    const broken = defineTool({
      name: 'get_weather',
      parameters: t.type({ location: t.string }),
      execute: ({ location }) => {
        if (location === 'Paris') throw new Error('no such city');
        return of({ celsius: 1 });
      },
    });
    const turn = await lastValueFrom(runTools(client, { ...question, tools: [broken] }).pipe(reduceInteraction()));
    expect(turn.status).toBe('completed');
    expect(emulator.requests[1]?.body).toMatchObject({
      input: [{ is_error: true, result: 'no such city' }, { result: { celsius: 1 } }],
    });
  });

  it('leaves nothing open when it is left in the first round', async () => {
    const { client, emulator } = await start();
    emulator.script({ reply: ({ text, stall }) => [text('Let me', stall())] });
    await firstValueFrom(runTools(client, { ...question, tools: [weather] }).pipe(ofEventType('step.delta')));
    await emulator.requests[0]?.ended;
    expect(emulator.requests).toMatchObject([{ aborted: true, open: false }]);
  });

  it('leaves nothing open when it is left while tools run', async () => {
    const { client, emulator } = await start();
    const left = jest.fn();
    const signals: AbortSignal[] = [];
    const endless = defineTool({
      name: 'get_weather',
      parameters: t.type({ location: t.string }),
      execute: ({ location }, { signal }) => {
        signals.push(signal);
        return NEVER.pipe(startWith(`looking at ${location}`), finalize(left));
      },
    });
    const progress = await firstValueFrom(
      runTools(client, { ...question, tools: [endless] }).pipe(
        ofEventType('tool.progress'),
        filter(({ value }) => value === 'looking at Boston'),
      ),
    );
    expect(progress.call.arguments).toEqual({ location: 'Boston' });
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
    expect(left).toHaveBeenCalledTimes(2);
    expect(emulator.requests).toMatchObject([{ open: false }]);
  });

  it('leaves nothing open when it is left in the second round', async () => {
    const { client, emulator } = await start();
    emulator.script(
      { reply: ({ call }) => [call('get_weather', { location: 'Paris' })] },
      { reply: ({ text, stall }) => [text('It is', stall())] },
    );
    await firstValueFrom(
      runTools(client, { ...question, tools: [weather] }).pipe(
        ofEventType('step.delta'),
        filter(({ delta }) => delta.type === 'text'),
      ),
    );
    await emulator.requests[1]?.ended;
    expect(emulator.requests).toMatchObject([{ open: false }, { aborted: true, open: false }]);
  });

  it.each<[string, (reply: ReplyBuilders) => Reply, object]>([
    ['a cut', ({ text, cut }) => [text('It is', cut())], { name: 'UnsettledError' }],
    [
      'an error of the server',
      ({ text, error }) => [text('It is'), error('api_error', 'Oh.')],
      { name: 'ServerError' },
    ],
    ['a refusal', ({ httpError }) => [httpError(503)], { name: 'HttpError', status: 503 }],
  ])('keeps the whole turn on %s in the second round', async (_what, reply, expected) => {
    const { client, emulator } = await start();
    emulator.script({ reply: ({ call }) => [call('get_weather', { location: 'Paris' })] }, { reply });
    const error = await errorOf(runTools(client, { ...question, tools: [weather] }));
    expect(error).toMatchObject(expected);
    if (!InteractionError.is(error) || !error.partial) throw error;
    expect(error.partial.steps.slice(0, 2)).toMatchObject([
      { type: 'function_call', arguments: { location: 'Paris' } },
      { type: 'function_result', result: { location: 'Paris', celsius: 22 } },
    ]);
    expect(error.partial.ids.length).toBeGreaterThanOrEqual(1);
  });

  it('runs its tools while nothing else happens, and sends one request for all of them', async () => {
    const { client, emulator } = await start();
    const order: string[] = [];
    const boston$ = new ReplaySubject<string>(1);
    const slow = defineTool({
      name: 'get_weather',
      parameters: t.type({ location: t.string }),
      execute: ({ location }) => {
        // Paris is asked first, and answers after Boston
        const ready$: Observable<unknown> = location === 'Paris' ? boston$.pipe(take(1)) : timer(0);
        return ready$.pipe(
          map(() => {
            order.push(location);
            expect(emulator.requests).toHaveLength(1);
            return location;
          }),
          tap((city) => {
            if (city === 'Boston') boston$.next(city);
          }),
        );
      },
    });
    const events = await lastValueFrom(runTools(client, { ...question, tools: [slow] }).pipe(toArray()));
    expect(order).toEqual(['Boston', 'Paris']);
    expect(emulator.requests).toHaveLength(2);
    const results = events.flatMap((event) =>
      event.event_type === 'step.start' && event.step.type === 'function_result' ? [event.step.call_id] : [],
    );
    const calls = events.flatMap((event) => (event.event_type === 'tool.call' ? [event.call] : []));
    expect(calls.map((call) => call.arguments['location'])).toEqual(['Paris', 'Boston']);
    expect(results).toEqual(calls.map(({ id }) => id));
  });
});
