import { readFileSync } from 'node:fs';

import fc from 'fast-check';
import { type GenerateContentRequest, toInteractionRequest, type ToInteractionRequestConfig } from 'rx-interactions';

import { inProcess } from '../emulator/support/api.js';

const MODEL = 'gemini-2.5-flash';

/** What a request becomes, where nothing of it is lost. */
const requestOf = (older: GenerateContentRequest, config?: ToInteractionRequestConfig) => {
  const { request, unsupported } = toInteractionRequest(older, config);
  expect(unsupported).toEqual([]);
  return request;
};
const pathsOf = (older: GenerateContentRequest): readonly string[] =>
  toInteractionRequest(older).unsupported.map(({ path }) => path);

const user = (...parts: readonly object[]) => ({ role: 'user', parts });
const model = (...parts: readonly object[]) => ({ role: 'model', parts });
const text = (value: string) => ({ type: 'text', text: value });

describe('contents', () => {
  it.each([
    ['text', 'Hi', 'Hi'],
    ['a part', { text: 'Hi' }, [text('Hi')]],
    ['parts', ['Hi', { text: 'there' }], [text('Hi'), text('there')]],
    ['a content', { parts: [{ text: 'Hi' }] }, [text('Hi')]],
    ['contents of one', [user({ text: 'Hi' })], [text('Hi')]],
    ['several contents of one side', [user({ text: 'a' }), user({ text: 'b' })], 'steps'],
  ])('that are %s', (_form, contents, expected) => {
    const { input } = requestOf({ model: MODEL, contents });
    const steps = [
      { type: 'user_input', content: [text('a')] },
      { type: 'user_input', content: [text('b')] },
    ];
    expect(input).toEqual(expected === 'steps' ? steps : expected);
  });

  it('with both roles are a history', () => {
    const contents = [user({ text: 'I am Phil.' }), model({ text: 'Hi Phil.' }), user({ text: 'Who am I?' })];
    expect(requestOf({ model: MODEL, contents }).input).toEqual([
      { type: 'user_input', content: [text('I am Phil.')] },
      { type: 'model_output', content: [text('Hi Phil.')] },
      { type: 'user_input', content: [text('Who am I?')] },
    ]);
  });

  it('keep thoughts and signatures where a replay needs them', () => {
    const contents = [
      user({ text: 'a' }),
      model(
        { text: 'Hm.', thought: true, thoughtSignature: 'cw==' },
        { functionCall: { id: '1', name: 'f', args: { a: 1 } }, thoughtSignature: 'Yw==' },
      ),
      user({ functionResponse: { id: '1', name: 'f', response: { output: 2 } } }),
      model({ text: 'b', thoughtSignature: 'dA==' }),
    ];
    expect(requestOf({ contents }).input).toEqual([
      { type: 'user_input', content: [text('a')] },
      { type: 'thought', summary: [text('Hm.')], signature: 'cw==' },
      { type: 'function_call', id: '1', name: 'f', arguments: { a: 1 }, signature: 'Yw==' },
      { type: 'function_result', call_id: '1', name: 'f', result: { output: 2 } },
      { type: 'model_output', content: [text('b')] },
      { type: 'thought', signature: 'dA==' },
    ]);
  });

  it('join calls and results by ids, made up where there are none', () => {
    const contents = [
      user({ text: 'a' }),
      model({ functionCall: { name: 'f' } }, { functionCall: { name: 'g' } }, { functionCall: { name: 'f' } }),
      user(
        { functionResponse: { name: 'g', response: { error: 'No.' } } },
        { functionResponse: { name: 'f', response: { first: true } } },
        { functionResponse: { name: 'f', response: { first: false } } },
      ),
    ];
    expect(requestOf({ contents }).input).toEqual([
      { type: 'user_input', content: [text('a')] },
      { type: 'function_call', id: 'call_1', name: 'f', arguments: {} },
      { type: 'function_call', id: 'call_2', name: 'g', arguments: {} },
      { type: 'function_call', id: 'call_3', name: 'f', arguments: {} },
      { type: 'function_result', call_id: 'call_2', name: 'g', result: { error: 'No.' }, is_error: true },
      { type: 'function_result', call_id: 'call_1', name: 'f', result: { first: true } },
      { type: 'function_result', call_id: 'call_3', name: 'f', result: { first: false } },
    ]);
  });

  it('wrap a result that is a list, which would be taken for content', () => {
    const { input } = requestOf({
      contents: [
        model({ functionCall: { id: '1', name: 'f' } }),
        user({ functionResponse: { id: '1', name: 'f', response: [1, 2] } }),
      ],
    });
    expect(Array.isArray(input) ? input[1] : input).toEqual({
      type: 'function_result',
      call_id: '1',
      name: 'f',
      result: { result: [1, 2] },
    });
  });

  it('list a result that answers no call', () => {
    const contents = [user({ functionResponse: { name: 'f', response: {} } })];
    expect(pathsOf({ contents })).toEqual(['contents[0].parts[0].functionResponse']);
  });

  it('that are media are blocks', () => {
    const contents = [
      { inlineData: { mimeType: 'image/jpeg', data: '/9j/' }, mediaResolution: { level: 'MEDIA_RESOLUTION_HIGH' } },
      { fileData: { fileUri: 'https://www.youtube.com/watch?v=x' }, videoMetadata: { startOffset: '5s', fps: 2 } },
      { fileData: { fileUri: 'gs://b/a.pdf', mimeType: 'application/pdf' } },
      'Describe this.',
    ];
    expect(requestOf({ contents }).input).toEqual([
      { type: 'image', mime_type: 'image/jpeg', data: '/9j/', resolution: 'high' },
      {
        type: 'video',
        uri: 'https://www.youtube.com/watch?v=x',
        processing: { type: 'static', start_offset: '5s', fps: 2 },
      },
      { type: 'document', mime_type: 'application/pdf', uri: 'gs://b/a.pdf' },
      text('Describe this.'),
    ]);
  });

  it('keep the media of a result, and code that was run', () => {
    const image = { inlineData: { mimeType: 'image/png', data: 'iVBO' } };
    const contents = [
      user({ text: 'a' }),
      model(
        { executableCode: { language: 'PYTHON', code: '1' } },
        { codeExecutionResult: { outcome: 'OUTCOME_OK', output: '1' } },
        { codeExecutionResult: { id: 'other', outcome: 'OUTCOME_FAILED' } },
        { functionCall: { id: 'x', name: 'draw', args: {} } },
      ),
      user({ functionResponse: { id: 'x', name: 'draw', response: { ok: true }, parts: [image] } }),
    ];
    const { input } = requestOf({ contents });
    expect(Array.isArray(input) ? input.slice(1) : input).toEqual([
      { type: 'code_execution_call', id: 'call_1', arguments: { code: '1', language: 'python' } },
      { type: 'code_execution_result', call_id: 'call_1', result: '1', is_error: false },
      { type: 'code_execution_result', call_id: 'other', result: '', is_error: true },
      { type: 'function_call', id: 'x', name: 'draw', arguments: {} },
      {
        type: 'function_result',
        call_id: 'x',
        name: 'draw',
        result: [text('{"ok":true}'), { type: 'image', mime_type: 'image/png', data: 'iVBO' }],
      },
    ]);
  });

  it('list what has no place in an interaction', () => {
    const contents = [
      { role: 'system', parts: [{ text: 'a', partMetadata: { from: 'x' } }, { hologram: {} }] },
      user({
        inlineData: { mimeType: 'audio/wav', data: 'UklG', displayName: 'a' },
        mediaResolution: { level: 'X_LOW' },
        videoMetadata: { fps: 1 },
      }),
      user({ inlineData: { mimeType: 'image/png' } }, 7 as unknown as object),
    ];
    expect(pathsOf({ contents })).toEqual([
      'contents[0].role',
      'contents[0].parts[0].partMetadata',
      'contents[0].parts[1].hologram',
      'contents[1].parts[0].inlineData.displayName',
      'contents[1].parts[0].mediaResolution',
      'contents[1].parts[0].videoMetadata',
      'contents[2].parts[0].inlineData',
      'contents[2].parts[1]',
    ]);
  });
});

