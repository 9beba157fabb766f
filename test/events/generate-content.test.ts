import fc from 'fast-check';
import { from, type Observable, of, take } from 'rxjs';
import {
  decodeFrames,
  decodeGenerateContent,
  type DecodeGenerateContentConfig,
  functionCallsOf,
  type GenerateContentPart,
  type GenerateContentResponse,
  type Interaction,
  type InteractionEvent,
  outputText,
  rawOf,
  reduceArguments,
  reduceInteraction,
  throwIfUnsettled,
  throwOnErrorEvent,
  unknownEvents,
} from 'rx-interactions';

import { marbles } from '../support/marbles.js';
import { errorOf, outcomeOf, valuesOf } from '../support/outcome.js';

type Json = Readonly<Record<string, unknown>>;

const MODEL = 'gemini-2.5-flash';
const saying = (...parts: readonly GenerateContentPart[]): GenerateContentResponse => ({
  candidates: [{ content: { role: 'model', parts } }],
});
/** A response with other members of its candidate, and how it ended. */
const ending = (reason: string, candidate: Json = {}, response: Json = {}): GenerateContentResponse => ({
  candidates: [{ ...candidate, finishReason: reason }],
  ...response,
});

const eventsOf = (
  responses: readonly GenerateContentResponse[],
  config?: DecodeGenerateContentConfig,
): readonly InteractionEvent[] => valuesOf(from(responses).pipe(decodeGenerateContent(config)));

const interactionOf = (...responses: readonly GenerateContentResponse[]): Interaction => {
  const [interaction] = valuesOf(from(eventsOf(responses)).pipe(reduceInteraction()));
  if (!interaction) throw new Error('There is always one');
  return interaction;
};
const stepsOf = (...responses: readonly GenerateContentResponse[]) => interactionOf(...responses).steps;

const bytesOf = (text: string): Observable<Uint8Array> => of(new TextEncoder().encode(text));
const bodyOf = (responses: readonly unknown[]): string =>
  responses.map((response) => `data: ${JSON.stringify(response)}\r\n\r\n`).join('');

describe('decodeGenerateContent', () => {
  const chunks: Readonly<Record<string, GenerateContentResponse>> = {
    a: saying({ text: 'Hel' }),
    b: saying({ text: 'lo' }),
    f: ending('STOP'),
  };
  const events = {
    c: { event_type: 'interaction.created', interaction: { status: 'in_progress', object: 'interaction' } },
    s: { event_type: 'step.start', index: 0, step: { type: 'model_output' } },
    d: { event_type: 'step.delta', index: 0, delta: { type: 'text', text: 'Hel' } },
    e: { event_type: 'step.delta', index: 0, delta: { type: 'text', text: 'lo' } },
    p: { event_type: 'step.stop', index: 0 },
    f: { event_type: 'interaction.completed', interaction: { status: 'completed', object: 'interaction' } },
  };

  it(
    'emits what a response brings at once, and the end when the source ends',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold<GenerateContentResponse>('--a----b-f--|', chunks);
      const subs = '                                ^-----------!';
      const expected = '                            --(csd)e----(pf|)';

      expectObservable(source.pipe(decodeGenerateContent())).toBe(expected, events);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'never emits for a source that never does, and leaves it with its subscriber',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold<GenerateContentResponse>('------');
      const unsub = '                               ---!';
      const subs = '                                ^--!';
      const expected = '                            ----';

      expectObservable(source.pipe(decodeGenerateContent()), unsub).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'passes on that its source fails, and invents no end',
    marbles(({ cold, expectObservable }) => {
      const source = cold<GenerateContentResponse>('--a----#', chunks);
      const expected = '                            --(csd)#';

      expectObservable(source.pipe(decodeGenerateContent())).toBe(expected, events);
    }),
  );

  it('completes without any event for an empty source', () => {
    expect(eventsOf([])).toEqual([]);
  });

  it('keeps the state of each subscription apart', () => {
    const decoded$ = of(saying({ text: 'a' }), ending('STOP')).pipe(decodeGenerateContent());
    expect(valuesOf(decoded$)).toEqual(valuesOf(decoded$));
  });

  it('stops a synchronous source where its subscriber stops', () => {
    let taken = 0;
    const endless = function* () {
      for (;;) {
        taken += 1;
        yield saying({ text: 'a' });
      }
    };
    expect(valuesOf(from(endless()).pipe(decodeGenerateContent(), take(5)))).toHaveLength(5);
    expect(taken).toBe(3);
  });
});

