import { createClient, fetchTransport, type InteractionsClient, ofEventType, type Transport } from 'rx-interactions';
import { createEmulator, type Emulator, type EmulatorConfig } from 'rx-interactions/emulator';
import { created } from 'rx-interactions/testing';
import { firstValueFrom, lastValueFrom, map, mergeMap, take, throwError } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';

import { eventStream, fakeTransport } from './support/fake-transport.js';

const REQUEST = { model: 'gemini-3-flash-preview', input: 'Count to 200.', background: true };

const open = (config?: EmulatorConfig): { readonly client: InteractionsClient; readonly emulator: Emulator } => {
  const emulator = createEmulator({ pace: 5, ...config });
  const client = createClient({
    apiKey: 'k',
    transport: fetchTransport({ fetch: emulator.fetch }),
    retry: { count: 0 },
  });
  return { client, emulator };
};

const paths = ({ requests }: Emulator): readonly string[] =>
  requests.map(
    ({ method, path }) => `${method} ${path.replace(/v1_[\w-]+/, 'ID').replace('/v1beta/interactions', '')}`,
  );

/** Waits for every request that has been made so far to be over. */
const allEnded = async ({ requests }: Emulator): Promise<void> => {
  await Promise.all(requests.map(({ ended }) => ended));
};

describe("teardown: 'cancel'", () => {
  it('stops a background run that is left in mid-stream', async () => {
    const { client, emulator } = open();
    const event = await firstValueFrom(
      client.stream(REQUEST, { teardown: 'cancel' }).pipe(ofEventType('interaction.created')),
    );
    expect(paths(emulator)).toEqual(['POST ', 'POST /ID/cancel']);
    expect(emulator.requests[0]?.aborted).toBe(true);
    await allEnded(emulator);
    await expect(lastValueFrom(client.poll(event.interaction.id ?? ''))).resolves.toMatchObject({
      status: 'cancelled',
    });
  });

  it('stops one that is left while it is resumed or polled', async () => {
    const { client, emulator } = open({ pace: 20 });
    for (const call of ['resume', 'poll'] as const) {
      const { id = '' } = await firstValueFrom(client.create(REQUEST));
      await firstValueFrom<unknown>(client[call](id, { teardown: 'cancel' }));
      await allEnded(emulator);
      await expect(firstValueFrom(client.get(id))).resolves.toMatchObject({ status: 'cancelled' });
    }
    expect(paths(emulator).filter((path) => path.endsWith('/cancel'))).toHaveLength(2);
  });

  it('is asked for once, and not when the run has settled', async () => {
    const { client, emulator } = open({ pace: 0 });
    await lastValueFrom(client.stream(REQUEST, { teardown: 'cancel' }));
    expect(paths(emulator)).toEqual(['POST ']);
  });

  it('is asked for when what comes behind fails, and does not mask why', async () => {
    const { client, emulator } = open();
    const failing$ = client.stream(REQUEST, { teardown: 'cancel' }).pipe(
      take(2),
      mergeMap(() => throwError(() => new Error('mine'))),
    );
    await expect(lastValueFrom(failing$)).rejects.toThrow('mine');
    expect(paths(emulator)).toEqual(['POST ', 'POST /ID/cancel']);
  });

  it('says nothing of a cancel that is refused', async () => {
    const { client, emulator } = open();
    const created$ = client.stream(REQUEST, { teardown: 'cancel' }).pipe(ofEventType('interaction.created'));
    await firstValueFrom(
      created$.pipe(
        mergeMap(({ interaction: { id = '' } }) => client.delete(id).pipe(map(() => id))), // so that it is gone
      ),
    );
    await allEnded(emulator);
    expect(emulator.requests.map(({ status }) => status)).toEqual([200, 200, 404]);
  });

  it('is asked for once, even where the server has no room for it', () => {
    const asked: string[] = [];
    const transport: Transport = (sent) => {
      asked.push(sent.url.replace(/^.*interactions/, ''));
      return fakeTransport(
        sent.url.endsWith('/cancel') ? { status: 503 } : eventStream(created({ id: 'v1_a' })),
      ).transport(sent);
    };
    const scheduler = new TestScheduler(() => undefined);
    scheduler.run(() => {
      const client = createClient({ apiKey: 'k', transport, scheduler, retry: { count: 3 } });
      client.stream(REQUEST, { teardown: 'cancel' }).pipe(take(1)).subscribe();
    });
    expect(asked).toEqual(['', '/v1_a/cancel']);
  });

  it('does not ask to stop a foreground run: there is nothing but its request', async () => {
    const { client, emulator } = open();
    await firstValueFrom(client.stream({ ...REQUEST, background: false }, { teardown: 'cancel' }));
    await allEnded(emulator);
    expect(paths(emulator)).toEqual(['POST ']);
    expect(emulator.requests[0]?.aborted).toBe(true);
  });
});

describe("teardown: 'abort', the default", () => {
  it('leaves a background run running', async () => {
    const { client, emulator } = open({ pace: 0 });
    const { interaction } = await firstValueFrom(client.stream(REQUEST).pipe(ofEventType('interaction.created')));
    expect(paths(emulator)).toEqual(['POST ']);
    await expect(lastValueFrom(client.poll(interaction.id ?? '', { delay: 1 }))).resolves.toMatchObject({
      status: 'completed',
    });
  });
});