describe('the system instruction', () => {
  it.each([
    ['text', 'Be brief.'],
    ['a content', { parts: [{ text: 'Be brief.' }] }],
    ['a part', { text: 'Be brief.' }],
  ])('that is %s', (_form, systemInstruction) => {
    expect(requestOf({ contents: 'a', config: { systemInstruction } }).system_instruction).toBe('Be brief.');
  });

  it('is the texts of its parts; anything else is listed', () => {
    const systemInstruction = { parts: [{ text: 'Be brief.' }, { inlineData: { data: '' } }, { text: 'Be kind.' }] };
    const { request, unsupported } = toInteractionRequest({ contents: 'a', systemInstruction });
    expect(request.system_instruction).toBe('Be brief.\nBe kind.');
    expect(unsupported).toEqual([{ path: 'systemInstruction.parts[1]', reason: 'an instruction is text' }]);
  });
});

describe('tools', () => {
  it('that are functions have schemas in JSON Schema', () => {
    const parameters = {
      type: 'OBJECT',
      properties: {
        type: { type: 'STRING', enum: ['OBJECT', 'STRING'], nullable: true },
        list: { type: 'ARRAY', items: { type: 'INTEGER' }, minItems: '1' },
        either: { anyOf: [{ type: 'NUMBER' }, { type: 'BOOLEAN' }], default: { type: 'STRING' } },
      },
      required: ['type'],
    };
    const schema = { type: 'object', properties: { city: { type: 'string' } } };
    const functionDeclarations = [
      { name: 'f', description: 'F.', parameters },
      { name: 'g', parametersJsonSchema: schema },
      { name: 'h' },
    ];
    expect(requestOf({ contents: 'a', tools: [{ functionDeclarations }] }).tools).toEqual([
      {
        type: 'function',
        name: 'f',
        description: 'F.',
        parameters: {
          type: 'object',
          properties: {
            type: { type: ['string', 'null'], enum: ['OBJECT', 'STRING', null] },
            list: { type: 'array', items: { type: 'integer' }, minItems: 1 },
            either: { anyOf: [{ type: 'number' }, { type: 'boolean' }], default: { type: 'STRING' } },
          },
          required: ['type'],
        },
      },
      { type: 'function', name: 'g', parameters: schema },
      { type: 'function', name: 'h' },
    ]);
  });

  it('have schemas in either spelling of REST, and keep the names of properties', () => {
    const parameters = {
      type: 'OBJECT',
      properties: {
        any_of: {
          any_of: [
            { type: 'STRING', min_length: '1' },
            { type: 'ARRAY', max_items: '2', items: {} },
          ],
        },
        list: { type: ['STRING', 'NULL'] },
        any: { type: 'TYPE_UNSPECIFIED', title: 'TYPE_UNSPECIFIED' },
        odd: { type: 7 },
      },
      property_ordering: ['any_of'],
    };
    const { tools } = requestOf({ contents: 'a', tools: [{ function_declarations: [{ name: 'f', parameters }] }] });
    expect(tools).toEqual([
      {
        type: 'function',
        name: 'f',
        parameters: {
          type: 'object',
          properties: {
            any_of: {
              anyOf: [
                { type: 'string', minLength: 1 },
                { type: 'array', maxItems: 2, items: {} },
              ],
            },
            list: { type: ['string', 'null'] },
            any: { title: 'TYPE_UNSPECIFIED' },
            odd: { type: 7 },
          },
          propertyOrdering: ['any_of'],
        },
      },
    ]);
  });

  it('of the server have the same options under other names', () => {
    const tools = [
      { googleSearch: { searchTypes: { webSearch: {}, imageSearch: {} } } },
      { google_search: {} },
      { googleSearchRetrieval: {} },
      { enterpriseWebSearch: {} },
      { codeExecution: {}, urlContext: {} },
      { googleMaps: { enableWidget: true } },
      { fileSearch: { fileSearchStoreNames: ['fileSearchStores/a'], topK: 3, metadataFilter: 'a=1' } },
      { computerUse: { environment: 'ENVIRONMENT_BROWSER', excludedPredefinedFunctions: ['drag'] } },
      { mcpServers: [{ name: 'm', streamableHttpTransport: { url: 'https://m.example', headers: { a: 'b' } } }] },
    ];
    const toolConfig = { retrievalConfig: { latLng: { latitude: 59.9, longitude: 10.7 } } };
    expect(requestOf({ contents: 'a', tools, toolConfig }).tools).toEqual([
      { type: 'google_search', search_types: ['web_search', 'image_search'] },
      { type: 'google_search' },
      { type: 'google_search' },
      { type: 'google_search', search_types: ['enterprise_web_search'] },
      { type: 'code_execution' },
      { type: 'url_context' },
      { type: 'google_maps', enable_widget: true, latitude: 59.9, longitude: 10.7 },
      { type: 'file_search', file_search_store_names: ['fileSearchStores/a'], top_k: 3, metadata_filter: 'a=1' },
      { type: 'computer_use', environment: 'browser', excluded_predefined_functions: ['drag'] },
      { type: 'mcp_server', name: 'm', url: 'https://m.example', headers: { a: 'b' } },
    ]);
  });

  it('that cannot be sent are listed', () => {
    const callable = { tool: () => Promise.resolve({}), callTool: () => Promise.resolve([]) };
    const tools = [
      { googleSearch: { excludeDomains: ['a.example'], searchTypes: { webSearch: {}, smell: {} } }, retrieval: {} },
      { googleSearchRetrieval: { dynamicRetrievalConfig: { mode: 'MODE_DYNAMIC' } } },
      { functionDeclarations: [{ name: 'f', response: {} }] },
      callable,
      { timeTravel: {} },
    ];
    expect(pathsOf({ contents: 'a', config: { tools } })).toEqual([
      'config.tools[0].googleSearch.excludeDomains',
      'config.tools[0].googleSearch.searchTypes.smell',
      'config.tools[0].retrieval',
      'config.tools[1].googleSearchRetrieval.dynamicRetrievalConfig',
      'config.tools[2].functionDeclarations[0].response',
      'config.tools[3]',
      'config.tools[4].timeTravel',
    ]);
  });

  it('for places have the place; where there is none of them, it is listed', () => {
    const toolConfig = { retrievalConfig: { latLng: { latitude: 1, longitude: 2 } } };
    expect(pathsOf({ contents: 'a', tools: [{ googleSearch: {} }], toolConfig })).toEqual([
      'toolConfig.retrievalConfig.latLng',
    ]);
    expect(pathsOf({ contents: 'a', toolConfig })).toEqual(['toolConfig.retrievalConfig.latLng']);
    expect(requestOf({ contents: 'a', tools: [{ googleSearch: {} }, { googleMaps: {} }], toolConfig }).tools).toEqual([
      { type: 'google_search' },
      { type: 'google_maps', latitude: 1, longitude: 2 },
    ]);
  });

  it.each([
    [{ mode: 'ANY' }, 'any'],
    [{ mode: 'MODE_UNSPECIFIED' }, undefined],
    [{ mode: 'ANY', allowedFunctionNames: ['f'] }, { allowed_tools: { mode: 'any', tools: ['f'] } }],
    [{ allowedFunctionNames: ['f'] }, { allowed_tools: { tools: ['f'] } }],
  ])('are chosen among by %j', (functionCallingConfig, expected) => {
    const { generation_config } = requestOf({ contents: 'a', toolConfig: { functionCallingConfig } });
    expect(generation_config?.tool_choice).toEqual(expected);
  });
});