describe('text and thoughts', () => {
  it('are the steps that the newer endpoint would stream', () => {
    expect(
      eventsOf([
        { ...saying({ text: '**Plan**\n\n', thought: true }), modelVersion: MODEL, createTime: '2026-06-01T10:00:00Z' },
        saying({ text: 'Hello' }),
        ending('STOP', {}, { modelVersion: MODEL, responseId: 'r1', usageMetadata: { promptTokenCount: 4 } }),
      ]),
    ).toEqual([
      {
        event_type: 'interaction.created',
        interaction: { status: 'in_progress', object: 'interaction', model: MODEL, created: '2026-06-01T10:00:00Z' },
      },
      { event_type: 'step.start', index: 0, step: { type: 'thought' } },
      {
        event_type: 'step.delta',
        index: 0,
        delta: { type: 'thought_summary', content: { type: 'text', text: '**Plan**\n\n' } },
      },
      { event_type: 'step.stop', index: 0 },
      { event_type: 'step.start', index: 1, step: { type: 'model_output' } },
      { event_type: 'step.delta', index: 1, delta: { type: 'text', text: 'Hello' } },
      { event_type: 'step.stop', index: 1 },
      {
        event_type: 'interaction.completed',
        interaction: { object: 'interaction', model: MODEL, status: 'completed', usage: { total_input_tokens: 4 } },
      },
    ]);
  });

  it('have no id, for there is nothing to go on from', () => {
    const interaction = interactionOf({ ...ending('STOP'), responseId: 'r1' } as GenerateContentResponse);
    expect(interaction.id).toBeUndefined();
    expect(interaction.ids).toEqual([]);
  });

  it('keep their signatures: of a thought on it, of a call on the call, of anything else on a thought of its own', () => {
    expect(
      stepsOf(
        saying({ text: 'Hm.', thought: true, thoughtSignature: 'c2ln' }),
        saying({ text: 'a', thoughtSignature: 'dGV4dA==' }),
        saying({ functionCall: { id: '1', name: 'f', args: {} }, thoughtSignature: 'Y2FsbA==' }),
        saying({ text: '', thoughtSignature: 'ZW5k' }),
        ending('STOP'),
      ),
    ).toEqual([
      { type: 'thought', summary: [{ type: 'text', text: 'Hm.' }], signature: 'c2ln' },
      { type: 'model_output', content: [{ type: 'text', text: 'a' }] },
      { type: 'thought', signature: 'dGV4dA==' },
      { type: 'function_call', id: '1', name: 'f', arguments: {}, signature: 'Y2FsbA==' },
      { type: 'thought', signature: 'ZW5k' },
    ]);
  });

  it('make no step of what is empty', () => {
    expect(stepsOf(saying({ text: '' }, {}), saying({ text: '', thought: true }), ending('STOP'))).toEqual([]);
  });

  it('are read of the candidate that was asked for', () => {
    const two = {
      candidates: [
        { content: { parts: [{ text: 'first' }] }, finishReason: 'STOP' },
        { index: 1, content: { parts: [{ text: 'second' }] }, finishReason: 'MAX_TOKENS' },
      ],
    };
    const [interaction] = valuesOf(from(eventsOf([two], { candidate: 1 })).pipe(reduceInteraction()));
    expect(outputText(interactionOf(two))).toBe('first');
    expect(interaction && [outputText(interaction), interaction.status]).toEqual(['second', 'incomplete']);
  });
});

describe('media', () => {
  it('are blocks of the output that they come in', () => {
    expect(
      stepsOf(
        saying({ text: 'Here is your image:' }, { inlineData: { mimeType: 'image/jpeg', data: '/9j/' } }),
        ending('STOP'),
      ),
    ).toEqual([
      {
        type: 'model_output',
        content: [
          { type: 'text', text: 'Here is your image:' },
          { type: 'image', mime_type: 'image/jpeg', data: '/9j/' },
        ],
      },
    ]);
  });

  it('of every kind are known by their MIME type', () => {
    expect(
      stepsOf(
        saying(
          { inlineData: { mimeType: 'audio/L16;codec=pcm;rate=24000;channels=2', data: 'AAAA' } },
          { fileData: { mimeType: 'video/mp4', fileUri: 'https://example.com/v' } },
          { inlineData: { mimeType: 'application/pdf', data: 'JVBE' } },
          { inlineData: { data: 'AAAA' } },
        ),
        ending('STOP'),
      ),
    ).toEqual([
      {
        type: 'model_output',
        content: [
          { type: 'audio', mime_type: 'audio/l16', sample_rate: 24000, channels: 2, data: 'AAAA' },
          { type: 'video', mime_type: 'video/mp4', uri: 'https://example.com/v' },
          { type: 'document', mime_type: 'application/pdf', data: 'JVBE' },
          { type: 'document', data: 'AAAA' },
        ],
      },
    ]);
  });

  it('of thoughts are in their summary', () => {
    expect(
      stepsOf(saying({ thought: true, inlineData: { mimeType: 'image/png', data: 'iVBO' } }), ending('STOP')),
    ).toEqual([{ type: 'thought', summary: [{ type: 'image', mime_type: 'image/png', data: 'iVBO' }] }]);
  });

  it('between texts split the output, so that each text can be cited', () => {
    const image = { inlineData: { mimeType: 'image/png', data: 'iVBO' } };
    const steps = stepsOf(saying({ text: 'a' }), saying(image), saying(image), saying({ text: 'b' }), ending('STOP'));
    expect(steps.map((step) => ('content' in step ? step.content?.map(({ type }) => type) : step.type))).toEqual([
      ['text', 'image', 'image'],
      ['text'],
    ]);
  });
});

