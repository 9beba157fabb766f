import { streamText } from 'ai';
import { z } from 'zod';

import {
  checkedUsage,
  closeAll,
  collect,
  deltasIn,
  eventsOf,
  finalOf,
  type Json,
  lastRequest,
  like,
  messagesOf,
  openClients,
  outlineOf,
  runsOf,
  searchTool,
  settled,
  SIGNED_THOUGHT,
  startsIn,
  stepOutline,
  streamOutline,
} from './support.js';

afterEach(closeAll);

const MODEL = 'gemini-3-flash-preview';
const PROMPT = 'Search what it the largest mountain in Europe and what the weather is there right now?';
const TOOLS = [
  { type: 'google_search' },
  {
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
  },
] as const;

const QUERIES = ['largest mountain in Europe'];
const ARGUMENTS = { location: 'Mount Elbrus, Russia' };
const OUTLINE = streamOutline(
  stepOutline('google_search_call', 'google_search_call'),
  stepOutline('google_search_result', 'google_search_result'),
  SIGNED_THOUGHT,
  stepOutline('function_call', 'arguments_delta'),
);

const expectStream = (events: readonly object[]) => {
  expect(outlineOf(events)).toEqual(OUTLINE);
  const [search, ...others] = startsIn(events);
  expect(search).toEqual({ type: 'google_search_call', id: like.matching(/\S/), signature: '' });
  expect(others).toMatchObject([
    { type: 'google_search_result', call_id: search!['id'], signature: '' },
    { type: 'thought' },
    { type: 'function_call', id: like.matching(/\S/), name: 'get_weather', arguments: {} },
  ]);
  expect(deltasIn(events).slice(0, 2)).toMatchObject([
    { type: 'google_search_call', arguments: { queries: QUERIES }, signature: like.matching(/\S/) },
    { type: 'google_search_result', is_error: false, signature: like.matching(/\S/) },
  ]);
  expect(finalOf(events)).toMatchObject(settled('requires_action', { model: MODEL }));
  checkedUsage(finalOf(events)['usage']);
};

describe('the largest mountain of Europe and its weather: a search and a call, streamed', () => {
  it('with the official SDK', async () => {
    const { official: client, log, write, printed, emulator } = await openClients();
    const events: object[] = [];
    const stream = await client.interactions.create({
      model: MODEL,
      tools: [...TOOLS],
      input: PROMPT,
      stream: true,
    });
    for await (const event of stream) {
      events.push(event);
      if (event.event_type === 'step.start') {
        const step = event.step;
        log(`\n--- Step ${event.index}: ${step.type} ---`);
        if (step.type === 'google_search_call') {
          log(` Search ID: ${step.id}`);
        } else if (step.type === 'google_search_result') {
          log(` Result for: ${step.call_id}`);
        } else if (step.type === 'function_call') {
          log(` Function: ${step.name}(${JSON.stringify(step.arguments)})`);
        }
      } else if (event.event_type === 'step.delta') {
        if (event.delta.type === 'text') {
          write(event.delta.text);
        } else if (event.delta.type === 'google_search_call') {
          log(` Queries: ${JSON.stringify(event.delta.arguments.queries)}`);
        } else if (event.delta.type === 'arguments_delta') {
          write(` Args chunk: ${event.delta.arguments ?? ''}`);
        }
      } else if (event.event_type === 'interaction.completed') {
        log(`\n\nStatus: ${event.interaction.status}`);
        if (event.interaction.status === 'requires_action') {
          log('Action required: provide function call results to continue.');
        }
      }
    }

    expectStream(events);
    const { id } = startsIn(events)[0]!;
    expect(printed().replaceAll(' Args chunk: ', '')).toBe(
      [
        '',
        '--- Step 0: google_search_call ---',
        ` Search ID: ${String(id)}`,
        ' Queries: ["largest mountain in Europe"]',
        '',
        '--- Step 1: google_search_result ---',
        ` Result for: ${String(id)}`,
        '',
        '--- Step 2: thought ---',
        '',
        '--- Step 3: function_call ---',
        ' Function: get_weather({})',
        JSON.stringify(ARGUMENTS),
        '',
        'Status: requires_action',
        'Action required: provide function call results to continue.',
        '',
      ].join('\n'),
    );
    expect(lastRequest(emulator).body).toEqual({ model: MODEL, tools: TOOLS, input: PROMPT, stream: true });
  });

  it('with the official SDK, to the letter of the sample: it reads a step that a delta does not have', async () => {
    const { official: client } = await openClients();
    const stream = await client.interactions.create({
      model: MODEL,
      tools: [...TOOLS],
      input: PROMPT,
      stream: true,
    });
    const types: string[] = [];
    const run = async () => {
      for await (const event of stream) {
        if (event.event_type !== 'step.delta' || event.delta.type === 'text') continue;
        types.push(event.delta.type);
        if (event.delta.type === 'google_search_call') continue;
        // as the sample has it, in a language without types
        const { step } = event as unknown as { readonly step: Json };
        if (step['type'] === 'google_search_result') types.push('not reached');
      }
    };

    await expect(run()).rejects.toThrow(TypeError);
    expect(types).toEqual(['google_search_call', 'google_search_result']);
  });

  it('with Vercel’s provider', async () => {
    const { vercel, emulator } = await openClients();
    const result = streamText({
      model: vercel.interactions(MODEL),
      prompt: PROMPT,
      tools: {
        google_search: searchTool(vercel),
        get_weather: {
          description: TOOLS[1].description,
          inputSchema: z.object({ location: z.string().describe('The city and state, e.g. San Francisco, CA') }),
        },
      },
    });
    const parts = await collect(result.fullStream);

    expect(runsOf(parts)).toEqual([
      'start',
      'start-step',
      'tool-call',
      'tool-result',
      'reasoning-start',
      'reasoning-end',
      'tool-input-start',
      'tool-input-delta',
      'tool-input-end',
      'tool-call',
      'finish-step',
      'finish',
    ]);
    expect(await result.toolCalls).toMatchObject([
      { toolName: 'google_search', input: { queries: QUERIES }, providerExecuted: true },
      { toolName: 'get_weather', input: ARGUMENTS },
    ]);
    expect(await result.finishReason).toBe('tool-calls');
    checkedUsage((await result.usage).raw);
    expect(lastRequest(emulator).body).toMatchObject({ tools: [{ type: 'google_search' }, { type: 'function' }] });
  });

  it('with fetch, as curl sends it', async () => {
    const { curl } = await openClients();
    const response = await curl(`{
      "model": "gemini-3-flash-preview",
      "input": "Search what it the largest mountain in Europe and what the weather is there right now?",
      "stream": true,
      "tools": [
        { "type": "google_search" },
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
    }`);
    const events = eventsOf(await messagesOf(response));

    expectStream(events);
    const pieces = deltasIn(events).flatMap((delta) => (delta['type'] === 'arguments_delta' ? delta['arguments'] : []));
    expect(JSON.parse(pieces.join(''))).toEqual(ARGUMENTS);
  });
});
