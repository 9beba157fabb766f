import { closeAll, inProcess, type Json, like, MODEL, textIn, WEATHER } from './support/api.js';

afterEach(closeAll);

const ask = async (input: unknown, more: Json = {}) => {
  const api = await inProcess({ pace: 0 });
  const answer = await api.create({ ...(more['agent'] === undefined && { model: MODEL }), input, ...more });
  const steps = (answer['steps'] ?? []) as readonly Json[];
  return { ...api, answer, steps, text: textIn(steps), types: steps.map(({ type }) => type) };
};

/** A background run, once it is over. */
const run = async (request: Json) => {
  const { get, answer } = await ask(request['input'], { ...request, background: true });
  const { steps } = (await (await get(answer['id'])).json()) as { readonly steps: readonly Json[] };
  return steps.slice(1);
};

describe('how AI works', () => {
  it('is said in a few words where that is asked for', async () => {
    expect((await ask('Explain how AI works in a few words')).text).toBe(
      'AI learns patterns from data, then uses those patterns to make predictions or decisions on new data.',
    );
  });

  it('is said at length otherwise', async () => {
    expect((await ask('Please explain how artificial intelligence works')).text).toMatch(
      /examples.*Training.*Feedback/s,
    );
  });
});

describe('paws', () => {
  it.each([
    ['How many paws do 3 cats have?', 'There are 12 paws in all. 3 cats × 4 paws = 12 paws.'],
    [
      'I have a dog in my flat. How many paws are in our flat?',
      'There are 4 paws in your flat. 1 dog × 4 paws = 4 paws.',
    ],
    [
      'We own two dogs and three small puppies. How many legs are on the sofa?',
      'There are 20 legs on the sofa. 2 dogs × 4 legs + 3 puppies × 4 legs = 20 legs.',
    ],
    [
      'How many paws have 2 parrots and 1 rabbit?',
      'There are 4 paws in all. 2 parrots × 0 paws + 1 rabbit × 4 paws = 4 paws.',
    ],
    [
      'How many legs have 5 spiders and no ducks?',
      'There are 40 legs in all. 5 spiders × 8 legs + 0 ducks × 2 legs = 40 legs.',
    ],
  ])('%s', async (prompt, answer) => {
    expect((await ask(prompt)).text).toBe(answer);
  });

  it('are counted over the whole conversation, however it is kept', async () => {
    const { create, answer } = await ask('I have 2 dogs in my house.');
    const next = await create({ model: MODEL, input: 'And I got 5 cats.', previous_interaction_id: answer['id'] });
    const asked = 'How many paws are in my house?';
    const chained = await create({ model: MODEL, input: asked, previous_interaction_id: next['id'] });
    const said = (text: string) => ({ type: 'user_input', content: [{ type: 'text', text }] });
    const steps = [
      ...(answer['steps'] as readonly Json[]),
      said('And I got 5 cats.'),
      ...(next['steps'] as readonly Json[]),
    ];
    const stateless = await create({
      model: MODEL,
      store: false,
      input: [said('I have 2 dogs in my house.'), ...steps, said(asked)],
    });

    expect(textIn(chained['steps'])).toBe(
      'There are 28 paws in your house. 2 dogs × 4 paws + 5 cats × 4 paws = 28 paws.',
    );
    expect(textIn(stateless['steps'])).toBe(textIn(chained['steps']));
  });

  it('of nobody are not counted', async () => {
    expect((await ask('How many paws are in my house?')).text).toContain('You wrote');
  });
});

describe('a temperature', () => {
  const tool = { ...WEATHER, name: 'get_current_temperature', description: 'Gets the current temperature.' };
  const told = async (result: unknown, more: Json = {}) => {
    const { create, answer, steps } = await ask('What is the temperature in London?', { tools: [tool] });
    const [{ id: call_id } = {}] = steps.filter(({ type }) => type === 'function_call');
    const input = [{ type: 'function_result', call_id, result, ...more }];
    return textIn((await create({ model: MODEL, previous_interaction_id: answer['id'], input }))['steps']);
  };

  it.each<[string, unknown]>([
    ['22°C', [{ type: 'text', text: '{"location":"London","temperature":"22","unit":"celsius"}' }]],
    ['22°C', { temperature: 22, unit: 'Celsius' }],
    ['71.6°F', '{"temperature":71.6,"unit":"fahrenheit"}'],
    ['295 K', { content: [{ type: 'text', text: '{"temperature":"295","unit":"kelvin"}' }] }],
    ['18 réaumur', { temperature: 18, unit: 'réaumur' }],
    ['22°', { temperature: 22 }],
  ])('is told as %s', async (degrees, result) => {
    expect(await told(result)).toBe(`The temperature in London is currently ${degrees}.`);
  });

  it.each<[string, unknown, Json]>([
    ['Sunny', 'Sunny', {}],
    ['unit celsius', { unit: 'celsius' }, {}],
    ['no such city', 'no such city', { is_error: true }],
    [
      'one, two',
      [
        { type: 'text', text: 'one' },
        { type: 'text', text: 'two' },
      ],
      {},
    ],
  ])('that is none is told as it came: %s', async (said, result, more) => {
    expect(await told(result, more)).toContain(said.split(' ').at(-1));
  });
});

