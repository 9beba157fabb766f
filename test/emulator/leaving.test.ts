import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

import { createEmulator, reply } from 'rx-interactions/emulator';
import {
  asyncScheduler,
  type SchedulerAction,
  type SchedulerLike,
  type Subscription,
  VirtualTimeScheduler,
} from 'rxjs';

import { type Api, closeAll, inProcess, KEY, listen, MODEL, overSockets, readerOf, WAYS } from './support/api.js';

afterEach(closeAll);

const COUNT = { model: MODEL, input: 'Count to 500', stream: true };

/** The last request, once it has ended. */
const lastOf = async ({ emulator }: Api) => {
  const line = emulator.requests.at(-1);
  await line?.ended;
  return line;
};

const idOf = (data: string | undefined): string =>
  (JSON.parse(data ?? '') as { readonly interaction: { readonly id: string } }).interaction.id;

/** A scheduler that knows how much is still to be done. */
const counting = () => {
  const waiting = new Set<Subscription>();
  function schedule<T>(work: (this: SchedulerAction<T>, state?: T) => void, delay?: number, state?: T): Subscription {
    const subscription = asyncScheduler.schedule(work, delay, state);
    waiting.add(subscription);
    subscription.add(() => waiting.delete(subscription));
    return subscription;
  }
  const scheduler: SchedulerLike = { now: () => asyncScheduler.now(), schedule };
  return { scheduler, waiting };
};

describe.each(WAYS)('a client that leaves, %s', (_way, open) => {
  it('is seen when it cancels the body', async () => {
    const api = await open();
    const stream = readerOf(await api.post(COUNT));
    await stream.next();
    expect(api.emulator.requests).toMatchObject([{ status: 200, open: true, aborted: false }]);
    await stream.cancel();

    expect(await lastOf(api)).toMatchObject({ open: false, aborted: true });
  });

  it('is seen when it aborts the request', async () => {
    const api = await open();
    const controller = new AbortController();
    const stream = readerOf(await api.post(COUNT, { signal: controller.signal }));
    await stream.next();
    controller.abort(new Error('no longer needed'));

    await expect(stream.next().then(() => stream.next())).rejects.toThrow('no longer needed');
    expect(await lastOf(api)).toMatchObject({ open: false, aborted: true });
  });

  it('is seen while it waits for JSON', async () => {
    const api = await open();
    const controller = new AbortController();
    const begun = new Promise<void>((resolve) => {
      api.emulator.script({
        reply: (reply) => {
          resolve();
          return [reply.stall()];
        },
      });
    });
    const answer = api.post({ model: MODEL, input: 'Hi' }, { signal: controller.signal });
    await begun;
    controller.abort(new Error('no longer needed'));

    await expect(answer).rejects.toThrow('no longer needed');
    expect(await lastOf(api)).toMatchObject({ status: undefined, open: false, aborted: true });
  });

  it('takes a run in the foreground with it', async () => {
    const api = await open();
    const stream = readerOf(await api.post(COUNT));
    const id = idOf((await stream.next())?.data);
    expect((await api.get(id)).status).toBe(200);
    const line = api.emulator.requests[0];
    await stream.cancel();
    await line?.ended;

    expect((await api.get(id)).status).toBe(404);
  });

  it('leaves a run behind where it is told to', async () => {
    const api = await open({ onLeave: 'continue' });
    const stream = readerOf(await api.post({ ...COUNT, input: 'Count to 30' }));
    const id = idOf((await stream.next())?.data);
    await stream.cancel();

    expect(await (await api.get(id, '?stream=true')).text()).toContain('[DONE]');
  });

  it('is no leaving at all if everything has been sent', async () => {
    const api = await open();
    const stream = readerOf(await api.post({ ...COUNT, input: 'Count to 3' }));
    for (let data = ''; !data.includes('interaction.completed');) data = (await stream.next())?.data ?? '';
    await stream.cancel();

    expect(await lastOf(api)).toMatchObject({ open: false, aborted: false });
  });
});

it('stops at once: no timer is left when `cancel` has been called', async () => {
  const { scheduler, waiting } = counting();
  const { post, emulator } = await inProcess({ scheduler });
  emulator.script({ reply: (reply) => [reply.text('So'), reply.pause(60_000)] });
  const stream = readerOf(await post(COUNT));
  for (let data = ''; !data.includes('step.stop');) data = (await stream.next())?.data ?? '';
  expect(waiting.size).toBe(1);
  const cancelled = stream.cancel();

  expect(waiting.size).toBe(0);
  expect(emulator.requests).toMatchObject([{ aborted: true }]);
  await cancelled;
});