describe('the generation config', () => {
  it('is the same in REST and in the SDK', () => {
    const settings = {
      maxOutputTokens: 10,
      seed: 1,
      stopSequences: ['.'],
      temperature: 0.5,
      topP: 0.9,
      topK: 40,
      candidateCount: 1,
      thinkingConfig: { includeThoughts: true, thinkingLevel: 'LOW' },
      speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName: 'Kore' } }, languageCode: 'en-US' },
    };
    const rest = requestOf({ contents: 'a', generationConfig: settings });
    expect(requestOf({ contents: 'a', config: settings })).toEqual(rest);
    expect(rest.generation_config).toEqual({
      max_output_tokens: 10,
      seed: 1,
      stop_sequences: ['.'],
      temperature: 0.5,
      top_p: 0.9,
      top_k: 40,
      thinking_summaries: 'auto',
      thinking_level: 'low',
      speech_config: [{ voice: 'Kore', language: 'en-US' }],
    });
  });

  it('has the voices of several speakers', () => {
    const voiced = (speaker: string, voiceName: string) => ({
      speaker,
      voiceConfig: { prebuiltVoiceConfig: { voiceName } },
    });
    const multiSpeakerVoiceConfig = { speakerVoiceConfigs: [voiced('Ann', 'Kore'), voiced('Ben', 'Puck')] };
    const { generation_config } = requestOf({ contents: 'a', config: { speechConfig: { multiSpeakerVoiceConfig } } });
    expect(generation_config?.speech_config).toEqual([
      { speaker: 'Ann', voice: 'Kore' },
      { speaker: 'Ben', voice: 'Puck' },
    ]);
  });

  const SCHEMA = { type: 'object', properties: { a: { type: 'string' } } };
  const OLD_SCHEMA = { type: 'OBJECT', properties: { a: { type: 'STRING' } } };
  const JSON_TYPE = 'application/json';
  it.each([
    ['nothing', {}, undefined],
    ['plain text', { responseMimeType: 'text/plain' }, undefined],
    ['text alone', { responseModalities: ['TEXT'] }, undefined],
    ['JSON', { responseMimeType: JSON_TYPE }, { type: 'text', mime_type: JSON_TYPE }],
    [
      'a schema',
      { responseMimeType: JSON_TYPE, responseSchema: OLD_SCHEMA },
      { type: 'text', mime_type: JSON_TYPE, schema: SCHEMA },
    ],
    ['a JSON Schema', { responseJsonSchema: SCHEMA }, { type: 'text', mime_type: JSON_TYPE, schema: SCHEMA }],
    [
      'formats',
      { responseFormat: [{ type: 'text', mimeType: JSON_TYPE, schema: OLD_SCHEMA }] },
      { type: 'text', mime_type: JSON_TYPE, schema: SCHEMA },
    ],
    [
      'formats as the SDK has them',
      {
        responseFormat: [
          { text: { mimeType: JSON_TYPE, schema: OLD_SCHEMA } },
          {
            image: { aspectRatio: 'ASPECT_RATIO_TWENTY_ONE_BY_NINE', imageSize: 'IMAGE_SIZE_TWO_K', delivery: 'URI' },
            audio: { bitRate: 64, delivery: 'DELIVERY_UNSPECIFIED' },
          },
          { image: { aspectRatio: '4:5', imageSize: '512' }, video: { imageSize: 'IMAGE_SIZE_UNSPECIFIED' } },
        ],
      },
      [
        { type: 'text', mime_type: JSON_TYPE, schema: SCHEMA },
        { type: 'image', aspect_ratio: '21:9', image_size: '2K', delivery: 'uri' },
        { type: 'audio', bit_rate: 64 },
        { type: 'image', aspect_ratio: '4:5', image_size: '512' },
        { type: 'video' },
      ],
    ],
    ['sound', { responseModalities: ['AUDIO'] }, { type: 'audio' }],
    [
      'text and pictures',
      { responseModalities: ['TEXT', 'IMAGE'], imageConfig: { aspectRatio: '16:9', imageSize: '2K' } },
      [{ type: 'text' }, { type: 'image', aspect_ratio: '16:9', image_size: '2K' }],
    ],
    [
      'pictures of a shape',
      { imageConfig: { aspectRatio: '1:1' } },
      [{ type: 'text' }, { type: 'image', aspect_ratio: '1:1' }],
    ],
  ])('asks for %s', (_what, config, expected) => {
    expect(requestOf({ contents: 'a', config }).response_format).toEqual(expected);
    expect(requestOf({ contents: 'a', generationConfig: config }).response_format).toEqual(expected);
  });

  it('lists what has no equivalent', () => {
    const config = {
      candidateCount: 2,
      presencePenalty: 1,
      logprobs: 3,
      thinkingConfig: { thinkingBudget: 1024 },
      imageConfig: { personGeneration: 'ALLOW_ALL' },
      abortSignal: new AbortController().signal,
      httpOptions: { timeout: 1 },
      automaticFunctionCalling: { disable: true },
      store: false,
    };
    expect(pathsOf({ contents: 'a', config })).toEqual([
      'config.candidateCount',
      'config.presencePenalty',
      'config.logprobs',
      'config.thinkingConfig.thinkingBudget',
      'config.imageConfig.personGeneration',
      'config.abortSignal',
      'config.httpOptions',
      'config.automaticFunctionCalling',
      'config.store',
    ]);
  });
});

