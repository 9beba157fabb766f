import { callsIn, closeAll, inProcess, type Json, MODEL, textIn, WEATHER, like } from './support/api.js';

afterEach(closeAll);

const ask = async (input: unknown, more: Json = {}) => {
  const api = await inProcess({ pace: 0 });
  const answer = await api.create({ model: MODEL, input, ...more });
  return { ...api, answer, text: textIn(answer['steps']), calls: callsIn(answer['steps']) };
};

const argumentsOf = (calls: readonly Json[]) => calls.map((call) => call['arguments']);

const tool = (name: string, properties: Json = {}, more: Json = {}) => ({
  type: 'function',
  name,
  parameters: { type: 'object', properties, required: Object.keys(properties) },
  ...more,
});

describe('counting', () => {
  const range = (first: number, last: number) =>
    Array.from({ length: Math.abs(last - first) + 1 }, (_, at) => first + at * Math.sign(last - first || 1)).join(', ');

  it.each([
    ['Count to from 1 to 25.', range(1, 25)],
    ['count to 10', range(1, 10)],
    ['Please count from 5 down to 2!', range(5, 2)],
    ['Count from 7 to 7', '7'],
    ['Count to 5000', range(1, 1000)],
    ['Count to 1000000000', range(1, 1000)],
    ['Count backwards from 10', range(10, 1)],
    ['count down from 3', '3, 2, 1'],
    ['Count to 10 by 3', '1, 4, 7, 10'],
  ])('%s', async (prompt, expected) => {
    expect((await ask(prompt)).text).toBe(expected);
  });

  it('is not what is asked for of words', async () => {
    expect((await ask('Count the words in 3 sentences.')).text).not.toContain('1, 2, 3');
  });
});

describe('greatest common divisors', () => {
  const prompt = 'What is the greatest common divisor of 1071 and 462?';

  it('shows the way', async () => {
    const { text, answer } = await ask(prompt);

    expect(text).toContain('is **21**');
    expect(text).toContain('1071 = 2 × 462 + 147\n* 462 = 3 × 147 + 21\n* 147 = 7 × 21 + 0');
    expect(answer['steps']).toEqual([{ type: 'thought', signature: like.string }, like.anything]);
  });

  it('thinks aloud where it is asked to', async () => {
    const { answer } = await ask(prompt, { generation_config: { thinking_summaries: 'auto' } });
    const [thought] = answer['steps'] as readonly { readonly summary: readonly Json[] }[];

    expect(thought?.summary).toEqual([
      {
        type: 'text',
        text:
          "**Implementing Euclidean Algorithm**\n\nI've just worked through a detailed example applying the Euclidean " +
          'algorithm to find the GCD of 1071 and 462, confirming its step-by-step nature. The calculations went smoothly, ' +
          'tracking the remainders until zero. My focus is now solidifying the implementation logic, ensuring accuracy and ' +
          "considering potential edge cases. I'll translate this example into code.\n\n\n",
      },
    ]);
  });

  it.each([
    ['gcd of 12 and 18', '6'],
    ['GCD(17, 5)', '1'],
    ['What is the gcd of 0 and 9?', '9'],
    ['gcd of 100000000000000000000 and 60000000000000000000', '20000000000000000000'],
  ])('%s', async (asked, gcd) => {
    expect((await ask(asked)).text).toContain(`is **${gcd}**`);
  });
});

