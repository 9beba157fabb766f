import { VirtualTimeScheduler } from 'rxjs';

import {
  closeAll,
  eventsOf,
  inProcess,
  type Json,
  messagesOf,
  MODEL,
  readerOf,
  textIn,
  WAYS,
  like,
} from './support/api.js';

afterEach(closeAll);

const COUNT = { model: MODEL, input: 'Count to from 1 to 25.', background: true };
const COUNTED = Array.from({ length: 25 }, (_, at) => at + 1).join(', ');

const jsonOf = async (response: Promise<Response>) => (await (await response).json()) as Json;

describe.each(WAYS)('a background run, %s', (_way, open) => {
  it('is answered at once, without steps', async () => {
    const { create, emulator } = await open();
    emulator.script({ reply: (reply) => [reply.stall()] });
    const answer = await create(COUNT);

    expect(answer).toEqual({
      id: like.matching(/^v1_/),
      status: 'in_progress',
      object: 'interaction',
      model: MODEL,
    });
  });

  it('settles by itself, seen by whoever streams it', async () => {
    const { create, get } = await open();
    const { id } = await create(COUNT);
    const events = eventsOf(await messagesOf(await get(id, '?stream=true')));

    expect(textIn(events)).toBe(COUNTED);
    expect(events.every(({ event_id }) => typeof event_id === 'string')).toBe(true);
    expect(await jsonOf(get(id))).toMatchObject({
      id,
      status: 'completed',
      usage: { total_tokens: like.number },
    });
  });

  it('shows how far it is', async () => {
    const { create, get, emulator } = await open();
    emulator.script({ reply: (reply) => [reply.thought(), reply.text('Half of it', reply.stall(), ' and the rest')] });
    const { id } = await create(COUNT);
    const stream = readerOf(await get(id, '?stream=true'));
    for (let data = ''; !data.includes('Half of it');) data = (await stream.next())?.data ?? '';

    const { usage, ...seen } = await jsonOf(get(id));
    expect(seen).toMatchObject({
      id,
      status: 'in_progress',
      steps: [
        { type: 'user_input' },
        { type: 'thought' },
        { type: 'model_output', content: [{ type: 'text', text: 'Half of it' }] },
      ],
    });
    expect(usage).toBeUndefined();
    await stream.cancel();
  });

  it('is resumed in the middle, by whoever knows where', async () => {
    const { create, get } = await open();
    const { id } = await create(COUNT);
    const first = readerOf(await get(id, '?stream=true'));
    const seen: Json[] = [];
    for (let at = 0; at < 7; at += 1) seen.push(JSON.parse((await first.next())?.data ?? '') as Json);
    await first.cancel();
    const rest = eventsOf(
      await messagesOf(await get(id, `?stream=true&last_event_id=${String(seen.at(-1)?.['event_id'])}`)),
    );

    expect(rest.map(({ event_type }) => event_type)).not.toContain('interaction.created');
    expect(textIn([...seen, ...rest])).toBe(COUNTED);
    expect(eventsOf(await messagesOf(await get(id, '?stream=true')))).toEqual([...seen, ...rest]);
  });

  it('may be streamed by the very request that starts it, and goes on without it', async () => {
    const { post, get } = await open();
    const stream = readerOf(await post({ ...COUNT, stream: true }));
    const { interaction, event_id } = JSON.parse((await stream.next())?.data ?? '') as Json;
    const { id } = interaction as Json;
    await stream.cancel();

    expect(event_id).toEqual(like.string);
    const events = eventsOf(await messagesOf(await get(id, '?stream=true')));
    expect(textIn(events)).toBe(COUNTED);
  });

  it('is cancelled, for everybody', async () => {
    const { create, get, send, emulator } = await open();
    emulator.script({ reply: (reply) => [reply.text('So far', reply.stall())] });
    const { id } = await create(COUNT);
    const watching = messagesOf(await get(id, '?stream=true'));
    const cancelled = await send('POST', `/v1beta/interactions/${String(id)}/cancel`);

    expect(cancelled.status).toBe(200);
    expect(await cancelled.json()).toMatchObject({
      id,
      status: 'cancelled',
      usage: { total_tokens: like.number },
    });
    expect(eventsOf(await watching).at(-1)).toMatchObject({
      event_type: 'interaction.completed',
      interaction: { status: 'cancelled' },
    });
    expect(await jsonOf(get(id))).toMatchObject({ status: 'cancelled' });

    const again = await send('POST', `/v1beta/interactions/${String(id)}/cancel`, {});
    expect(again.status).toBe(400);
    expect(await again.json()).toMatchObject({
      error: { code: 'failed_precondition', message: like.containing('cancelled') },
    });
  });
});

it('cancels nothing else', async () => {
  const { create, send } = await inProcess();
  const { id } = await create({ model: MODEL, input: 'Hi' });
  const response = await send('POST', `/v1beta/interactions/${String(id)}/cancel`, {});

  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { code: 'invalid_request' } });
});

it('settles within two seconds at any pace', async () => {
  const scheduler = new VirtualTimeScheduler();
  const { create, get } = await inProcess({ pace: 1000, scheduler });
  const { id } = await create({ ...COUNT, input: 'Count to 500' });
  scheduler.flush();

  expect(scheduler.now()).toBeLessThan(2000);
  expect(await jsonOf(get(id))).toMatchObject({ status: 'completed' });
});

it('goes on when it is deleted, for those who are connected', async () => {
  const { create, get, send } = await inProcess();
  const { id } = await create(COUNT);
  const stream = await get(id, '?stream=true');
  await send('DELETE', `/v1beta/interactions/${String(id)}`);

  expect((await get(id)).status).toBe(404);
  expect(textIn(eventsOf(await messagesOf(stream)))).toBe(COUNTED);
});

it('puts ids where it is told to', async () => {
  const { stream } = await inProcess({ eventIds: ({ position }) => position % 3 === 0 });
  const events = await stream({ model: MODEL, input: 'Count to 9' });

  expect(events.map((event) => 'event_id' in event)).toEqual(events.map((_, at) => (at + 1) % 3 === 0));
});
