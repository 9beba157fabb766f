import { generateText } from 'ai';

import {
  checkedUsage,
  closeAll,
  type Json,
  jsonOf,
  lastRequest,
  like,
  openClients,
  searchTool,
  settled,
  SIGNATURE_ONLY,
} from './support.js';

afterEach(closeAll);

const MODEL = 'gemini-3.5-flash';
const PROMPT = 'Who won the euro 2024?';
const ANSWER = 'Spain won Euro 2024, defeating England 2-1 in the final.';
const CITATION = {
  type: 'url_citation',
  url: 'https://www.uefa.com/euro2024',
  title: 'uefa.com',
  start_index: 0,
  end_index: new TextEncoder().encode(ANSWER).length,
};

const expectSteps = (steps: readonly unknown[]) => {
  const [, call] = steps as readonly Json[];
  expect(steps).toEqual([
    SIGNATURE_ONLY,
    like.having({
      type: 'google_search_call',
      id: like.matching(/\S/),
      arguments: { queries: ['UEFA Euro 2024 winner'] },
    }),
    like.having({
      type: 'google_search_result',
      call_id: call!['id'],
      result: [like.having({ search_suggestions: like.matching(/\S/) })],
    }),
    { type: 'model_output', content: [{ type: 'text', text: ANSWER, annotations: [CITATION] }] },
  ]);
};

describe('who won the Euro 2024, searched and cited', () => {
  it('with the official SDK', async () => {
    const { official: ai, log, printed, emulator } = await openClients();
    const interaction = await ai.interactions.create({
      model: MODEL,
      input: PROMPT,
      tools: [{ type: 'google_search' }],
    });
    log(interaction.output_text);
    for (const step of interaction.steps) {
      if (step.type === 'model_output') {
        for (const contentBlock of step.content!) {
          if (contentBlock.type === 'text' && contentBlock.annotations) {
            log('\nCitations:');
            for (const annotation of contentBlock.annotations) {
              if (annotation.type === 'url_citation') {
                log(`  [${annotation.title!}](${annotation.url!})`);
              }
            }
          }
        }
      }
    }

    expect(printed()).toBe(`${ANSWER}\n\nCitations:\n  [uefa.com](https://www.uefa.com/euro2024)\n`);
    expect(interaction).toMatchObject(settled('completed', { model: MODEL }));
    expectSteps(interaction.steps);
    expect(lastRequest(emulator).body).toEqual({ model: MODEL, input: PROMPT, tools: [{ type: 'google_search' }] });
  });

  it('with Vercel’s provider', async () => {
    const { vercel } = await openClients();
    const result = await generateText({
      model: vercel.interactions(MODEL),
      prompt: PROMPT,
      tools: { google_search: searchTool(vercel) },
    });

    expect(result.text).toBe(ANSWER);
    expect(result.sources).toContainEqual(
      like.having({ sourceType: 'url', url: 'https://www.uefa.com/euro2024', title: 'uefa.com' }),
    );
    expect(result.toolCalls).toMatchObject([
      { toolName: 'google_search', input: { queries: ['UEFA Euro 2024 winner'] }, providerExecuted: true },
    ]);
    expect(result.finishReason).toBe('stop');
  });

  it('with fetch, as curl sends it', async () => {
    const { curl } = await openClients();
    const answer = await jsonOf(
      curl(`{
        "model": "gemini-3.5-flash",
        "input": "Who won the euro 2024?",
        "tools": [{"type": "google_search"}]
      }`),
    );

    expect(answer).toMatchObject(settled('completed', { model: MODEL }));
    expectSteps(answer['steps'] as readonly unknown[]);
    checkedUsage(answer['usage']);
  });
});
