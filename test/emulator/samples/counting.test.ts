import { streamText } from 'ai';

import {
  checkedUsage,
  closeAll,
  collect,
  eventsOf,
  finalOf,
  lastRequest,
  messagesOf,
  openClients,
  outlineOf,
  runsOf,
  settled,
  SIGNED_THOUGHT,
  stepOutline,
  streamOutline,
  textIn,
} from './support.js';

afterEach(closeAll);

const MODEL = 'gemini-3-flash-preview';
const PROMPT = 'Count to from 1 to 25.';
const NUMBERS = Array.from({ length: 25 }, (_, at) => at + 1).join(', ');
const OUTLINE = streamOutline(SIGNED_THOUGHT, stepOutline('model_output', 'text'));

const expectStream = (events: readonly object[]) => {
  expect(outlineOf(events)).toEqual(OUTLINE);
  expect(events.filter((event) => textIn([event]) !== '').length).toBeGreaterThan(1);
  const interaction = finalOf(events);
  expect(interaction).toMatchObject({ ...settled('completed', { model: MODEL }), service_tier: 'standard' });
  expect(interaction).not.toHaveProperty('steps');
  expect(checkedUsage(interaction['usage'])).toMatchObject({
    total_cached_tokens: 0,
    total_tool_use_tokens: 0,
    input_tokens_by_modality: [{ modality: 'text' }],
  });
};

describe('counting to 25, streamed', () => {
  it('with the official SDK', async () => {
    const { official: client, write, printed, emulator } = await openClients();
    const events: object[] = [];
    const stream = await client.interactions.create({ model: MODEL, input: PROMPT, stream: true });
    for await (const event of stream) {
      events.push(event);
      if (event.event_type === 'step.delta') {
        if (event.delta.type === 'text') {
          write(event.delta.text);
        }
      }
    }

    expect(printed()).toBe(NUMBERS);
    expectStream(events);
    expect(lastRequest(emulator)).toMatchObject({
      path: '/v1beta/interactions',
      query: {},
      body: { model: MODEL, input: PROMPT, stream: true },
    });
  });

  it('with Vercel’s provider', async () => {
    const { vercel, write, printed } = await openClients();
    const result = streamText({ model: vercel.interactions(MODEL), prompt: PROMPT });
    const parts = await collect(result.fullStream);
    for (const part of parts) if (part.type === 'text-delta') write(part.text);

    expect(printed()).toBe(NUMBERS);
    expect(runsOf(parts)).toEqual([
      'start',
      'start-step',
      'reasoning-start',
      'reasoning-end',
      'text-start',
      'text-delta',
      'text-end',
      'finish-step',
      'finish',
    ]);
    expect(await result.finishReason).toBe('stop');
    expect((await result.response).id).toMatch(/^v1_/);
    checkedUsage((await result.usage).raw);
    expect(await result.warnings).toEqual([]);
  });

  it('with fetch, as curl sends it', async () => {
    const { curl, emulator } = await openClients();
    const response = await curl(`{
      "model": "gemini-3-flash-preview",
      "input": "Count to from 1 to 25.",
      "stream": true
    }`);
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    const events = eventsOf(await messagesOf(response));

    expect(textIn(events)).toBe(NUMBERS);
    expectStream(events);
    expect(events[0]).toEqual({
      interaction: { id: expect.any(String), status: 'in_progress', object: 'interaction', model: MODEL },
      event_type: 'interaction.created',
    });
    expect(lastRequest(emulator).headers).toMatchObject({ 'api-revision': '2026-05-20' });
  });
});