describe('texts', () => {
  it('tells a joke', async () => {
    expect((await ask('Tell me a joke.')).text).toBe('Why did the chicken cross the road?');
    expect((await ask('Tell me a joke about programmers.')).text).toMatch(/programmers.*🐛/s);
  });

  it('says something about anything, with letters of one to four bytes', async () => {
    const { text } = await ask('Describe a tree');

    expect(text).toContain('Describe a tree');
    expect(new Set(Array.from(text, (letter) => Buffer.byteLength(letter)))).toEqual(new Set([1, 2, 3, 4]));
  });

  it('ends where its tokens end', async () => {
    const { answer, text } = await ask('Count to 100', { generation_config: { max_output_tokens: 10 } });

    expect(answer).toMatchObject({ status: 'incomplete', usage: { total_output_tokens: like.number } });
    expect((answer['usage'] as { total_output_tokens: number }).total_output_tokens).toBeLessThanOrEqual(10);
    expect(text).toMatch(/^1, 2, 3/);
  });

  it('says nothing behind that end, and cites nothing', async () => {
    const { answer } = await ask('What is the largest mountain in Europe?', {
      tools: [{ type: 'google_search' }],
      generation_config: { max_output_tokens: 8 },
    });
    const steps = answer['steps'] as readonly Json[];

    expect(answer['status']).toBe('incomplete');
    expect(steps.map(({ type }) => type)).toEqual([
      'thought',
      'google_search_call',
      'google_search_result',
      'model_output',
    ]);
    expect(steps.at(-1)?.['content']).toEqual([{ type: 'text', text: 'Mount Elbrus – Эльбрус – in' }]);
  });
});

describe('weather', () => {
  it.each([
    ['What is the weather in Paris right now?', ['Paris']],
    ["What's the weather like in Paris and in Boston?", ['Paris', 'Boston']],
    ['Weather for Oslo, Rome and São Paulo please', ['Oslo', 'Rome', 'São Paulo']],
    ['Is it warm in San Francisco, CA? What is the temperature there?', ['San Francisco, CA']],
    ['Compare the forecast of New York and Paris, and of Paris again', ['New York', 'Paris']],
    ['what is the weather in paris?', ['paris']],
    ['what is the weather in paris and boston today', ['paris', 'boston']],
  ])('%s', async (prompt, cities) => {
    const { answer, calls } = await ask(prompt, { tools: [WEATHER] });

    expect(argumentsOf(calls)).toEqual(cities.map((location) => ({ location })));
    expect(answer['status']).toBe('requires_action');
    expect(new Set(calls.map(({ id }) => id)).size).toBe(cities.length);
    expect((answer['steps'] as readonly Json[])[0]?.['type']).toBe('thought');
  });

  it('knows weather by other names, and fills in other members', async () => {
    const { calls } = await ask('What is the temperature in London in fahrenheit?', {
      tools: [tool('get_current_temperature', { city: { type: 'string' }, unit: { enum: ['celsius', 'fahrenheit'] } })],
    });

    expect(argumentsOf(calls)).toEqual([{ city: 'London', unit: 'fahrenheit' }]);
  });

  it('asks for several cities at once where that is what the function takes', async () => {
    const { calls } = await ask('The weather in Paris and Boston?', {
      tools: [tool('weather', { cities: { type: 'array', items: { type: 'string' } } })],
    });

    expect(argumentsOf(calls)).toEqual([{ cities: ['Paris', 'Boston'] }]);
  });

  it.each([
    ['text', 'Rain, 52°F', 'Rain, 52°F'],
    ['JSON text', '{"temperature":"22","unit":"celsius"}', 'temperature 22, unit celsius'],
    ['an object', { celsius: 7, sky: 'cloudy' }, 'celsius 7, sky cloudy'],
    ['a list in an object', { next_days: ['rain', 'sun'], celsius: 7 }, 'next days rain, sun, celsius 7'],
    ['blocks', [{ type: 'text', text: '{"weather":"Sunny and 22°C"}' }], 'Sunny and 22°C'],
    ['blocks in an object', { content: [{ type: 'text', text: 'Sunny' }] }, 'Sunny'],
    ['an image', [{ type: 'image', uri: 'https://example.com/sky.png' }], '[image]'],
  ])('uses a result that is %s', async (_shape, result, said) => {
    const { create, answer, calls } = await ask('The weather in Paris and Oslo?', { tools: [WEATHER] });
    const results = calls.map(({ id }) => ({ type: 'function_result', call_id: id, result }));
    const { steps, status } = await create({ model: MODEL, previous_interaction_id: answer['id'], input: results });

    expect(status).toBe('completed');
    expect(textIn(steps)).toContain(`Paris right now: ${said}. `);
    expect(textIn(steps)).toContain(`Oslo right now: ${said}. `);
    expect((steps as readonly Json[]).map(({ type }) => type)).toEqual(['thought', 'model_output']);
  });

  it('does not repeat what it asked', async () => {
    const { create, answer, calls } = await ask('The weather in Oslo?', { tools: [WEATHER] });
    const result = { location: 'Oslo', celsius: 3, sky: 'snow' };
    const input = [{ type: 'function_result', call_id: calls[0]?.['id'], result }];
    const { steps } = await create({ model: MODEL, previous_interaction_id: answer['id'], input });

    expect(textIn(steps)).toContain('The weather in Oslo right now: celsius 3, sky snow.');
  });

  it('says what failed', async () => {
    const { create, answer, calls } = await ask('The weather in Atlantis?', { tools: [WEATHER] });
    const input = [{ type: 'function_result', call_id: calls[0]?.['id'], result: 'no such city', is_error: true }];
    const { steps } = await create({ model: MODEL, previous_interaction_id: answer['id'], input });

    expect(textIn(steps)).toMatch(/could not.*Atlantis: no such city/);
  });
});