it('does not begin what is aborted before', async () => {
  const { post, emulator } = await inProcess();
  let calls = 0;
  emulator.script({
    reply: () => {
      calls += 1;
      return [];
    },
  });

  await expect(post(COUNT, { signal: AbortSignal.abort(new Error('never mind')) })).rejects.toThrow('never mind');
  expect(calls).toBe(0);
  expect(emulator.requests).toMatchObject([{ aborted: true, status: undefined }]);
});

/** Sends a request over a socket of its own. */
const sendTo = (url: string, body: unknown): Socket => {
  const text = JSON.stringify(body);
  const head = ['POST /v1beta/interactions HTTP/1.1', 'host: x', 'x-goog-api-key: k', `content-length: ${text.length}`];
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write(`${head.join('\r\n')}\r\n\r\n${text}`);
  return socket;
};

it('sees a socket that is gone', async () => {
  const emulator = createEmulator();
  const { url } = await listen(emulator);
  const socket = sendTo(url, COUNT);
  await once(socket, 'data');
  socket.destroy();
  await emulator.requests[0]?.ended;

  expect(emulator.requests).toMatchObject([{ status: 200, aborted: true, open: false }]);
});

it('breaks a connection behind what was sent before', async () => {
  const emulator = createEmulator();
  emulator.script({ reply: [reply.text('So', reply.cut('reset'), ' what')] });
  const { url } = await listen(emulator);
  const socket = sendTo(url, COUNT);
  let received = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    received += text;
  });
  socket.on('error', () => undefined); // a reset is what this is about
  await once(socket, 'close');

  expect(received).toContain('"text":"So"');
  expect(received).not.toContain('what');
  expect(received).not.toMatch(/\r\n0\r\n\r\n$/);
});

it('sees a socket that is gone before its request was complete', async () => {
  const emulator = createEmulator();
  const { url, close } = await listen(emulator);
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write('POST /v1beta/interactions HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{');
  await once(socket, 'ready');
  socket.destroy();
  await close();

  expect(emulator.requests).toEqual([]);
});

describe('close', () => {
  it('ends every connection and everything in progress', async () => {
    const { scheduler, waiting } = counting();
    const emulator = createEmulator({ pace: 5, scheduler });
    const { url, close } = await listen(emulator);
    const post = (body: object) =>
      fetch(`${url}/v1beta/interactions`, { method: 'POST', headers: KEY, body: JSON.stringify(body) });
    emulator.script({ when: /forever/, times: 3, reply: (reply) => [reply.text('So'), reply.pause(60_000)] });
    const stream = readerOf(await post({ ...COUNT, input: 'forever' }));
    await stream.next();
    const answer = post({ model: MODEL, input: 'forever' }).then(
      () => 'answered',
      () => 'broken',
    );
    await post({ model: MODEL, input: 'forever', background: true });
    while (emulator.requests.length < 3) await stream.next();

    await close();
    await close();

    expect(await answer).toBe('broken');
    await expect(
      (async () => {
        while (await stream.next());
      })(),
    ).rejects.toThrow();
    await expect(post({})).rejects.toThrow();
    expect(emulator.requests.every(({ open }) => !open)).toBe(true);
    expect(waiting.size).toBe(0);
  });

  it('leaves the emulator as it is', async () => {
    const api = await overSockets();
    const { id } = await api.create({ model: MODEL, input: 'Hi' });
    await closeAll();
    const { url } = await listen(api.emulator);

    expect((await fetch(`${url}/v1beta/interactions/${String(id)}`, { headers: KEY })).status).toBe(200);
  });

  it('is for one of several listeners', async () => {
    const emulator = createEmulator();
    const [one, other] = [await listen(emulator), await listen(emulator)];
    await one.close();

    expect((await fetch(`${other.url}/v1beta/interactions/x`, { headers: KEY })).status).toBe(404);
    expect(other.url).not.toBe(one.url);
  });
});

it('listens on the port it is given', async () => {
  const first = await createEmulator().listen();
  const port = Number(new URL(first.url).port);
  await first.close();
  const second = await createEmulator().listen(port);

  expect(second.url).toBe(first.url);
  await expect(createEmulator().listen(port)).rejects.toThrow('EADDRINUSE');
  await second.close();
});

it('runs on the clock it is given', async () => {
  const scheduler = new VirtualTimeScheduler();
  const { post } = await inProcess({ pace: 60_000, scheduler });
  const stream = readerOf(await post({ model: MODEL, input: 'Count to 500', stream: true }));
  scheduler.flush();
  let last;
  for (let message = await stream.next(); message; message = await stream.next()) last = message;

  expect(last).toEqual({ event: 'done', data: '[DONE]' });
  expect(scheduler.now()).toBeGreaterThan(60_000 * 100);
});
