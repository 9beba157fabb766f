import {
  createClient,
  deepResearch,
  type FetchLike,
  fetchTransport,
  type InteractionError,
  type InteractionEvent,
  type InteractionRequest,
  type InteractionsClient,
  outputText,
  reduceInteraction,
  reduceText,
  runBackground,
  type RunBackgroundConfig,
  type Step,
  textDeltas,
  type Transport,
} from 'rx-interactions';
import { createEmulator, type Emulator, type EmulatorConfig, type Listening } from 'rx-interactions/emulator';
import { stepStart } from 'rx-interactions/testing';
import { finalize, firstValueFrom, lastValueFrom, map, NEVER, take, toArray } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';

import { errorOf, outcomeOf, valuesOf } from '../support/outcome.js';
import { type Answer, bodyOf, fakeTransport, frame } from './support/fake-transport.js';

const REQUEST: InteractionRequest = { model: 'gemini-3-flash-preview', input: 'Count to 20.' };
const PIECES = ['Ünder ', 'the ', 'same ', 'sky ', '🌌 ', 'we ', 'count.'];

const open = (config?: EmulatorConfig): { readonly client: InteractionsClient; readonly emulator: Emulator } => {
  const emulator = createEmulator({ pace: 0, ...config });
  const client = createClient({
    apiKey: 'k',
    transport: fetchTransport({ fetch: emulator.fetch }),
    resume: { delay: 1 },
  });
  return { client, emulator };
};

const paths = ({ requests }: Emulator): readonly string[] =>
  requests.map(({ method, path, query }) => {
    const place = path.replace(/v1_[\w-]+/, 'ID').replace('/v1beta/interactions', '');
    return `${method} ${place}${query['stream'] === 'true' ? ' stream' : ''}`;
  });

const allEnded = async ({ requests }: Emulator): Promise<void> => {
  await Promise.all(requests.map(({ ended }) => ended));
};

/** Over answers that are there at once. */
const over = (answers: readonly Answer[], config?: RunBackgroundConfig, request = REQUEST) => {
  const { transport, requests } = fakeTransport((_request, place) => answers[place] ?? { status: 404 });
  const client = createClient({ apiKey: 'k', transport, retry: { count: 0 }, resume: { count: 0 } });
  return { events$: runBackground(client, request, config), requests };
};

const typesOf = (events: readonly InteractionEvent[]) => events.map(({ event_type }) => event_type);

describe('runBackground', () => {
  it('starts with one request, listens with another, and tells each event once', async () => {
    const { client, emulator } = open();
    const events = await lastValueFrom(runBackground(client, REQUEST).pipe(toArray()));
    expect(paths(emulator)).toEqual(['POST ', 'GET /ID stream']);
    expect(emulator.requests[0]?.body).toEqual({ ...REQUEST, background: true });
    expect(typesOf(events).filter((type) => type.startsWith('interaction'))).toEqual([
      'interaction.created',
      'interaction.completed',
    ]);
    const [first] = events;
    expect(first).toMatchObject({ interaction: { id: expect.stringMatching(/^v1_/), status: 'in_progress' } });
  });

  it('tells what client.stream tells', async () => {
    const { client } = open();
    const told = await lastValueFrom(runBackground(client, REQUEST).pipe(reduceInteraction()));
    const streamed = await lastValueFrom(client.stream(REQUEST).pipe(reduceInteraction()));
    expect(told.steps.map(({ type }) => type)).toEqual(streamed.steps.map(({ type }) => type));
    expect(outputText(told)).toBe(outputText(streamed));
    expect(told).toMatchObject({ status: 'completed', diagnostics: [], ids: [told.id], usage: streamed.usage });
  });

  it('tells when a run that was queued begins', async () => {
    const { client } = open({ queued: 5 });
    const [created, update] = await lastValueFrom(runBackground(client, REQUEST).pipe(toArray()));
    expect(created).toMatchObject({ event_type: 'interaction.created', interaction: { status: 'queued' } });
    expect(update).toMatchObject({ event_type: 'interaction.status_update', status: 'in_progress' });
  });

  it('sends nothing before it is subscribed to, and starts anew each time', async () => {
    const { client, emulator } = open();
    const events$ = runBackground(client, REQUEST).pipe(reduceText());
    expect(emulator.requests).toHaveLength(0);
    expect(await lastValueFrom(events$)).toBe(await lastValueFrom(events$));
    expect(paths(emulator).filter((path) => path === 'POST ')).toHaveLength(2);
  });

  it('refuses what cannot run in the background, and sends nothing', () => {
    const { events$, requests } = over([], {}, { ...REQUEST, store: false });
    expect(errorOf(events$)).toMatchObject({ name: 'RequestError', fields: ['store', 'background'] });
    expect(requests).toHaveLength(0);
  });

  it('runs agents', async () => {
    const { client } = open();
    const request = deepResearch({ input: 'Research the history of Google TPUs.', thinking_summaries: 'auto' });
    const report = await lastValueFrom(runBackground(client, request).pipe(reduceInteraction()));
    expect(report).toMatchObject({ status: 'completed', agent: request.agent });
    expect(outputText(report)).not.toBe('');
    expect(report.steps.map(({ type }) => type)).toEqual(expect.arrayContaining(['thought', 'model_output']));
  });
});