describe('the shape of pictures', () => {
  it.each([
    ...['ONE_BY_ONE 1:1', 'TWO_BY_THREE 2:3', 'THREE_BY_FOUR 3:4', 'FOUR_BY_FIVE 4:5', 'NINE_BY_SIXTEEN 9:16'],
    ...['TWENTY_ONE_BY_NINE 21:9', 'ONE_BY_EIGHT 1:8'],
  ])('is a number by a number: %s', (row) => {
    const [name = '', ratio] = row.split(' ');
    const responseFormat = [{ image: { aspectRatio: `ASPECT_RATIO_${name}` } }, { image: { aspectRatio: 7 } }];
    expect(requestOf({ contents: 'a', config: { responseFormat } }).response_format).toEqual([
      { type: 'image', aspect_ratio: ratio },
      { type: 'image', aspect_ratio: 7 },
    ]);
  });
});

describe('the config of the SDK', () => {
  const types = readFileSync(require.resolve('@google/genai').replace(/dist.*$/, 'dist/genai.d.ts'), 'utf8');
  const [, body = ''] = /interface GenerateContentConfig \{([\s\S]*?)^\}/m.exec(types) ?? [];
  const members = [...body.matchAll(/^ {4}(\w+)\?:/gm)].map(([, name = '']) => name);

  it('has no member that is not known', () => {
    expect(members).toContain('temperature');
    const config = Object.fromEntries(members.map((name) => [name, {}]));
    const { unsupported } = toInteractionRequest({ contents: 'a', config });
    expect(unsupported.filter(({ reason }) => reason === 'not known to this version')).toEqual([]);
  });
});

