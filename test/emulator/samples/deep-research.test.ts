import { streamText } from 'ai';

import {
  bodiesOf,
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
  stepOutline,
  streamOutline,
} from './support.js';

afterEach(closeAll);

const AGENT = 'deep-research-preview-04-2026';
const PROMPT = 'Research the latest advances in quantum computing.';
const BODY = {
  agent: AGENT,
  input: PROMPT,
  stream: true,
  background: true,
  agent_config: { type: 'deep-research', thinking_summaries: 'auto' },
} as const;

const PLAN = '***Generating research plan***\n\n';
const REPORT =
  '# The Quantum Inflection Point: Exhaustive Analysis of Hardware, Algorithms, and Market Dynamics in 2026\n\n' +
  '## Executive Summary\n\n';

/** What the document leaves out of its report, and a report may have: where its statements are from. */
const isCitation = (line: string): boolean => line === 'step.delta text_annotation_delta' || line === 'source';

const OUTLINE = streamOutline(
  stepOutline('thought', 'thought_summary', 'thought_signature'),
  stepOutline('model_output', 'text'),
);

const expectStream = (events: readonly object[]) => {
  expect(outlineOf(events).filter((line) => !isCitation(line))).toEqual(OUTLINE);
  expect(events[0]).toMatchObject({
    interaction: { id: expect.any(String), status: 'in_progress', object: 'interaction', agent: AGENT },
  });
  const interaction = finalOf(events);
  expect(interaction).toMatchObject(settled('completed', { agent: AGENT }));
  expect(interaction).not.toHaveProperty('model');
  checkedUsage(interaction['usage']);
};

describe('deep research, in the background, its progress streamed', () => {
  it('with the official SDK', async () => {
    const { official: client, log, write, printed, emulator } = await openClients();
    const events: object[] = [];
    let total: number | undefined;
    const stream = await client.interactions.create(BODY);
    for await (const event of stream) {
      events.push(event);
      if (event.event_type === 'step.start') {
        log(`\n--- Step: ${event.step.type} ---`);
      } else if (event.event_type === 'step.delta') {
        if (event.delta.type === 'text') {
          write(event.delta.text);
        } else if (event.delta.type === 'thought_summary') {
          if (event.delta.content?.type === 'text') {
            write(event.delta.content.text);
          }
        }
      } else if (event.event_type === 'interaction.completed') {
        total = event.interaction.usage?.total_tokens;
        log(`\n\nTotal Tokens: ${event.interaction.usage?.total_tokens ?? ''}`);
      }
    }

    expectStream(events);
    expect(printed().startsWith(`\n--- Step: thought ---\n${PLAN}`)).toBe(true);
    expect(printed()).toContain(`\n--- Step: model_output ---\n${REPORT}`);
    expect(printed().endsWith(`\n\nTotal Tokens: ${String(total)}\n`)).toBe(true);
    expect(lastRequest(emulator).body).toEqual(BODY);
  });

  it('with Vercel’s provider, which starts the run and then streams it', async () => {
    const { vercel, emulator } = await openClients();
    const result = streamText({
      model: vercel.interactions({ agent: AGENT }),
      prompt: PROMPT,
      providerOptions: {
        google: { background: true, agentConfig: { type: 'deep-research', thinkingSummaries: 'auto' } },
      },
    });
    const parts = await collect(result.fullStream);

    expect(runsOf(parts).filter((type) => !isCitation(type))).toEqual([
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
    expect((await result.reasoningText)?.startsWith(PLAN)).toBe(true);
    expect((await result.text).startsWith(REPORT)).toBe(true);
    expect(await result.finishReason).toBe('stop');
    checkedUsage((await result.usage).raw);
    expect(emulator.requests).toMatchObject([
      { method: 'POST', query: {}, status: 200 },
      { method: 'GET', query: { stream: 'true' }, status: 200 },
    ]);
    expect(bodiesOf(emulator)).toEqual([
      {
        agent: AGENT,
        input: [{ type: 'user_input', content: [{ type: 'text', text: PROMPT }] }],
        background: true,
        agent_config: BODY.agent_config,
      },
    ]);
  });

  it('with fetch, as curl sends it', async () => {
    const { curl } = await openClients();
    const response = await curl(`{
      "agent": "deep-research-preview-04-2026",
      "input": "Research the latest advances in quantum computing.",
      "stream": true,
      "background": true,
      "agent_config": {
        "type": "deep-research",
        "thinking_summaries": "auto"
      }
    }`);
    const events = eventsOf(await messagesOf(response));

    expectStream(events);
    expect(events.every(({ event_id }) => typeof event_id === 'string')).toBe(true);
  });
});
