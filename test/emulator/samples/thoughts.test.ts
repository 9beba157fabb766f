import { streamText } from 'ai';

import {
  checkedUsage,
  closeAll,
  collect,
  deltasIn,
  eventsOf,
  finalOf,
  lastRequest,
  messagesOf,
  openClients,
  outlineOf,
  runsOf,
  settled,
  stepOutline,
  streamOutline,
  textIn,
} from './support.js';

afterEach(closeAll);

const MODEL = 'gemini-3-flash-preview';
const PROMPT = 'What is the greatest common divisor of 1071 and 462?';
const OUTLINE = streamOutline(
  stepOutline('thought', 'thought_summary', 'thought_signature'),
  stepOutline('model_output', 'text'),
);

/** The summary is the title of the document, then paragraphs, and ends with empty lines. */
const expectSummary = (summary: string) => {
  expect(summary).toMatch(/^\*\*Implementing Euclidean Algorithm\*\*\n\n[^]+[^\n]\n\n\n$/);
  expect(summary).toContain('1071 and 462');
};

const expectStream = (events: readonly object[]) => {
  expect(outlineOf(events)).toEqual(OUTLINE);
  expect(finalOf(events)).toMatchObject(settled('completed', { model: MODEL }));
  expect(checkedUsage(finalOf(events)['usage'])['total_thought_tokens']).toBeGreaterThan(0);
};

describe('a greatest common divisor, with the summaries of thoughts, streamed', () => {
  it('with the official SDK', async () => {
    const { official: client, log, write, printed, emulator } = await openClients();
    const events: object[] = [];
    const stream = await client.interactions.create({
      model: MODEL,
      input: PROMPT,
      generation_config: { thinking_summaries: 'auto' },
      stream: true,
    });
    for await (const event of stream) {
      events.push(event);
      if (event.event_type === 'step.start') {
        log(`\n--- Step: ${event.step.type} ---`);
      } else if (event.event_type === 'step.delta') {
        if (event.delta.type === 'thought_summary') {
          if (event.delta.content?.type === 'text') {
            write(event.delta.content.text);
          }
        } else if (event.delta.type === 'text') {
          write(event.delta.text);
        }
      }
    }

    expectStream(events);
    const [before, summary, text] = printed().split(/\n--- Step: \w+ ---\n/);
    expect(before).toBe('');
    expectSummary(summary!);
    expect(text).toMatch(/\b21\b/);
    expect(lastRequest(emulator).body).toEqual({
      model: MODEL,
      input: PROMPT,
      generation_config: { thinking_summaries: 'auto' },
      stream: true,
    });
  });

  it('with Vercel’s provider', async () => {
    const { vercel, emulator } = await openClients();
    const result = streamText({
      model: vercel.interactions(MODEL),
      prompt: PROMPT,
      providerOptions: { google: { thinkingSummaries: 'auto' } },
    });
    const parts = await collect(result.fullStream);

    expect(runsOf(parts)).toEqual([
      'start',
      'start-step',
      'reasoning-start',
      'reasoning-delta',
      'reasoning-end',
      'text-start',
      'text-delta',
      'text-end',
      'finish-step',
      'finish',
    ]);
    expectSummary((await result.reasoningText)!);
    expect(await result.text).toMatch(/\b21\b/);
    expect((await result.usage).outputTokenDetails.reasoningTokens).toBeGreaterThan(0);
    expect(lastRequest(emulator).body).toMatchObject({ generation_config: { thinking_summaries: 'auto' } });
  });

  it('with fetch, as curl sends it', async () => {
    const { curl } = await openClients();
    const response = await curl(`{
      "model": "gemini-3-flash-preview",
      "input": "What is the greatest common divisor of 1071 and 462?",
      "stream": true,
      "generation_config": {
        "thinking_summaries": "auto"
      }
    }`);
    const events = eventsOf(await messagesOf(response));

    expectStream(events);
    const deltas = deltasIn(events);
    const summaries = deltas.filter(({ type }) => type === 'thought_summary').map(({ content }) => content);
    expectSummary(textIn(summaries));
    expect(textIn(deltas.filter(({ type }) => type === 'text'))).toMatch(/\b21\b/);
  });
});