describe('calls', () => {
  const call = { functionCall: { name: 'get_weather', args: { location: 'Boston, MA' } } };

  it('are complete in one chunk, and wait for the client', () => {
    const interaction = interactionOf(saying(call), ending('STOP'));
    expect(interaction.status).toBe('requires_action');
    expect(functionCallsOf(interaction)).toEqual([
      { position: 0, id: 'call_0', name: 'get_weather', arguments: { location: 'Boston, MA' } },
    ]);
  });

  it('go through the operators of streamed arguments', () => {
    expect(valuesOf(from(eventsOf([saying(call), ending('STOP')])).pipe(reduceArguments()))).toMatchObject([
      { id: 'call_0', arguments: { location: 'Boston, MA' } },
    ]);
  });

  it('keep their ids; where there is none, they get the one that the library would give them', () => {
    const steps = stepsOf(
      saying(
        { text: 'a' },
        { functionCall: { id: '', name: 'f' } },
        { functionCall: { id: 'x', name: 'f', args: {} } },
      ),
      saying({ functionCall: { name: 'g' } }),
      ending('STOP'),
    );
    expect(steps.slice(1)).toEqual([
      { type: 'function_call', id: 'call_1', name: 'f', arguments: {} },
      { type: 'function_call', id: 'x', name: 'f', arguments: {} },
      { type: 'function_call', id: 'call_3', name: 'g', arguments: {} },
    ]);
  });

  it('whose arguments come in parts are put together', () => {
    expect(
      stepsOf(
        saying({ functionCall: { id: '1', name: 'f', willContinue: true } }),
        saying({
          functionCall: {
            partialArgs: [{ jsonPath: '$.city', stringValue: 'Os', willContinue: true }],
            willContinue: true,
          },
        }),
        saying({
          functionCall: {
            partialArgs: [
              { jsonPath: '$.city', stringValue: 'lo' },
              { jsonPath: '$.days[0]', numberValue: 1 },
              { jsonPath: '$.days[1]', numberValue: 2 },
              { jsonPath: '$.opts.metric', boolValue: true },
              { jsonPath: '$["__proto__"]', nullValue: 'NULL_VALUE' },
              { jsonPath: 'no path(', stringValue: 'x' },
            ],
            willContinue: true,
          },
        }),
        saying({ functionCall: {} }),
        ending('STOP'),
      ),
    ).toEqual([
      {
        type: 'function_call',
        id: '1',
        name: 'f',
        arguments: JSON.parse('{"city":"Oslo","days":[1,2],"opts":{"metric":true},"__proto__":null}') as unknown,
      },
    ]);
  });

  it('that the model made wrongly are none', () => {
    expect(interactionOf(ending('MALFORMED_FUNCTION_CALL', { finishMessage: 'No such function.' }))).toMatchObject({
      status: 'failed',
      errors: [{ code: 'malformed_function_call', message: 'No such function.' }],
    });
  });
});

