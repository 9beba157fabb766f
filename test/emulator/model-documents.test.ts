import { callsIn, closeAll, inProcess, type Json, MODEL, textIn, WEATHER } from './support/api.js';

afterEach(closeAll);

const IMAGE = { type: 'image', mime_type: 'image/png', data: 'iVBORw0KGgo=' };

/** A conversation that is stored: the texts of its answers. */
const talk = async (...inputs: readonly unknown[]): Promise<readonly string[]> => {
  const { create } = await inProcess({ pace: 0 });
  const texts: string[] = [];
  let previous: Json = {};
  for (const input of inputs) {
    const answer = await create({ model: MODEL, input, ...previous });
    previous = { previous_interaction_id: answer['id'] };
    texts.push(textIn(answer['steps']));
  }
  return texts;
};

const ask = async (input: unknown, more: Json = {}): Promise<string> => {
  const { create } = await inProcess({ pace: 0 });
  return textIn((await create({ model: MODEL, input, ...more }))['steps']);
};

describe('a name', () => {
  it.each<[greeting: string, name: string]>([
    ['Hi, my name is Phil.', 'Phil'],
    ['Hi! My name is John. I am working on AI agents.', 'John'],
    ['my name is phil', 'phil'],
    ['Hello, I’m Ada Lovelace!', 'Ada Lovelace'],
    ["Hey, my name's Zoë-Mae O'Brien, and I like tea", "Zoë-Mae O'Brien"],
  ])('is greeted, and recalled: %s', async (greeting, name) => {
    expect(await talk(greeting, 'What is my name?')).toEqual([
      `Hello ${name}! How can I help you today?`,
      `Your name is ${name}.`,
    ]);
  });

  it('is recalled from a history that is sent', async () => {
    const said = (text: string) => ({ type: 'user_input', content: [{ type: 'text', text }] });
    const history = [said('Hi, my name is Phil.'), said('No, my name is Philippa.'), said('Who am I?')];

    expect(await ask(history, { store: false })).toBe('Your name is Philippa.');
  });

  it('is asked for where nobody gave one', async () => {
    expect(await talk('I am Working on it.', "What's my name?")).toEqual([
      expect.stringContaining('I am Working on it.'),
      'You have not told me your name yet. What is it?',
    ]);
  });

  it('in a prompt that asks for something else is not what is answered', async () => {
    expect(await ask('Hi, my name is Phil. Tell me a joke.')).toContain('chicken');
  });
});

describe('an image', () => {
  it('that is to be described is a picture of a sunset', async () => {
    expect(await ask([IMAGE, { type: 'text', text: 'Describe this image.' }])).toBe(
      'This is a picture of a beautiful sunset over the mountains.',
    );
  });

  it.each<[what: string, input: readonly Json[]]>([
    ['is not to be described', [IMAGE, { type: 'text', text: 'What is this?' }]],
    ['is not alone', [IMAGE, IMAGE, { type: 'text', text: 'Describe these images.' }]],
  ])('that %s is told by what it says of itself', async (_what, input) => {
    expect(await ask(input)).toMatch(/^The local image displays a pipe organ.*image\/png, 8 bytes/);
  });
});

describe('a joke', () => {
  it.each(['Why?', 'Why did it cross the road?', "I don't know.", 'No idea...', 'Tell me!'])(
    'is a riddle, solved for whoever says: %s',
    async (answer) => {
      expect(await talk('Tell me a joke.', answer)).toEqual([
        'Why did the chicken cross the road?',
        'To get to the other side!',
      ]);
    },
  );

  it('is not what is solved where none was told', async () => {
    expect(await talk('Count to 3.', 'Why?')).toEqual(['1, 2, 3', expect.stringContaining('Why?')]);
  });
});

