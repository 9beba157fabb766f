import type { Interactions } from '@google/genai';
import { generateText, type ModelMessage, stepCountIs, tool } from 'ai';
import { z } from 'zod';

import {
  bodiesOf,
  callsIn,
  checkedUsage,
  closeAll,
  type Json,
  jsonOf,
  like,
  openClients,
  said,
  settled,
  SIGNATURE_ONLY,
} from './support.js';

afterEach(closeAll);

const MODEL = 'gemini-3.5-flash';
const PROMPT = 'What is the temperature in London?';
const ANSWER = 'The temperature in London is currently 22°C.';
const NAME = 'get_current_temperature';
const DESCRIPTION = 'Gets the current temperature for a given location.';

const WEATHER_TOOL = {
  type: 'function' as const,
  name: NAME,
  description: DESCRIPTION,
  parameters: {
    type: 'object',
    properties: { location: { type: 'string', description: 'The city name, e.g. San Francisco' } },
    required: ['location'],
  },
};

const REST_TOOLS = `[{
  "type": "function",
  "name": "get_current_temperature",
  "description": "Gets the current temperature for a given location.",
  "parameters": {
    "type": "object",
    "properties": {
      "location": {"type": "string", "description": "The city name"}
    },
    "required": ["location"]
  }
}]`;

const REST_RESULT = '{"location": "London", "temperature": "22", "unit": "celsius"}';

const RESULT = { location: 'London', temperature: '22', unit: 'celsius' };

const getCurrentTemperature = ({ location }: { readonly location: string }) => ({
  location,
  temperature: '22',
  unit: 'celsius',
});

const availableFunctions: Readonly<Record<string, (args: { readonly location: string }) => object>> = {
  get_current_temperature: getCurrentTemperature,
};

const VERCEL_TOOL = {
  description: DESCRIPTION,
  inputSchema: z.object({ location: z.string().describe('The city name, e.g. San Francisco') }),
};

/** The steps of the first turn: a call, and the thought its signature is on. */
const CALL_STEPS = [
  SIGNATURE_ONLY,
  like.having({ type: 'function_call', id: like.matching(/\S/), name: NAME, arguments: { location: 'London' } }),
];

/** The steps of the second turn: its own only, without the call of the first. */
const ANSWER_STEPS = [SIGNATURE_ONLY, said(ANSWER)];

const PRINTED =
  `Called ${NAME}({"location":"London"}) → { location: 'London', temperature: '22', unit: 'celsius' }\n` +
  `${ANSWER}\n`;

const inputOf = (text: string) => ({ type: 'user_input' as const, content: [{ type: 'text' as const, text }] });

/** A result as one block of text. */
const blocksOf = (result: object) => [{ type: 'text' as const, text: JSON.stringify(result) }];

const resultOf = ({ id, name }: { readonly id: string; readonly name: string }, result: object) => ({
  type: 'function_result' as const,
  name,
  call_id: id,
  result: blocksOf(result),
});

const callAndSay = (step: Interactions.FunctionCallStep, log: (...values: readonly unknown[]) => void): object => {
  const result = availableFunctions[step.name]!(step.arguments as { location: string });
  log(`Called ${step.name}(${JSON.stringify(step.arguments)}) →`, result);
  return result;
};