describe('media', () => {
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000100000000908020000', 'hex').toString('base64');

  it('are told by what they say of themselves', async () => {
    const { text } = await ask([
      { type: 'text', text: 'Compare these.' },
      { type: 'image', data: png, mime_type: 'image/png' },
      { type: 'audio', uri: 'https://example.com/a/sample.mp3?x=1', mime_type: 'audio/mp3' },
      { type: 'document', data: 'JQ==', mime_type: 'application/pdf' },
      { type: 'video', uri: 'https://example.com/intro' },
    ]);

    expect(text).toBe(
      'The local image displays a pipe organ while the remote audio file is a sample MP3 clip while the local document is a short PDF file while the remote video file is an intro clip. ' +
        'I was sent: image/png, 16 × 9 pixels, 28 bytes; audio/mp3 at https://example.com/a/sample.mp3?x=1; application/pdf, 1 byte; no media type at https://example.com/intro.',
    );
  });

  it('of an earlier turn are not told again', async () => {
    const { create, answer } = await ask([{ type: 'image', data: png, mime_type: 'image/png' }]);
    const next = await create({ model: MODEL, input: 'Thanks', previous_interaction_id: answer['id'] });

    expect(textIn(next['steps'])).toContain('You wrote: “Thanks”');
  });

  it('are processed step by step where a video says so', async () => {
    const video = { type: 'video', uri: 'https://example.com/v.mp4', mime_type: 'video/mp4' };

    expect((await ask([{ ...video, processing: 'agentic' }])).types).toEqual([
      'thought',
      'processing_call',
      'processing_result',
      'model_output',
    ]);
    expect((await ask([{ ...video, processing: 'static' }])).types).toEqual(['thought', 'model_output']);
  });
});

describe('images', () => {
  const images = (steps: readonly Json[]) =>
    steps.flatMap(({ content }) => ((content ?? []) as readonly Json[]).filter(({ type }) => type === 'image'));

  it.each<[string, Json, string]>([
    ['no format', { model: 'gemini-3.1-flash-image' }, 'image/png'],
    ['a format', { response_format: { type: 'image' } }, 'image/jpeg'],
    ['a modality', { response_modalities: ['image'] }, 'image/png'],
  ])('with %s are of the usual type', async (_what, more, mime_type) => {
    const { steps, text } = await ask('Draw a skyline', more);

    expect(images(steps)).toEqual([{ type: 'image', mime_type, data: like.string }]);
    expect(text).toBe('');
  });

  it('differ by what they are to show', async () => {
    const shown = await Promise.all(
      ['a skyline', 'the Colosseum', 'vaults at night'].map(async (what) => {
        const { steps } = await ask(`Draw ${what}`, { model: 'gemini-3.1-flash-image' });
        return images(steps)[0]?.['data'];
      }),
    );

    expect(new Set(shown).size).toBe(3);
  });

  it('are not what an image model says to everything', async () => {
    expect((await ask('Tell me a joke.', { model: 'gemini-3.1-flash-image' })).text).toContain('chicken');
  });

  it('are not what is wanted where only text is', async () => {
    const more = { model: 'gemini-3.1-flash-image', response_format: { type: 'text' } };

    expect(images((await ask('Draw a skyline', more)).steps)).toEqual([]);
  });

  it('stand beside JSON where both are asked for', async () => {
    const schema = { type: 'object', properties: { title: { type: 'string' } } };
    const text = { type: 'text', mime_type: 'application/json', schema };
    const answer = await ask('A picture called "Dusk"', { response_format: [text, { type: 'image' }] });

    expect(JSON.parse(answer.text)).toEqual({ title: 'Dusk' });
    expect(images(answer.steps)).toEqual([{ type: 'image', mime_type: 'image/jpeg', data: like.string }]);
  });

  it('stand in a story: the later parts begin with them, and signatures are between the parts', async () => {
    const { steps } = await ask('Write a short illustrated story about a gladiator named Livia.', {
      model: 'gemini-3.1-flash-image',
      generation_config: { thinking_summaries: 'auto' },
    });

    expect(
      steps.map(({ type, content, ...more }) => [
        type,
        ...((content ?? []) as readonly Json[]).map((block) => block['type']),
        ...Object.keys(more),
      ]),
    ).toEqual([
      ['model_output', 'text'],
      ['thought', 'signature'],
      ['model_output', 'image', 'text'],
      ['thought', 'signature'],
      ['model_output', 'image', 'text'],
    ]);
    expect(textIn(steps)).toMatch(/Part 1: The New Flavian.*Livia.*Part 2: The Hypogeum.*Part 3: The Moment/s);
  });
});