describe('tools of the server', () => {
  it('run code, with ids where it brings none', () => {
    expect(
      stepsOf(
        saying({ executableCode: { language: 'PYTHON', code: 'print(1)' } }),
        saying({ codeExecutionResult: { outcome: 'OUTCOME_OK', output: '1\n' } }),
        saying({ executableCode: { id: 'x', language: 'PYTHON', code: '1/0' } }),
        saying({ codeExecutionResult: { id: 'x', outcome: 'OUTCOME_FAILED' } }),
        ending('STOP'),
      ),
    ).toEqual([
      { type: 'code_execution_call', id: 'call_0', arguments: { code: 'print(1)', language: 'python' } },
      { type: 'code_execution_result', call_id: 'call_0', result: '1\n', is_error: false },
      { type: 'code_execution_call', id: 'x', arguments: { code: '1/0', language: 'python' } },
      { type: 'code_execution_result', call_id: 'x', result: '', is_error: true },
    ]);
  });

  it('that are told of as they run are not told of again', () => {
    expect(
      stepsOf(
        saying({
          toolCall: { id: 't', toolType: 'GOOGLE_SEARCH_WEB', args: { queries: ['x'] } },
          thoughtSignature: 'cw==',
        }),
        saying({ toolResponse: { id: 't', toolType: 'GOOGLE_SEARCH_WEB', response: { search_suggestions: '<a>' } } }),
        ending('STOP', { groundingMetadata: { webSearchQueries: ['x'] } }),
      ),
    ).toEqual([
      { type: 'google_search_call', id: 't', arguments: { queries: ['x'] }, signature: 'cw==' },
      { type: 'google_search_result', call_id: 't', result: [{ search_suggestions: '<a>' }] },
    ]);
  });

  it('and parts that this version does not know are kept as they were received', () => {
    const strange = { hologram: { depth: 3 } } as GenerateContentPart;
    const tool = { toolCall: { id: 't', toolType: 'TIME_TRAVEL' } };
    expect(stepsOf(saying(strange, tool), ending('STOP'))).toEqual([
      { type: 'unknown', received: strange },
      { type: 'unknown', received: tool },
    ]);
  });
});

