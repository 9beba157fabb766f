import fc from 'fast-check';
import { lastValueFrom } from 'rxjs';
import {
  citationsOf,
  decodeFrames,
  decodeGenerateContent,
  fetchTransport,
  fromGenerateContent,
  functionCallsOf,
  type GenerateContentResponse,
  type Interaction,
  outputText,
  reduceInteraction,
  throwIfUnsettled,
  toInteractionRequest,
  createClient,
} from 'rx-interactions';
import { fault, reply, type Reply, type ReplyPart } from 'rx-interactions/emulator';
import { from, type Observable, switchMap } from 'rxjs';

import { abortable } from '../../src/internal/abortable.js';
import { type Api, closeAll, inProcess, type Json, like, messagesOf, overSockets, WAYS } from './support/api.js';

afterEach(closeAll);

const EARLIER = 'gemini-2.5-flash';
const MODEL = 'gemini-3-flash-preview';

const pathOf = (method: string, model = EARLIER): string => `/v1beta/models/${model}:${method}`;
const WHOLE = pathOf('generateContent');
const LIST = pathOf('streamGenerateContent');
const SSE = `${LIST}?alt=sse`;

const text = (value: string) => ({ text: value });
const user = (...parts: readonly object[]) => ({ role: 'user', parts });
const model = (...parts: readonly object[]) => ({ role: 'model', parts });
const asking = (prompt: string, more: object = {}) => ({ contents: [{ parts: [text(prompt)] }], ...more });

const WEATHER = {
  functionDeclarations: [
    {
      name: 'get_weather',
      description: 'Get the current weather',
      parameters: { type: 'OBJECT', properties: { location: { type: 'STRING' } }, required: ['location'] },
    },
  ],
};

const bodyOf = async (response: Response): Promise<Json> => {
  const value = (await response.json()) as Json;
  expect({ status: response.status, value }).toMatchObject({ status: 200 });
  expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  return value;
};
const generate = async ({ send }: Api, body: unknown, path = WHOLE) => bodyOf(await send('POST', path, body));
const chunksOf = async (response: Response): Promise<readonly Json[]> => {
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  return (await messagesOf(response)).map(({ event, data }) => {
    expect(event).toBeUndefined();
    return JSON.parse(data) as Json;
  });
};
const errorOf = async (response: Response): Promise<Json> => {
  const { error, ...others } = (await response.json()) as { readonly error: Json };
  expect(others).toEqual({});
  expect(error).toEqual({ code: response.status, message: like.string, status: like.matching(/^[A-Z_]+$/) });
  return error;
};

const candidateOf = (response: unknown): Json => (response as { readonly candidates: readonly [Json] }).candidates[0];
const partsOf = (response: unknown): readonly Json[] =>
  (candidateOf(response)['content'] as { readonly parts: readonly Json[] }).parts;
const textIn = (responses: readonly unknown[]): string =>
  responses
    .flatMap((response) => partsOf(response).map(({ text: said }) => (typeof said === 'string' ? said : '')))
    .join('');