describe('the temperature in London: the server keeps the history', () => {
  it('with the official SDK', async () => {
    const { official: ai, log, printed, emulator } = await openClients();
    const answers: object[] = [];
    let input: string | Interactions.Step[] = PROMPT;
    // The sample begins with `null`; the types would have it otherwise, and the SDK sends it.
    let previousId = null as unknown as string;
    let interaction;
    for (;;) {
      interaction = await ai.interactions.create({
        model: MODEL,
        input,
        tools: [WEATHER_TOOL],
        previous_interaction_id: previousId,
      });
      answers.push(interaction);

      const functionResults: Interactions.Step[] = [];
      for (const step of interaction.steps) {
        if (step.type === 'function_call') functionResults.push(resultOf(step, callAndSay(step, log)));
      }
      if (functionResults.length === 0) break;
      input = functionResults;
      previousId = interaction.id;
    }
    log(interaction.output_text);

    expect(printed()).toBe(PRINTED);
    expect(answers).toMatchObject([
      settled('requires_action', { model: MODEL }),
      settled('completed', { model: MODEL }),
    ]);
    expect(answers).toMatchObject([{ steps: CALL_STEPS }, { steps: ANSWER_STEPS }]);
    const [first, second] = bodiesOf(emulator) as readonly Json[];
    expect(first).toMatchObject({ previous_interaction_id: null, input: PROMPT });
    expect(second).toMatchObject({ previous_interaction_id: previousId, tools: [WEATHER_TOOL] });
  });

  it('with Vercel’s provider', async () => {
    const { vercel, emulator } = await openClients();
    const tools = { [NAME]: VERCEL_TOOL };
    const model = vercel.interactions(MODEL);
    const first = await generateText({ model, prompt: PROMPT, tools });
    const [call] = first.toolCalls;
    expect(first.finishReason).toBe('tool-calls');
    expect(call).toMatchObject({ toolName: NAME, input: { location: 'London' } });

    const { toolCallId } = call!;
    const result = blocksOf(RESULT);
    const previousInteractionId = first.providerMetadata!['google']!['interactionId']!;
    const second = await generateText({
      model,
      tools,
      messages: [
        {
          role: 'tool',
          content: [
            {
              type: 'tool-result',
              toolCallId,
              toolName: NAME,
              output: { type: 'content', value: result },
            },
          ],
        },
      ],
      providerOptions: { google: { previousInteractionId } },
    });

    expect(second.text).toBe(ANSWER);
    expect(second.finishReason).toBe('stop');
    expect(second.toolCalls).toEqual([]);
    expect(bodiesOf(emulator)[1]).toMatchObject({
      previous_interaction_id: previousInteractionId,
      input: [{ type: 'user_input', content: [resultOf({ id: toolCallId, name: NAME }, RESULT)] }],
      tools: [{ type: 'function', name: NAME }],
    });
  });

  it('with fetch, as curl sends it', async () => {
    const { curl, log, printed } = await openClients();
    const response1 = await jsonOf(
      curl(`{
        "model": "gemini-3.5-flash",
        "input": "What is the temperature in London?",
        "tools": ${REST_TOOLS}
      }`),
    );
    const [call] = callsIn(response1['steps']);
    log(`Function: ${String(call!['name'])}, Call ID: ${String(call!['id'])}`);
    const response2 = await jsonOf(
      curl(`{
        "model": "gemini-3.5-flash",
        "previous_interaction_id": "${String(response1['id'])}",
        "input": [{
          "type": "function_result",
          "name": "${String(call!['name'])}",
          "call_id": "${String(call!['id'])}",
          "result": [{"type": "text", "text": ${JSON.stringify(REST_RESULT)}}]
        }],
        "tools": ${REST_TOOLS}
      }`),
    );

    expect(printed()).toMatch(/^Function: get_current_temperature, Call ID: \S+\n$/);
    expect(response1).toMatchObject(settled('requires_action', { model: MODEL }));
    expect(response1['steps']).toEqual(CALL_STEPS);
    expect(response2).toMatchObject(settled('completed', { model: MODEL }));
    expect(response2['steps']).toEqual(ANSWER_STEPS);
    checkedUsage(response1['usage']);
    checkedUsage(response2['usage']);
  });
});