describe('functions', () => {
  it.each([
    ['What is the stock price of GOOG?', tool('get_stock_price', { ticker: { type: 'string' } }), { ticker: 'GOOG' }],
    [
      'Set the lights to 40 percent',
      tool('setLightLevel', { level: { type: 'integer', maximum: 100 } }),
      { level: 40 },
    ],
    [
      'Search the docs for "marble tests"',
      tool('search_docs', { query: { type: 'string' } }),
      { query: 'Search the docs for "marble tests"' },
    ],
    [
      'Schedule a meeting',
      tool('schedule_meeting', {
        date: { type: 'string', format: 'date' },
        remote: { type: 'boolean' },
        people: {
          type: 'array',
          items: { type: 'object', properties: { email: { type: 'string', format: 'email' } }, required: ['email'] },
        },
      }),
      { date: '2026-06-01', remote: true, people: [{ email: 'ada@example.com' }] },
    ],
    ['Add 3 and 4', tool('add', { a: { type: 'number' }, b: { type: 'number' } }), { a: 3, b: 4 }],
    [
      'Turn on the disco ball',
      tool('power', { on: { type: 'boolean' } }, { description: 'Powers a spinning disco ball.' }),
      { on: true },
    ],
    [
      'Book a flight from Paris to Rome',
      tool('book_flight', { origin: { type: 'string' }, destination: { type: 'string' } }),
      { origin: 'Paris', destination: 'Rome' },
    ],
    ['Ping', tool('ping'), {}],
  ])('%s', async (prompt, declared, expected) => {
    const { calls, answer } = await ask(prompt, { tools: [tool('unrelated'), declared] });

    expect(calls).toMatchObject([{ name: declared.name, arguments: expected }]);
    expect(argumentsOf(calls)).toEqual([expected]);
    expect(answer['status']).toBe('requires_action');
  });

  it('leaves out what nobody asked for', async () => {
    const declared = {
      type: 'function',
      name: 'book_table',
      parameters: {
        type: 'object',
        properties: { restaurant: { type: 'string' }, smoking: { type: 'boolean' }, guests: { type: 'integer' } },
        required: ['restaurant'],
      },
    };

    expect(argumentsOf((await ask('Book a table at "Chez Nous"', { tools: [declared] })).calls)).toEqual([
      { restaurant: 'Chez Nous' },
    ]);
    expect(argumentsOf((await ask('Book a table for 4 guests', { tools: [declared] })).calls)).toEqual([
      { restaurant: like.string, guests: 4 },
    ]);
  });

  it('does not call what the prompt is not about', async () => {
    const { calls, text } = await ask('Tell me a joke.', { tools: [WEATHER, tool('get_stock_price')] });

    expect(calls).toEqual([]);
    expect(text).toContain('chicken');
  });

  it.each([
    ['none', 'none', []],
    ['auto', 'auto', ['get_weather']],
    ['validated', 'validated', ['get_weather']],
    ['any', 'any', ['get_weather']],
    ['other functions only', { allowed_tools: { tools: ['ping'] } }, []],
    ['any of the others', { allowed_tools: { mode: 'any', tools: ['ping'] } }, ['ping']],
  ])('respects a tool choice of %s', async (_name, tool_choice, names) => {
    const { calls } = await ask('The weather in Paris?', {
      tools: [WEATHER, tool('ping')],
      generation_config: { tool_choice },
    });

    expect(calls.map(({ name }) => name)).toEqual(names);
  });

  it('calls something if it must, even after results', async () => {
    const generation_config = { tool_choice: 'any' };
    const { create, answer, calls } = await ask('Hello', { tools: [tool('ping')], generation_config });
    expect(calls.map(({ name }) => name)).toEqual(['ping']);

    const input = calls.map(({ id }) => ({ type: 'function_result', call_id: id, result: 'pong' }));
    const more = { model: MODEL, tools: [tool('ping')], previous_interaction_id: answer['id'], input };
    expect(await create({ ...more, generation_config })).toMatchObject({ status: 'requires_action' });
    expect(await create(more)).toMatchObject({ status: 'completed' });
  });

  it('quotes the results of any function', async () => {
    const { create, answer, calls } = await ask('What is the market value of GOOG?', {
      tools: [tool('get_market_value', { ticker: { type: 'string' } })],
    });
    const input = calls.map(({ id }) => ({ type: 'function_result', call_id: id, result: { value: 175.5 } }));
    const { steps } = await create({ model: MODEL, previous_interaction_id: answer['id'], input });

    expect(textIn(steps)).toMatch(/get_market_value.*GOOG.*175\.5/);
  });
});