describe('formats that say different things', () => {
  const schema = { type: 'OBJECT' };
  it.each<readonly [string, object, readonly string[]]>([
    [
      'JSON where only sound is asked for',
      { responseModalities: ['AUDIO'], responseMimeType: 'application/json', responseSchema: schema },
      ['config.responseMimeType', 'config.responseSchema'],
    ],
    [
      'pictures where only text is asked for',
      { responseModalities: ['TEXT'], imageConfig: { aspectRatio: '1:1' } },
      ['config.imageConfig'],
    ],
    [
      'anything beside the format of the newer endpoint',
      { responseFormat: [{ text: {} }], responseModalities: ['TEXT'], responseSchema: schema },
      ['config.responseModalities', 'config.responseSchema'],
    ],
    [
      'a format of a kind that is not known',
      { responseFormat: [{ text: {}, smell: {} }] },
      ['config.responseFormat[0].smell'],
    ],
  ])('%s', (_what, config, expected) => {
    expect(pathsOf({ contents: 'a', config })).toEqual(expected);
  });
});

describe('answers of other types', () => {
  it.each(['text/x.enum', 'application/xml'])('%s are listed', (responseMimeType) => {
    const config = { responseMimeType, responseSchema: { type: 'STRING', enum: ['a', 'b'] } };
    const { request, unsupported } = toInteractionRequest({ contents: 'a', config });
    expect(unsupported).toMatchObject([{ path: 'config.responseMimeType' }]);
    expect(request.response_format).toEqual({
      type: 'text',
      mime_type: 'application/json',
      schema: { type: 'string', enum: ['a', 'b'] },
    });
  });

  it('are plain text where they have no schema', () => {
    const { request } = toInteractionRequest({ contents: 'a', config: { responseMimeType: 'application/xml' } });
    expect(request).toEqual({ input: 'a' });
  });
});

