import { generateText } from 'ai';

import {
  checkedUsage,
  closeAll,
  type Json,
  jsonOf,
  lastRequest,
  like,
  openClients,
  settled,
  textIn,
} from './support.js';

afterEach(closeAll);

const AGENT = 'antigravity-preview-05-2026';
const PROMPT =
  'Write a Python script that generates the first 20 Fibonacci numbers and saves them to fibonacci.txt. ' +
  'Then read the file and print its contents.';
const ENVIRONMENT = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

const FIBONACCI = '0 1 1 2 3 5 8 13 21 34 55 89 144 233 377 610 987 1597 2584 4181';

/** Whether a text says the twenty numbers, in their order, in any format. */
const expectNumbers = (text: string) => {
  expect((text.match(/\d+/g) ?? []).map(Number).join(' ')).toContain(FIBONACCI);
};

/** Code that was run in the sandbox, and what it printed. */
const expectSteps = (steps: readonly unknown[]) => {
  const parts = steps as readonly Json[];
  const call = parts.find(({ type }) => type === 'code_execution_call');
  expect(call).toMatchObject({
    id: like.matching(/\S/),
    arguments: { code: like.containing('fibonacci.txt'), language: like.matching(/^(?:python|bash)$/) },
  });
  const results = parts.filter(({ type }) => type === 'code_execution_result');
  expect(results).toContainEqual(like.having({ call_id: call!['id'] }));
  expectNumbers(results.map(({ result }) => String(result)).join(' '));
  expect(parts.at(-1)).toMatchObject({ type: 'model_output' });
  expectNumbers(textIn(parts.at(-1)));
};

describe('an agent that runs code in a sandbox', () => {
  it('with the official SDK', async () => {
    const { official: ai, log, printed, emulator } = await openClients();
    const interaction = await ai.interactions.create({ agent: AGENT, input: PROMPT, environment: 'remote' });
    log(`Environment: ${interaction.environment_id!}`);
    log(interaction.output_text);

    expect(interaction.environment_id).toMatch(ENVIRONMENT);
    expect(printed()).toBe(`Environment: ${interaction.environment_id!}\n${interaction.output_text!}\n`);
    expectNumbers(interaction.output_text!);
    expect(interaction).toMatchObject(settled('completed', { agent: AGENT }));
    expectSteps(interaction.steps);
    expect(lastRequest(emulator).body).toEqual({ agent: AGENT, input: PROMPT, environment: 'remote' });
  });

  it('with Vercel’s provider', async () => {
    const { vercel, emulator } = await openClients();
    const result = await generateText({
      model: vercel.interactions({ agent: AGENT }),
      prompt: PROMPT,
      providerOptions: { google: { environment: 'remote' } },
    });

    expectNumbers(result.text);
    expect(result.content).toContainEqual(
      like.having({ type: 'tool-call', toolName: 'code_execution', providerExecuted: true }),
    );
    expect(result.response.body).toMatchObject({ environment_id: like.matching(ENVIRONMENT) });
    expect(lastRequest(emulator).body).toEqual({
      agent: AGENT,
      input: [{ type: 'user_input', content: [{ type: 'text', text: PROMPT }] }],
      environment: 'remote',
    });
  });

  it('with fetch, as curl sends it', async () => {
    const { curl } = await openClients();
    const answer = await jsonOf(
      curl(`{
        "agent": "antigravity-preview-05-2026",
        "input": "${PROMPT}",
        "environment": "remote"
      }`),
    );

    expect(answer).toMatchObject({
      ...settled('completed', { agent: AGENT }),
      environment_id: like.matching(ENVIRONMENT),
    });
    expect(answer).not.toHaveProperty('model');
    expectSteps(answer['steps'] as readonly unknown[]);
    checkedUsage(answer['usage']);
  });
});
