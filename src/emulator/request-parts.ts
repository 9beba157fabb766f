import * as t from 'io-ts';

import { SpeechVoice } from '../protocol/index.js';
import { Count, either, JsonObject, listOf, openEnum } from '../protocol/primitives.js';
import { literal, shape, tagged } from '../protocol/shape.js';
import { taggedUnion } from '../protocol/tagged-union.js';

/*
 * Parts of a request that a client need not understand, and that the protocol's codecs therefore leave open, as the server
 * reads them (wire-format 2.3–2.7, 9.4, 9.5). `checkValue` takes them at their word: no other member, no other value.
 */

/** Strings that a test lets through, under a name that tells what they should have been. */
const textLike = (name: string, test: RegExp): t.Type<string, string> => {
  const is = (u: unknown): u is string => typeof u === 'string' && test.test(u);
  return new t.Type(name, is, (u, context) => (is(u) ? t.success(u) : t.failure(u, context)), t.identity);
};

const integerFrom = (least: number, name: string): t.Type<number, number> => {
  const is = (u: unknown): u is number => typeof u === 'number' && Number.isInteger(u) && u >= least;
  const validate = (u: unknown, context: t.Context): t.Validation<number> => {
    const value = typeof u === 'string' && /^-?\d+$/.test(u) ? Number(u) : u; // 64-bit counters may be strings
    return is(value) ? t.success(value) : t.failure(u, context);
  };
  return new t.Type(name, is, validate, t.identity);
};

const Int = integerFrom(-Infinity, 'an integer');

/** Members of `generation_config` that have to be whole numbers. */
export const WholeNumbers = {
  max_output_tokens: integerFrom(1, 'an integer above 0'),
  seed: Int,
  top_k: Int,
};

const aspectRatios = '1:1 2:3 3:2 3:4 4:3 4:5 5:4 9:16 16:9 21:9 1:8 8:1 1:4 4:1'.split(' ');
const imageSize = openEnum('ImageSize', ['512', '1K', '2K', '4K']);
const aspectRatio = openEnum('AspectRatio', aspectRatios);

export const SpeechConfig = either(listOf(SpeechVoice), shape('SpeechConfig', { speakers: listOf(SpeechVoice) }));

export const VideoConfig = shape(
  'VideoConfig',
  {},
  {
    task: openEnum('VideoTask', ['text_to_video', 'image_to_video', 'reference_to_video', 'edit', 'extend', 'upscale']),
  },
);

export const ImageConfig = shape('ImageConfig', {}, { aspect_ratio: aspectRatio, image_size: imageSize });

export const Modality = openEnum('Modality', ['text', 'image', 'audio', 'video', 'document']);

export const WebhookConfig = shape('WebhookConfig', {}, { uris: listOf(t.string), user_metadata: JsonObject });

export const SafetySetting = shape(
  'SafetySetting',
  {
    type: openEnum('HarmCategory', [
      'hate_speech',
      'dangerous_content',
      'harassment',
      'sexually_explicit',
      'civic_integrity',
      'image_hate',
      'image_dangerous_content',
      'image_harassment',
      'image_sexually_explicit',
      'jailbreak',
    ]),
    threshold: openEnum('HarmThreshold', [
      'block_low_and_above',
      'block_medium_and_above',
      'block_only_high',
      'block_none',
      'off',
    ]),
  },
  { method: openEnum('HarmMethod', ['severity', 'probability']) },
);

/** A key of `labels` begins with a letter and has 63 characters at most; nothing in it has upper case. */
export const LabelKey = textLike(
  'a key in lower case that begins with a letter',
  /^(?!\p{Lu})\p{L}[\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}_-]{0,62}$/u,
);
export const LabelValue = textLike('a label in lower case', /^[\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}_-]{0,63}$/u);

/** The name of something that is cached. */
export const CachedContent = textLike("'cachedContents/{id}'", /^cachedContents\/[^/]+$/);

export const RetrievalType = openEnum('RetrievalType', [
  'vertex_ai_search',
  'rag_store',
  'exa_ai_search',
  'parallel_ai_search',
]);

/** What can be asked of each kind of output but text. (Whether `delivery` is taken is a rule of its own.) */
export const Formats: Readonly<Record<string, t.Mixed>> = {
  image: tagged(
    'image',
    {},
    {
      mime_type: openEnum('ImageMimeType', ['image/jpeg']),
      aspect_ratio: aspectRatio,
      image_size: imageSize,
      delivery: t.unknown,
    },
  ),
  audio: tagged(
    'audio',
    {},
    {
      mime_type: openEnum('AudioMimeType', [
        'audio/mp3',
        'audio/ogg_opus',
        'audio/l16',
        'audio/wav',
        'audio/alaw',
        'audio/mulaw',
      ]),
      bit_rate: Int,
      sample_rate: Int,
      delivery: t.unknown,
    },
  ),
  video: tagged(
    'video',
    {},
    {
      aspect_ratio: openEnum('VideoAspectRatio', ['16:9', '9:16']),
      duration: textLike('a duration like "8s"', /^\d+(?:\.\d+)?s$/),
      resolution: openEnum('VideoResolution', ['360p', '720p', '1080p', '4k']),
      delivery: openEnum('Delivery', ['inline', 'uri']),
      gcs_uri: textLike('a gs:// address', /^gs:\/\/./),
    },
  ),
};

const seconds = textLike('a time like "10.5s"', /^\d+(?:\.\d+)?s$/);

/** How a video of the input is looked at. */
export const VideoProcessing = either(
  openEnum('VideoProcessing', ['static', 'agentic']),
  tagged('static', {}, { start_offset: seconds, end_offset: seconds, fps: Count }),
);

const thinkingSummaries = openEnum('ThinkingSummaries', ['auto', 'none']);

/** What agents are told, by the kind of agent (wire-format 9.4). */
export const AgentConfig = taggedUnion('AgentConfig', 'type', {
  'deep-research': tagged(
    'deep-research',
    {},
    {
      thinking_summaries: thinkingSummaries,
      collaborative_planning: t.boolean,
      visualization: openEnum('Visualization', ['off', 'auto']),
      enable_bigquery_tool: t.boolean,
    },
  ),
  antigravity: tagged('antigravity', {}, { max_total_tokens: Int, model: t.string }),
  'code-mender': tagged(
    'code-mender',
    {},
    {
      model: t.string,
      session_id: t.string,
      session_config: JsonObject,
      find_request: JsonObject,
      fix_request: JsonObject,
    },
  ),
  dynamic: JsonObject,
});

const disabled = literal('disabled');
const allowedDomain = shape('AllowedDomain', { domain: t.string }, { credential: t.unknown, transform: t.unknown });

/** A sandbox: a new one (`remote`), one that there is by its id, or a description (wire-format 9.5). */
export const Environment = either(
  textLike('an environment', /./),
  tagged(
    'remote',
    {},
    {
      environment_id: t.string,
      env: JsonObject,
      network: either(disabled, shape('Network', {}, { allowlist: either(disabled, listOf(allowedDomain)) })),
      sources: listOf(
        shape(
          'Source',
          {},
          {
            type: openEnum('SourceType', ['gcs', 'inline', 'repository', 'skill_registry']),
            source: t.string,
            target: t.string,
            content: t.string,
            encoding: t.string,
          },
        ),
      ),
    },
  ),
);