describe('everything else', () => {
  it.each([
    ['gemini-2.5-flash', 'gemini-2.5-flash'],
    ['models/gemini-2.5-flash', 'gemini-2.5-flash'],
    ['publishers/google/models/gemini-2.5-flash', 'gemini-2.5-flash'],
    ['tunedModels/mine', 'tunedModels/mine'],
  ])('names the model %s as %s', (name, expected) => {
    expect(requestOf({ model: name, contents: 'a' }).model).toBe(expected);
  });

  const guarded = {
    contents: 'a',
    labels: { team: 'x' },
    safetySettings: [
      { category: 'HARM_CATEGORY_HATE_SPEECH', threshold: 'BLOCK_NONE' },
      { category: 'HARM_CATEGORY_JAILBREAK', threshold: 'OFF', method: 'SEVERITY' },
    ],
  };

  it('is listed where the endpoint refuses it', () => {
    expect(toInteractionRequest(guarded).request).toEqual({ input: 'a' });
    expect(pathsOf(guarded)).toEqual(['labels', 'safetySettings']);
  });

  it('is kept where the endpoint takes it', () => {
    expect(requestOf(guarded, { enterprise: true })).toEqual({
      input: 'a',
      labels: { team: 'x' },
      safety_settings: [
        { type: 'hate_speech', threshold: 'block_none' },
        { type: 'jailbreak', threshold: 'off', method: 'severity' },
      ],
    });
  });

  it('keeps its cache and its tier', () => {
    const request = requestOf({ contents: 'a', config: { cachedContent: 'cachedContents/a', serviceTier: 'flex' } });
    expect(request).toEqual({ input: 'a', cached_content: 'cachedContents/a', service_tier: 'flex' });
  });

  it('lists members that are not known, and those of the wrong type that it looks into', () => {
    const odd = { contents: 'a', hologram: true, toolConfig: 7 } as unknown as GenerateContentRequest;
    expect(toInteractionRequest(odd).unsupported).toEqual([
      { path: 'hologram', reason: 'not known to this version' },
      { path: 'toolConfig', reason: 'not an object' },
    ]);
  });

  it('changes nothing of what it was given, and never throws', () => {
    const member = fc.constantFrom(
      ...['contents', 'config', 'tools', 'parts', 'role', 'text', 'functionCall', 'functionResponse', 'inlineData'],
      ...[
        'toolConfig',
        'generationConfig',
        'systemInstruction',
        'responseSchema',
        'type',
        'properties',
        'speechConfig',
      ],
      ...['functionDeclarations', 'imageConfig', 'safetySettings', 'response', 'mimeType', 'model', '__proto__'],
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 6 },
        fc.string(),
        fc.integer(),
        fc.constant(null),
        fc.boolean(),
        tie('list'),
        tie('object'),
      ),
      list: fc.array(tie('value'), { maxLength: 3 }),
      object: fc.dictionary(member, tie('value'), { maxKeys: 4, noNullPrototype: true }),
    }));
    fc.assert(
      fc.property(fc.dictionary(member, value, { noNullPrototype: true }), (odd) => {
        const before = structuredClone(odd);
        toInteractionRequest(odd as unknown as GenerateContentRequest);
        expect(odd).toEqual(before);
      }),
    );
  });
});