describe('grounding', () => {
  const text = 'Spanien gewann \u{1F3C6} 2:1. Zum vierten Mal.';
  const bytes = (part: string): number => new TextEncoder().encode(part).length;
  const first = 'Spanien gewann \u{1F3C6} 2:1.';
  const segments = [
    { endIndex: bytes(first), text: first },
    { startIndex: bytes(first) + 1, endIndex: bytes(text), text: 'Zum vierten Mal.' },
  ];
  const metadata = {
    webSearchQueries: ['euro 2024', 'uefa'],
    searchEntryPoint: { renderedContent: '<div>' },
    groundingChunks: [
      { web: { uri: 'https://a.example', title: 'a' } },
      { web: { uri: 'https://b.example', title: 'b' } },
    ],
    groundingSupports: [
      { segment: segments[0], groundingChunkIndices: [0] },
      { segment: segments[1], groundingChunkIndices: [0, 1] },
    ],
  };
  const cites = (url: string, start_index: number, end_index: number) => ({
    type: 'url_citation',
    url: `https://${url}.example`,
    title: url,
    start_index,
    end_index,
  });
  const annotations = [
    cites('a', 0, bytes(first)),
    cites('a', bytes(first) + 1, bytes(text)),
    cites('b', bytes(first) + 1, bytes(text)),
  ];

  it('is annotations of the text, in bytes, and what was searched for and found', () => {
    expect(
      stepsOf(
        saying({ text: first }),
        saying({ text: ' Zum vierten Mal.' }),
        ending('STOP', { groundingMetadata: metadata }),
      ),
    ).toEqual([
      { type: 'model_output', content: [{ type: 'text', text, annotations }] },
      { type: 'google_search_call', id: 'google_search_1', arguments: { queries: ['euro 2024', 'uefa'] } },
      {
        type: 'google_search_result',
        call_id: 'google_search_1',
        result: [
          { search_suggestions: '<div>' },
          { title: 'a', url: 'https://a.example' },
          { title: 'b', url: 'https://b.example' },
        ],
      },
    ]);
  });

  it('that is repeated in every chunk counts once', () => {
    const grounded = { candidates: [{ groundingMetadata: metadata }] };
    const once = interactionOf(saying({ text }), grounded, ending('STOP'));
    expect(interactionOf(saying({ text }), grounded, grounded, grounded, ending('STOP')).steps).toEqual(once.steps);
  });

  it('finds the part that it counts from', () => {
    const image = { inlineData: { mimeType: 'image/png', data: 'iVBO' } };
    const parts = [{ text: 'Hm.', thought: true }, image, { text: 'one ' }, { text: 'two' }];
    const support = { segment: { partIndex: 3, endIndex: 3 }, groundingChunkIndices: [0] };
    const [, output] = stepsOf({
      candidates: [
        {
          content: { parts },
          groundingMetadata: { groundingChunks: metadata.groundingChunks, groundingSupports: [support] },
          finishReason: 'STOP',
        },
      ],
    });
    expect(output).toMatchObject({
      content: [{ type: 'image' }, { text: 'one two', annotations: [cites('a', 4, 7)] }],
    });
  });

  it.each([undefined, 0, 1, 2])('counts from the start of the text where there is no part %j', (partIndex) => {
    const support = { segment: { partIndex, endIndex: 3 }, groundingChunkIndices: [0] };
    const [output] = stepsOf(saying({ text: 'one ' }), {
      candidates: [
        {
          content: { parts: [{ text: 'two' }] },
          groundingMetadata: { groundingChunks: metadata.groundingChunks, groundingSupports: [support] },
          finishReason: 'STOP',
        },
      ],
    });
    expect(output).toMatchObject({ content: [{ text: 'one two', annotations: [cites('a', 0, 3)] }] });
  });

  it('finds the step that it is about, however many there are', () => {
    const [one, , , two] = stepsOf(
      saying({ text: 'one' }),
      saying({ executableCode: { code: '1' } }, { codeExecutionResult: { outcome: 'OUTCOME_OK' } }),
      saying({ text: 'two' }),
      ending('STOP', {
        groundingMetadata: {
          groundingChunks: metadata.groundingChunks,
          groundingSupports: [
            { segment: { endIndex: 5 }, groundingChunkIndices: [0] },
            { segment: { startIndex: 3, endIndex: 6 }, groundingChunkIndices: [1] },
            { groundingChunkIndices: [0] },
          ],
        },
      }),
    );
    const everywhere = { type: 'url_citation', url: 'https://a.example', title: 'a' };
    expect(one).toMatchObject({ content: [{ text: 'one', annotations: [cites('a', 0, 3)] }] });
    expect(two).toMatchObject({ content: [{ text: 'two', annotations: [cites('b', 0, 3), everywhere] }] });
  });

  it('in places, files, pictures and pages that were read', () => {
    const snippet = { reviewId: 'r', title: 'Good', googleMapsUri: 'https://maps.example/r' };
    const place = {
      placeId: 'places/1',
      title: 'Café',
      uri: 'https://maps.example',
      placeAnswerSources: { reviewSnippets: [snippet] },
    };
    const [output, ...tools] = stepsOf(
      saying({ text: 'abc' }),
      ending('STOP', {
        urlContextMetadata: {
          urlMetadata: [
            { retrievedUrl: 'https://p.example', urlRetrievalStatus: 'URL_RETRIEVAL_STATUS_SUCCESS' },
            { retrievedUrl: 'https://q.example', urlRetrievalStatus: 'URL_RETRIEVAL_STATUS_PAYWALL' },
          ],
        },
        citationMetadata: { citations: [{ startIndex: 1, endIndex: 2, uri: 'https://c.example' }] },
        groundingMetadata: {
          imageSearchQueries: ['cats'],
          googleMapsWidgetContextToken: 'w',
          groundingChunks: [
            { maps: place },
            {
              retrievedContext: {
                uri: 'gs://f',
                title: 'f.pdf',
                pageNumber: 3,
                text: 'so',
                customMetadata: [
                  { key: 'k', numericValue: 1 },
                  { key: 's', stringValue: '' },
                  { key: 'l', stringListValue: { values: ['a', 'b'] } },
                ],
              },
            },
            { image: { sourceUri: 'https://i.example', imageUri: 'https://i.example/1.png', title: 'i' } },
          ],
          groundingSupports: [{ segment: { endIndex: 3 }, groundingChunkIndices: [0, 1, 2, 7] }],
        },
      }),
    );
    const snippets = [{ review_id: 'r', title: 'Good', url: 'https://maps.example/r' }];
    const range = { start_index: 0, end_index: 3 };
    expect(output).toMatchObject({
      content: [
        {
          annotations: [
            {
              type: 'place_citation',
              place_id: 'places/1',
              name: 'Café',
              url: 'https://maps.example',
              review_snippets: snippets,
              ...range,
            },
            {
              type: 'file_citation',
              document_uri: 'gs://f',
              file_name: 'f.pdf',
              page_number: 3,
              custom_metadata: { k: 1, s: '', l: ['a', 'b'] },
              ...range,
            },
            { type: 'url_citation', url: 'https://i.example', title: 'i', ...range },
            { type: 'url_citation', url: 'https://c.example', start_index: 1, end_index: 2 },
          ],
        },
      ],
    });
    expect(tools.map((step) => ('id' in step ? { ...step, id: '' } : { ...step, call_id: '' }))).toEqual([
      { type: 'google_search_call', id: '', arguments: { queries: ['cats'] }, search_type: 'image_search' },
      { type: 'google_search_result', call_id: '', result: [{ title: 'i', url: 'https://i.example' }] },
      { type: 'google_maps_call', id: '' },
      {
        type: 'google_maps_result',
        call_id: '',
        result: [
          {
            places: [{ name: 'Café', place_id: 'places/1', url: 'https://maps.example', review_snippets: snippets }],
            widget_context_token: 'w',
          },
        ],
      },
      { type: 'file_search_call', id: '' },
      { type: 'file_search_result', call_id: '', result: [{ file_name: 'f.pdf', document_uri: 'gs://f', text: 'so' }] },
      { type: 'url_context_call', id: '', arguments: { urls: ['https://p.example', 'https://q.example'] } },
      {
        type: 'url_context_result',
        call_id: '',
        result: [
          { url: 'https://p.example', status: 'success' },
          { url: 'https://q.example', status: 'paywall' },
        ],
      },
    ]);
  });
});

