import { reply } from 'rx-interactions/emulator';
import { type SchedulerAction, type Subscription, VirtualTimeScheduler } from 'rxjs';

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

/** Virtual time whose timers take a whole millisecond at least, as real ones do. */
class CoarseScheduler extends VirtualTimeScheduler {
  override schedule<T>(work: (this: SchedulerAction<T>, state?: T) => void, delay = 0, state?: T): Subscription {
    return super.schedule(work, Math.max(1, Math.ceil(delay)), state);
  }
}

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

it('settles within two seconds however long it is, with timers that take a whole millisecond at least', async () => {
  const scheduler = new CoarseScheduler();
  const { create, get, emulator } = await inProcess({ pace: 1000, scheduler });
  const words = Array.from({ length: 10_000 }, (_, at) => `${at} `);
  emulator.script({ reply: [reply.text(...words)] });
  const { id } = await create(COUNT);
  scheduler.flush();

  expect(scheduler.now()).toBeLessThan(2000);
  expect(textIn(eventsOf(await messagesOf(await get(id, '?stream=true'))))).toBe(words.join(''));
});

describe('a run that has to wait', () => {
  const WAITING = { queued: 60_000, pace: 1000 };

  it('is queued, then in progress, and settles within two seconds all the same', async () => {
    const scheduler = new VirtualTimeScheduler();
    const { create, get } = await inProcess({ ...WAITING, scheduler });
    const { id, ...accepted } = await create(COUNT);
    const status = async () => (await jsonOf(get(id)))['status'];

    expect(accepted).toEqual({ status: 'queued', object: 'interaction', model: MODEL });
    expect(await status()).toBe('queued');
    scheduler.flush();
    expect(scheduler.now()).toBeLessThan(2000);
    expect(await status()).toBe('completed');
    const events = eventsOf(await messagesOf(await get(id, '?stream=true')));
    expect(events.slice(0, 2)).toMatchObject([
      { event_type: 'interaction.created', interaction: { id, status: 'queued' } },
      { event_type: 'interaction.status_update', status: 'in_progress' },
    ]);
    expect(textIn(events)).toBe(COUNTED);
  });

  it('is cancelled while it waits, and cannot be gone on from', async () => {
    const { create, get, post, send } = await inProcess({ ...WAITING, pace: 0 });
    const { id } = await create(COUNT);

    expect((await post({ ...COUNT, previous_interaction_id: id })).status).toBe(400);
    expect(await (await send('POST', `/v1beta/interactions/${String(id)}/cancel`)).json()).toMatchObject({
      status: 'cancelled',
    });
    expect(await jsonOf(get(id))).toMatchObject({ status: 'cancelled' });
  });

  it('is in the background: others begin at once', async () => {
    const { stream } = await inProcess({ ...WAITING, pace: 0 });

    expect((await stream({ model: MODEL, input: 'Hi' }))[0]).toMatchObject({ interaction: { status: 'in_progress' } });
  });
});

it('goes on when it is deleted, for those who are connected', async () => {
  const { create, get, send } = await inProcess();
  const { id } = await create(COUNT);
  const stream = await get(id, '?stream=true');
  await send('DELETE', `/v1beta/interactions/${String(id)}`);

  expect((await get(id)).status).toBe(404);
  expect(textIn(eventsOf(await messagesOf(stream)))).toBe(COUNTED);
});

describe('ids of events', () => {
  it('are where they are told to be', async () => {
    const { stream } = await inProcess({ eventIds: ({ position }) => position % 3 === 0 });
    const events = await stream({ model: MODEL, input: 'Count to 9' });

    expect(events.map((event) => 'event_id' in event)).toEqual(events.map((_, at) => (at + 1) % 3 === 0));
  });

  it('are few enough to resume from, each', async () => {
    const { create, get } = await inProcess({ eventIds: ({ position }) => position % 7 === 0 });
    const { id } = await create(COUNT);
    const events = eventsOf(await messagesOf(await get(id, '?stream=true')));
    const ids = events.flatMap(({ event_id }) => (typeof event_id === 'string' ? [event_id] : []));

    expect(ids).toHaveLength(Math.floor(events.length / 7));
    for (const [at, eventId] of ids.entries()) {
      const rest = await messagesOf(await get(id, `?stream=true&last_event_id=${eventId}`));
      expect(eventsOf(rest)).toEqual(events.slice(7 * (at + 1)));
    }
  });

  it('are nowhere, not even in a replay of a background run', async () => {
    const { create, get } = await inProcess({ eventIds: () => false });
    const { id } = await create(COUNT);
    const events = eventsOf(await messagesOf(await get(id, '?stream=true')));

    expect(textIn(events)).toBe(COUNTED);
    expect(events.filter((event) => 'event_id' in event)).toEqual([]);
  });
});

it.each(['stream=1', 'stream=yes', 'include_input=no'])('does not understand ?%s', async (query) => {
  const { create, get } = await inProcess();
  const { id } = await create(COUNT);
  const response = await get(id, `?${query}`);

  expect([response.status, await response.json()]).toEqual([
    400,
    { error: { code: 'invalid_request', message: like.containing('true or false') } },
  ]);
});