describe('a model from before Gemini 3', () => {
  const model = 'gemini-2.5-flash';

  it('tells the riddle and its solution', async () => {
    expect(await ask('Tell me a joke.', { model })).toBe(
      'Why did the chicken cross the road? To get to the other side!',
    );
  });

  it('sees less in an image', async () => {
    expect(await ask([IMAGE, { type: 'text', text: 'Describe this image.' }], { model })).toBe(
      'This is a picture of a beautiful sunset.',
    );
  });

  it('says more of what it found', async () => {
    const { create } = await inProcess({ pace: 0 });
    const { steps } = await create({ model, input: 'Who won Euro 2024?', tools: [{ type: 'google_search' }] });
    const [, call, , output] = steps as readonly Json[];

    expect(call?.['arguments']).toEqual({ queries: ['UEFA Euro 2024 winner', 'who won euro 2024'] });
    expect(textIn([output])).toBe(
      "Spain won Euro 2024, defeating England 2-1 in the final. This victory marks Spain's record fourth European " +
        'Championship title.',
    );
    expect((output?.['content'] as readonly Json[])[0]?.['annotations']).toMatchObject([
      { title: 'aljazeera.com', start_index: 0, end_index: 56 },
      { title: 'aljazeera.com', start_index: 57, end_index: 126 },
      { title: 'uefa.com', start_index: 57, end_index: 126 },
    ]);
  });
});

describe('the winner of Euro 2024', () => {
  it.each<[prompt: string, answer: string, source: string]>([
    ['Who won Euro 2024?', 'Spain won Euro 2024, defeating England 2-1.', 'aljazeera.com'],
    ['Who won the euro 2024?', 'Spain won Euro 2024, defeating England 2-1 in the final.', 'uefa.com'],
  ])('%s', async (input, answer, title) => {
    const { create } = await inProcess({ pace: 0 });
    const { steps } = await create({ model: MODEL, input, tools: [{ type: 'google_search' }] });

    expect(textIn(steps)).toBe(answer);
    expect((steps as readonly Json[]).at(-1)).toMatchObject({ content: [{ annotations: [{ title }] }] });
  });
});

describe('a place', () => {
  const placeFor = async (prompt: string, name: string, schema: Json): Promise<unknown> => {
    const parameters = { type: 'object', properties: { [name]: { type: 'string', ...schema } }, required: [name] };
    const tools = [{ type: 'function', name: 'get_weather', parameters }];
    const { create } = await inProcess({ pace: 0 });
    const { steps } = await create({ model: MODEL, input: prompt, tools });
    return callsIn(steps).map((call) => (call['arguments'] as Json)[name]);
  };

  it.each<[what: string, prompt: string, name: string, schema: Json, places: readonly string[]]>([
    ['with its state', "What's the weather in Boston?", 'location', {}, ['Boston, MA']],
    ['that has its state', "What's the weather in Boston, MA?", 'location', {}, ['Boston, MA']],
    ['where state and city are wanted', 'Weather in Seattle?', 'city', { description: 'City, state' }, ['Seattle, WA']],
    ['where a city is wanted', "What's the weather in Boston?", 'city', {}, ['Boston']],
    ['where a town is wanted', 'Weather in Boston?', 'location', { description: 'The town' }, ['Boston']],
    ['that has no room for it', 'Weather in Boston?', 'location', { maxLength: 8 }, ['Boston']],
    ['that may have no comma', 'Weather in Boston?', 'location', { pattern: '^\\w+$' }, ['Boston']],
    ['elsewhere', "What's the weather in London?", 'location', {}, ['London']],
    ['of several', 'Weather in Paris and Boston?', 'location', {}, ['Paris', 'Boston']],
  ])('%s', async (_what, prompt, name, schema, places) => {
    expect(await placeFor(prompt, name, schema)).toEqual(places);
  });
});

describe('structured output', () => {
  const text = { type: 'string' };
  const format = (properties: Json) => ({
    response_format: {
      type: 'text',
      mime_type: 'application/json',
      schema: { type: 'object', properties, required: Object.keys(properties) },
    },
  });

  it('of a recipe for cookies', async () => {
    const properties = { recipe_name: text, ingredients: { type: 'array', items: text } };

    expect(JSON.parse(await ask('Give me a recipe for chocolate chip cookies.', format(properties)))).toEqual({
      recipe_name: 'Chocolate Chip Cookies',
      ingredients: ['1 cup butter', '1 cup sugar', '2 cups flour', '1 cup chocolate chips'],
    });
  });

  it.each(['year_published', 'yearPublished'])('of a book, which has a %s', async (year) => {
    const properties = { title: text, author: text, [year]: { type: 'INTEGER' } };

    expect(JSON.parse(await ask('Recommend one famous sci-fi book.', format(properties)))).toEqual({
      title: 'Dune',
      author: 'Frank Herbert',
      [year]: 1965,
    });
  });
});