describe('the end', () => {
  it.each([
    ['STOP', { status: 'completed' }],
    ['MAX_TOKENS', { status: 'incomplete' }],
    ['SAFETY', { status: 'failed', errors: [{ code: 'safety', message: 'The model stopped: SAFETY' }] }],
    ['RECITATION', { status: 'failed', errors: [{ code: 'recitation', message: 'The model stopped: RECITATION' }] }],
    ['OTHER', { status: 'failed', errors: [{ code: 'other', message: 'The model stopped: OTHER' }] }],
  ])('%s is a status, and what was said stays', (reason, expected) => {
    const interaction = interactionOf(saying({ text: 'a' }), ending(reason));
    expect(interaction).toMatchObject(expected);
    expect(outputText(interaction)).toBe('a');
  });

  it('is not told by reasons that say nothing', () => {
    const unsaid = {
      ...ending('FINISH_REASON_UNSPECIFIED'),
      promptFeedback: { blockReason: 'BLOCKED_REASON_UNSPECIFIED' },
    };
    expect(eventsOf([unsaid]).map(({ event_type }) => event_type)).toEqual(['interaction.created']);
    const [interaction] = valuesOf(from(eventsOf([unsaid], { whole: true })).pipe(reduceInteraction()));
    expect(interaction?.status).toBe('completed');
  });

  it('has the model that only the first response named', () => {
    expect(interactionOf({ ...saying({ text: 'a' }), modelVersion: MODEL }, ending('STOP')).model).toBe(MODEL);
  });

  it('of a request that goes on in another one says with what', () => {
    const interaction = interactionOf(saying({ text: 'a' }), ending('CONTINUATION', { continuationToken: 't' }));
    expect(interaction).toMatchObject({ status: 'requires_continuation', continuation_token: 't' });
  });

  it('is the last of several, where the SDK goes on by itself', () => {
    const interaction = interactionOf(
      saying({ text: 'a' }),
      ending('CONTINUATION', { continuationToken: 't' }),
      saying({ text: 'b' }),
      ending('STOP'),
    );
    expect([interaction.status, outputText(interaction)]).toEqual(['completed', 'ab']);
  });

  it.each([
    ['SAFETY', 'safety'],
    ['PROHIBITED_CONTENT', 'prohibited_content'],
    ['OTHER', 'content_blocked'],
    ['JAILBREAK', 'content_blocked'],
    ['MODEL_ARMOR', 'content_blocked'],
  ])('of a prompt that is blocked (%s) is a failure', (blockReason, code) => {
    expect(interactionOf({ promptFeedback: { blockReason }, usageMetadata: { totalTokenCount: 4 } })).toMatchObject({
      status: 'failed',
      errors: [{ code, message: `The prompt was blocked: ${blockReason}` }],
      usage: { total_tokens: 4 },
    });
  });

  it('counts tokens under the newer names', () => {
    const details = (tokenCount: number) => [{ modality: 'TEXT', tokenCount }];
    const usageMetadata = {
      promptTokenCount: 10,
      candidatesTokenCount: 5,
      thoughtsTokenCount: 25,
      toolUsePromptTokenCount: 2,
      cachedContentTokenCount: 3,
      totalTokenCount: 42,
      initialPromptTokenCount: 9,
      promptTokensDetails: details(10),
      candidatesTokensDetails: details(5),
      cacheTokensDetails: details(3),
      toolUsePromptTokensDetails: details(2),
    };
    const tokens = (count: number) => [{ modality: 'text', tokens: count }];
    const { usage } = interactionOf(saying({ text: 'a' }), ending('STOP', {}, { usageMetadata }));
    expect(usage).toEqual({
      total_input_tokens: 10,
      total_output_tokens: 5,
      total_thought_tokens: 25,
      total_tool_use_tokens: 2,
      total_cached_tokens: 3,
      total_tokens: 42,
      initial_input_tokens: 9,
      input_tokens_by_modality: tokens(10),
      output_tokens_by_modality: tokens(5),
      cached_tokens_by_modality: tokens(3),
      tool_use_tokens_by_modality: tokens(2),
    });
  });

  it('that does not come is not invented', () => {
    const cut$ = from(eventsOf([saying({ text: 'a' })])).pipe(throwIfUnsettled());
    expect(errorOf(cut$)).toMatchObject({ name: 'UnsettledError', partial: { steps: [{ content: [{ text: 'a' }] }] } });
  });

  it('does not come where the server sent an error instead, not even in a whole answer', () => {
    const failed = { error: { code: 503, message: 'Busy.', status: 'UNAVAILABLE' } };
    for (const responses of [[failed], [saying({ text: 'a' }), failed]]) {
      const events = eventsOf(responses, { whole: true });
      expect(events.at(-1)).toEqual({ event_type: 'error', error: { code: 'unavailable', message: 'Busy.' } });
      expect(errorOf(from(events).pipe(throwOnErrorEvent()))).toMatchObject({ code: 'unavailable' });
    }
  });

  it('need not be said in a whole answer', () => {
    const [interaction] = valuesOf(from(eventsOf([saying({ text: 'a' })], { whole: true })).pipe(reduceInteraction()));
    expect(interaction?.status).toBe('completed');
    expect(eventsOf([], { whole: true })).toEqual([]);
  });
});

