import {
  type ClientConfig,
  createClient,
  fetchTransport,
  followUp,
  type FunctionCall,
  functionCallsOf,
  functionResult,
  InteractionError,
  type InteractionEvent,
  type InteractionRequest,
  ofEventType,
  outputText,
  reduceInteraction,
} from 'rx-interactions';
import { createEmulator, type Emulator, type EmulatorConfig } from 'rx-interactions/emulator';
import { undiciTransport } from 'rx-interactions/node';
import { filter, firstValueFrom, lastValueFrom, map, merge, mergeMap, switchMap, take, tap, toArray } from 'rxjs';

import { errorOf, failureOf } from '../transport/support/observe.js';

const model = 'gemini-3-flash-preview';
const counting: InteractionRequest = { model, input: 'Count from 1 to 25.' };
const TO_25 = Array.from({ length: 25 }, (_, at) => String(at + 1)).join(', ');

const weather: InteractionRequest = {
  model,
  input: 'What is the weather in Paris and in Boston?',
  tools: [
    {
      type: 'function',
      name: 'get_weather',
      description: 'The current weather in a city.',
      parameters: { type: 'object', properties: { location: { type: 'string' } }, required: ['location'] },
    },
  ],
};

const answer = (call: FunctionCall) => functionResult(call, { location: call.arguments['location'], celsius: 22 });

type Way = (emulator: Emulator) => Promise<{ readonly config: ClientConfig; readonly close?: () => Promise<void> }>;

const ways: [string, Way][] = [
  [
    'over a real socket, with undici',
    async (emulator) => {
      const { url, close } = await emulator.listen();
      return { config: { baseUrl: url, transport: undiciTransport() }, close };
    },
  ],
  [
    'over a real socket, with fetch',
    async (emulator) => {
      const { url, close } = await emulator.listen();
      return { config: { baseUrl: url, transport: fetchTransport() }, close };
    },
  ],
  [
    'in process',
    (emulator) =>
      Promise.resolve({
        config: { baseUrl: 'https://emulator.invalid', transport: fetchTransport({ fetch: emulator.fetch }) },
      }),
  ],
];

