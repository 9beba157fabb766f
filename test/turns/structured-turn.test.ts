import * as t from 'io-ts';
import {
  createClient,
  defineTool,
  described,
  type InteractionsClient,
  outputText,
  reduceInteraction,
  reduceJson,
  responseFormat,
  runTools,
  textDeltas,
} from 'rx-interactions';
import type { Emulator, Listening } from 'rx-interactions/emulator';
import { createEmulator } from 'rx-interactions/emulator';
import { lastValueFrom, map } from 'rxjs';
import * as z from 'zod';

import { emits } from '../support/types.js';
import { errorOf } from '../transport/support/observe.js';

const model = 'gemini-3-flash-preview';

const Forecast = t.type({
  city: t.string,
  celsius: t.Int,
  sky: described(t.keyof({ clear: null, cloudy: null }), 'What the sky is like'),
});

const weather = defineTool({
  name: 'get_weather',
  parameters: z.object({ location: z.string() }),
  execute: ({ location }) => ({ location, celsius: 22, sky: 'clear' }),
});

const request = {
  model,
  input: 'What is the weather in Oslo?',
  tools: [weather],
  response_format: responseFormat(Forecast),
};

describe('a turn with tools and structured output', () => {
  let emulator: Emulator;
  let server: Listening;
  let client: InteractionsClient;

  beforeEach(async () => {
    emulator = createEmulator({ pace: 0 });
    server = await emulator.listen();
    client = createClient({ apiKey: 'test', baseUrl: server.url });
  });

  afterEach(() => server.close());

  it('gives what the last round says, typed, whatever was said before the functions ran', async () => {
    emulator.script(
      { reply: ({ text, call }) => [text('Let me ', 'look.'), call('get_weather', { location: 'Oslo' })] },
      { reply: ({ thought, text }) => [thought('Hm.'), text('{"city":"Os', 'lo","celsius":22,', '"sky":"clear"}')] },
    );
    const forecast$ = runTools(client, request).pipe(
      reduceInteraction(),
      map((turn) => outputText(turn) ?? ''),
      reduceJson(Forecast),
    );
    emits<t.TypeOf<typeof Forecast>>()(forecast$);
    expect(await lastValueFrom(forecast$)).toEqual({ city: 'Oslo', celsius: 22, sky: 'clear' });
  });

  it('asks for it in each round, and gets it from the built-in model', async () => {
    const forecast = await lastValueFrom(
      runTools(client, request).pipe(
        reduceInteraction(),
        map((turn) => outputText(turn) ?? ''),
        reduceJson(Forecast),
      ),
    );
    expect(Forecast.is(forecast)).toBe(true);
    const response_format = {
      type: 'text',
      mime_type: 'application/json',
      schema: {
        type: 'object',
        properties: {
          city: { type: 'string' },
          celsius: { type: 'integer' },
          sky: { type: 'string', enum: ['clear', 'cloudy'], description: 'What the sky is like' },
        },
        required: ['city', 'celsius', 'sky'],
      },
    };
    expect(emulator.requests).toMatchObject([
      { status: 200, body: { response_format } },
      { status: 200, body: { response_format, input: [{ type: 'function_result' }] } },
    ]);
  });

  it('needs no tools: then the pieces of its text are those of the output', async () => {
    const Recipe = z.object({ name: z.string(), serves: z.int().min(1).max(12) });
    const recipe$ = client
      .stream({ model, input: 'A soup, please.', response_format: responseFormat(Recipe) })
      .pipe(textDeltas(), reduceJson(Recipe));
    emits<{ name: string; serves: number }>()(recipe$);
    expect(Recipe.safeParse(await lastValueFrom(recipe$)).success).toBe(true);
  });

  it.each<[string, string, object]>([
    ['does not fit', '{"city":"Oslo","celsius":22.5,"sky":"clear"}', { code: 'invalid' }],
    ['is cut short', '{"city":"Oslo","cel', { code: 'incomplete' }],
    ['is no JSON', 'It is warm.', { code: 'not_json' }],
  ])('errors where its output %s, and keeps the text', async (_what, answer, expected) => {
    emulator.script(
      { reply: ({ text, call }) => [text('Let me look.'), call('get_weather', { location: 'Oslo' })] },
      { reply: ({ text }) => [text(answer)] },
    );
    const error = await errorOf(
      runTools(client, request).pipe(
        reduceInteraction(),
        map((turn) => outputText(turn) ?? ''),
        reduceJson(Forecast),
      ),
    );
    expect(error).toMatchObject({ name: 'OutputError', text: answer, ...expected });
  });
});
