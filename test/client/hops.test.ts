import {
  createClient,
  fetchTransport,
  type Interaction,
  type InteractionEvent,
  type InteractionRequest,
  type InteractionsClient,
  outputText,
  reduceInteraction,
  scanInteraction,
  textDeltas,
} from 'rx-interactions';
import { createEmulator, type Emulator, type ScriptEntry } from 'rx-interactions/emulator';
import { firstValueFrom, lastValueFrom, type Observable, toArray } from 'rxjs';

const REQUEST = { model: 'gemini-3-flash-preview', input: 'Count to 60.' } as const;
const COUNTED = Array.from({ length: 60 }, (_, at) => at + 1).join(', ');

const open = (
  ...script: readonly ScriptEntry[]
): { readonly client: InteractionsClient; readonly emulator: Emulator } => {
  const emulator = createEmulator({ pace: 0, tokensPerHop: 20 });
  emulator.script(...script);
  const client = createClient({
    apiKey: 'k',
    transport: fetchTransport({ fetch: emulator.fetch }),
    retry: { count: 0 },
  });
  return { client, emulator };
};

const bodies = ({ requests }: Emulator) => requests.map(({ body }) => body as Readonly<Record<string, unknown>>);
const whole = (events$: Observable<InteractionEvent>): Promise<Interaction> =>
  lastValueFrom(events$.pipe(reduceInteraction()));

/** The same answer in one stream, and in one JSON answer. */
const WAYS: readonly (readonly [
  string,
  (client: InteractionsClient, request: InteractionRequest) => Promise<Interaction>,
])[] = [
  ['stream', (client, request) => whole(client.stream(request))],
  ['create', (client, request) => lastValueFrom(client.create(request))],
];

describe.each(WAYS)('an answer of several hops, by %s', (_name, ask) => {
  it('comes as one (T18)', async () => {
    const { client, emulator } = open();
    const interaction = await ask(client, REQUEST);
    expect(emulator.requests.length).toBeGreaterThan(2);
    expect(interaction.status).toBe('completed');
    expect(outputText(interaction)).toBe(COUNTED);
    expect(interaction.ids).toHaveLength(emulator.requests.length);
    expect(interaction.id).toBe(interaction.ids.at(-1));
    expect(interaction).not.toHaveProperty('continuation_token');
  });

  it('is continued by the id and token of the hop before, without the input', async () => {
    const { client, emulator } = open();
    const { ids } = await ask(client, { ...REQUEST, system_instruction: 'Be brief.' });
    const [first, second] = bodies(emulator);
    const { input: _input, ...rest } = first ?? {};
    expect(second).toEqual({
      ...rest,
      previous_interaction_id: ids[0],
      continuation_token: second?.['continuation_token'],
    });
    expect(second?.['continuation_token']).toEqual(expect.any(String));
  });

  it('is continued with the whole input where nothing is stored', async () => {
    const { client, emulator } = open();
    const interaction = await ask(client, { ...REQUEST, store: false });
    expect(outputText(interaction)).toBe(COUNTED);
    expect(interaction.ids).toEqual([]);
    const [first, second] = bodies(emulator);
    expect(second).toEqual({ ...first, continuation_token: second?.['continuation_token'] });
  });

  it('adds up the tokens of all hops', async () => {
    const { client } = open();
    const { usage, ids } = await ask(client, REQUEST);
    const hops = await Promise.all(ids.map((id) => lastValueFrom(client.get(id))));
    const sum = (key: 'total_tokens' | 'total_input_tokens' | 'total_output_tokens') =>
      hops.reduce((total, hop) => total + (hop.usage?.[key] ?? 0), 0);
    expect(usage).toMatchObject({
      total_tokens: sum('total_tokens'),
      total_input_tokens: sum('total_input_tokens'),
      total_output_tokens: sum('total_output_tokens'),
    });
    expect(usage?.total_output_tokens).toBeGreaterThan(hops[0]?.usage?.total_output_tokens ?? Infinity);
  });

  it('is an error of its own if a later hop is refused, with what came before', async () => {
    const { client, emulator } = open();
    emulator.script({
      when: ({ continuation_token }) => continuation_token !== undefined,
      reply: ({ httpError }) => [httpError(503, { error: { code: 'service_unavailable', message: 'no room' } })],
    });
    const error = await ask(client, REQUEST).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      name: 'ContinuationError',
      code: 'continuation_failed',
      cause: { name: 'HttpError', status: 503 },
      continuationToken: bodies(emulator)[1]?.['continuation_token'],
      owner: bodies(emulator)[1]?.['previous_interaction_id'],
      ids: [bodies(emulator)[1]?.['previous_interaction_id']],
      partial: { status: 'requires_continuation' },
    });
    expect(JSON.stringify(error)).not.toContain(String(bodies(emulator)[1]?.['continuation_token']));
    const { partial } = error as { readonly partial: Interaction };
    expect(COUNTED.startsWith(outputText(partial) ?? '?')).toBe(true);
  });

  it('is the error it is if the first hop is refused', async () => {
    const { client } = open({ reply: ({ httpError }) => [httpError(503)] });
    await expect(ask(client, REQUEST)).rejects.toMatchObject({ name: 'HttpError', status: 503 });
  });

  it('is not continued if the token is the one it began with: there is no progress', async () => {
    const stuck: ScriptEntry = {
      times: 5,
      reply: ({ text, status }) => [text('again '), status('requires_continuation', { continuation_token: 'same' })],
    };
    const { client, emulator } = open(stuck);
    await expect(ask(client, REQUEST)).resolves.toMatchObject({
      status: 'requires_continuation',
      continuation_token: 'same',
    });
    expect(emulator.requests).toHaveLength(2);
  });
});