describe('the answer', () => {
  const output = { type: 'model_output', content: [{ type: 'text', text: 'Done.' }] };

  it.each(['completed', 'failed', 'requires_action', 'incomplete', 'brand_new'])(
    'may have settled (%s) already: then its events come from it',
    (status) => {
      const steps = [{ type: 'user_input', content: [{ type: 'text', text: 'Hi' }] }, output];
      const { events$, requests } = over([{ body: { id: 'v1_a', status, steps } }]);
      const [answer] = valuesOf(events$.pipe(reduceInteraction()));
      expect(answer).toMatchObject({ id: 'v1_a', status, steps: [output] });
      expect(requests).toHaveLength(1);
    },
  );

  it('may say that it runs, and what was put in: the stream tells what there is to tell', async () => {
    const { client } = open();
    const echo: Step = { type: 'user_input', content: [{ type: 'text', text: 'Count to 20.' }] };
    const echoing: InteractionsClient = {
      ...client,
      create: (request, config) => client.create(request, config).pipe(map((answer) => ({ ...answer, steps: [echo] }))),
    };
    const told = await lastValueFrom(runBackground(echoing, REQUEST).pipe(reduceInteraction()));
    expect(told).toMatchObject({ status: 'completed', diagnostics: [] });
    expect(told.steps.some(({ type }) => type === 'user_input')).toBe(false);
  });

  it('without an id is one that nobody can listen to', () => {
    const { events$, requests } = over([{ body: { status: 'in_progress' } }]);
    expect(errorOf(events$)).toMatchObject({ name: 'UnsettledError', partial: { status: 'in_progress' } });
    expect(requests).toHaveLength(1);
  });

  it('that is lost is not asked for again: the run may have been started', () => {
    const { events$, requests } = over([{ body: ['{"id":'], fault: new TypeError('terminated') }]);
    expect(errorOf(events$)).toMatchObject({ name: 'TransportError' });
    expect(requests.map(({ method }) => method)).toEqual(['POST']);
  });

  it('is followed by looks where the stream does not open', () => {
    const scheduler = new TestScheduler(() => undefined);
    const { transport, requests } = fakeTransport(({ method, headers }) => {
      if (method === 'POST') return { body: { id: 'v1_a', status: 'in_progress' } };
      if (headers['accept'] !== 'application/json') return { status: 503 };
      return { body: { id: 'v1_a', status: 'completed', steps: [output] } };
    });
    const texts: string[] = [];
    scheduler.run(() => {
      const client = createClient({ apiKey: 'k', transport, scheduler, retry: { count: 0 } });
      runBackground(client, REQUEST)
        .pipe(textDeltas())
        .subscribe((text) => texts.push(text));
    });
    expect(texts).toEqual(['Done.']);
    expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });
});

