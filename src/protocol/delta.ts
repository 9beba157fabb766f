import type * as t from 'io-ts';

import { isRecord } from '../internal/is-record.js';
import type { Codec } from './codec.js';
import { Annotation } from './annotation.js';
import { audioMembers, Content, documentMembers, imageMembers, textMembers, videoMembers } from './content.js';
import { Count, listOf, string } from './primitives.js';
import { tagged } from './shape.js';
import {
  type CodeExecutionCallStep,
  type CodeExecutionResultStep,
  type FileSearchCallStep,
  type FileSearchResultStep,
  type FunctionCallStep,
  type FunctionResultStep,
  type GoogleMapsCallStep,
  type GoogleMapsResultStep,
  type GoogleSearchCallStep,
  type GoogleSearchResultStep,
  type McpServerToolCallStep,
  type McpServerToolResultStep,
  type ProcessingCallStep,
  type ProcessingResultStep,
  type RetrievalCallStep,
  type RetrievalResultStep,
  type UrlContextCallStep,
  type UrlContextResultStep,
  payloadSteps,
} from './step.js';
import { byName, type TaggedUnion, taggedUnion } from './tagged-union.js';

/** Any delta may bring a signature for its step (rule R5). */
const signature = { signature: string };

const textDelta = tagged('text', { text: string }, { ...textMembers, ...signature });
/** A piece of text. */
export interface TextDelta extends t.TypeOf<typeof textDelta> {}
export const TextDelta: Codec<TextDelta> = textDelta;

const imageDelta = tagged('image', {}, { ...imageMembers, ...signature });
/** A whole image. */
export interface ImageDelta extends t.TypeOf<typeof imageDelta> {}
export const ImageDelta: Codec<ImageDelta> = imageDelta;

const audioDelta = tagged('audio', {}, { ...audioMembers, rate: Count, ...signature });
/** A piece of sound, or all of it. `rate` is an older spelling of `sample_rate`. */
export interface AudioDelta extends t.TypeOf<typeof audioDelta> {}
export const AudioDelta: Codec<AudioDelta> = audioDelta;

const videoDelta = tagged('video', {}, { ...videoMembers, ...signature });
/** A whole video. */
export interface VideoDelta extends t.TypeOf<typeof videoDelta> {}
export const VideoDelta: Codec<VideoDelta> = videoDelta;

const documentDelta = tagged('document', {}, { ...documentMembers, ...signature });
/** A whole document. */
export interface DocumentDelta extends t.TypeOf<typeof documentDelta> {}
export const DocumentDelta: Codec<DocumentDelta> = documentDelta;

const textAnnotationDelta = tagged('text_annotation_delta', {}, { annotations: listOf(Annotation), ...signature });
/** Annotations for the text that came before them. */
export interface TextAnnotationDelta extends t.TypeOf<typeof textAnnotationDelta> {}
export const TextAnnotationDelta: Codec<TextAnnotationDelta> = textAnnotationDelta;

const thoughtSummaryDelta = tagged('thought_summary', {}, { content: Content, ...signature });
/** One item of a thought's summary. */
export interface ThoughtSummaryDelta extends t.TypeOf<typeof thoughtSummaryDelta> {}
export const ThoughtSummaryDelta: Codec<ThoughtSummaryDelta> = thoughtSummaryDelta;

const thoughtSignatureDelta = tagged('thought_signature', {}, signature);
/** The signature of a thought, usually its last delta. */
export interface ThoughtSignatureDelta extends t.TypeOf<typeof thoughtSignatureDelta> {}
export const ThoughtSignatureDelta: Codec<ThoughtSignatureDelta> = thoughtSignatureDelta;

const argumentsDelta = tagged('arguments_delta', {}, { arguments: string, id: string, name: string, ...signature });
/** A piece of the JSON text of a call's arguments: split anywhere, complete only at `step.stop`. */
export interface ArgumentsDelta extends t.TypeOf<typeof argumentsDelta> {}
export const ArgumentsDelta: Codec<ArgumentsDelta> = argumentsDelta;

/** A call, complete in one delta. */
export interface FunctionCallDelta extends FunctionCallStep {}

/** The result of a call. */
export interface FunctionResultDelta extends FunctionResultStep {}

/** Members of a `google_search_call` step. */
export interface GoogleSearchCallDelta extends GoogleSearchCallStep {}

/** Members of a `google_search_result` step. */
export interface GoogleSearchResultDelta extends GoogleSearchResultStep {}

/** Members of a `url_context_call` step. */
export interface UrlContextCallDelta extends UrlContextCallStep {}