describe('serverless computing', () => {
  const SENTENCE =
    'Serverless computing is a cloud execution model where the cloud provider dynamically manages the allocation and ' +
    'provisioning of servers, charging customers based on actual usage rather than pre-purchased capacity.';

  it('is explained in one sentence, and at length when that is asked for', async () => {
    const [first, second] = await talk('Explain serverless computing in one sentence.', 'Can you elaborate on that?');

    expect(first).toBe(SENTENCE);
    expect(second).toMatch(/functions or containers.*cold start/s);
  });

  it('is not what is elaborated on where something else was asked', async () => {
    expect(await talk('Count to 3.', 'Can you elaborate on that?')).toEqual([
      '1, 2, 3',
      expect.stringContaining('You wrote'),
    ]);
  });
});

describe('the results of a function', () => {
  const tool = (name: string, parameter: string) => ({
    type: 'function',
    name,
    parameters: { type: 'object', properties: { [parameter]: { type: 'string' } }, required: [parameter] },
  });
  const answered = async (prompt: string, declared: Json, result: unknown, more: Json = {}): Promise<string> => {
    const { create } = await inProcess({ pace: 0 });
    const first = await create({ model: MODEL, input: prompt, tools: [declared] });
    const input = callsIn(first['steps']).map(({ id }) => ({ type: 'function_result', call_id: id, result, ...more }));
    return textIn((await create({ model: MODEL, previous_interaction_id: first['id'], input }))['steps']);
  };

  it.each<[prompt: string, result: unknown, answer: string]>([
    ["What's the weather in Boston?", [{ type: 'text', text: '52°F with rain' }], "It's 52°F with rain in Boston."],
    ["What's the weather in Boston?", '52°F and rain', "It's 52°F and rain in Boston."],
    ["What's the weather in Boston, MA?", '52°F, rain', "It's currently 52°F and rainy in Boston."],
    ["What's the weather in Boston?", '-3.5 °C, hail', "It's -3.5 °C, hail in Boston."],
    [
      "What's the weather in Paris?",
      { weather: 'Sunny and 22°C' },
      'The weather in Paris right now: Sunny and 22°C. 🌤️',
    ],
  ])('that tell the weather: %s %j', async (prompt, result, answer) => {
    expect(await answered(prompt, WEATHER, result)).toBe(answer);
  });

  it.each<[result: unknown, price: string]>([
    ['175.5', '$175.50'],
    ['1234567.891', '$1,234,567.89'],
    [{ price: 100 }, '$100.00'],
  ])('that tell a price: %j', async (result, price) => {
    const stockPrice = tool('get_stock_price', 'ticker');

    expect(await answered('What is the stock price of GOOG?', stockPrice, result)).toBe(
      `The stock price of GOOG is ${price}.`,
    );
  });

  it.each<[what: string, result: unknown, more: Json]>([
    ['is none', 'sold out', {}],
    ['failed', '7', { is_error: true }],
    ['has a currency', { price: 7, currency: 'EUR' }, {}],
  ])('that tell a price that %s are told as they came', async (_what, result, more) => {
    const price = await answered('What is the price of bread?', tool('getPrice', 'item'), result, more);

    expect(price).toMatch(/^`getPrice` \(bread\) (?:says|failed): /);
  });
});

describe('stories and poems', () => {
  it.each<[prompt: string, opening: string]>([
    ['Tell me a story', 'Here is a story about somebody who asked for a story.'],
    ['Write a long story about space travel.', 'Here is a story about space travel.'],
    [
      'Make up a story of a gladiator called Livia!',
      'Here is a story about the Colosseum and a gladiator named Livia.',
    ],
  ])('%s', async (prompt, opening) => {
    const story = await ask(prompt);

    expect(story.split('\n')[0]).toBe(opening);
    expect(story).toMatch(/### Part 1: .*### Part 2: .*### Part 3: /s);
    expect(story).not.toContain('illustrated');
  });

  it('a prompt that only speaks of stories gets none', async () => {
    expect(await ask('Is this user story too large?')).toContain('You wrote');
  });

  it.each<[prompt: string, line: RegExp]>([
    ['Write a short poem about debugging.', /^I read the code from end to end,$/m],
    ['Write me a poem of four lines about the tides', /^Of the tides I was asked to sing$/m],
    ['Just a poem!', /^Of nothing much I was asked to sing$/m],
  ])('%s', async (prompt, line) => {
    const poem = await ask(prompt);

    expect(poem).toMatch(line);
    expect(poem).not.toContain('You wrote');
  });
});
