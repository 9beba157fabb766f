import { streamText } from 'ai';

import { closeAll, ID, jsonOf, like, openClients, pollStatus, rejectionOf } from './support.js';

afterEach(closeAll);

const MODEL = 'gemini-3.5-flash';
const PROMPT = 'Explain how AI works';

/** Clients of an emulator whose model says two words, and then nothing for ever. */
const openStalled = async () => {
  const clients = await openClients();
  clients.emulator.script({ reply: (reply) => [reply.text('AI ', 'works ', reply.stall())] });
  return clients;
};

describe('a client that leaves in the middle of a stream', () => {
  it('with the official SDK, by leaving the loop', async () => {
    const { official: ai, emulator } = await openStalled();
    const stream = await ai.interactions.create({ model: MODEL, input: PROMPT, stream: true });
    for await (const event of stream) {
      if (event.event_type === 'step.delta') break;
    }

    await emulator.requests[0]!.ended;
    expect(emulator.requests).toMatchObject([{ status: 200, open: false, aborted: true }]);
  });

  it('with the official SDK, by a signal', async () => {
    const { official: ai, emulator } = await openStalled();
    const controller = new AbortController();
    const stream = await ai.interactions.create(
      { model: MODEL, input: PROMPT, stream: true },
      { fetchOptions: { signal: controller.signal } },
    );
    const reading = async () => {
      for await (const event of stream) if (event.event_type === 'step.delta') controller.abort();
    };

    expect(await rejectionOf(reading())).toMatchObject({ name: expect.stringMatching(/Error$/) });
    await emulator.requests[0]!.ended;
    expect(emulator.requests).toMatchObject([{ status: 200, open: false, aborted: true }]);
  });

  it('with Vercel’s provider, by a signal', async () => {
    const { vercel, emulator } = await openStalled();
    const controller = new AbortController();
    const { fullStream } = streamText({
      model: vercel.interactions(MODEL),
      prompt: PROMPT,
      abortSignal: controller.signal,
    });
    const types: string[] = [];
    for await (const { type } of fullStream) {
      types.push(type);
      if (type === 'text-delta') controller.abort();
    }

    expect(types.at(-1)).toBe('abort');
    await emulator.requests[0]!.ended;
    expect(emulator.requests).toMatchObject([{ status: 200, open: false, aborted: true }]);
  });

  it('with fetch, by a signal', async () => {
    const { url, emulator } = await openStalled();
    const controller = new AbortController();
    const response = await fetch(`${url}/v1beta/interactions`, {
      method: 'POST',
      headers: { 'x-goog-api-key': 'any', 'Content-Type': 'application/json' },
      body: JSON.stringify({ model: MODEL, input: PROMPT, stream: true }),
      signal: controller.signal,
    });
    const reader = response.body!.getReader();
    await reader.read();
    controller.abort();

    expect(await rejectionOf(reader.closed)).toMatchObject({ name: 'AbortError' });
    await emulator.requests[0]!.ended;
    expect(emulator.requests).toMatchObject([{ status: 200, open: false, aborted: true }]);
  });
});

describe('a client that leaves a run in the background', () => {
  it('with the official SDK: the run goes on', async () => {
    const { official: ai, emulator } = await openClients();
    const stream = await ai.interactions.create({ model: MODEL, input: PROMPT, background: true, stream: true });
    let id = '';
    for await (const event of stream) {
      if (event.event_type === 'interaction.created') {
        id = event.interaction.id;
        break;
      }
    }

    await emulator.requests[0]!.ended;
    expect(id).toEqual(ID);
    const seen = await pollStatus(() => ai.interactions.get(id));
    expect(seen.at(-1)).toMatchObject({ id, status: 'completed', output_text: like.containing('AI works') });
  });

  it('with Vercel’s provider: it cancels the run', async () => {
    const { vercel, emulator, curlGet } = await openStalled();
    const controller = new AbortController();
    const result = streamText({
      model: vercel.interactions(MODEL),
      prompt: PROMPT,
      abortSignal: controller.signal,
      providerOptions: { google: { background: true } },
    });
    for await (const { type } of result.fullStream) if (type === 'text-delta') controller.abort();

    const path = emulator.requests[1]!.path;
    const seen = await pollStatus(() => jsonOf(curlGet(path.split('/').at(-1))));
    expect(seen.at(-1)).toMatchObject({ status: 'cancelled' });
    expect(emulator.requests).toContainEqual(like.having({ method: 'POST', path: `${path}/cancel`, status: 200 }));
    await emulator.requests[1]!.ended;
    expect(emulator.requests[1]).toMatchObject({ method: 'GET', open: false });
  });
});
