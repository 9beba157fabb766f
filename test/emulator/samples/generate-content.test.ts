import { ApiError, type Content, createPartFromFunctionResponse, type FunctionDeclaration, Type } from '@google/genai';
import { generateText, stepCountIs, streamText, tool } from 'ai';
import { fault } from 'rx-interactions/emulator';
import { z } from 'zod';

import { closeAll, openClients } from './support.js';

afterEach(closeAll);

// The samples that the migration guide shows as what was before, as the official SDK sends them.
describe('the older endpoint', () => {
  const EARLIER = 'gemini-2.5-flash';
  const weatherTool = {
    functionDeclarations: [
      {
        name: 'get_weather',
        description: 'Get the current weather',
        parameters: { type: Type.OBJECT, properties: { location: { type: Type.STRING } }, required: ['location'] },
      } satisfies FunctionDeclaration,
    ],
  };

  it('tells a joke', async () => {
    const { official } = await openClients();
    const response = await official.models.generateContent({ model: EARLIER, contents: 'Tell me a joke.' });

    expect(response.text).toBe('Why did the chicken cross the road? To get to the other side!');
  });

  it.each([EARLIER, 'gemini-3-flash-preview'])('remembers a name in a chat with %s', async (model) => {
    const { official } = await openClients();
    const chat = official.chats.create({ model });
    await chat.sendMessage({ message: 'Hi, my name is Phil.' });

    expect((await chat.sendMessage({ message: 'What is my name?' })).text).toBe('Your name is Phil.');
    let text = '';
    for await (const chunk of await chat.sendMessageStream({ message: 'What is my name?' })) text += chunk.text ?? '';
    expect(text).toBe('Your name is Phil.');
    expect((await chat.sendMessage({ message: 'What is my name?' })).text).toBe('Your name is Phil.');
  });

  it('cites what it found', async () => {
    const { official, log, printed } = await openClients();
    const response = await official.models.generateContent({
      model: EARLIER,
      contents: 'Who won Euro 2024?',
      config: { tools: [{ googleSearch: {} }] },
    });
    const metadata = response.candidates?.[0]?.groundingMetadata;
    if (metadata?.searchEntryPoint) log('Search Entry Point');
    for (const support of metadata?.groundingSupports ?? []) log(`Citation: ${String(support.segment?.text)}`);

    expect(printed()).toBe(
      'Search Entry Point\nCitation: Spain won Euro 2024, defeating England 2-1 in the final.\n' +
        "Citation: This victory marks Spain's record fourth European Championship title.\n",
    );
  });

  it.each([EARLIER, 'gemini-3-flash-preview'])('calls a function of %s and uses its result', async (model) => {
    const { official } = await openClients();
    const config = { tools: [weatherTool] };
    const question: Content = { role: 'user', parts: [{ text: "What's the weather in Boston?" }] };
    const asked = await official.models.generateContent({ model, contents: [question], config });
    const [call] = asked.functionCalls ?? [];
    expect(call).toMatchObject({ name: 'get_weather', args: { location: 'Boston, MA' } });

    const answered = await official.models.generateContent({
      model,
      contents: [
        question,
        asked.candidates?.[0]?.content ?? {},
        {
          role: 'user',
          parts: [createPartFromFunctionResponse(call?.id ?? '', 'get_weather', { result: '52°F and rain' })],
        },
      ],
      config,
    });
    expect(answered.text).toBe("It's 52°F and rain in Boston.");
  });

  it('streams a story, and a call that is complete in one chunk', async () => {
    const { official, write, printed } = await openClients();
    for await (const chunk of await official.models.generateContentStream({
      model: EARLIER,
      contents: 'Tell me a story',
    })) {
      write(chunk.text ?? '');
    }
    expect(printed().length).toBeGreaterThan(100);

    const calls: unknown[] = [];
    for await (const chunk of await official.models.generateContentStream({
      model: EARLIER,
      contents: "What's the weather in Boston?",
      config: { tools: [weatherTool] },
    })) {
      calls.push(...(chunk.functionCalls ?? []));
    }
    expect(calls).toEqual([{ name: 'get_weather', args: { location: 'Boston, MA' } }]);
  });

  it('refuses in a way that the SDK understands', async () => {
    const { official, emulator } = await openClients();
    const contents = 'Hi';
    const refused = official.models.generateContent({ model: EARLIER, contents, config: { candidateCount: 2 } });
    await expect(refused).rejects.toMatchObject({ name: 'ApiError', status: 400 });
    await expect(refused).rejects.toThrow('Multiple candidates');

    emulator.faults({ when: 'stream', fault: fault.status(503, { shape: 'rpc', message: 'Busy.' }) });
    const stream = official.models.generateContentStream({
      model: EARLIER,
      contents,
      config: { httpOptions: { retryOptions: { attempts: 1 } } },
    });
    await expect(stream).rejects.toThrow(ApiError);
  });

  it('is what Vercel’s provider talks to, with its tools', async () => {
    const { vercel, emulator } = await openClients();
    const model = vercel('gemini-3-flash-preview');
    const get_weather = tool({
      description: 'Get the current weather',
      inputSchema: z.object({ location: z.string() }),
      execute: () => '52°F and rain',
    });
    const { text } = await generateText({
      model,
      prompt: "What's the weather in Boston?",
      tools: { get_weather },
      stopWhen: stepCountIs(3),
    });
    expect(text).toContain('52°F');

    let streamed = '';
    for await (const piece of streamText({ model, prompt: 'Count to 9.' }).textStream) streamed += piece;
    expect(streamed).toBe('1, 2, 3, 4, 5, 6, 7, 8, 9');
    expect(emulator.requests.map(({ path, status }) => [path.replace(/.*:/, ''), status])).toEqual([
      ['generateContent', 200],
      ['generateContent', 200],
      ['streamGenerateContent', 200],
    ]);
  });
});
