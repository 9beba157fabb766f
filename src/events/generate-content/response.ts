import * as t from 'io-ts';

import { Count, JsonObject, listOf } from '../../protocol/primitives.js';
import { shape } from '../../protocol/shape.js';
import type { Codec } from '../../protocol/index.js';

/*
 * What the older endpoint answers with, as its REST surface and the official SDK spell it. Every member is optional and every
 * enum open, as everywhere on this wire; what is not read here is kept and not looked at.
 */

const blob = shape('Blob', {}, { mimeType: t.string, data: t.string });
const fileData = shape('FileData', {}, { mimeType: t.string, fileUri: t.string });
/** A value of an argument, or more of it, by the JSON path to it. */
const partialArg = shape(
  'PartialArg',
  {},
  {
    jsonPath: t.string,
    stringValue: t.string,
    numberValue: Count,
    boolValue: t.boolean,
    nullValue: t.unknown,
    willContinue: t.boolean,
  },
);
const functionCall = shape(
  'FunctionCall',
  {},
  { id: t.string, name: t.string, args: JsonObject, partialArgs: listOf(partialArg), willContinue: t.boolean },
);
const executableCode = shape('ExecutableCode', {}, { id: t.string, code: t.string, language: t.string });
const codeExecutionResult = shape('CodeExecutionResult', {}, { id: t.string, outcome: t.string, output: t.string });
const toolCall = shape('ToolCall', {}, { id: t.string, toolType: t.string, args: JsonObject });
const toolResponse = shape('ToolResponse', {}, { id: t.string, toolType: t.string, response: JsonObject });

const generateContentPart = shape(
  'Part',
  {},
  {
    text: t.string,
    thought: t.boolean,
    thoughtSignature: t.string,
    inlineData: blob,
    fileData,
    functionCall,
    executableCode,
    codeExecutionResult,
    toolCall,
    toolResponse,
  },
);
/** A piece of what the model said, thought, called or ran. */
export interface GenerateContentPart extends t.TypeOf<typeof generateContentPart> {}
export const GenerateContentPart: Codec<GenerateContentPart> = generateContentPart;

const web = shape('WebChunk', {}, { uri: t.string, title: t.string });
const image = shape('ImageChunk', {}, { sourceUri: t.string, imageUri: t.string, title: t.string });
const reviewSnippet = shape('ReviewSnippet', {}, { reviewId: t.string, title: t.string, googleMapsUri: t.string });
const maps = shape(
  'MapsChunk',
  {},
  {
    uri: t.string,
    title: t.string,
    placeId: t.string,
    placeAnswerSources: shape('PlaceAnswerSources', {}, { reviewSnippets: listOf(reviewSnippet) }),
  },
);
/** One of its values is there. */
const customMetadata = shape(
  'CustomMetadata',
  {},
  {
    key: t.string,
    stringValue: t.string,
    numericValue: Count,
    stringListValue: shape('StringList', {}, { values: listOf(t.string) }),
  },
);
const retrievedContext = shape(
  'RetrievedContext',
  {},
  {
    uri: t.string,
    title: t.string,
    text: t.string,
    fileSearchStore: t.string,
    mediaId: t.string,
    pageNumber: Count,
    customMetadata: listOf(customMetadata),
  },
);

const groundingChunk = shape('GroundingChunk', {}, { web, image, maps, retrievedContext });
/** A source that an answer rests on. */
export interface GroundingChunk extends t.TypeOf<typeof groundingChunk> {}
export const GroundingChunk: Codec<GroundingChunk> = groundingChunk;

/** `startIndex` and `endIndex` are UTF-8 byte offsets, the end exclusive; 0 is left out. */
const segment = shape('Segment', {}, { partIndex: Count, startIndex: Count, endIndex: Count, text: t.string });

const groundingSupport = shape('GroundingSupport', {}, { segment, groundingChunkIndices: listOf(Count) });
/** A span of the text, and the sources that it rests on by their places in `groundingChunks`. */
export interface GroundingSupport extends t.TypeOf<typeof groundingSupport> {}
export const GroundingSupport: Codec<GroundingSupport> = groundingSupport;

const groundingMetadata = shape(
  'GroundingMetadata',
  {},
  {
    webSearchQueries: listOf(t.string),
    imageSearchQueries: listOf(t.string),
    retrievalQueries: listOf(t.string),
    searchEntryPoint: shape('SearchEntryPoint', {}, { renderedContent: t.string }),
    googleMapsWidgetContextToken: t.string,
    groundingChunks: listOf(GroundingChunk),
    groundingSupports: listOf(GroundingSupport),
  },
);
/** What was searched for, what was found, and what of the text rests on it. */
export interface GroundingMetadata extends t.TypeOf<typeof groundingMetadata> {}
export const GroundingMetadata: Codec<GroundingMetadata> = groundingMetadata;

const citation = shape('Citation', {}, { startIndex: Count, endIndex: Count, uri: t.string, title: t.string });
const urlMetadata = shape('UrlMetadata', {}, { retrievedUrl: t.string, urlRetrievalStatus: t.string });

const generateContentCandidate = shape(
  'Candidate',
  {},
  {
    index: Count,
    content: shape('CandidateContent', {}, { role: t.string, parts: listOf(GenerateContentPart) }),
    finishReason: t.string,
    finishMessage: t.string,
    continuationToken: t.string,
    citationMetadata: shape('CitationMetadata', {}, { citations: listOf(citation) }),
    groundingMetadata: GroundingMetadata,
    urlContextMetadata: shape('UrlContextMetadata', {}, { urlMetadata: listOf(urlMetadata) }),
  },
);
/** One of the answers to a prompt; usually there is one. */
export interface GenerateContentCandidate extends t.TypeOf<typeof generateContentCandidate> {}
export const GenerateContentCandidate: Codec<GenerateContentCandidate> = generateContentCandidate;

const details = listOf(shape('ModalityTokenCount', {}, { modality: t.string, tokenCount: Count }));

const generateContentUsage = shape(
  'UsageMetadata',
  {},
  {
    promptTokenCount: Count,
    candidatesTokenCount: Count,
    thoughtsTokenCount: Count,
    toolUsePromptTokenCount: Count,
    cachedContentTokenCount: Count,
    totalTokenCount: Count,
    initialPromptTokenCount: Count,
    promptTokensDetails: details,
    candidatesTokensDetails: details,
    cacheTokensDetails: details,
    toolUsePromptTokensDetails: details,
  },
);
/** Tokens used. `candidatesTokenCount` does not count thoughts. */
export interface GenerateContentUsage extends t.TypeOf<typeof generateContentUsage> {}
export const GenerateContentUsage: Codec<GenerateContentUsage> = generateContentUsage;

const generateContentResponse = shape(
  'GenerateContentResponse',
  {},
  {
    candidates: listOf(GenerateContentCandidate),
    promptFeedback: shape('PromptFeedback', {}, { blockReason: t.string, blockReasonMessage: t.string }),
    usageMetadata: GenerateContentUsage,
    modelVersion: t.string,
    createTime: t.string,
    /** Instead of everything else, in the middle of a stream. */
    error: JsonObject,
  },
);
/** An answer of `generateContent`, or one chunk of `streamGenerateContent`. The official SDK's type fits. */
export interface GenerateContentResponse extends t.TypeOf<typeof generateContentResponse> {}
export const GenerateContentResponse: Codec<GenerateContentResponse> = generateContentResponse;