describe.each(WAYS)('%s', (_way, open) => {
  // The request of each sample, and the parts of the response that the guide prints to it.
  it.each<[section: string, body: object, parts: readonly object[], finishReason: string]>([
    [
      'basic input and output',
      asking('Tell me a joke.'),
      [text('Why did the chicken cross the road? To get to the other side!')],
      'STOP',
    ],
    [
      'several turns',
      {
        contents: [
          user(text('Hi, my name is Phil.')),
          model(text('Hi Phil, how can I help you?')),
          user(text('What is my name?')),
        ],
      },
      [text('Your name is Phil.')],
      'STOP',
    ],
    [
      'multimodal input',
      {
        contents: [{ parts: [{ inlineData: { mimeType: 'image/jpeg', data: 'AAAA' } }, text('Describe this image.')] }],
      },
      [text('This is a picture of a beautiful sunset.')],
      'STOP',
    ],
    [
      'function calling',
      asking('What is the weather like in Boston, MA?', { tools: [WEATHER] }),
      [{ functionCall: { name: 'get_weather', args: { location: 'Boston, MA' } } }],
      'STOP',
    ],
  ])('answers as the migration guide shows: %s', async (_section, body, parts, finishReason) => {
    const response = await generate(await open(), body);

    expect(response).toEqual({
      candidates: [{ content: { parts, role: 'model' }, finishReason, index: 0 }],
      usageMetadata: like.having({
        promptTokenCount: like.number,
        candidatesTokenCount: like.number,
        totalTokenCount: like.number,
      }),
      modelVersion: EARLIER,
      responseId: like.string,
    });
  });

  it('writes JSON for a schema in any of the ways that say so', async () => {
    const api = await open();
    const schema = {
      type: 'OBJECT',
      properties: { recipe_name: { type: 'STRING' }, ingredients: { type: 'ARRAY', items: { type: 'STRING' } } },
      required: ['recipe_name', 'ingredients'],
    };
    for (const generationConfig of [
      { responseFormat: [{ type: 'text', mimeType: 'application/json', schema }] },
      { responseMimeType: 'application/json', responseSchema: schema },
      { response_mime_type: 'application/json', response_schema: schema },
    ]) {
      const response = await generate(
        api,
        asking('Give me a recipe for chocolate chip cookies.', { generationConfig }),
      );

      expect(JSON.parse(String(partsOf(response)[0]?.['text']))).toEqual({
        recipe_name: 'Chocolate Chip Cookies',
        ingredients: ['1 cup butter', '1 cup sugar', '2 cups flour', '1 cup chocolate chips'],
      });
    }
  });

  it('makes an image behind a text', async () => {
    const body = asking('Generate an image of a skyline.', {
      generationConfig: { responseModalities: ['TEXT', 'IMAGE'] },
    });

    expect(partsOf(await generate(await open(), body))).toEqual([
      text('Here is your generated image:'),
      { inlineData: { mimeType: 'image/jpeg', data: like.string } },
    ]);
  });

  it.each([{ googleSearchRetrieval: {} }, { google_search: {} }])(
    'tells what an answer rests on beside it: %j',
    async (tool) => {
      const response = await generate(await open(), asking('Who won Euro 2024?', { tools: [tool] }));
      const [first, second] = [
        'Spain won Euro 2024, defeating England 2-1 in the final.',
        "This victory marks Spain's record fourth European Championship title.",
      ];

      expect(partsOf(response)).toEqual([text(`${first} ${second}`)]);
      expect(candidateOf(response)['groundingMetadata']).toEqual({
        webSearchQueries: ['UEFA Euro 2024 winner', 'who won euro 2024'],
        searchEntryPoint: { renderedContent: like.matching(/^<div/) },
        groundingChunks: [
          { web: { uri: like.containing('https://'), title: 'aljazeera.com' } },
          { web: { uri: like.containing('https://'), title: 'uefa.com' } },
        ],
        groundingSupports: [
          { segment: { startIndex: 0, endIndex: 56, text: first }, groundingChunkIndices: [0] },
          { segment: { startIndex: 57, endIndex: 126, text: second }, groundingChunkIndices: [0, 1] },
        ],
      });
    },
  );

  it('streams messages, the last of which says why it ended', async () => {
    const { send } = await open();
    const chunks = await chunksOf(await send('POST', SSE, asking('Tell me a story')));
    const ends = chunks.map((chunk) => candidateOf(chunk)['finishReason']);

    expect(chunks.length).toBeGreaterThan(3);
    expect(ends).toEqual([...chunks.slice(1).map(() => undefined), 'STOP']);
    expect(chunks.map((chunk) => 'usageMetadata' in chunk)).toEqual(ends.map((end) => end === 'STOP'));
    expect(new Set(chunks.map((chunk) => chunk['responseId'])).size).toBe(1);
    // What the samples read of every chunk is there.
    for (const chunk of chunks) expect(partsOf(chunk)).toHaveLength(1);
    expect(textIn(chunks)).toBe(textIn([await generate(await open(), asking('Tell me a story'))]));
  });

  it('streams the items of an array where nobody asks for messages', async () => {
    const { send } = await open();
    const response = await send('POST', LIST, asking("What's the weather in Boston?", { tools: [WEATHER] }));

    expect(await bodyOf(response)).toMatchObject([
      { candidates: [{ content: { parts: [{ functionCall: { name: 'get_weather' } }] } }] },
      { candidates: [{ content: { parts: [text('')] }, finishReason: 'STOP' }] },
    ]);
  });

  it('writes each item as it happens', async () => {
    const { emulator, send } = await open();
    emulator.script({ reply: [reply.text('a', reply.stall(), 'b')] });
    const reader = (await send('POST', LIST, asking('Hi'))).body!.getReader();
    const { value } = await reader.read();

    expect(new TextDecoder().decode(value)).toMatch(/^\[\{"candidates":\[\{"content":\{"parts":\[\{"text":"a"\}\]/);
    await reader.cancel();
    await emulator.requests[0]?.ended;
    expect(emulator.requests).toMatchObject([{ status: 200, open: false, aborted: true }]);
  });

  it('is at the enterprise endpoint, too, with what only that takes', async () => {
    const api = await open();
    const door = `publishers/google/models/${EARLIER}:generateContent`;
    const body = asking('Count to 3.', { labels: { team: 'a' } });
    for (const path of [`/v1beta1/projects/p/locations/global/${door}`, `/v1beta1/${door}`]) {
      expect(textIn([await generate(api, body, path)])).toBe('1, 2, 3');
    }
    expect(await errorOf(await api.send('POST', WHOLE, body))).toMatchObject({
      code: 400,
      message: "Unknown parameter: 'labels'.",
    });
  });
});

describe('a later model', () => {
  const path = pathOf('generateContent', MODEL);
  const tools = [WEATHER];
  const question = user(text('What is the weather in Paris and in Boston?'));
  const answering = (calls: readonly Json[]) =>
    user(
      ...calls.map(({ functionCall }) => {
        const { id, name } = functionCall as Json;
        return { functionResponse: { id, name, response: { result: '52°F and rain' } } };
      }),
    );

  it('gives its calls ids, and the first of them a signature, which have to come back', async () => {
    const api = await inProcess();
    const asked = await generate(api, { contents: [question], tools }, path);
    const calls = partsOf(asked);

    expect(calls).toEqual([
      {
        functionCall: { id: like.string, name: 'get_weather', args: { location: 'Paris' } },
        thoughtSignature: like.matching(/^[\w+/]{20,}=*$/),
      },
      { functionCall: { id: like.string, name: 'get_weather', args: { location: 'Boston' } } },
    ]);
    const answered = await generate(api, { contents: [question, model(...calls), answering(calls)], tools }, path);
    expect(textIn([answered])).toContain('Boston');
    expect(textIn([answered])).toContain('Paris');

    const unsigned = calls.map(({ functionCall }) => ({ functionCall }));
    const body = { contents: [question, model(...unsigned), answering(calls)], tools };
    expect(await errorOf(await api.send('POST', path, body))).toMatchObject({
      status: 'INVALID_ARGUMENT',
      message: like.containing('missing a thought_signature'),
    });
  });

  it('signs the end of an answer without calls, so that a text is not divided', async () => {
    const api = await inProcess();
    const signed = { thoughtSignature: like.string };
    const sse = `${pathOf('streamGenerateContent', MODEL)}?alt=sse`;
    const chunks = await chunksOf(await api.send('POST', sse, asking('Count to 9.')));

    expect(chunks.map(partsOf)).toEqual([[text('1, 2, 3, 4, 5,')], [text(' 6, 7, 8, 9')], [{ text: '', ...signed }]]);
    expect(partsOf(await generate(api, asking('Count to 3.'), path))).toEqual([{ text: '1, 2, 3', ...signed }]);
  });

  it('thinks aloud for those who ask for it', async () => {
    const generationConfig = { thinkingConfig: { includeThoughts: true } };
    const [thought, answer, ...others] = partsOf(
      await generate(await inProcess(), asking('Count to 3.', { generationConfig }), path),
    );

    expect([thought, answer]).toMatchObject([
      { text: like.matching(/^\*\*Counting\*\*/), thought: true },
      text('1, 2, 3'),
    ]);
    expect(others).toEqual([]);
  });
});

it('takes calls without ids from an earlier model, and answers their results', async () => {
  const api = await inProcess();
  const question = user(text("What's the weather in Boston?"));
  const asked = await generate(api, { contents: [question], tools: [WEATHER] });
  const result = user({ functionResponse: { name: 'get_weather', response: { result: '52°F with rain' } } });
  const contents = [question, candidateOf(asked)['content'], result];

  expect(partsOf(await generate(api, { contents, tools: [WEATHER] }))).toEqual([
    text("It's 52°F with rain in Boston."),
  ]);
});

it('keeps nothing', async () => {
  const api = await inProcess();
  api.emulator.script({ when: ({ store }) => store === false, reply: [reply.text('Not kept.')] });

  expect(textIn([await generate(api, asking('Hi'))])).toBe('Not kept.');
});

describe('what the newer endpoint answers to the same request', () => {
  const answerOf = (source: Observable<GenerateContentResponse | { readonly data: string }>): Promise<Interaction> =>
    lastValueFrom(source.pipe(decodeGenerateContent(), throwIfUnsettled(), reduceInteraction()));

  const streamed = ({ send }: Api, body: unknown, path = SSE): Promise<Interaction> =>
    lastValueFrom(
      abortable(() => from(send('POST', path, body))).pipe(
        switchMap((response) => from(response.body as unknown as AsyncIterable<Uint8Array>)),
        decodeFrames(),
        decodeGenerateContent(),
        throwIfUnsettled(),
        reduceInteraction(),
      ),
    );

  const saidBy = (interaction: Interaction) => ({
    status: interaction.status,
    text: outputText(interaction),
    calls: functionCallsOf(interaction).map(({ name, arguments: args }) => ({ name, args })),
    // Where they are in the text, and what they cite.
    citations: citationsOf(interaction).map(({ start, end, annotation }) => ({
      start,
      end,
      annotation: { ...annotation, source: 'not told' },
    })),
    media: interaction.steps.flatMap((step) =>
      step.type === 'model_output'
        ? (step.content ?? []).flatMap((block) => (block.type === 'text' ? [] : { ...block, channels: 'not told' }))
        : [],
    ),
    thoughts: interaction.steps.flatMap((step) =>
      step.type === 'thought' ? (step.summary ?? []).flatMap((item) => (item.type === 'text' ? item.text : [])) : [],
    ),
    tools: interaction.steps.flatMap(({ type }) => (/^(?!function_).+_(?:call|result)$/.test(type) ? type : [])).sort(),
    tokens: interaction.usage?.total_output_tokens,
  });

  const requests: readonly (readonly [what: string, body: ReturnType<typeof asking>])[] = [
    ['a story', asking('Tell me a story')],
    ['a story of emojis', asking('Tell me a joke about programmers.')],
    ['several calls', asking('What is the weather in Paris and in Boston?', { tools: [WEATHER] })],
    ['a search', asking('What is the largest mountain in Europe?', { tools: [{ googleSearch: {} }] })],
    ['a search and a page', asking('Search for cake recipes', { tools: [{ googleSearch: {} }] })],
    ['pages', asking('Compare https://a.example/x and https://b.invalid/y', { tools: [{ urlContext: {} }] })],
    ['places', asking('Where is a café near here?', { tools: [{ googleMaps: { enableWidget: true } }] })],
    [
      'files',
      asking('What says the handbook?', { tools: [{ fileSearch: { fileSearchStoreNames: ['fileSearchStores/a'] } }] }),
    ],
    ['code', asking('What is the sum of the first 50 prime numbers?', { tools: [{ codeExecution: {} }] })],
    ['an image', asking('Draw a skyline.', { generationConfig: { responseModalities: ['TEXT', 'IMAGE'] } })],
    ['sound', asking('Say: Hello.', { generationConfig: { responseModalities: ['AUDIO'] } })],
    ['thoughts', asking('Count to 30.', { generationConfig: { thinkingConfig: { includeThoughts: true } } })],
    ['as much as may be', asking('Count to 99.', { generationConfig: { maxOutputTokens: 20 } })],
  ];

  it.each(requests)('is what an answer and a stream of the older one decode to: %s', async (_what, body) => {
    const api = await inProcess({ pace: 0 });
    const client = createClient({ apiKey: 'any', transport: fetchTransport({ fetch: api.emulator.fetch }) });
    const { request, unsupported } = toInteractionRequest({ ...body, model: EARLIER });
    const expected = saidBy(await lastValueFrom(client.create(request)));
    const whole = (await generate(api, body)) as GenerateContentResponse;

    expect(unsupported).toEqual([]);
    expect(saidBy(await lastValueFrom(fromGenerateContent(whole).pipe(reduceInteraction())))).toMatchObject(expected);
    expect(saidBy(await streamed(api, body))).toMatchObject({ ...expected, media: like.anything });
  });

  it('is also what the array of a stream decodes to', async () => {
    const api = await inProcess({ pace: 0 });
    const responses = (await generate(
      api,
      asking('Tell me a story'),
      LIST,
    )) as unknown as readonly GenerateContentResponse[];

    expect(saidBy(await answerOf(from(responses)))).toEqual(saidBy(await streamed(api, asking('Tell me a story'))));
  });

  const piece = fc.string({ unit: 'grapheme', minLength: 1 });
  const part: fc.Arbitrary<ReplyPart> = fc.oneof(
    fc.array(piece, { minLength: 1 }).map((pieces) => reply.text(...pieces)),
    fc.oneof(fc.constant([]), fc.array(piece)).map((summary) => reply.thought(...summary)),
    fc
      .record({ name: piece, args: fc.dictionary(fc.string(), fc.jsonValue()) })
      .map(({ name, args }) => reply.call(name, args)),
    fc.constant(reply.step({ type: 'model_output' }, { type: 'image', mime_type: 'image/png', data: 'AA==' })),
    fc.constant(reply.serverTool('code_execution', { arguments: { code: '1' } }, { result: '1\n' })),
  );

  /** Steps, with all of what was thought in one text. */
  const stepsOf = ({ status, steps }: Interaction) => ({
    status,
    steps: steps.map((step) =>
      step.type === 'thought'
        ? { ...step, summary: (step.summary ?? []).map((item) => (item.type === 'text' ? item.text : '')).join('') }
        : step,
    ),
  });

  it.each([EARLIER, MODEL])('is the same in an answer and in a stream, however it is made up: %s', async (name) => {
    await fc.assert(
      fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 6 }), async (parts) => {
        // The same signatures and ids for both.
        const [one, other] = [
          await inProcess({ pace: 0, random: () => 0.5 }),
          await inProcess({ pace: 0, random: () => 0.5 }),
        ];
        one.emulator.script({ reply: parts });
        other.emulator.script({ reply: parts });
        const whole = (await generate(one, asking('Hi'), pathOf('generateContent', name))) as GenerateContentResponse;
        const path = `${pathOf('streamGenerateContent', name)}?alt=sse`;

        expect(stepsOf(await lastValueFrom(fromGenerateContent(whole).pipe(reduceInteraction())))).toEqual(
          stepsOf(await streamed(other, asking('Hi'), path)),
        );
      }),
      { numRuns: 60 },
    );
  });
});

describe('refusals', () => {
  const call = { functionCall: { name: 'get_weather', args: {} } };
  const result = { functionResponse: { name: 'get_weather', response: {} } };
  const part = (value: object) => ({ contents: [{ parts: [value] }] });
  const configured = (generationConfig: object) => asking('Hi', { generationConfig });

  it.each<[what: string, body: unknown, message: string]>([
    ['no object', [], 'has to be a JSON object'],
    ['no JSON', '{', 'not valid JSON'],
    ['no contents', {}, 'contents is not specified'],
    ['empty contents', { contents: [] }, 'contents is not specified'],
    ['text for contents', { contents: 'Hi' }, "'contents[0]'"],
    ['no parts', { contents: [{ role: 'user' }] }, 'contents.parts must not be empty'],
    ['an empty part', part({}), "required oneof field 'data'"],
    [
      'a part that is two',
      part({ text: 'a', inlineData: { mimeType: 'image/png', data: '' } }),
      'one initialized field',
    ],
    ['an unknown role', { contents: [{ role: 'system', parts: [text('a')] }] }, 'valid role: user, model'],
    ['an unknown member', asking('Hi', { input: 'Hi' }), "Unknown parameter: 'input'"],
    ['an unknown member of a part', part({ txt: 'a' }), "Unknown parameter: 'contents[0].parts[0].txt'"],
    ['data that are no base64', part({ inlineData: { mimeType: 'image/png', data: '?' } }), 'expected base64'],
    [
      'a file without an address',
      part({ fileData: { mimeType: 'image/png' } }),
      "'contents[0].parts[0].fileData.fileUri'",
    ],
    ['a number that is none', configured({ temperature: 'hot' }), "'generationConfig.temperature'"],
    ['an unknown setting', configured({ warmth: 1 }), "Unknown parameter: 'generationConfig.warmth'"],
    ['no tokens', configured({ maxOutputTokens: 0 }), 'max_output_tokens'],
    ['an unknown level', configured({ thinkingConfig: { thinkingLevel: 'HUGE' } }), 'thinking_level'],
    ['an unknown modality', configured({ responseModalities: ['SMELL'] }), 'expected one of TEXT'],
    ['several candidates', configured({ candidateCount: 2 }), 'Multiple candidates is not enabled'],
    ['an unknown tool', asking('Hi', { tools: [{ hammer: {} }] }), "Unknown parameter: 'tools[0].hammer'"],
    [
      'a tool of the enterprise',
      asking('Hi', { tools: [{ retrieval: {} }] }),
      "Unknown parameter: 'tools[0].retrieval'",
    ],
    ['functions of one name', asking('Hi', { tools: [WEATHER, WEATHER] }), 'Duplicate function declaration'],
    [
      'a choice of no functions',
      asking('Hi', { toolConfig: { functionCallingConfig: { mode: 'ANY' } } }),
      'without function_declarations',
    ],
    [
      'an unknown mode',
      asking('Hi', { tools: [WEATHER], toolConfig: { functionCallingConfig: { mode: 'any' } } }),
      'expected one of MODE_UNSPECIFIED',
    ],
    [
      'an unknown category',
      asking('Hi', { safetySettings: [{ category: 'RUDE', threshold: 'OFF' }] }),
      'HARM_CATEGORY',
    ],
    ['an instruction that is text', asking('Hi', { systemInstruction: 'Be brief.' }), "'systemInstruction'"],
    ['a result of no call', { contents: [user(result)] }, 'number of function response parts'],
    ['a call without a result', { contents: [user(text('a')), model(call), user(text('b'))] }, 'function call parts'],
    ['too few results', { contents: [user(text('a')), model(call, call), user(result)] }, 'function response parts'],
    [
      'a result of another function',
      {
        contents: [user(text('a')), model(call), user({ functionResponse: { name: 'get_time', response: {} } })],
      },
      'answers no function call',
    ],
  ])('%s', async (_what, body, message) => {
    const { send } = await inProcess();
    const error = await errorOf(await send('POST', WHOLE, body));

    expect(error).toEqual({ code: 400, message: like.containing(message), status: 'INVALID_ARGUMENT' });
  });

  it('stand in an array where the stream would be one, and in none where it is of messages', async () => {
    const { send } = await inProcess();

    expect(await (await send('POST', LIST, {})).json()).toEqual([{ error: like.having({ code: 400 }) }]);
    expect(await errorOf(await send('POST', SSE, {}))).toMatchObject({ code: 400 });
  });

  it.each<[method: string, path: string, headers: Record<string, string>, status: number, name: string]>([
    ['POST', WHOLE, { 'x-goog-api-key': '' }, 401, 'UNAUTHENTICATED'],
    ['GET', WHOLE, {}, 405, 'METHOD_NOT_ALLOWED'],
  ])('%s %s with %j', async (method, path, headers, status, name) => {
    const { send } = await inProcess();
    const response = await send(method, path, method === 'GET' ? undefined : asking('Hi'), { headers });

    expect(response.status).toBe(status);
    expect(await errorOf(response)).toMatchObject({ status: name });
  });

  it.each([
    pathOf('countTokens'),
    '/v1beta/models/:generateContent',
    '/models/a:generateContent',
    `/v1beta/models/%E0%A4:generateContent`,
  ])('there is nothing at %s', async (path) => {
    expect((await (await inProcess()).send('POST', path, asking('Hi'))).status).toBe(404);
  });

  it('lets pages of any origin in', async () => {
    const preflight = await (
      await overSockets()
    ).send('OPTIONS', WHOLE, undefined, { headers: { 'x-goog-api-key': '' } });

    expect(preflight.headers.get('access-control-allow-methods')).toBe('POST');
  });

  it('takes one where a list stands, and members in both spellings', async () => {
    const api = await inProcess();
    const said = { contents: { parts: { text: 'Count to 3.' } }, system_instruction: { parts: { text: 'Be brief.' } } };

    expect(textIn([await generate(api, said)])).toBe('1, 2, 3');
    api.emulator.script({
      when: ({ system_instruction }) => system_instruction === 'Be brief.',
      reply: [reply.text('Yes.')],
    });
    expect(textIn([await generate(api, said)])).toBe('Yes.');
  });
});

describe('scripts', () => {
  const scripted = async (...parts: Reply): Promise<Api> => {
    const api = await inProcess();
    api.emulator.script({ times: 2, reply: parts });
    return api;
  };

  it.each<[what: string, parts: Reply, ending: { readonly finishReason: string; readonly finishMessage?: string }]>([
    ['what is complete', [reply.text('a')], { finishReason: 'STOP' }],
    ['what is cut off', [reply.text('a'), reply.status('incomplete')], { finishReason: 'MAX_TOKENS' }],
    [
      'what is blocked',
      [reply.text('a'), reply.error('safety', 'No.')],
      { finishReason: 'SAFETY', finishMessage: 'No.' },
    ],
    [
      'what failed for a reason that it has',
      [reply.status('failed', { errors: [{ code: 'recitation', message: 'No.' }] })],
      { finishReason: 'RECITATION', finishMessage: 'No.' },
    ],
    [
      'what failed for another',
      [reply.status('failed')],
      { finishReason: 'OTHER', finishMessage: 'The interaction is failed.' },
    ],
    [
      'a call that is no JSON',
      [reply.call('f', {}, { pieces: ['{"a":', '1'] })],
      { finishReason: 'MALFORMED_FUNCTION_CALL', finishMessage: 'Malformed function call: f({"a":1)' },
    ],
  ])('%s', async (_what, parts, ending) => {
    const api = await scripted(...parts);
    expect(candidateOf(await generate(api, asking('Hi')))).toMatchObject(ending);
    const chunks = await chunksOf(await api.send('POST', SSE, asking('Hi')));
    expect(candidateOf(chunks.at(-1))).toMatchObject(ending);
  });

  it('say of an error what it is: instead of an answer, or in the middle of a stream', async () => {
    const api = await scripted(reply.text('a'), reply.error('service_unavailable', 'Busy.'));
    const error = { code: 503, message: 'Busy.', status: 'UNAVAILABLE' };
    const refused = await api.send('POST', WHOLE, asking('Hi'));

    expect(refused.status).toBe(503);
    expect(await errorOf(refused)).toEqual(error);
    expect(await chunksOf(await api.send('POST', SSE, asking('Hi')))).toEqual([
      like.having({ modelVersion: EARLIER }),
      { error },
    ]);
  });

  it('leave out an error that says nothing', async () => {
    expect(partsOf(await generate(await scripted(reply.error(), reply.text('a')), asking('Hi')))).toEqual([text('a')]);
  });

  it('answer anything at all', async () => {
    const body = { promptFeedback: { blockReason: 'SAFETY' } };
    expect(await generate(await scripted(reply.httpError(200, body)), asking('Hi'))).toEqual(body);
  });

  it('write what is no message, and what is no JSON', async () => {
    const api = await scripted(reply.events(['no json']), reply.raw(': a comment\n\n'));

    expect(await (await api.send('POST', SSE, asking('Hi'))).text()).toBe('data: no json\n\n: a comment\n\n');
    expect(await (await api.send('POST', LIST, asking('Hi'))).text()).toBe('[no json: a comment\n\n]');
  });

  it('lose connections', async () => {
    const api = await scripted(reply.text('a', reply.cut(), 'b'));

    expect(textIn(await chunksOf(await api.send('POST', SSE, asking('Hi'))))).toBe('a');
    expect(await (await api.send('POST', LIST, asking('Hi'))).text()).toMatch(/^\[\{.*\}$/);
  });

  it('give a step that is whole when it starts', async () => {
    const api = await scripted(
      reply.step({ type: 'thought', summary: [{ type: 'text', text: 'Hm.' }], signature: 's' }),
      reply.step({
        type: 'model_output',
        content: [
          {
            type: 'text',
            text: 'é!',
            annotations: [{ type: 'url_citation', url: 'https://a', start_index: 0, end_index: 2 }],
          },
          { type: 'image', mime_type: 'image/png', uri: 'https://b' },
        ],
      }),
      reply.step({ type: 'function_call', id: 'c', name: 'f', arguments: { a: 1 } }),
    );
    const response = await generate(api, asking('Hi'), pathOf('generateContent', MODEL));

    expect(partsOf(response)).toEqual([
      { text: 'Hm.', thought: true },
      text('é!'),
      { fileData: { mimeType: 'image/png', fileUri: 'https://b' } },
      { functionCall: { id: 'c', name: 'f', args: { a: 1 } }, thoughtSignature: 's' },
    ]);
    expect(candidateOf(response)['groundingMetadata']).toMatchObject({
      groundingSupports: [{ segment: { startIndex: 0, endIndex: 2, text: 'é' }, groundingChunkIndices: [0] }],
    });
  });
});

describe('what stands behind something else', () => {
  const path = pathOf('generateContent', MODEL);
  const answerTo = async (...parts: Reply) => {
    const api = await inProcess();
    api.emulator.script({ reply: parts });
    return generate(api, asking('Hi'), path);
  };

  it('is found by its place in the whole text: a citation', async () => {
    const cite = (url: string, start: number, end: number) => ({
      type: 'text_annotation_delta',
      annotations: [{ type: 'url_citation', url, start_index: start, end_index: end }],
    });
    const said = (value: string) => ({ type: 'text', text: value });
    const image = { type: 'image', mime_type: 'image/png', data: 'AA==' };
    const response = await answerTo(
      reply.text('é, '),
      reply.step({ type: 'model_output' }, said('one, '), image, said('two'), said('!'), cite('https://a', 0, 3)),
      reply.step({ type: 'model_output' }, said(' three'), cite('https://b', 1, 6), cite('https://a', 1, 6)),
    );

    expect(candidateOf(response)['groundingMetadata']).toEqual({
      groundingChunks: [{ web: { uri: 'https://a' } }, { web: { uri: 'https://b' } }],
      groundingSupports: [
        { segment: { startIndex: 9, endIndex: 12, text: 'two' }, groundingChunkIndices: [0] },
        { segment: { startIndex: 14, endIndex: 19, text: 'three' }, groundingChunkIndices: [1, 0] },
      ],
    });
  });

  it('is not the signature of a call: that of a thought', async () => {
    expect(partsOf(await answerTo(reply.call('f', {}, { id: 'c' }), reply.thought()))).toEqual([
      { functionCall: { id: 'c', name: 'f', args: {} } },
      { text: '', thoughtSignature: like.string },
    ]);
  });
});

describe('faults', () => {
  it('hit an answer as `create`, and a stream of messages as `stream`', async () => {
    const { emulator, send } = await inProcess();
    emulator.faults(
      { when: 'create', times: 2, fault: fault.status(503, { shape: 'rpc' }) },
      { when: 'stream', fault: fault.cut({ events: 1 }) },
    );

    expect((await send('POST', WHOLE, asking('Hi'))).status).toBe(503);
    expect((await send('POST', LIST, asking('Hi'))).status).toBe(503);
    expect(await chunksOf(await send('POST', SSE, asking('Count to 20.')))).toHaveLength(1);
    expect(emulator.requests.map((request) => request.fault?.kind)).toEqual(['status', 'status', 'cut']);
  });

  it('make JSON of a stream: the list of its responses', async () => {
    const api = await inProcess();
    api.emulator.faults({ when: 'stream', fault: fault.json() });

    expect(await generate(api, asking('Count to 3.'), SSE)).toMatchObject([
      { candidates: [{ content: { parts: [text('1, 2, 3')] } }] },
      { candidates: [{ finishReason: 'STOP' }] },
    ]);
  });

  it('end a stream right behind its last response', async () => {
    const { emulator, send } = await inProcess();
    emulator.faults({ when: 'stream', fault: fault.noBlankLine() });

    expect(await (await send('POST', SSE, asking('Count to 3.'))).text()).toMatch(/"STOP".*\}$/);
  });
});