describe('structured output', () => {
  const schema = {
    type: 'object',
    properties: {
      recipe_name: { type: 'string' },
      minutes: { type: 'integer', minimum: 5, maximum: 90, multipleOf: 5 },
      difficulty: { type: 'string', enum: ['easy', 'hard'] },
      ingredients: {
        type: 'array',
        minItems: 3,
        items: { $ref: '#/$defs/ingredient' },
      },
      note: { anyOf: [{ type: 'null' }, { type: 'string', maxLength: 10 }] },
    },
    required: ['recipe_name'],
    $defs: {
      ingredient: {
        type: 'object',
        properties: { name: { type: 'string' }, grams: { type: 'number' } },
        required: ['name'],
      },
    },
  };
  const fits = {
    recipe_name: 'Onion soup',
    minutes: like.number,
    difficulty: 'easy',
    ingredients: Array.from({ length: 3 }, () => ({ name: like.string, grams: like.number })),
    note: like.matching(/^.{1,10}$/),
  };

  it.each([
    ['an entry', { type: 'text', mime_type: 'application/json', schema }],
    ['a list', [{ type: 'image' }, { type: 'text', mime_type: 'application/json', schema }]],
    ['a bare schema', schema],
  ])('fits the schema of %s', async (_form, response_format) => {
    const { text, answer } = await ask('Give me a recipe for onion soup', { response_format });
    const value = JSON.parse(text) as { readonly minutes: number };

    expect(value).toEqual(fits);
    expect(value.minutes % 5).toBe(0);
    expect(answer['status']).toBe('completed');
  });

  it('is JSON even without a schema', async () => {
    const { text } = await ask('Hi', { response_format: { type: 'text', mime_type: 'application/json' } });

    expect(JSON.parse(text)).toEqual({ answer: 'Hi' });
  });

  it('ends even if the schema does not', async () => {
    const endless = {
      type: 'object',
      properties: { next: { $ref: '#' }, all: { type: 'array', items: { $ref: '#' } } },
      required: ['next'],
    };
    const { text } = await ask('Hi', {
      response_format: { type: 'text', mime_type: 'application/json', schema: endless },
    });

    expect(JSON.parse(text)).toMatchObject({ next: { next: {} } });
  });
});

it('answers results in the shape that is asked for', async () => {
  const { create, answer, calls } = await ask('The weather in Paris?', { tools: [WEATHER] });
  const input = calls.map(({ id }) => ({ type: 'function_result', call_id: id, result: 'Rain' }));
  const response_format = {
    type: 'text',
    mime_type: 'application/json',
    schema: { type: 'object', properties: { city: { type: 'string' } } },
  };
  const { steps } = await create({ model: MODEL, previous_interaction_id: answer['id'], input, response_format });

  expect(JSON.parse(textIn(steps))).toEqual({ city: 'Paris' });
});
