import { generateText, type ModelMessage, Output, streamText } from 'ai';
import { z } from 'zod';

import { bodiesOf, closeAll, collect, lastRequest, like, openClients, rejectionOf, searchTool } from './support.js';

afterEach(closeAll);

const MODEL = 'gemini-3.5-flash';
const PROMPT = 'What is the temperature in London?';
const NAME = 'get_current_temperature';
const TOOLS = {
  [NAME]: { description: 'The temperature at a place', inputSchema: z.object({ location: z.string() }) },
};

const messageOf = (toolCallId: string, value: { readonly temperature: string }): ModelMessage => ({
  role: 'tool',
  content: [{ type: 'tool-result', toolCallId, toolName: NAME, output: { type: 'json', value } }],
});

describe('what the samples do and Vercel’s provider cannot', () => {
  it('a prompt as a string, or as blocks: what it sends is a step', async () => {
    const { vercel, emulator } = await openClients();
    await generateText({ model: vercel.interactions(MODEL), prompt: PROMPT });

    expect(lastRequest(emulator).body).toEqual({
      model: MODEL,
      input: [{ type: 'user_input', content: [{ type: 'text', text: PROMPT }] }],
    });
  });

  it('a function result as a step of its own, or as an object: it sends text in a block of a user input', async () => {
    const { vercel, emulator } = await openClients();
    const model = vercel.interactions(MODEL);
    const { toolCalls, providerMetadata } = await generateText({ model, prompt: PROMPT, tools: TOOLS });
    const { toolCallId } = toolCalls[0]!;
    const previousInteractionId = providerMetadata!['google']!['interactionId']!;
    await generateText({
      model,
      messages: [messageOf(toolCallId, { temperature: '22' })],
      providerOptions: { google: { previousInteractionId } },
    });

    expect(lastRequest(emulator).body).toMatchObject({
      input: [
        {
          type: 'user_input',
          content: [{ type: 'function_result', call_id: toolCallId, result: '{"temperature":"22"}' }],
        },
      ],
    });
  });

  it('a chained turn from whole messages: with the call, it leaves the result out', async () => {
    const { vercel, emulator } = await openClients();
    const model = vercel.interactions(MODEL);
    const messages: ModelMessage[] = [{ role: 'user', content: PROMPT }];
    const { toolCalls, response, providerMetadata } = await generateText({ model, messages, tools: TOOLS });
    messages.push(...response.messages, messageOf(toolCalls[0]!.toolCallId, { temperature: '22' }));
    const previousInteractionId = providerMetadata!['google']!['interactionId']!;
    await Promise.allSettled([
      generateText({ model, messages, tools: TOOLS, providerOptions: { google: { previousInteractionId } } }),
    ]);

    expect(bodiesOf(emulator)[1]).toMatchObject({
      previous_interaction_id: previousInteractionId,
      input: [{ type: 'user_input', content: [{ type: 'text', text: PROMPT }] }],
    });
  });

  it('a query: there is no ?alt=sse', async () => {
    const { vercel, emulator } = await openClients();
    await collect(streamText({ model: vercel.interactions(MODEL), prompt: 'Explain how AI works' }).textStream);

    expect(lastRequest(emulator)).toMatchObject({ query: {}, body: { stream: true } });
  });

  it('a run in the background, streamed by the request that starts it: it starts it, then asks for the stream', async () => {
    const { vercel, emulator } = await openClients();
    const { textStream } = streamText({
      model: vercel.interactions(MODEL),
      prompt: 'Explain how AI works',
      providerOptions: { google: { background: true } },
    });
    await collect(textStream);

    expect(emulator.requests).toMatchObject([
      { method: 'POST', body: { background: true } },
      { method: 'GET', query: { stream: 'true' } },
    ]);
    expect(emulator.requests[0]!.body).not.toHaveProperty('stream');
  });

  it('a schema as it was written: it adds to it, and sends the format in a list', async () => {
    const { vercel, emulator } = await openClients();
    await generateText({
      model: vercel.interactions(MODEL),
      prompt: 'Give me a recipe for banana bread',
      output: Output.object({ schema: z.object({ recipe_name: z.string() }) }),
    });

    expect(lastRequest(emulator).body).toMatchObject({
      response_format: [{ type: 'text', schema: { $schema: like.string, additionalProperties: false } }],
    });
  });

  it('where a citation begins and ends: its sources have no ranges', async () => {
    const { vercel } = await openClients();
    const { sources } = await generateText({
      model: vercel.interactions(MODEL),
      prompt: 'Who won the euro 2024?',
      tools: { google_search: searchTool(vercel) },
    });

    expect(sources.map(({ type }) => type)).toContain('source');
    expect(sources.filter((source) => 'end_index' in source || 'endIndex' in source)).toEqual([]);
  });

  it('which environment an agent ran in: only the raw body tells', async () => {
    const { vercel } = await openClients();
    const { providerMetadata, response } = await generateText({
      model: vercel.interactions({ agent: 'antigravity-preview-05-2026' }),
      prompt: 'Print the first 20 Fibonacci numbers.',
      providerOptions: { google: { environment: 'remote' } },
    });

    expect(Object.keys(providerMetadata?.['google'] ?? {})).not.toContain('environmentId');
    expect(response.body).toHaveProperty('environment_id');
  });

  it('the message of an error whose code is a word: it tells the status only', async () => {
    const { vercel, emulator } = await openClients();
    const ask = () => rejectionOf(generateText({ model: vercel.interactions(MODEL), prompt: PROMPT, maxRetries: 0 }));
    emulator.script(
      { reply: (reply) => [reply.httpError(400, { error: { code: 'invalid_request', message: 'No.' } })] },
      {
        reply: (reply) => [reply.httpError(400, { error: { code: 400, message: 'No.', status: 'INVALID_ARGUMENT' } })],
      },
    );

    expect(await ask()).toMatchObject({ message: 'Bad Request' });
    expect(await ask()).toMatchObject({ message: 'No.' });
  });

  it('leaving a stream by leaving the loop: without a signal the request stays open', async () => {
    const { vercel, emulator, curl } = await openClients();
    emulator.script({ reply: (reply) => [reply.text('AI ', reply.stall())] });
    const { textStream } = streamText({ model: vercel.interactions(MODEL), prompt: PROMPT });
    for await (const text of textStream) if (text !== '') break;
    await (await curl(JSON.stringify({ model: MODEL, input: PROMPT }))).text();

    expect(emulator.requests).toMatchObject([
      { open: true, aborted: false },
      { open: false, aborted: false },
    ]);
  });
});
