import { streamText } from 'ai';
import { z } from 'zod';

import {
  bodiesOf,
  checkedUsage,
  closeAll,
  collect,
  deltasIn,
  eventsOf,
  finalOf,
  ID,
  like,
  messagesOf,
  openClients,
  outlineOf,
  settled,
  SIGNED_THOUGHT,
  startsIn,
  stepOutline,
  streamOutline,
  textIn,
} from './support.js';

afterEach(closeAll);

const MODEL = 'gemini-3-flash-preview';
const PROMPT = 'What is the weather in Paris right now?';
const WEATHER_TOOL = {
  type: 'function',
  name: 'get_weather',
  description: 'Get the current weather in a given location',
  parameters: {
    type: 'object',
    properties: {
      location: { type: 'string', description: 'The city and state, e.g. San Francisco, CA' },
    },
    required: ['location'],
  },
} as const;
const RESULT = { content: [{ type: 'text', text: '{"weather": "Sunny and 22°C"}' }] };

const CALL_OUTLINE = streamOutline(SIGNED_THOUGHT, stepOutline('function_call', 'arguments_delta'));
const ANSWER_OUTLINE = streamOutline(SIGNED_THOUGHT, stepOutline('model_output', 'text'));

const expectCall = (events: readonly object[]) => {
  expect(outlineOf(events)).toEqual(CALL_OUTLINE);
  expect(startsIn(events)[1]).toMatchObject({
    type: 'function_call',
    id: like.matching(/\S/),
    name: 'get_weather',
    arguments: {},
  });
  expectSettled(events, 'requires_action');
};

const expectSettled = (events: readonly object[], status: string) => {
  expect(finalOf(events)).toMatchObject(settled(status, { model: MODEL }));
  checkedUsage(finalOf(events)['usage']);
};

/** The pieces of the arguments, joined. */
const argumentsIn = (events: readonly object[]): string =>
  deltasIn(events)
    .flatMap(({ type, arguments: piece }) => (type === 'arguments_delta' ? piece : []))
    .join('');

const expectAnswer = (text: string) => {
  expect(text).toContain('Paris');
  expect(text).toContain('Sunny and 22°C');
};

