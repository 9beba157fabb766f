import * as t from 'io-ts';

import { Count, JsonObject, listOf, openEnum } from '../../protocol/primitives.js';
import { shape } from '../../protocol/shape.js';

/*
 * The body of a request to the older endpoint, as its server reads it: no other member, no other value. What is said in
 * another way to the newer endpoint (schemas, levels, tools) is checked there, once it has been converted.
 */

const isBase64 = (u: unknown): u is string => typeof u === 'string' && /^[\w+/-]*={0,2}$/.test(u);
const Base64: t.Type<string, string> = new t.Type(
  'base64',
  isBase64,
  (u, context) => (isBase64(u) ? t.success(u) : t.failure(u, context)),
  t.identity,
);

const blob = shape('Blob', { mimeType: t.string, data: Base64 }, { displayName: t.string });
const fileData = shape('FileData', { fileUri: t.string }, { mimeType: t.string, displayName: t.string });

const part = shape(
  'Part',
  {},
  {
    text: t.string,
    thought: t.boolean,
    thoughtSignature: Base64,
    inlineData: blob,
    fileData,
    functionCall: shape('FunctionCall', { name: t.string }, { id: t.string, args: JsonObject }),
    functionResponse: shape(
      'FunctionResponse',
      { name: t.string, response: JsonObject },
      {
        id: t.string,
        parts: listOf(shape('FunctionResponsePart', {}, { inlineData: blob, fileData })),
        willContinue: t.boolean,
        scheduling: t.string,
      },
    ),
    executableCode: shape('ExecutableCode', { code: t.string }, { id: t.string, language: t.string }),
    codeExecutionResult: shape(
      'CodeExecutionResult',
      { outcome: openEnum('Outcome', ['OUTCOME_OK', 'OUTCOME_FAILED', 'OUTCOME_DEADLINE_EXCEEDED']) },
      { id: t.string, output: t.string },
    ),
    toolCall: JsonObject,
    toolResponse: JsonObject,
    videoMetadata: shape('VideoMetadata', {}, { startOffset: t.string, endOffset: t.string, fps: Count }),
    mediaResolution: shape('MediaResolution', {}, { level: t.string, numTokens: Count }),
    mediaProcessing: t.string,
    partMetadata: JsonObject,
  },
);
export type OlderPart = t.TypeOf<typeof part>;

const content = shape('Content', {}, { role: t.string, parts: listOf(part) });
export type OlderContent = t.TypeOf<typeof content>;

const functionDeclaration = shape(
  'FunctionDeclaration',
  { name: t.string },
  {
    description: t.string,
    parameters: JsonObject,
    parametersJsonSchema: JsonObject,
    response: JsonObject,
    responseJsonSchema: JsonObject,
    behavior: t.string,
  },
);

const nothing = shape('an empty object', {}, {});

const tools = {
  functionDeclarations: listOf(functionDeclaration),
  googleSearch: shape(
    'GoogleSearch',
    {},
    {
      timeRangeFilter: JsonObject,
      searchTypes: shape('SearchTypes', {}, { webSearch: JsonObject, imageSearch: JsonObject }),
    },
  ),
  googleSearchRetrieval: shape('GoogleSearchRetrieval', {}, { dynamicRetrievalConfig: JsonObject }),
  codeExecution: nothing,
  urlContext: nothing,
  googleMaps: shape('GoogleMaps', {}, { enableWidget: t.boolean }),
  fileSearch: shape(
    'FileSearch',
    { fileSearchStoreNames: listOf(t.string) },
    { topK: Count, metadataFilter: t.string },
  ),
  computerUse: shape(
    'ComputerUse',
    { environment: t.string },
    {
      excludedPredefinedFunctions: listOf(t.string),
      enablePromptInjectionDetection: t.boolean,
      disabledSafetyPolicies: listOf(t.string),
    },
  ),
  mcpServers: listOf(
    shape(
      'McpServer',
      { name: t.string },
      {
        streamableHttpTransport: shape(
          'StreamableHttpTransport',
          { url: t.string },
          { headers: JsonObject, timeout: t.string, sseReadTimeout: t.string, terminateOnClose: t.boolean },
        ),
      },
    ),
  ),
};

const enterpriseTools = {
  googleSearch: shape(
    'GoogleSearch',
    {},
    { ...tools.googleSearch.optional, excludeDomains: listOf(t.string), blockingConfidence: t.string },
  ),
  enterpriseWebSearch: shape(
    'EnterpriseWebSearch',
    {},
    { excludeDomains: listOf(t.string), blockingConfidence: t.string },
  ),
  googleMaps: shape('GoogleMaps', {}, { enableWidget: t.boolean, authConfig: JsonObject, groundingTypes: JsonObject }),
  retrieval: JsonObject,
  exaAiSearch: JsonObject,
  parallelAiSearch: JsonObject,
};

const voiceConfig = shape(
  'VoiceConfig',
  {},
  {
    prebuiltVoiceConfig: shape('PrebuiltVoiceConfig', {}, { voiceName: t.string }),
    replicatedVoiceConfig: JsonObject,
    voice: t.string,
  },
);