describe('the temperature in London: the client keeps the history', () => {
  it('with the official SDK', async () => {
    const { official: ai, log, printed, emulator } = await openClients();
    const answers: object[] = [];
    const history: Interactions.Step[] = [inputOf(PROMPT)];
    let interaction;
    for (;;) {
      interaction = await ai.interactions.create({
        model: MODEL,
        store: false,
        input: history,
        tools: [WEATHER_TOOL],
      });
      answers.push(interaction);

      const functionResults: Interactions.Step[] = [];
      for (const step of interaction.steps) {
        history.push(step);
        if (step.type === 'function_call') {
          const fnResult = resultOf(step, callAndSay(step, log));
          functionResults.push(fnResult);
          history.push(fnResult);
        }
      }
      if (functionResults.length === 0) break;
    }
    log(interaction.output_text);

    expect(printed()).toBe(PRINTED);
    expect(answers).toMatchObject([
      { status: 'requires_action', steps: CALL_STEPS },
      { status: 'completed', steps: ANSWER_STEPS },
    ]);
    expect(answers.map((answer) => 'id' in answer)).toEqual([false, false]);
    const [first, second] = bodiesOf(emulator) as readonly Json[];
    expect(first).toMatchObject({ store: false, input: [inputOf(PROMPT)] });
    expect(second!['input']).toEqual([inputOf(PROMPT), ...CALL_STEPS, like.having({ type: 'function_result' })]);
  });

  it('with Vercel’s provider, which runs the loop itself', async () => {
    const { vercel, emulator } = await openClients();
    const messages: ModelMessage[] = [{ role: 'user', content: PROMPT }];
    const result = await generateText({
      model: vercel.interactions(MODEL),
      messages,
      tools: { [NAME]: tool({ ...VERCEL_TOOL, execute: getCurrentTemperature }) },
      stopWhen: stepCountIs(5),
      providerOptions: { google: { store: false } },
    });

    expect(result.text).toBe(ANSWER);
    expect(result.steps.map(({ finishReason, rawFinishReason }) => [finishReason, rawFinishReason])).toEqual([
      ['tool-calls', 'requires_action'],
      ['stop', 'completed'],
    ]);
    expect(result.steps[0]!.toolResults).toMatchObject([{ toolName: NAME, output: RESULT }]);
    const [, second] = bodiesOf(emulator) as readonly Json[];
    expect(second).toMatchObject({ store: false });
    expect(second).not.toHaveProperty('previous_interaction_id');
    expect(second!['input']).toEqual([
      inputOf(PROMPT),
      ...CALL_STEPS,
      {
        type: 'user_input',
        content: [like.having({ type: 'function_result', name: NAME, result: JSON.stringify(RESULT) })],
      },
    ]);
  });

  it('with fetch, as curl sends it', async () => {
    const { curl, log, printed } = await openClients();
    const response1 = await jsonOf(
      curl(`{
        "model": "gemini-3.5-flash",
        "store": false,
        "input": [
          {
            "type": "user_input",
            "content": "What is the temperature in London?"
          }
        ],
        "tools": ${REST_TOOLS}
      }`),
    );
    const steps = response1['steps'] as readonly Json[];
    const [call] = callsIn(steps);
    log(`Function: ${String(call!['name'])}, Call ID: ${String(call!['id'])}`);
    const history = [
      { type: 'user_input', content: PROMPT },
      ...steps,
      {
        type: 'function_result',
        name: call!['name'],
        call_id: call!['id'],
        result: [{ type: 'text', text: REST_RESULT }],
      },
    ];
    const response2 = await jsonOf(
      curl(`{
        "model": "gemini-3.5-flash",
        "store": false,
        "input": ${JSON.stringify(history)},
        "tools": ${REST_TOOLS}
      }`),
    );

    expect(printed()).toMatch(/^Function: get_current_temperature, Call ID: \S+\n$/);
    expect(response1).toMatchObject({ status: 'requires_action', object: 'interaction', model: MODEL });
    expect(steps).toEqual(CALL_STEPS);
    expect(response2).toMatchObject({ status: 'completed', object: 'interaction', model: MODEL });
    expect(response2['steps']).toEqual(ANSWER_STEPS);
    expect([response1, response2].map((answer) => 'id' in answer)).toEqual([false, false]);
  });
});