describe('messages', () => {
  const responses = [saying({ text: 'a' }), saying({ text: 'b' }), ending('STOP')];

  it('are decoded as the responses that they hold are', () => {
    const decoded = valuesOf(bytesOf(bodyOf(responses)).pipe(decodeFrames(), decodeGenerateContent()));
    expect(decoded).toEqual(eventsOf(responses));
  });

  it('may end with the mark that gateways write', () => {
    const text = `${bodyOf(responses)}data: [DONE]\n\n`;
    expect(valuesOf(bytesOf(text).pipe(decodeFrames(), decodeGenerateContent()))).toEqual(eventsOf(responses));
  });

  it('that are cut in the middle are left out', () => {
    const body = bodyOf(responses).slice(0, -20);
    const { values, error } = outcomeOf(
      bytesOf(body).pipe(decodeFrames(), decodeGenerateContent(), throwIfUnsettled()),
    );
    expect(values).toEqual(eventsOf(responses.slice(0, 2)));
    expect(error).toMatchObject({ name: 'UnsettledError' });
  });

  it.each([
    ['in a message', `data: {"error":{"code":503,"message":"Busy.","status":"UNAVAILABLE"}}\n\n`],
    ['in a list', `data: [{"error":{"code":503,"message":"Busy.","status":"UNAVAILABLE"}}]\n\n`],
    ['in no message', `[{"error":{"code":503,"message":"Busy.","status":"UNAVAILABLE"}}\n]`],
  ])('that are errors, %s, are events', (_where, text) => {
    const events$ = bytesOf(bodyOf(responses.slice(0, 1)) + text).pipe(decodeFrames(), decodeGenerateContent());
    expect(valuesOf(events$).at(-1)).toEqual({ event_type: 'error', error: { code: 'unavailable', message: 'Busy.' } });
    expect(errorOf(events$.pipe(throwOnErrorEvent()))).toMatchObject({ name: 'ServerError', code: 'unavailable' });
  });

  it.each([
    ['data: {"candidates"\n\n', 'not_json', { path: '', expected: 'JSON' }],
    ['data: 7\n\n', 'malformed', { path: '', expected: 'GenerateContentResponse' }],
  ])('that are something else are errors: %j', (text, code, issue) => {
    const error = errorOf(bytesOf(text).pipe(decodeFrames(), decodeGenerateContent()));
    expect(error).toMatchObject({ name: 'DecodeError', code, issues: [issue] });
    if (code === 'not_json') expect(error).toMatchObject({ cause: { name: 'SyntaxError' } });
  });

  it('lose the members of them that are of the wrong type, and nothing else', () => {
    const odd = {
      candidates: [{ content: { parts: [{ text: 'a', thought: 'no', inlineData: 7 }] }, groundingMetadata: [] }],
    };
    const events = valuesOf(bytesOf(bodyOf([odd, ending('STOP')])).pipe(decodeFrames(), decodeGenerateContent()));
    expect(events.map(({ event_type }) => event_type)).toEqual([
      'interaction.created',
      'step.start',
      'step.delta',
      'step.stop',
      'interaction.completed',
    ]);
  });

  it('are what rawOf gives', () => {
    const [response = {}] = responses;
    expect(eventsOf([response]).map(rawOf)).toEqual([response, response, response]);
    expect(valuesOf(from(eventsOf([response])).pipe(unknownEvents()))).toEqual([]);
  });
});