it('passes on what it is told: headers to all requests, more members to the first', () => {
  const { events$, requests } = over([{ body: { id: 'v1_a', status: 'in_progress' } }], {
    headers: { 'x-mine': '1' },
    extraBody: { brand_new: true },
  });
  expect(outcomeOf(events$).error).toMatchObject({ name: 'UnsettledError' }); // the stream is not there
  expect(requests.length).toBeGreaterThan(1);
  expect(requests.map(({ headers }) => headers['x-mine'])).toEqual(requests.map(() => '1'));
  expect(bodyOf(requests[0]!)).toEqual({ ...REQUEST, background: true, brand_new: true });
});

describe('limits.total', () => {
  it('is for everything together, and its error says what had come', () => {
    const scheduler = new TestScheduler(() => undefined);
    const { transport } = fakeTransport(({ method }) =>
      method === 'POST' ? { body: { id: 'v1_a', status: 'in_progress' } } : { status: 503 },
    );
    let end: { readonly at: number; readonly error: unknown } | undefined;
    scheduler.run(() => {
      const client = createClient({ apiKey: 'k', transport, scheduler, limits: { total: 1 } });
      runBackground(client, REQUEST, { limits: { total: 2500 }, scheduler }).subscribe({
        error: (error: unknown) => (end = { at: scheduler.now(), error }),
      });
    });
    expect(end).toMatchObject({
      at: 2500,
      error: {
        name: 'TimeLimitError',
        code: 'total',
        interactionId: 'v1_a',
        partial: { id: 'v1_a', status: 'in_progress' },
        cursor: { interactionId: 'v1_a' },
      },
    });
  });
});

describe('leaving it', () => {
  it('before there is an answer ends the request, and there is nothing to cancel', () => {
    const sent: string[] = [];
    let left = 0;
    const transport: Transport = ({ method }) => {
      sent.push(method);
      return NEVER.pipe(finalize(() => (left += 1)));
    };
    const client = createClient({ apiKey: 'k', transport });
    runBackground(client, REQUEST, { teardown: 'cancel' }).subscribe().unsubscribe();
    expect({ sent, left }).toEqual({ sent: ['POST'], left: 1 });
  });

  it('leaves the run running, which can be gone on with', async () => {
    const { client, emulator } = open();
    const created = await firstValueFrom(runBackground(client, REQUEST));
    await allEnded(emulator);
    expect(paths(emulator)).toEqual(['POST ']);
    const { id = '' } = created.event_type === 'interaction.created' ? created.interaction : {};
    const whole = await lastValueFrom(client.resume(id).pipe(reduceInteraction()));
    expect(whole.status).toBe('completed');
  });

  it.each([1, 3])("with teardown: 'cancel' stops it, even after %i event(s)", async (count) => {
    const { client, emulator } = open({ pace: 5 });
    const events = await lastValueFrom(
      runBackground(client, { ...REQUEST, input: 'Count to 200.' }, { teardown: 'cancel' }).pipe(
        take(count),
        toArray(),
      ),
    );
    await allEnded(emulator);
    expect(paths(emulator).filter((path) => path.endsWith('/cancel'))).toHaveLength(1);
    const [created] = events;
    const { id = '' } = created?.event_type === 'interaction.created' ? created.interaction : {};
    await expect(lastValueFrom(client.poll(id, { delay: 1 }))).resolves.toMatchObject({ status: 'cancelled' });
  });

  it("with teardown: 'cancel' asks for nothing when it has settled", async () => {
    const { client, emulator } = open();
    await lastValueFrom(runBackground(client, REQUEST, { teardown: 'cancel' }));
    expect(paths(emulator)).toEqual(['POST ', 'GET /ID stream']);
    const settled = over([{ body: { id: 'v1_a', status: 'completed', steps: [] } }], { teardown: 'cancel' });
    expect(valuesOf(settled.events$.pipe(take(1)))).toHaveLength(1);
    expect(settled.requests).toHaveLength(1);
  });
});