it("continuation: 'manual' ends with the first hop, and leaves the rest to you", async () => {
  const { client, emulator } = open();
  const first = await whole(client.stream(REQUEST, { continuation: 'manual' }));
  expect(first).toMatchObject({ status: 'requires_continuation' });
  const created = await lastValueFrom(client.create(REQUEST, { continuation: 'manual' }));
  expect(created).toMatchObject({ status: 'requires_continuation' });
  expect(emulator.requests).toHaveLength(2);
  const next = await whole(
    client.stream({
      model: REQUEST.model,
      previous_interaction_id: first.id,
      continuation_token: first.continuation_token,
    }),
  );
  expect(`${outputText(first) ?? ''}${outputText(next) ?? ''}`).toBe(COUNTED);
});

it('a run in the background is left to the server', async () => {
  const { client, emulator } = open({
    reply: ({ text, status }) => [text('a'), status('requires_continuation', { continuation_token: 'x' })],
  });
  await expect(whole(client.stream({ ...REQUEST, background: true }))).resolves.toMatchObject({
    status: 'requires_continuation',
  });
  expect(emulator.requests).toHaveLength(1);
});

it('every event of every hop passes, and snapshots are one timeline', async () => {
  const { client } = open();
  const events = await firstValueFrom(client.stream(REQUEST).pipe(toArray()));
  const starts = events.filter(({ event_type }) => event_type === 'interaction.created');
  expect(events.filter(({ event_type }) => event_type === 'interaction.completed')).toHaveLength(starts.length);
  expect(starts.length).toBeGreaterThan(2);
  const snapshots = await firstValueFrom(client.stream(REQUEST).pipe(scanInteraction(), toArray()));
  const lengths = snapshots.map(({ steps }) => steps.length);
  expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
  const pieces = await firstValueFrom(client.stream(REQUEST).pipe(textDeltas(), toArray()));
  expect(pieces.join('')).toBe(COUNTED);
});

it('leaving in a later hop leaves nothing open', async () => {
  const { client, emulator } = open();
  const { requests } = emulator;
  const left = await new Promise<number>((resolve) => {
    let created = 0;
    const subscription = client.stream(REQUEST).subscribe(({ event_type }) => {
      if (event_type === 'interaction.created') created += 1;
      if (created === 2) {
        queueMicrotask(() => {
          subscription.unsubscribe();
          resolve(requests.length);
        });
        created += 1;
      }
    });
  });
  await Promise.all(requests.map(({ ended }) => ended));
  expect(requests).toHaveLength(left);
  expect(requests.every(({ open: isOpen }) => !isOpen)).toBe(true);
});