describe('a request that was converted', () => {
  it.each<readonly [string, GenerateContentRequest]>([
    ['a prompt', { contents: 'Tell me a joke.' }],
    ['a history', { contents: [user({ text: 'I am Phil.' }), model({ text: 'Hi.' }), user({ text: 'Who am I?' })] }],
    [
      'functions and their results',
      {
        contents: [
          user({ text: 'What is the weather in Boston?' }),
          model({ functionCall: { name: 'get_weather', args: { location: 'Boston, MA' } } }),
          user({ functionResponse: { name: 'get_weather', response: { result: 'rain' } } }),
        ],
        tools: [
          {
            functionDeclarations: [
              { name: 'get_weather', parameters: { type: 'OBJECT', properties: { location: { type: 'STRING' } } } },
            ],
          },
        ],
        toolConfig: { functionCallingConfig: { mode: 'AUTO' } },
      },
    ],
    [
      'everything that is generated otherwise',
      {
        contents: 'A recipe.',
        systemInstruction: 'Be brief.',
        generationConfig: {
          temperature: 0,
          responseMimeType: 'application/json',
          responseSchema: { type: 'OBJECT', properties: { name: { type: 'STRING' } } },
        },
      },
    ],
  ])('is taken by the API: %s', async (_what, older) => {
    const { create } = await inProcess();
    expect(await create({ ...requestOf(older), model: 'gemini-3-flash-preview' })).toMatchObject({
      object: 'interaction',
    });
  });
});
