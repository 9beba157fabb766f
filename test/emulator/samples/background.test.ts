import { generateText } from 'ai';

import {
  checkedUsage,
  closeAll,
  ID,
  type Json,
  jsonOf,
  openClients,
  pollStatus,
  said,
  settled,
  SIGNATURE_ONLY,
  textIn,
} from './support.js';

afterEach(closeAll);

const MODEL = 'gemini-3.5-flash';
const PROMPT = 'Write a detailed analysis of the impact of artificial intelligence on modern healthcare.';
const ANSWER = /^Artificial intelligence has transformed modern healthcare in several\b/;

/** A stored interaction is read with what was asked (wire-format 3.1). */
const TIMELINE = [
  { type: 'user_input', content: [{ type: 'text', text: PROMPT }] },
  SIGNATURE_ONLY,
  said(expect.stringMatching(ANSWER)),
];

describe('an analysis in the background, polled', () => {
  it('with the official SDK', async () => {
    const { official: ai, log, printed } = await openClients({ pace: 2 });
    const interaction = await ai.interactions.create({ model: MODEL, input: PROMPT, background: true });
    log(`Started background task: ${interaction.id}`);
    log(`Status: ${interaction.status}`);

    const seen = await pollStatus(async () => {
      const result = await ai.interactions.get(interaction.id);
      log(`Status: ${result.status}`);
      return result;
    });
    const result = seen.at(-1)!;
    if (result.status === 'completed') log(`\nResult:\n${result.output_text!}`);

    const inProgress = 'Status: in_progress\n'.repeat(seen.length);
    expect(printed()).toBe(
      `Started background task: ${interaction.id}\n${inProgress}Status: completed\n\nResult:\n${result.output_text!}\n`,
    );
    expect(interaction).toMatchObject({ id: ID, status: 'in_progress', object: 'interaction', model: MODEL });
    expect(interaction).not.toHaveProperty('usage');
    expect(interaction.output_text).toBeUndefined();
    expect(result).toMatchObject({ ...settled('completed', { model: MODEL }), id: interaction.id });
    expect(result.steps).toEqual(TIMELINE);
    expect(result.output_text).toMatch(ANSWER);
  });

  it('with Vercel’s provider, which polls by itself', async () => {
    const { vercel, emulator } = await openClients();
    const result = await generateText({
      model: vercel.interactions(MODEL),
      prompt: PROMPT,
      providerOptions: { google: { background: true } },
    });

    expect(result.text).toMatch(ANSWER);
    expect(result.finishReason).toBe('stop');
    expect(emulator.requests[0]).toMatchObject({ method: 'POST', body: { background: true } });
    expect(new Set(emulator.requests.slice(1).map(({ method, path }) => `${method} ${path}`))).toEqual(
      new Set([`GET /v1beta/interactions/${result.response.id}`]),
    );
    checkedUsage(result.usage.raw);
  });

  it('with fetch, as curl sends it', async () => {
    const { curl, curlGet, log, printed } = await openClients({ pace: 2 });
    const response = await jsonOf(
      curl(`{
        "model": "gemini-3.5-flash",
        "input": "Write a detailed analysis of the impact of artificial intelligence on modern healthcare.",
        "background": true
      }`),
    );
    const { id } = response;
    log(`Started background task: ${String(id)}`);
    const seen = await pollStatus(async () => {
      const result = await jsonOf(curlGet(id));
      log(`Status: ${String(result['status'])}`);
      return result;
    });
    const result = seen.at(-1)!;
    const output = (result['steps'] as readonly Json[]).filter(({ type }) => type === 'model_output');
    log(textIn(output));

    expect(response).toEqual({ id: ID, status: 'in_progress', object: 'interaction', model: MODEL });
    const inProgress = 'Status: in_progress\n'.repeat(seen.length - 1);
    expect(printed()).toBe(
      `Started background task: ${String(id)}\n${inProgress}Status: completed\n${textIn(output)}\n`,
    );
    expect(textIn(output)).toMatch(ANSWER);
    expect(result).toMatchObject({ ...settled('completed', { model: MODEL }), id });
    expect(result['steps']).toEqual(TIMELINE);
    checkedUsage(result['usage']);
  });
});
