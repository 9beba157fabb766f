import { generateText } from 'ai';

import { checkedUsage, closeAll, jsonOf, lastRequest, openClients, said, settled, SIGNATURE_ONLY } from './support.js';

afterEach(closeAll);

const MODEL = 'gemini-3.5-flash';
const PROMPT = 'Explain how AI works in a few words';
const ANSWER = 'AI learns patterns from data, then uses those patterns to make predictions or decisions on new data.';

describe('a first call', () => {
  it('with the official SDK', async () => {
    const { official: ai, log, printed, emulator } = await openClients();
    const interaction = await ai.interactions.create({ model: MODEL, input: PROMPT });
    log(interaction.output_text);

    expect(printed()).toBe(`${ANSWER}\n`);
    expect(interaction).toMatchObject(settled('completed', { model: MODEL }));
    expect(interaction.steps).toEqual([SIGNATURE_ONLY, said(ANSWER)]);
    expect(lastRequest(emulator).body).toEqual({ model: MODEL, input: PROMPT });
  });

  it('with Vercel’s provider', async () => {
    const { vercel } = await openClients();
    const result = await generateText({ model: vercel.interactions(MODEL), prompt: PROMPT });

    expect(result.text).toBe(ANSWER);
    expect(result.content.map(({ type }) => type)).toEqual(['reasoning', 'text']);
    expect(result.finishReason).toBe('stop');
    expect(result.rawFinishReason).toBe('completed');
    expect(result.response).toMatchObject({ id: expect.stringMatching(/^v1_/), modelId: MODEL });
    checkedUsage(result.usage.raw);
  });

  it('with fetch, as curl sends it', async () => {
    const { curl } = await openClients();
    const answer = await jsonOf(
      curl(`{
        "model": "gemini-3.5-flash",
        "input": "Explain how AI works in a few words"
      }`),
    );

    expect(answer).toEqual({
      ...settled('completed', { model: MODEL }),
      service_tier: 'standard',
      steps: [SIGNATURE_ONLY, said(ANSWER)],
    });
    checkedUsage(answer['usage']);
  });
});