it.each([1, 2])(
  'what is left at its event %i is asked to stop once, even where the server has no room for it',
  (count) => {
    const asked: string[] = [];
    const stream = { headers: { 'content-type': 'text/event-stream' }, body: [frame(stepStart(0, 'model_output'))] };
    const transport: Transport = (sent) => {
      const place = `${sent.method} ${sent.url.replace(/^.*interactions/, '')}`;
      asked.push(place);
      const answer = place === 'POST ' ? { body: { id: 'v1_a', status: 'queued' } } : stream;
      return fakeTransport(place.endsWith('/cancel') ? { status: 503 } : answer).transport(sent);
    };
    const scheduler = new TestScheduler(() => undefined);
    scheduler.run(() => {
      const client = createClient({ apiKey: 'k', transport, scheduler });
      runBackground(client, REQUEST, { teardown: 'cancel' }).pipe(take(count)).subscribe();
    });
    const listened = count === 1 ? [] : ['GET /v1_a?stream=true'];
    expect(asked).toEqual(['POST ', ...listened, 'POST /v1_a/cancel']);
  },
);

describe('over real sockets', () => {
  let server: Listening | undefined;

  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  it.each(['end', 'reset'] as const)('comes whole, once, however often the connection drops (%s)', async (how) => {
    const emulator = createEmulator({ pace: 0 });
    server = await emulator.listen();
    emulator.script({
      reply: ({ text, thought, cut }) => [thought('Well.'), text(...PIECES.flatMap((piece) => [piece, cut(how)]))],
    });
    const client = createClient({ apiKey: 'k', baseUrl: server.url, resume: { delay: 1 } });
    const texts = await lastValueFrom(runBackground(client, REQUEST).pipe(textDeltas(), toArray()));
    expect(texts.join('')).toBe(PIECES.join(''));
    expect(emulator.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
    expect(emulator.requests.length).toBeGreaterThan(PIECES.length);
    await allEnded(emulator);
    expect(emulator.requests.some(({ open: isOpen }) => isOpen)).toBe(false);
  });

  it('lets the socket go when it is left', async () => {
    const emulator = createEmulator({ pace: 5 });
    server = await emulator.listen();
    const client = createClient({ apiKey: 'k', baseUrl: server.url });
    await lastValueFrom(runBackground(client, { ...REQUEST, input: 'Count to 200.' }).pipe(take(3)));
    await allEnded(emulator);
    expect(emulator.requests.map(({ aborted }) => aborted)).toEqual([false, true]);
  });
});

it('says what had come when it is gone in the middle', async () => {
  const emulator = createEmulator({ pace: 0 });
  emulator.script({ reply: ({ text, cut }) => [text('Half ', cut('reset'), 'whole')] });
  let streams = 0;
  const fetch: FetchLike = async (url, init) => {
    if (url.includes('stream=true')) streams += 1;
    // Somebody deletes it between the first stream and the second.
    if (streams === 2)
      await emulator.fetch(url.replace(/\?.*/, ''), { method: 'DELETE', headers: init?.headers ?? {} });
    return emulator.fetch(url, init);
  };
  const client = createClient({ apiKey: 'k', transport: fetchTransport({ fetch }), resume: { delay: 1 } });
  const error: unknown = await lastValueFrom(runBackground(client, REQUEST)).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ name: 'UnsettledError', interactionId: expect.stringMatching(/^v1_/) });
  expect(outputText((error as InteractionError).partial!)).toBe('Half ');
  expect(emulator.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
});
