import { createGoogleGenerativeAI } from '@ai-sdk/google';
import { GoogleGenAI } from '@google/genai';
import { generateText, streamText } from 'ai';

import { closeAll, collect, type Json, like, openClients, outlineOf, rejectionOf } from './support.js';

afterEach(closeAll);

const MODEL = 'gemini-3.5-flash';
const PROMPT = 'Explain how AI works';

/** The error in the body of an answer, which has to be of that status. */
const errorIn = async (answer: Promise<Response>, status: number): Promise<Json> => {
  const response = await answer;
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  const { error } = (await response.json()) as { readonly error: Json };
  expect(error).toEqual({ code: like.matching(/^[a-z_]+$/), message: like.matching(/\S/) });
  return error;
};

describe('a request that is no request: 400', () => {
  const BODY = { model: MODEL, input: PROMPT, store: false, background: true };

  it('with the official SDK', async () => {
    const { official: ai, curl } = await openClients();
    const error = await errorIn(curl(JSON.stringify(BODY)), 400);

    for (const stream of [false, true]) {
      expect(await rejectionOf(ai.interactions.create({ ...BODY, stream }))).toMatchObject({
        name: 'BadRequestError',
        status: 400,
        message: `400 ${String(error['message'])}`,
        error: { error },
      });
    }
  });

  it('with Vercel’s provider', async () => {
    const { vercel, curl } = await openClients();
    const error = await errorIn(curl(JSON.stringify(BODY)), 400);
    const refused = await rejectionOf(
      generateText({
        model: vercel.interactions(MODEL),
        prompt: PROMPT,
        providerOptions: { google: { store: false, background: true } },
      }),
    );

    expect(refused).toMatchObject({ name: 'AI_APICallError', statusCode: 400, isRetryable: false });
    expect(JSON.parse(String(refused['responseBody']))).toEqual({ error });
  });
});

describe('an interaction that is not there: 404', () => {
  it('with the official SDK', async () => {
    const { official: ai, curlGet } = await openClients();
    const { id } = await ai.interactions.create({ model: MODEL, input: PROMPT });
    await ai.interactions.delete(id);
    const error = await errorIn(curlGet(id), 404);

    const refusals = [
      ai.interactions.get(id),
      ai.interactions.get(id, { stream: true }),
      ai.interactions.create({ model: MODEL, input: PROMPT, previous_interaction_id: id }),
    ];
    for (const refusal of refusals) {
      expect(await rejectionOf(refusal)).toMatchObject({
        name: 'NotFoundError',
        status: 404,
        message: `404 ${String(error['message'])}`,
      });
    }
  });

  it('with Vercel’s provider', async () => {
    const { vercel, curlGet } = await openClients();
    const error = await errorIn(curlGet('v1_gone'), 404);
    const refused = await rejectionOf(
      generateText({
        model: vercel.interactions(MODEL),
        prompt: PROMPT,
        providerOptions: { google: { previousInteractionId: 'v1_gone' } },
      }),
    );

    expect(refused).toMatchObject({ name: 'AI_APICallError', statusCode: 404, isRetryable: false });
    expect(JSON.parse(String(refused['responseBody']))).toEqual({ error });
  });
});

describe('a client without a key: 401', () => {
  it('with the official SDK', async () => {
    const { url } = await openClients();
    const ai = new GoogleGenAI({ apiKey: 'any', httpOptions: { baseUrl: url, headers: { 'x-goog-api-key': '' } } });

    expect(await rejectionOf(ai.interactions.create({ model: MODEL, input: PROMPT }))).toMatchObject({
      name: 'AuthenticationError',
      status: 401,
      message: like.matching(/^401 \S/),
    });
  });

  it('with Vercel’s provider', async () => {
    const { url } = await openClients();
    const anonymous = createGoogleGenerativeAI({ apiKey: '', baseURL: `${url}/v1beta` });
    const refused = await rejectionOf(generateText({ model: anonymous.interactions(MODEL), prompt: PROMPT }));

    expect(refused).toMatchObject({ name: 'AI_APICallError', statusCode: 401, isRetryable: false });
  });

  it('with fetch', async () => {
    const { url } = await openClients();
    const answer = fetch(`${url}/v1beta/interactions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ model: MODEL, input: PROMPT }),
    });

    expect(await errorIn(answer, 401)).toMatchObject({ code: 'authentication' });
  });
});

describe('an error in the middle of a stream', () => {
  const openFailing = async () => {
    const clients = await openClients();
    clients.emulator.script({
      reply: (reply) => [reply.text('AI '), reply.error('gateway_timeout', 'Deadline expired.')],
    });
    return clients;
  };
  const ERROR = { code: 'gateway_timeout', message: 'Deadline expired.' };

  it('with the official SDK', async () => {
    const { official: ai } = await openFailing();
    const events = await collect(await ai.interactions.create({ model: MODEL, input: PROMPT, stream: true }));

    expect(outlineOf(events).slice(-3)).toEqual(['step.delta text', 'step.stop', 'error']);
    expect(events.at(-1)).toEqual({ event_type: 'error', error: ERROR });
  });

  it('with Vercel’s provider', async () => {
    const { vercel } = await openFailing();
    const errors: unknown[] = [];
    const result = streamText({
      model: vercel.interactions(MODEL),
      prompt: PROMPT,
      onError: ({ error }) => {
        errors.push(error);
      },
    });
    const parts = await collect(result.fullStream);

    expect(parts).toContainEqual({ type: 'error', error: ERROR });
    expect(parts.at(-1)).toMatchObject({ type: 'finish', finishReason: 'error', rawFinishReason: 'failed' });
    expect(errors).toEqual([ERROR]);
  });
});
