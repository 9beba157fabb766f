import type { Interactions } from '@google/genai';
import { generateText, type ModelMessage } from 'ai';

import {
  bodiesOf,
  closeAll,
  ID,
  type Json,
  jsonOf,
  like,
  openClients,
  said,
  settled,
  SIGNATURE_ONLY,
  textIn,
} from './support.js';

afterEach(closeAll);

const MODEL = 'gemini-3.5-flash';
const DOGS = 'I have 2 dogs in my house.';
const PAWS = 'How many paws are in my house?';
const ANSWER = 'There are 8 paws in your house. 2 dogs × 4 paws = 8 paws.';

const inputOf = (text: string) => ({ type: 'user_input' as const, content: [{ type: 'text' as const, text }] });

/** Only what this turn brought: no question, nothing of the turn before. */
const NEW_STEPS = [SIGNATURE_ONLY, said(ANSWER)];
const FIRST_STEPS = [SIGNATURE_ONLY, said(like.containing('dogs'))];

describe('a conversation the server keeps', () => {
  it('with the official SDK', async () => {
    const { official: ai, log, printed, emulator } = await openClients();
    const interaction1 = await ai.interactions.create({ model: MODEL, input: DOGS });
    log('Response 1:', interaction1.output_text);
    const interaction2 = await ai.interactions.create({
      model: MODEL,
      input: PAWS,
      previous_interaction_id: interaction1.id,
    });
    log('Response 2:', interaction2.output_text);

    expect(printed()).toBe(`Response 1: ${interaction1.output_text!}\nResponse 2: ${ANSWER}\n`);
    expect(interaction1.steps).toEqual(FIRST_STEPS);
    expect(interaction2).toMatchObject({ ...settled('completed', { model: MODEL }), steps: NEW_STEPS });
    expect(interaction2.id).not.toBe(interaction1.id);
    expect(interaction2.usage!.total_input_tokens).toBeGreaterThan(interaction1.usage!.total_input_tokens!);
    expect(bodiesOf(emulator)[1]).toEqual({ model: MODEL, input: PAWS, previous_interaction_id: interaction1.id });
  });

  it('with Vercel’s provider', async () => {
    const { vercel, emulator } = await openClients();
    const model = vercel.interactions(MODEL);
    const first = await generateText({ model, prompt: DOGS });
    const previousInteractionId = first.providerMetadata?.['google']?.['interactionId'];
    expect(previousInteractionId).toEqual(ID);
    const second = await generateText({
      model,
      prompt: PAWS,
      providerOptions: { google: { previousInteractionId: previousInteractionId! } },
    });

    expect(second.text).toBe(ANSWER);
    expect(second.content.map(({ type }) => type)).toEqual(['reasoning', 'text']);
    expect(bodiesOf(emulator)[1]).toEqual({
      model: MODEL,
      input: [inputOf(PAWS)],
      previous_interaction_id: previousInteractionId,
    });
  });

  it('with fetch, as curl sends it', async () => {
    const { curl, log, printed } = await openClients();
    const { id } = await jsonOf(
      curl(`{
        "model": "gemini-3.5-flash",
        "input": "I have 2 dogs in my house."
      }`),
    );
    log(`Interaction 1 ID: ${String(id)}`);
    const answer = await jsonOf(
      curl(`{
        "model": "gemini-3.5-flash",
        "input": "How many paws are in my house?",
        "previous_interaction_id": "${String(id)}"
      }`),
    );

    expect(printed()).toMatch(/^Interaction 1 ID: v1_[\w-]+\n$/);
    expect(answer).toMatchObject({ ...settled('completed', { model: MODEL }), steps: NEW_STEPS });
  });
});

describe('a conversation the client keeps', () => {
  it('with the official SDK', async () => {
    const { official: ai, log, printed, emulator } = await openClients();
    const history: Interactions.Step[] = [inputOf(DOGS)];
    const interaction1 = await ai.interactions.create({ model: MODEL, store: false, input: history });
    log('Response 1:', textIn(interaction1.steps.at(-1)));
    history.push(...interaction1.steps);
    history.push(inputOf(PAWS));
    const interaction2 = await ai.interactions.create({ model: MODEL, store: false, input: history });
    log('Response 2:', textIn(interaction2.steps.at(-1)));

    expect(printed()).toBe(`Response 1: ${interaction1.output_text!}\nResponse 2: ${ANSWER}\n`);
    expect([interaction1, interaction2].map((interaction) => 'id' in interaction)).toEqual([false, false]);
    expect(interaction1.steps).toEqual(FIRST_STEPS);
    expect(interaction2.steps).toEqual(NEW_STEPS);
    expect(bodiesOf(emulator)[1]).toEqual({
      model: MODEL,
      store: false,
      input: [inputOf(DOGS), ...interaction1.steps, inputOf(PAWS)],
    });
  });

  it('with Vercel’s provider', async () => {
    const { vercel, emulator } = await openClients();
    const model = vercel.interactions(MODEL);
    const providerOptions = { google: { store: false } };
    const messages: ModelMessage[] = [{ role: 'user', content: DOGS }];
    const first = await generateText({ model, messages, providerOptions });
    messages.push(...first.response.messages, { role: 'user', content: PAWS });
    const second = await generateText({ model, messages, providerOptions });

    expect(second.text).toBe(ANSWER);
    expect([first, second].map(({ providerMetadata }) => providerMetadata?.['google'])).not.toContainEqual(
      like.having({ interactionId: like.anything }),
    );
    expect(bodiesOf(emulator)[1]).toEqual({
      model: MODEL,
      store: false,
      input: [inputOf(DOGS), SIGNATURE_ONLY, said(first.text), inputOf(PAWS)],
    });
  });

  it('with fetch, as curl sends it', async () => {
    const { curl } = await openClients();
    const response1 = await jsonOf(
      curl(`{
        "model": "gemini-3.5-flash",
        "store": false,
        "input": [
          {
            "type": "user_input",
            "content": "I have 2 dogs in my house."
          }
        ]
      }`),
    );
    const history = [
      { type: 'user_input', content: DOGS },
      ...(response1['steps'] as readonly Json[]),
      { type: 'user_input', content: PAWS },
    ];
    const response2 = await jsonOf(
      curl(`{
        "model": "gemini-3.5-flash",
        "store": false,
        "input": ${JSON.stringify(history)}
      }`),
    );

    expect(response1).not.toHaveProperty('id');
    expect(response1['steps']).toEqual(FIRST_STEPS);
    expect(response2).not.toHaveProperty('id');
    expect(response2).toMatchObject({ status: 'completed', object: 'interaction', model: MODEL, steps: NEW_STEPS });
  });
});