/** Members of a `url_context_result` step. */
export interface UrlContextResultDelta extends UrlContextResultStep {}

/** Members of a `code_execution_call` step. */
export interface CodeExecutionCallDelta extends CodeExecutionCallStep {}

/** Members of a `code_execution_result` step. */
export interface CodeExecutionResultDelta extends CodeExecutionResultStep {}

/** Members of a `google_maps_call` step. */
export interface GoogleMapsCallDelta extends GoogleMapsCallStep {}

/** Members of a `google_maps_result` step. */
export interface GoogleMapsResultDelta extends GoogleMapsResultStep {}

/** Members of a `file_search_call` step. */
export interface FileSearchCallDelta extends FileSearchCallStep {}

/** Members of a `file_search_result` step. */
export interface FileSearchResultDelta extends FileSearchResultStep {}

/** Members of a `retrieval_call` step. */
export interface RetrievalCallDelta extends RetrievalCallStep {}

/** Members of a `retrieval_result` step. */
export interface RetrievalResultDelta extends RetrievalResultStep {}

/** Members of a `mcp_server_tool_call` step. */
export interface McpServerToolCallDelta extends McpServerToolCallStep {}

/** Members of a `mcp_server_tool_result` step. */
export interface McpServerToolResultDelta extends McpServerToolResultStep {}

/** Members of a `processing_call` step. */
export interface ProcessingCallDelta extends ProcessingCallStep {}

/** Members of a `processing_result` step. */
export interface ProcessingResultDelta extends ProcessingResultStep {}

/** A delta of a kind this version does not know, as it was received. */
export interface UnknownDelta {
  readonly type: 'unknown';
  readonly received: unknown;
}

/** A delta that carries a media block. */
export type MediaDelta = ImageDelta | AudioDelta | VideoDelta | DocumentDelta;

/** A delta that fills the step of the same type by replacing its members (rule R7). */
export type PayloadDelta =
  | FunctionCallDelta
  | FunctionResultDelta
  | GoogleSearchCallDelta
  | GoogleSearchResultDelta
  | UrlContextCallDelta
  | UrlContextResultDelta
  | CodeExecutionCallDelta
  | CodeExecutionResultDelta
  | GoogleMapsCallDelta
  | GoogleMapsResultDelta
  | FileSearchCallDelta
  | FileSearchResultDelta
  | RetrievalCallDelta
  | RetrievalResultDelta
  | McpServerToolCallDelta
  | McpServerToolResultDelta
  | ProcessingCallDelta
  | ProcessingResultDelta;

const MEDIA_TYPE = /^(image|audio|video)\//;

/** Rule R8: what a delta without a type is, as far as its own members tell. */
const inferType = (delta: Record<string, unknown>): string | undefined => {
  if (typeof delta['text'] === 'string') return 'text';
  if (delta['content'] !== undefined) return 'thought_summary';
  if (typeof delta['arguments'] === 'string') return 'arguments_delta';
  if (delta['arguments'] !== undefined || delta['result'] !== undefined) return undefined; // its step decides
  if (delta['annotations'] !== undefined) return 'text_annotation_delta';
  if (typeof delta['mime_type'] === 'string' && (delta['data'] !== undefined || delta['uri'] !== undefined)) {
    return MEDIA_TYPE.exec(delta['mime_type'])?.[1] ?? 'document';
  }
  return delta['signature'] !== undefined ? 'thought_signature' : undefined;
};

const normalize = (value: unknown): unknown => {
  if (!isRecord(value)) return value;
  switch (value['type']) {
    case undefined: {
      const type = inferType(value);
      return type === undefined ? value : { ...value, type };
    }
    case 'text_annotation': // quirk Q6: both names are in use
      return { ...value, type: 'text_annotation_delta' };
    case 'arguments_delta': // rule R6: arguments that are an object already are the whole call
      return isRecord(value['arguments']) ? { ...value, type: 'function_call' } : value;
    default:
      return value;
  }
};

/** The payload of a `step.delta` (wire-format 7.1). */
export const Delta: TaggedUnion<Delta> = taggedUnion(
  'Delta',
  'type',
  byName(
    textDelta,
    imageDelta,
    audioDelta,
    videoDelta,
    documentDelta,
    textAnnotationDelta,
    thoughtSummaryDelta,
    thoughtSignatureDelta,
    argumentsDelta,
    ...payloadSteps,
  ),
  normalize,
);
export type Delta =
  | TextDelta
  | MediaDelta
  | TextAnnotationDelta
  | ThoughtSummaryDelta
  | ThoughtSignatureDelta
  | ArgumentsDelta
  | PayloadDelta
  | UnknownDelta;
