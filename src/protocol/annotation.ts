import type * as t from 'io-ts';

import { isRecord } from '../internal/is-record.js';
import type { Codec } from './codec.js';
import { Count, JsonObject, listOf, string } from './primitives.js';
import { tagged } from './shape.js';
import { byName, type TaggedUnion, taggedUnion } from './tagged-union.js';

/** UTF-8 byte offsets into the text of the block, end exclusive (wire-format 6.5). */
const range = { start_index: Count, end_index: Count };

const urlCitation = tagged('url_citation', {}, { url: string, title: string, ...range });
/** A web page that a span of the text rests on. */
export interface UrlCitation extends t.TypeOf<typeof urlCitation> {}
export const UrlCitation: Codec<UrlCitation> = urlCitation;

const fileCitation = tagged(
  'file_citation',
  {},
  {
    document_uri: string,
    file_name: string,
    source: string,
    page_number: Count,
    media_id: string,
    custom_metadata: JsonObject,
    ...range,
  },
);
/** A file that a span of the text rests on. */
export interface FileCitation extends t.TypeOf<typeof fileCitation> {}
export const FileCitation: Codec<FileCitation> = fileCitation;

const placeCitation = tagged(
  'place_citation',
  {},
  { place_id: string, name: string, url: string, review_snippets: listOf(JsonObject), ...range },
);
/** A place that a span of the text rests on. */
export interface PlaceCitation extends t.TypeOf<typeof placeCitation> {}
export const PlaceCitation: Codec<PlaceCitation> = placeCitation;

const wordInfo = tagged(
  'word_info',
  {},
  { text: string, speaker: string, start_offset: string, end_offset: string, ...range },
);
/** A word of a transcription, with its speaker and its time (durations like `"1.2s"`). */
export interface WordInfo extends t.TypeOf<typeof wordInfo> {}
export const WordInfo: Codec<WordInfo> = wordInfo;

const speechMetadata = tagged('speech_metadata', {}, { speaker: string, style: string, ...range });
/** Who speaks a span of the text, and how. */
export interface SpeechMetadata extends t.TypeOf<typeof speechMetadata> {}
export const SpeechMetadata: Codec<SpeechMetadata> = speechMetadata;

/** An annotation of a kind this version does not know, as it was received. */
export interface UnknownAnnotation {
  readonly type: 'unknown';
  readonly received: unknown;
}

/** A remark on a span of a text block (wire-format 6.5). One without a type that has a `url` is a `url_citation`. */
export const Annotation: TaggedUnion<Annotation> = taggedUnion(
  'Annotation',
  'type',
  byName(urlCitation, fileCitation, placeCitation, wordInfo, speechMetadata),
  (value) =>
    isRecord(value) && value['type'] === undefined && typeof value['url'] === 'string'
      ? { ...value, type: 'url_citation' }
      : value,
);
export type Annotation = UrlCitation | FileCitation | PlaceCitation | WordInfo | SpeechMetadata | UnknownAnnotation;
