import { streamText } from 'ai';

import {
  checkedUsage,
  closeAll,
  deltasIn,
  eventsOf,
  finalOf,
  lastRequest,
  messagesOf,
  openClients,
  outlineOf,
  settled,
  SIGNED_THOUGHT,
  stepOutline,
  streamOutline,
  textIn,
} from './support.js';

afterEach(closeAll);

const MODEL = 'gemini-3.5-flash';
const PROMPT = 'Explain how AI works';
const OUTLINE = streamOutline(SIGNED_THOUGHT, stepOutline('model_output', 'text'));

const expectStream = (events: readonly object[]) => {
  expect(outlineOf(events)).toEqual(OUTLINE);
  const pieces = deltasIn(events).filter(({ type }) => type === 'text');
  expect(pieces.length).toBeGreaterThan(1);
  expect(textIn(pieces)).toMatch(/^AI works \S/);
  expect(finalOf(events)).toMatchObject(settled('completed', { model: MODEL }));
  checkedUsage(finalOf(events)['usage']);
};

describe('a first stream', () => {
  it('with the official SDK', async () => {
    const { official: ai, log, printed } = await openClients();
    const events: object[] = [];
    const stream = await ai.interactions.create({ model: MODEL, input: PROMPT, stream: true });
    for await (const event of stream) {
      events.push(event);
      log(event);
    }

    expectStream(events);
    expect(printed().match(/event_type: '[\w.]+'/g)).toHaveLength(events.length);
    expect(printed()).toContain("event_type: 'interaction.completed'");
  });

  it('with Vercel’s provider', async () => {
    const { vercel, log, printed } = await openClients();
    const result = streamText({ model: vercel.interactions(MODEL), prompt: PROMPT, includeRawChunks: true });
    const pieces: string[] = [];
    const events: object[] = [];
    for await (const part of result.fullStream) {
      log(part);
      if (part.type === 'raw') events.push(part.rawValue as object);
      if (part.type === 'text-delta') pieces.push(part.text);
    }

    expectStream(events);
    expect(pieces.join('')).toBe(textIn(deltasIn(events)));
    expect(printed()).toContain("event_type: 'interaction.completed'");
    expect(await result.finishReason).toBe('stop');
  });

  it('with fetch, as curl sends it, with the query it has there', async () => {
    const { curl, emulator } = await openClients();
    const response = await curl(
      `{
        "model": "gemini-3.5-flash",
        "input": "Explain how AI works",
        "stream": true
      }`,
      '/v1beta/interactions?alt=sse',
    );

    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expectStream(eventsOf(await messagesOf(response)));
    expect(lastRequest(emulator)).toMatchObject({ path: '/v1beta/interactions', query: { alt: 'sse' } });
  });
});