describe.each(ways)('a client %s', (_way, open) => {
  let close: (() => Promise<void>) | undefined;

  const start = async ({ apiKey = 'test', ...config }: EmulatorConfig & Pick<ClientConfig, 'apiKey'> = {}) => {
    const emulator = createEmulator({ pace: 0, ...config });
    const opened = await open(emulator);
    ({ close } = opened);
    return { emulator, client: createClient({ ...opened.config, apiKey, retry: { count: 0 }, resume: false }) };
  };

  afterEach(async () => {
    await close?.();
    close = undefined;
  });

  describe('stream', () => {
    it('emits the events of an answer and completes with the one that settles it', async () => {
      const { client } = await start();
      const events = await lastValueFrom(client.stream(counting).pipe(toArray()));
      const types = events.map(({ event_type }) => event_type);
      expect(types[0]).toBe('interaction.created');
      expect(types.at(-1)).toBe('interaction.completed');
      expect(types.filter((type) => type === 'interaction.completed')).toHaveLength(1);
      expect(new Set(types)).toEqual(
        new Set([
          'interaction.created',
          'interaction.status_update',
          'step.start',
          'step.delta',
          'step.stop',
          'interaction.completed',
        ]),
      );
      expect(types.filter((type) => type === 'step.delta').length).toBeGreaterThan(3);
    });

    it('reduces to the whole answer', async () => {
      const { client } = await start();
      const interaction = await lastValueFrom(client.stream(counting).pipe(reduceInteraction()));
      expect(outputText(interaction)).toBe(TO_25);
      expect(interaction).toMatchObject({ status: 'completed', model, diagnostics: [] });
      expect(interaction.ids).toEqual([interaction.id]);
      expect(interaction.usage?.total_tokens).toBeGreaterThan(0);
    });

    it('emits each event when it happens, not when all have', async () => {
      const { client, emulator } = await start();
      emulator.script({ reply: ({ text, stall }) => [text('Once ', 'upon', stall(), ' a time')] });
      const texts = await lastValueFrom(
        client.stream(counting).pipe(
          ofEventType('step.delta'),
          map(({ delta }) => (delta.type === 'text' ? delta.text : '')),
          take(2),
          toArray(),
        ),
      );
      expect(texts).toEqual(['Once ', 'upon']);
    });

    it('keeps every character whole', async () => {
      const { client, emulator } = await start();
      const text = 'Größe 🌍👩‍👩‍👧 漢字 \u2028\n\r\n"\\';
      emulator.script({ reply: (reply) => [reply.text(...Array.from(text))] });
      expect(outputText(await lastValueFrom(client.stream(counting).pipe(reduceInteraction())))).toBe(text);
    });

    it('passes on what it does not know as it came', async () => {
      const { client, emulator } = await start();
      emulator.script({
        reply: ({ step, text }) => [step({ type: 'hologram', size: 3 }, { type: 'voxels', data: 'AA' }), text('Done.')],
      });
      const { steps } = await lastValueFrom(client.stream(counting).pipe(reduceInteraction()));
      expect(steps[0]).toMatchObject({ type: 'unknown', received: { type: 'hologram', size: 3 } });
      expect(outputText({ steps })).toBe('Done.');
    });
  });

  describe('create', () => {
    it('emits the answer once, as a stream of it reduces', async () => {
      const { client, emulator } = await start();
      emulator.script({
        times: 2,
        reply: ({ step, text, call }) => [
          step({ type: 'thought' }, { type: 'thought_signature', signature: 'c2ln' }),
          text('Let me ', 'look.'),
          call('look', { at: ['it', { twice: true }] }, { id: 'call-1' }),
        ],
      });
      const [created, ...more] = await lastValueFrom(client.create(counting).pipe(toArray()));
      const streamed = await lastValueFrom(client.stream(counting).pipe(reduceInteraction()));
      expect(more).toEqual([]);
      expect(created?.steps).toEqual(streamed.steps);
      expect(created).toMatchObject({ status: 'requires_action', diagnostics: [] });
      expect(created?.usage).toEqual(streamed.usage);
    });

    it('is left while it waits, and the server knows', async () => {
      const { client, emulator } = await start();
      let asked: () => void = () => undefined;
      const asking = new Promise<void>((resolve) => (asked = resolve));
      emulator.script({
        reply: ({ stall }) => {
          asked();
          return [stall()];
        },
      });
      const subscription = client.create(counting).subscribe();
      await asking;
      subscription.unsubscribe();
      await emulator.requests[0]?.ended;
      expect(emulator.requests).toMatchObject([{ method: 'POST', aborted: true, open: false }]);
    });
  });

  describe('is cold', () => {
    it('nothing is sent before somebody subscribes', async () => {
      const { client, emulator } = await start();
      client.stream(counting);
      client.create(counting);
      client.get('v1_a');
      client.resume('v1_a');
      client.poll('v1_a');
      client.cancel('v1_a');
      client.delete('v1_a');
      await lastValueFrom(client.create({ model, input: 'the only one' }));
      expect(emulator.requests.map(({ body }) => body)).toEqual([{ model, input: 'the only one' }]);
    });

    it('two subscriptions are two requests, and two interactions', async () => {
      const { client, emulator } = await start();
      const id$ = client.stream(counting).pipe(
        reduceInteraction(),
        map(({ id }) => id),
      );
      const ids = await lastValueFrom(merge(id$, id$).pipe(toArray()));
      expect(emulator.requests).toHaveLength(2);
      expect(new Set(ids).size).toBe(2);
    });

    it('one subscription is one request, whatever is piped behind it', async () => {
      const { client, emulator } = await start();
      await lastValueFrom(
        client.stream(counting).pipe(
          reduceInteraction(),
          mergeMap(({ steps }) => steps),
        ),
      );
      expect(emulator.requests).toHaveLength(1);
    });
  });

  describe('leaving', () => {
    it('in the middle of a stream is seen by the server', async () => {
      const { client, emulator } = await start();
      emulator.script({ reply: ({ text, stall }) => [text('Once ', stall())] });
      await firstValueFrom(client.stream(counting).pipe(ofEventType('step.delta')));
      const [request] = emulator.requests;
      await request?.ended;
      expect(request).toMatchObject({ status: 200, aborted: true, open: false });
    });

    it('while events flow is seen by the server', async () => {
      const { client, emulator } = await start({ pace: 1 });
      const taken = await lastValueFrom(client.stream(counting).pipe(take(4), toArray()));
      expect(taken).toHaveLength(4);
      const [request] = emulator.requests;
      await request?.ended;
      expect(request?.aborted).toBe(true);
    });

    it('by switching to the next prompt leaves no request open', async () => {
      const { client, emulator } = await start();
      emulator.script({ when: /first/, reply: ({ text, stall }) => [text('One', stall())] });
      const said: string[] = [];
      await new Promise<void>((resolve, reject) => {
        const prompts = ['the first prompt', 'Count from 1 to 3.'];
        firstValueFrom(
          client.stream({ model, input: prompts[0] }).pipe(
            ofEventType('step.delta'),
            filter(({ delta }) => delta.type === 'text'),
            take(1),
            tap(() => said.push('One')),
            switchMap(() => client.stream({ model, input: prompts[1] }).pipe(reduceInteraction())),
          ),
        ).then((interaction) => {
          said.push(outputText(interaction) ?? '');
          resolve();
        }, reject);
      });
      await Promise.all(emulator.requests.map(({ ended }) => ended));
      expect(said).toEqual(['One', '1, 2, 3']);
      expect(emulator.requests.map(({ aborted }) => aborted)).toEqual([true, false]);
    });
  });

  describe('a stored interaction', () => {
    it('is got with its input among its steps', async () => {
      const { client } = await start();
      const { id = '', steps } = await lastValueFrom(client.create(counting));
      const got = await lastValueFrom(client.get(id));
      expect(got).toMatchObject({ id, status: 'completed', ids: [id] });
      expect(got.steps[0]).toEqual({ type: 'user_input', content: [{ type: 'text', text: counting.input }] });
      expect(got.steps.slice(1)).toEqual(steps);
      expect(outputText(got)).toBe(TO_25);
    });

    it('is told again from its beginning by resume', async () => {
      const { client, emulator } = await start();
      const first = await lastValueFrom(client.stream(counting).pipe(reduceInteraction()));
      const again = await lastValueFrom(client.resume(first.id ?? '').pipe(reduceInteraction()));
      expect(again).toEqual(first);
      expect(emulator.requests.at(-1)).toMatchObject({ method: 'GET', query: { stream: 'true' } });
    });

    it('is gone when it is deleted', async () => {
      const { client, emulator } = await start();
      const { id = '' } = await lastValueFrom(client.create(counting));
      expect(await lastValueFrom(client.delete(id).pipe(toArray()))).toEqual([undefined]);
      for (const call$ of [client.get(id), client.resume(id), client.delete(id), client.poll(id)]) {
        expect(await errorOf(call$)).toMatchObject({ name: 'HttpError', status: 404, code: 'not_found' });
      }
      expect(emulator.requests.map(({ method }) => method)).toEqual(['POST', 'DELETE', 'GET', 'GET', 'DELETE', 'GET']);
    });

    it('is gone on from by its id', async () => {
      const { client, emulator } = await start();
      const first = await lastValueFrom(client.create({ model, input: 'My name is Ada.' }));
      emulator.script({
        reply: ({ text }, { history }) => [
          text(`I know ${String(history.length)} steps, and: `, JSON.stringify(history)),
        ],
      });
      const second = await lastValueFrom(
        client.stream({ model, input: 'Who am I?', previous_interaction_id: first.id }).pipe(reduceInteraction()),
      );
      expect(outputText(second)).toContain('My name is Ada.');
      expect(second.id).not.toBe(first.id);
      expect(emulator.requests[1]?.body).toEqual({
        model,
        input: 'Who am I?',
        previous_interaction_id: first.id,
        stream: true,
      });
    });

    it('that is unknown cannot be gone on from', async () => {
      const { client } = await start();
      expect(await errorOf(client.create({ ...counting, previous_interaction_id: 'v1_nobody' }))).toMatchObject({
        name: 'HttpError',
        status: 404,
      });
    });
  });

  describe('store: false', () => {
    it.each(['stream', 'create'] as const)('has no id, by %s', async (call) => {
      const { client } = await start();
      const request = { ...counting, store: false };
      const interaction = await lastValueFrom(
        call === 'create' ? client.create(request) : client.stream(request).pipe(reduceInteraction()),
      );
      expect(outputText(interaction)).toBe(TO_25);
      expect(interaction.id).toBeUndefined();
      expect(interaction.ids).toEqual([]);
    });

    it('goes on with the whole history instead', async () => {
      const { client, emulator } = await start();
      const request = { ...weather, store: false };
      const first = await lastValueFrom(client.stream(request).pipe(reduceInteraction()));
      const second = await lastValueFrom(client.create(followUp(request, first, functionCallsOf(first).map(answer))));
      expect(second.status).toBe('completed');
      expect(outputText(second)).toMatch(/Paris[^]*Boston/);
      expect((emulator.requests[1]?.body as { input: { type: string }[] }).input.map(({ type }) => type)).toEqual([
        'user_input',
        ...first.steps.map(({ type }) => type),
        'function_result',
        'function_result',
      ]);
    });
  });

  describe('in the background', () => {
    it('an interaction is there at once, and is polled until it is done', async () => {
      const { client, emulator } = await start({ pace: 1 });
      const begun = await lastValueFrom(client.create({ ...counting, background: true }));
      expect(begun).toMatchObject({ status: 'in_progress', steps: [] });
      const seen = await lastValueFrom(client.poll(begun.id ?? '', { delay: 5, maxDelay: 20 }).pipe(toArray()));
      expect(seen.at(-1)?.status).toBe('completed');
      expect(seen.slice(0, -1).every(({ status }) => status === 'in_progress')).toBe(true);
      expect(outputText(seen.at(-1)!)).toBe(TO_25);
      expect(emulator.requests).toHaveLength(1 + seen.length);
    });

    it('an interaction is listened to by resume, from its beginning to its end', async () => {
      const { client } = await start({ pace: 1 });
      const events: InteractionEvent[] = await lastValueFrom(
        client.create({ ...counting, background: true }).pipe(
          mergeMap(({ id = '' }) => client.resume(id)),
          toArray(),
        ),
      );
      expect(events[0]).toMatchObject({ event_type: 'interaction.created' });
      expect(events.at(-1)).toMatchObject({
        event_type: 'interaction.completed',
        interaction: { status: 'completed' },
      });
    });

    it('an interaction goes on when whoever listened has left', async () => {
      const { client } = await start({ pace: 1 });
      const { id = '' } = await lastValueFrom(client.create({ ...counting, background: true }));
      await lastValueFrom(client.resume(id).pipe(take(2)));
      const whole = await lastValueFrom(client.resume(id).pipe(reduceInteraction()));
      expect(outputText(whole)).toBe(TO_25);
    });

    it('an interaction can be cancelled', async () => {
      const { client, emulator } = await start();
      emulator.script({ reply: ({ text, stall }) => [text('For ever', stall())] });
      const { id = '' } = await lastValueFrom(client.create({ ...counting, background: true }));
      const heard = lastValueFrom(client.resume(id).pipe(reduceInteraction()));
      const cancelled = await lastValueFrom(client.cancel(id));
      expect(cancelled.id).toBe(id);
      expect(emulator.requests.at(-1)?.path).toMatch(/\/cancel$/);
      expect((await heard).status).toBe('cancelled');
      expect((await lastValueFrom(client.poll(id))).status).toBe('cancelled');
    });

    it('is the only place where it can be cancelled', async () => {
      const { client } = await start();
      const { id = '' } = await lastValueFrom(client.create(counting));
      expect(await errorOf(client.cancel(id))).toMatchObject({ name: 'HttpError', status: 400 });
    });
  });

  describe('tools, by hand', () => {
    it('run between two interactions, which are one chain', async () => {
      const { client, emulator } = await start();
      const settled = await lastValueFrom(
        client.stream(weather).pipe(
          reduceInteraction(),
          tap(({ status }) => {
            expect(status).toBe('requires_action');
          }),
          switchMap((first) =>
            client.stream(followUp(weather, first, functionCallsOf(first).map(answer))).pipe(
              reduceInteraction(),
              map((second) => ({ first, second })),
            ),
          ),
        ),
      );
      const { first, second } = settled;
      expect(functionCallsOf(first).map(({ name, arguments: args }) => [name, args])).toEqual([
        ['get_weather', { location: 'Paris' }],
        ['get_weather', { location: 'Boston' }],
      ]);
      expect(second.status).toBe('completed');
      expect(functionCallsOf(second)).toEqual([]);
      expect(outputText(second)).toMatch(/Paris[^]*22[^]*Boston[^]*22/);
      expect(emulator.requests).toHaveLength(2);
      expect(emulator.requests[1]?.body).toMatchObject({ previous_interaction_id: first.id, tools: weather.tools });
    });

    it('that fail are told to the model', async () => {
      const { client } = await start();
      const first = await lastValueFrom(client.create(weather));
      const results = functionCallsOf(first).map((call) => functionResult(call, new Error('no such city')));
      const second = await lastValueFrom(client.create(followUp(weather, first, results)));
      expect(second.status).toBe('completed');
    });

    it('that nobody answers are answered with an error, so that the server accepts the rest', async () => {
      const { client, emulator } = await start();
      const first = await lastValueFrom(client.create(weather));
      const [paris] = functionCallsOf(first);
      await lastValueFrom(client.create(followUp(weather, first, [answer(paris!)])));
      expect(emulator.requests[1]?.body).toMatchObject({ input: [{ result: { celsius: 22 } }, { is_error: true }] });
    });
  });

  describe('errors', () => {
    it('a wrong or missing key is an HttpError', async () => {
      const { client } = await start({ apiKey: null });
      for (const call$ of [client.stream(counting), client.create(counting), client.get('v1_a')]) {
        expect(await errorOf(call$)).toMatchObject({ name: 'HttpError', status: 401, code: 'authentication' });
      }
    });

    it('an unknown interaction is an HttpError', async () => {
      const { client } = await start();
      expect(await errorOf(client.get('v1_nobody'))).toMatchObject({
        name: 'HttpError',
        status: 404,
        code: 'not_found',
      });
    });

    it('a member that the server does not know is an HttpError that names it', async () => {
      const { client } = await start();
      const error = await errorOf(client.create(counting, { extraBody: { temperature: 1 } }));
      expect(error).toMatchObject({ name: 'HttpError', status: 400, code: 'parameter_unknown' });
      expect(String(error)).toContain('temperature');
    });

    it.each(['stream', 'create'] as const)(
      'a server that has no room is an HttpError of %s, with the time to wait',
      async (call) => {
        const { client, emulator } = await start();
        emulator.script({
          reply: ({ httpError }) => [
            httpError(429, { error: { code: 'rate_limit_exceeded', message: 'Later.' } }, { 'Retry-After': '7' }),
          ],
        });
        expect(await errorOf(client[call](counting))).toMatchObject({
          name: 'HttpError',
          status: 429,
          code: 'rate_limit_exceeded',
          retryAfter: 7000,
        });
        expect(emulator.requests).toHaveLength(1);
      },
    );

    it('an error of the front end is read as google.rpc, in an array', async () => {
      const { client, emulator } = await start();
      const error = { code: 503, message: 'Away.', status: 'UNAVAILABLE' };
      emulator.script({ reply: ({ httpError }) => [httpError(503, [{ error }])] });
      expect(await errorOf(client.create(counting))).toMatchObject({ status: 503, code: 'unavailable' });
    });

    it('a page of HTML is a TransportError that shows how it begins', async () => {
      const { client, emulator } = await start();
      emulator.script({ reply: ({ httpError }) => [httpError(200, '<html>Please sign in</html>')] });
      const error = await errorOf(client.stream(counting));
      expect(error).toMatchObject({ name: 'TransportError', code: 'unexpected_content' });
      expect(String(error)).toContain('Please sign in');
    });

    it.each(['end', 'reset'] as const)('a stream that is cut (%s) never looks finished', async (how) => {
      const { client, emulator } = await start();
      // a reset drops what is still on its way, so it comes a moment later
      emulator.script({ reply: ({ text, pause, cut }) => [text('Once ', 'upon', pause(20), cut(how), ' a time')] });
      const { values, error } = await failureOf(client.stream(counting));
      expect(values.at(-1)).toMatchObject({ event_type: 'step.delta' });
      expect(error).toMatchObject({ name: 'UnsettledError', reason: 'disconnected' });
      if (!InteractionError.is(error) || !error.partial) throw error;
      expect(outputText(error.partial)).toBe('Once upon');
      expect(error.interactionId).toBe(error.partial.id);
    });

    it('a stream that is cut can be told again by resume, whole', async () => {
      const { client, emulator } = await start();
      emulator.script({ reply: ({ text, cut }) => [text('Once ', 'upon', cut(), ' a time')] });
      const error = await errorOf(client.stream(counting));
      if (!InteractionError.is(error)) throw error;
      const whole = await lastValueFrom(client.resume(error.interactionId ?? '').pipe(reduceInteraction()));
      expect(outputText(whole)).toBe('Once upon a time');
    });

    it('a connection that falls silent is left like any other', async () => {
      const { client, emulator } = await start();
      emulator.script({ reply: ({ text, cut }) => [text('Once', cut('silence'))] });
      await firstValueFrom(client.stream(counting).pipe(ofEventType('step.delta')));
      await emulator.requests[0]?.ended;
      expect(emulator.requests[0]?.aborted).toBe(true);
    });

    it('an answer that is cut is none', async () => {
      const { client, emulator } = await start();
      emulator.script({ reply: ({ cut }) => [cut('reset')] });
      expect(await errorOf(client.create(counting))).toMatchObject({ name: 'TransportError' });
    });

    it("the server's error in a stream keeps what had arrived", async () => {
      const { client, emulator } = await start();
      emulator.script({ reply: ({ text, error }) => [text('Once'), error('api_error', 'Internal.')] });
      const { values, error } = await failureOf(client.stream(counting));
      expect(values.at(-1)).toMatchObject({ event_type: 'error' });
      expect(error).toMatchObject({ name: 'ServerError', code: 'api_error', message: 'Internal.' });
      expect(InteractionError.is(error) && error.partial && outputText(error.partial)).toBe('Once');
    });

    it("the server's error that was not fatal ends nothing", async () => {
      const { client, emulator } = await start();
      emulator.script({ reply: ({ text, error }) => [text('Once'), error(), text(' upon')] });
      const whole = await lastValueFrom(client.stream(counting).pipe(reduceInteraction()));
      expect(whole).toMatchObject({ status: 'completed', diagnostics: [{ code: 'error_event' }] });
      expect(outputText(whole)).toBe('Once upon');
    });

    it('statuses are none: incomplete, failed and the like are values', async () => {
      const { client, emulator } = await start();
      for (const status of ['incomplete', 'failed', 'cancelled', 'budget_exceeded', 'requires_continuation']) {
        emulator.script({ reply: (reply) => [reply.text('So far'), reply.status(status)] });
        const whole = await lastValueFrom(client.stream(counting).pipe(reduceInteraction()));
        expect([whole.status, outputText(whole)]).toEqual([status, 'So far']);
      }
    });
  });
});