describe('agents', () => {
  const agent = 'deep-research-preview-04-2026';
  const config = { type: 'deep-research', thinking_summaries: 'auto' };

  it('tell how their research goes on, then report', async () => {
    const [thought, output] = await run({ agent, input: 'Please investigate the tides.', agent_config: config });
    const summary = (thought as { readonly summary: readonly Json[] }).summary.map(({ text }) => String(text));

    expect(summary.length).toBeGreaterThan(3);
    expect(summary.every((text) => /^\*\*\*[^*]+\*\*\*\n\n./.test(text))).toBe(true);
    expect(textIn(output)).toMatch(/^# The tides: .*\n\n## Executive Summary\n\n/);
  });

  it('keep it to themselves unless they are asked', async () => {
    const [thought] = await run({ agent, input: 'Research the tides.' });

    expect(thought).toEqual({ type: 'thought', signature: like.string });
  });

  it('plan first where planning is shared', async () => {
    const agent_config = { ...config, collaborative_planning: true };
    const [, output] = await run({ agent, input: 'Research the tides.', agent_config });

    expect(textIn(output)).toMatch(/how I would research the tides:.*Shall I start/s);
  });

  it('run code in their sandbox, whatever they are asked', async () => {
    const more = { agent: 'antigravity-preview-05-2026', environment: 'remote' };
    const { text, types, answer } = await ask('Tidy up the folder', more);

    expect(types).toEqual(['thought', 'code_execution_call', 'code_execution_result', 'model_output']);
    expect(text).toContain('your prompt has 4 words');
    expect(answer['environment_id']).toMatch(/^[\da-f]{8}-/);
  });
});

it('analyses the impact of anything on anything', async () => {
  const { text } = await ask('Describe the influence of bees on gardening.');

  expect(text).toMatch(/^Bees has transformed gardening in several ways/);
  expect(text.split('\n\n').length).toBeGreaterThan(5);
});

describe('a recipe for banana bread', () => {
  const recipe = async (schema: Json) => {
    const response_format = { type: 'text', mime_type: 'application/json', schema };
    return (await ask('Give me a recipe for banana bread', { response_format })).text;
  };

  it('is the one of the guide, in its order', async () => {
    const schema = {
      type: 'object',
      properties: {
        recipe_name: { type: 'string' },
        ingredients: { type: 'array', items: { type: 'string' } },
        prep_time_minutes: { type: 'integer' },
      },
      required: ['recipe_name', 'ingredients'],
    };

    expect(await recipe(schema)).toBe(
      '{\n  "recipe_name": "Classic Banana Bread",\n  "ingredients": [\n    "3 ripe bananas, mashed",\n    "1/3 cup melted butter",\n    "3/4 cup sugar",\n    "1 egg, beaten",\n    "1 teaspoon vanilla extract",\n    "1 teaspoon baking soda",\n    "Pinch of salt",\n    "1.5 cups all-purpose flour"\n  ],\n  "prep_time_minutes": 15\n}',
    );
  });

  it('fits another schema, too', async () => {
    const item = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] };
    const schema = {
      type: 'object',
      properties: { ingredients: { type: 'array', items: item }, servings: { type: 'integer', maximum: 4 } },
    };

    expect(JSON.parse(await recipe(schema))).toEqual({
      ingredients: [{ name: like.string }, { name: like.string }],
      servings: like.number,
    });
  });
});
