import {
  createClient,
  defineTool,
  type FetchLike,
  fetchTransport,
  outputText,
  reduceInteraction,
  runTools,
} from 'rx-interactions';
import { createEmulator, reply } from 'rx-interactions/emulator';
import { lastValueFrom } from 'rxjs';

import { describeRecordings } from '../support/recordings.js';

const QUESTION = 'What is the weather in San Francisco?';
const REQUEST = { model: 'gemini-2.5-flash', generation_config: { thinking_level: 'low' } } as const;
const weather = defineTool({
  name: 'getWeather',
  description: 'The current weather in a city.',
  parameters: { type: 'object', properties: { location: { type: 'string' } }, required: ['location'] },
  execute: ({ location }) => ({ location, temperature: 15 }),
});

type Json = Readonly<Record<string, unknown>>;

/** A message as the service sends it where nothing is stored: its ids are empty (wire-format 3.2). */
const withoutIds = (message: Json): Json => ({
  ...message,
  ...('interaction' in message && { interaction: { ...(message['interaction'] as Json), id: '' } }),
  ...('interaction_id' in message && { interaction_id: '' }),
});

/** The one value of its kind among the messages of a recording, read without this library. */
const valueIn = (messages: readonly object[], part: 'step' | 'delta', name: string): unknown =>
  messages
    .map((message) => (message as Readonly<Record<string, Json | undefined>>)[part]?.[name])
    .find((value) => value !== undefined && value !== '');

describeRecordings('a recorded turn of two rounds', (all) => {
  const messagesOf = (name: string): readonly object[] => all.find((recording) => recording.name === name)!.messages;

  const play = async (store: boolean | undefined) => {
    const rounds = ['tool-call-step1', 'tool-call-step2'].map((name) =>
      messagesOf(name).map((message) => (store === false ? withoutIds(message as Json) : message)),
    );
    const emulator = createEmulator();
    emulator.script(...rounds.map((messages) => ({ reply: [reply.events(messages)] })));
    const bodies: string[] = [];
    const fetch: FetchLike = (url, init) => {
      bodies.push(init?.body as string); // the client's are JSON text
      return emulator.fetch(url, init);
    };
    const client = createClient({ apiKey: 'any', transport: fetchTransport({ fetch }) });
    const request = { ...REQUEST, input: QUESTION, tools: [weather], ...(store === undefined ? {} : { store }) };
    const turn = await lastValueFrom(runTools(client, request).pipe(reduceInteraction()));
    return { turn, bodies, emulator };
  };

  const first = messagesOf('tool-call-step1');
  const call_id = valueIn(first, 'step', 'id');
  const result = {
    type: 'function_result',
    call_id,
    name: 'getWeather',
    result: { location: 'San Francisco', temperature: 15 },
  };
  const sent = { ...REQUEST, tools: [weather.declaration], stream: true };

  it('sends with the second request what wire-format 8.1 demands', async () => {
    const { turn, bodies, emulator } = await play(undefined);
    const created = first[0] as { readonly interaction: { readonly id: string } };
    expect(bodies.map((body) => JSON.parse(body) as unknown)).toEqual([
      { ...sent, input: QUESTION },
      { ...sent, previous_interaction_id: created.interaction.id, input: [result] },
    ]);
    expect(emulator.requests.map(({ status }) => status)).toEqual([200, 200]);
    expect(outputText(turn)).toMatch(/^The weather in San Francisco/);
    expect(turn.ids).toHaveLength(2);
  });

  it('with store: false sends every step back, byte for byte (T30)', async () => {
    const { turn, bodies } = await play(false);
    const signature = valueIn(first, 'delta', 'signature');
    const call = { type: 'function_call', id: call_id, name: 'getWeather', arguments: { location: 'San Francisco' } };
    const question = { type: 'user_input', content: [{ type: 'text', text: QUESTION }] };
    expect(bodies).toHaveLength(2);
    expect(JSON.parse(bodies[1]!)).toEqual({
      ...sent,
      store: false,
      input: [question, { type: 'thought', signature }, call, result],
    });
    expect(bodies[1]).toContain(`"signature":${JSON.stringify(signature)}`);
    expect(bodies[1]).toContain(`"arguments":${String(valueIn(first, 'delta', 'arguments'))}`);
    expect(outputText(turn)).toMatch(/^The weather in San Francisco/);
    expect(turn).not.toHaveProperty('id');
  });
});