describe('the weather in Paris: a call and its result, both streamed', () => {
  it('with the official SDK', async () => {
    const { official: client, write, printed, emulator } = await openClients();
    const [events, events2]: [object[], object[]] = [[], []];

    const stream = await client.interactions.create({
      model: MODEL,
      tools: [WEATHER_TOOL],
      input: PROMPT,
      stream: true,
    });
    let firstInteractionId: string | null = null;
    let funcCallId: string | null = null;
    let funcCallName: string | null = null;
    let funcArgsAccumulated = '';
    for await (const event of stream) {
      events.push(event);
      if (event.event_type === 'interaction.created') {
        firstInteractionId = event.interaction.id;
      } else if (event.event_type === 'step.start') {
        const step = event.step;
        if (step.type === 'function_call') {
          funcCallId = step.id;
          funcCallName = step.name;
        }
      } else if (event.event_type === 'step.delta') {
        if (event.delta.type === 'arguments_delta') {
          funcArgsAccumulated += event.delta.arguments ?? '';
        }
      }
    }

    expect(funcCallName).toBe('get_weather');
    expect(JSON.parse(funcArgsAccumulated)).toEqual({ location: 'Paris' });
    expectCall(events);

    const stream2 = await client.interactions.create({
      model: MODEL,
      previous_interaction_id: firstInteractionId!,
      input: [{ type: 'function_result', name: funcCallName!, call_id: funcCallId!, result: RESULT }],
      stream: true,
    });
    for await (const event of stream2) {
      events2.push(event);
      if (event.event_type === 'step.delta') {
        if (event.delta.type === 'text') {
          write(event.delta.text);
        }
      }
    }

    expectAnswer(printed());
    expect(outlineOf(events2)).toEqual(ANSWER_OUTLINE);
    expectSettled(events2, 'completed');
    expect(bodiesOf(emulator)).toEqual([
      { model: MODEL, tools: [WEATHER_TOOL], input: PROMPT, stream: true },
      {
        model: MODEL,
        previous_interaction_id: firstInteractionId,
        input: [{ type: 'function_result', name: 'get_weather', call_id: funcCallId, result: RESULT }],
        stream: true,
      },
    ]);
  });

  it('with Vercel’s provider', async () => {
    const { vercel, write, printed, emulator } = await openClients();
    const model = vercel.interactions(MODEL);
    const first = streamText({
      model,
      prompt: PROMPT,
      tools: {
        get_weather: {
          description: WEATHER_TOOL.description,
          inputSchema: z.object({ location: z.string().describe('The city and state, e.g. San Francisco, CA') }),
        },
      },
    });
    const pieces = (await collect(first.fullStream)).flatMap((part) =>
      part.type === 'tool-input-delta' ? part.delta : [],
    );
    const [call] = await first.toolCalls;
    const interactionId = (await first.providerMetadata)?.['google']?.['interactionId'];

    expect(call).toMatchObject({ toolName: 'get_weather', input: { location: 'Paris' } });
    expect(JSON.parse(pieces.join(''))).toEqual({ location: 'Paris' });
    expect(interactionId).toEqual(ID);
    expect(await first.finishReason).toBe('tool-calls');

    const { toolCallId, toolName } = call!;
    const second = streamText({
      model,
      messages: [
        {
          role: 'tool',
          content: [{ type: 'tool-result', toolCallId, toolName, output: { type: 'json', value: RESULT } }],
        },
      ],
      providerOptions: { google: { previousInteractionId: interactionId! } },
    });
    for await (const text of second.textStream) write(text);

    expectAnswer(printed());
    expect(await second.finishReason).toBe('stop');
    expect(await second.reasoning).toHaveLength(1);
    expect(bodiesOf(emulator)).toEqual([
      like.having({ stream: true, tools: [{ ...WEATHER_TOOL, parameters: like.having(WEATHER_TOOL.parameters) }] }),
      {
        model: MODEL,
        previous_interaction_id: interactionId,
        input: [
          {
            type: 'user_input',
            content: [{ type: 'function_result', name: toolName, call_id: toolCallId, result: JSON.stringify(RESULT) }],
          },
        ],
        stream: true,
      },
    ]);
  });

  it('with fetch, as curl sends it', async () => {
    const { curl } = await openClients();
    const events = eventsOf(
      await messagesOf(
        await curl(`{
          "model": "gemini-3-flash-preview",
          "input": "What is the weather in Paris right now?",
          "stream": true,
          "tools": [
            {
              "type": "function",
              "name": "get_weather",
              "description": "Get the current weather in a given location",
              "parameters": {
                "type": "object",
                "properties": {
                  "location": {
                    "type": "string",
                    "description": "The city and state, e.g. San Francisco, CA"
                  }
                },
                "required": ["location"]
              }
            }
          ]
        }`),
      ),
    );
    expectCall(events);
    expect(JSON.parse(argumentsIn(events))).toEqual({ location: 'Paris' });

    const { id } = finalOf(events);
    const { id: callId } = startsIn(events)[1]!;
    const events2 = eventsOf(
      await messagesOf(
        await curl(`{
          "model": "gemini-3-flash-preview",
          "previous_interaction_id": "${String(id)}",
          "stream": true,
          "input": [
            {
              "type": "function_result",
              "name": "get_weather",
              "call_id": "${String(callId)}",
              "result": {
                "content": [
                  {
                    "type": "text",
                    "text": "{\\"weather\\": \\"Sunny and 22°C\\"}"
                  }
                ]
              }
            }
          ]
        }`),
      ),
    );
    expect(outlineOf(events2)).toEqual(ANSWER_OUTLINE);
    expectAnswer(textIn(events2));
    expectSettled(events2, 'completed');
  });
});
