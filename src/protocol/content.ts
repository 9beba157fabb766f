import * as t from 'io-ts';

import { isRecord } from '../internal/is-record.js';
import type { Codec } from './codec.js';
import { Annotation } from './annotation.js';
import { Count, either, JsonObject, listOf, openEnum, string } from './primitives.js';
import { tagged } from './shape.js';
import { byName, type TaggedUnion, taggedUnion } from './tagged-union.js';

/*
 * The members of each block beside its type. The deltas that bring a block have them, too.
 * Media come inline (`data`, standard base64) or by reference (`uri`).
 */
const media = { data: string, uri: string, mime_type: string };
const resolution = openEnum('MediaResolution', ['low', 'medium', 'high', 'ultra_high']);

export const textMembers = { annotations: listOf(Annotation) };
export const imageMembers = { ...media, resolution };
export const audioMembers = { ...media, sample_rate: Count, channels: Count };
export const videoMembers = { ...media, resolution, name: string, processing: either(string, JsonObject) };
export const documentMembers = media;

const textContent = tagged('text', { text: string }, textMembers);
/** Text, and what is said about its spans. */
export interface TextContent extends t.TypeOf<typeof textContent> {}
export const TextContent: Codec<TextContent> = textContent;

const imageContent = tagged('image', {}, imageMembers);
/** An image. */
export interface ImageContent extends t.TypeOf<typeof imageContent> {}
export const ImageContent: Codec<ImageContent> = imageContent;

const audioContent = tagged('audio', {}, audioMembers);
/** Sound; `sample_rate` in Hz. */
export interface AudioContent extends t.TypeOf<typeof audioContent> {}
export const AudioContent: Codec<AudioContent> = audioContent;

const videoContent = tagged('video', {}, videoMembers);
/** A video. `processing` is for input only. */
export interface VideoContent extends t.TypeOf<typeof videoContent> {}
export const VideoContent: Codec<VideoContent> = videoContent;

const documentContent = tagged('document', {}, documentMembers);
/** A document: PDF, CSV, office formats. */
export interface DocumentContent extends t.TypeOf<typeof documentContent> {}
export const DocumentContent: Codec<DocumentContent> = documentContent;

/** A block of a kind this version does not know, as it was received. */
export interface UnknownContent {
  readonly type: 'unknown';
  readonly received: unknown;
}

/** A block whose bytes are not text. */
export type MediaContent = ImageContent | AudioContent | VideoContent | DocumentContent;

/** A block of content (wire-format 6.4). A bare string, or text without a type, is a text block. */
export const Content: TaggedUnion<Content> = taggedUnion(
  'Content',
  'type',
  byName(textContent, imageContent, audioContent, videoContent, documentContent),
  (value) => {
    if (typeof value === 'string') return { type: 'text', text: value };
    return isRecord(value) && value['type'] === undefined && typeof value['text'] === 'string'
      ? { ...value, type: 'text' }
      : value;
  },
);
export type Content = TextContent | MediaContent | UnknownContent;

const Blocks = listOf(Content);

/** The blocks of a step. A bare string, which some samples show, is one text block (wire-format 2.2). */
export const ContentList: Codec<readonly Content[]> = new t.Type(
  Blocks.name,
  Blocks.is,
  (u, context) => Blocks.validate(typeof u === 'string' ? [u] : u, context),
  Blocks.encode,
);
