import type * as t from 'io-ts';

import type { Codec } from './codec.js';
import { Count, either, JsonObject, listOf, openEnum, string } from './primitives.js';
import { tagged } from './shape.js';
import { byName, type TaggedUnion, taggedUnion } from './tagged-union.js';

const delivery = openEnum('Delivery', ['inline', 'uri']);

const textFormat = tagged(
  'text',
  {},
  { mime_type: openEnum('TextMimeType', ['application/json', 'text/plain']), schema: JsonObject },
);
/** Text, or JSON that fits a schema (`schema` goes with `application/json` only). */
export interface TextFormat extends t.TypeOf<typeof textFormat> {}
export const TextFormat: Codec<TextFormat> = textFormat;

const imageFormat = tagged('image', {}, { mime_type: string, aspect_ratio: string, image_size: string, delivery });
/** Images. `aspect_ratio` like `"16:9"`; `image_size` is one of `512`, `1K`, `2K`, `4K`. */
export interface ImageFormat extends t.TypeOf<typeof imageFormat> {}
export const ImageFormat: Codec<ImageFormat> = imageFormat;

const audioFormat = tagged('audio', {}, { mime_type: string, bit_rate: Count, sample_rate: Count, delivery });
/** Sound. `bit_rate` in bit/s, `sample_rate` in Hz. */
export interface AudioFormat extends t.TypeOf<typeof audioFormat> {}
export const AudioFormat: Codec<AudioFormat> = audioFormat;

const videoFormat = tagged(
  'video',
  {},
  { aspect_ratio: string, duration: string, resolution: string, delivery, gcs_uri: string },
);
/** Video. `duration` like `"8s"`. */
export interface VideoFormat extends t.TypeOf<typeof videoFormat> {}
export const VideoFormat: Codec<VideoFormat> = videoFormat;

/** A format of a kind this version does not know, as it was received. */
export interface UnknownFormat {
  readonly type: 'unknown';
  readonly received: unknown;
}

/** One kind of output the model is asked for (wire-format 2.5). */
export const ResponseFormatEntry: TaggedUnion<ResponseFormatEntry> = taggedUnion(
  'ResponseFormat',
  'type',
  byName(textFormat, imageFormat, audioFormat, videoFormat),
);
export type ResponseFormatEntry = TextFormat | ImageFormat | AudioFormat | VideoFormat | UnknownFormat;

/** What the model is asked for: one format, or one per modality. */
export const ResponseFormat: Codec<ResponseFormat> = either(listOf(ResponseFormatEntry), ResponseFormatEntry);
export type ResponseFormat = readonly ResponseFormatEntry[] | ResponseFormatEntry;