describe('however an answer is cut into chunks', () => {
  const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
  const media = fc.constantFrom('image/png', 'audio/wav', 'application/pdf');
  const name = fc.constantFrom('f', 'g');
  const args = fc.dictionary(fc.constantFrom('a', 'b'), fc.jsonValue({ maxDepth: 1 }), { noNullPrototype: true });
  const part: fc.Arbitrary<GenerateContentPart> = fc.oneof(
    { weight: 4, arbitrary: word.map((text) => ({ text })) },
    word.map((text) => ({ text, thought: true })),
    word.map((text) => ({ text, thoughtSignature: 'c2ln' })),
    media.map((mimeType) => ({ inlineData: { mimeType, data: 'UklGRg==' } })),
    fc.record({ name, args }).map((functionCall) => ({ functionCall })),
    fc.constant({ executableCode: { language: 'PYTHON', code: '1' } }),
    fc.constant({ codeExecutionResult: { outcome: 'OUTCOME_OK', output: '1' } }),
  );

  /** The parts with their texts in pieces, as the numbers say. */
  const pieces = (parts: readonly GenerateContentPart[], cuts: readonly number[]): readonly GenerateContentPart[] =>
    parts.flatMap((whole, at): readonly GenerateContentPart[] => {
      const characters = Array.from(whole.text ?? '');
      const cut = (cuts[at % cuts.length] ?? 0) % (characters.length + 1);
      if (characters.length === 0 || cut === 0 || cut === characters.length) return [whole];
      const { thoughtSignature: _later, ...unsigned } = whole;
      return [
        { ...unsigned, text: characters.slice(0, cut).join('') },
        { ...whole, text: characters.slice(cut).join('') },
      ];
    });

  /** The texts of summaries joined: how they are divided is the server's choice (wire-format, U3). */
  const comparable = ({ steps, status, usage }: Interaction) => ({
    status,
    usage,
    steps: steps.map((step) =>
      step.type === 'thought' && step.summary
        ? { ...step, summary: step.summary.map((block) => (block.type === 'text' ? block.text : '')).join('') }
        : step,
    ),
  });

  it('it reduces to the same interaction, with the same citations', () => {
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 8 }),
        fc.array(fc.nat(), { minLength: 1, maxLength: 8 }),
        fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 8 }),
        fc.array(fc.tuple(fc.nat({ max: 60 }), fc.nat({ max: 60 })), { maxLength: 3 }),
        (parts, cuts, sizes, spans) => {
          const last = ending(
            'STOP',
            {
              groundingMetadata: {
                groundingChunks: [{ web: { uri: 'https://a.example' } }],
                groundingSupports: spans.map(([startIndex, length]) => ({
                  segment: { startIndex, endIndex: startIndex + length },
                  groundingChunkIndices: [0],
                })),
              },
            },
            { usageMetadata: { totalTokenCount: 7 } },
          );
          const chunks: GenerateContentResponse[] = [];
          const rest = [...pieces(parts, cuts)];
          for (let at = 0; rest.length > 0; at += 1)
            chunks.push(saying(...rest.splice(0, 1 + (sizes[at % sizes.length] ?? 0))));
          const whole = interactionOf(saying(...parts), last);
          expect(comparable(interactionOf(...chunks, last))).toEqual(comparable(whole));
          expect(whole.diagnostics).toEqual([]);
        },
      ),
    );
  });

  it('each text keeps what cites it', () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), fc.nat(), (words, which) => {
        const cited = which % words.length;
        const start = new TextEncoder().encode(words.slice(0, cited).join('')).length;
        const end = start + new TextEncoder().encode(words[cited]).length;
        const steps = stepsOf(
          ...words.map((text) => saying({ text }, { inlineData: { mimeType: 'image/png', data: 'iVBO' } })),
          ending('STOP', {
            groundingMetadata: {
              groundingChunks: [{ web: { uri: 'https://a.example' } }],
              groundingSupports: [{ segment: { startIndex: start, endIndex: end }, groundingChunkIndices: [0] }],
            },
          }),
        );
        const texts = steps.flatMap((step) => (step.type === 'model_output' ? (step.content ?? []) : []));
        const found = texts.flatMap((block) => (block.type === 'text' && block.annotations ? block : []));
        expect(found).toMatchObject([
          { text: words[cited], annotations: [{ start_index: 0, end_index: end - start }] },
        ]);
      }),
    );
  });
});