const generation = {
  candidateCount: Count,
  stopSequences: listOf(t.string),
  maxOutputTokens: Count,
  temperature: t.number,
  topP: t.number,
  topK: t.number,
  seed: Count,
  presencePenalty: t.number,
  frequencyPenalty: t.number,
  responseLogprobs: t.boolean,
  logprobs: Count,
  responseMimeType: openEnum('ResponseMimeType', ['text/plain', 'application/json', 'text/x.enum']),
  responseSchema: JsonObject,
  responseJsonSchema: JsonObject,
  responseFormat: listOf(JsonObject),
  responseModalities: listOf(openEnum('Modality', ['TEXT', 'IMAGE', 'AUDIO', 'VIDEO', 'DOCUMENT'])),
  mediaResolution: t.string,
  enableEnhancedCivicAnswers: t.boolean,
  thinkingConfig: shape(
    'ThinkingConfig',
    {},
    { includeThoughts: t.boolean, thinkingBudget: Count, thinkingLevel: t.string },
  ),
  speechConfig: shape(
    'SpeechConfig',
    {},
    {
      voiceConfig,
      languageCode: t.string,
      multiSpeakerVoiceConfig: shape(
        'MultiSpeakerVoiceConfig',
        {},
        {
          speakerVoiceConfigs: listOf(shape('SpeakerVoiceConfig', { speaker: t.string }, { voiceConfig })),
        },
      ),
    },
  ),
  imageConfig: shape(
    'ImageConfig',
    {},
    { aspectRatio: t.string, imageSize: t.string, personGeneration: t.string, imageOutputOptions: JsonObject },
  ),
};

const enterpriseGeneration = {
  imageConfig: shape(
    'ImageConfig',
    {},
    {
      ...generation.imageConfig.optional,
      outputMimeType: t.string,
      outputCompressionQuality: Count,
      prominentPeople: t.string,
    },
  ),
  audioTimestamp: t.boolean,
  audioTranscriptionConfig: JsonObject,
  enableAffectiveDialog: t.boolean,
  routingConfig: JsonObject,
  modelSelectionConfig: JsonObject,
  modelConfig: JsonObject,
  generationOutputConfig: JsonObject,
};

const categories = ['HARASSMENT', 'HATE_SPEECH', 'SEXUALLY_EXPLICIT', 'DANGEROUS_CONTENT', 'CIVIC_INTEGRITY'];
const imageCategories = ['IMAGE_HARASSMENT', 'IMAGE_HATE', 'IMAGE_SEXUALLY_EXPLICIT', 'IMAGE_DANGEROUS_CONTENT'];
const threshold = openEnum('HarmBlockThreshold', [
  'HARM_BLOCK_THRESHOLD_UNSPECIFIED',
  'BLOCK_LOW_AND_ABOVE',
  'BLOCK_MEDIUM_AND_ABOVE',
  'BLOCK_ONLY_HIGH',
  'BLOCK_NONE',
  'OFF',
]);

const harmCategory = (names: readonly string[]) =>
  openEnum(
    'HarmCategory',
    names.map((name) => `HARM_CATEGORY_${name}`),
  );

const toolConfig = shape(
  'ToolConfig',
  {},
  {
    functionCallingConfig: shape(
      'FunctionCallingConfig',
      {},
      {
        mode: openEnum('Mode', ['MODE_UNSPECIFIED', 'AUTO', 'ANY', 'NONE', 'VALIDATED']),
        allowedFunctionNames: listOf(t.string),
        streamFunctionCallArguments: t.boolean,
      },
    ),
    retrievalConfig: shape(
      'RetrievalConfig',
      {},
      { latLng: shape('LatLng', {}, { latitude: t.number, longitude: t.number }), languageCode: t.string },
    ),
    includeServerSideToolInvocations: t.boolean,
  },
);

const common = {
  model: t.string,
  contents: listOf(content),
  systemInstruction: content,
  toolConfig,
  cachedContent: t.string,
  serviceTier: t.string,
  store: t.boolean,
};

/** What the Gemini API takes. */
const developerBody = shape(
  'GenerateContentRequest',
  {},
  {
    ...common,
    tools: listOf(shape('Tool', {}, tools)),
    generationConfig: shape('GenerationConfig', {}, generation),
    safetySettings: listOf(shape('SafetySetting', { category: harmCategory(categories), threshold }, {})),
  },
);

/** The enterprise endpoint takes some more. */
const enterpriseBody = shape(
  'GenerateContentRequest',
  {},
  {
    ...common,
    tools: listOf(shape('Tool', {}, { ...tools, ...enterpriseTools })),
    generationConfig: shape('GenerationConfig', {}, { ...generation, ...enterpriseGeneration }),
    safetySettings: listOf(
      shape(
        'SafetySetting',
        { category: harmCategory([...categories, ...imageCategories, 'JAILBREAK']), threshold },
        { method: openEnum('HarmBlockMethod', ['SEVERITY', 'PROBABILITY']) },
      ),
    ),
    labels: JsonObject,
    modelArmorConfig: JsonObject,
  },
);

/** The body of a request, at each of the two doors. */
export const bodyAt = (isEnterprise: boolean) => (isEnterprise ? enterpriseBody : developerBody);
