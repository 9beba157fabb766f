import type * as t from 'io-ts';

import type { InteractionRequest } from '../protocol/index.js';
import { listOf } from '../protocol/primitives.js';
import { checkValue } from './check-value.js';
import * as parts from './request-parts.js';
import { formatsIn } from './request-rules.js';

/** Members whose values the server knows better than the protocol's codecs: where each stands, and what it has to be. */
const partsOf = ({ generation_config = {}, ...request }: InteractionRequest): readonly Part[] => [
  ...Object.entries(parts.WholeNumbers).map(([key, codec]): Part => [
    `generation_config.${key}`,
    generation_config[key as keyof typeof parts.WholeNumbers], // safe: it is one of the keys
    codec,
  ]),
  ['generation_config.speech_config', generation_config.speech_config, parts.SpeechConfig],
  ['generation_config.video_config', generation_config.video_config, parts.VideoConfig],
  ['generation_config.image_config', generation_config.image_config, parts.ImageConfig],
  ['agent_config', request.agent_config, parts.AgentConfig],
  ['response_modalities', request.response_modalities, listOf(parts.Modality)],
  ['webhook_config', request.webhook_config, parts.WebhookConfig],
  ['safety_settings', request.safety_settings, listOf(parts.SafetySetting)],
  ['cached_content', request.cached_content, parts.CachedContent],
  ['environment', request.environment, parts.Environment],
  ...Object.entries(request.labels ?? {}).flatMap(([key, value]): readonly Part[] => [
    [`labels.${key}`, key, parts.LabelKey],
    [`labels.${key}`, value, parts.LabelValue],
  ]),
  ...(request.tools ?? []).flatMap((tool, at): readonly Part[] =>
    tool.type === 'retrieval'
      ? [[`tools[${at}].retrieval_types`, tool.retrieval_types, listOf(parts.RetrievalType)]]
      : [],
  ),
  ...formatsIn({ response_format: request.response_format }).flatMap((format, at): readonly Part[] => {
    const codec = Object.hasOwn(parts.Formats, format.type) ? parts.Formats[format.type] : undefined;
    const path = Array.isArray(request.response_format) ? `response_format[${at}]` : 'response_format';
    return codec === undefined ? [] : [[path, format, codec]];
  }),
];

type Part = readonly [path: string, value: unknown, codec: t.Mixed];

/** Refuses what only the server knows to be wrong with a part of a request, and names the place. */
export const checkParts = (request: InteractionRequest): void => {
  for (const [path, value, codec] of partsOf(request)) {
    if (value !== undefined && value !== null) checkValue(codec, value, path);
  }
};
