import type * as t from 'io-ts';

import type { Codec } from './codec.js';
import { Count, listOf, openEnum } from './primitives.js';
import { shape } from './shape.js';

/** The kinds of content that tokens are counted by. */
export const Modality = openEnum('Modality', ['text', 'image', 'audio', 'video', 'document']);
export type Modality = t.TypeOf<typeof Modality>;

const modalityTokens = shape('ModalityTokens', {}, { modality: Modality, tokens: Count });
/** Tokens of one modality. */
export interface ModalityTokens extends t.TypeOf<typeof modalityTokens> {}
export const ModalityTokens: Codec<ModalityTokens> = modalityTokens;

const groundingToolCount = shape(
  'GroundingToolCount',
  {},
  { type: openEnum('GroundingTool', ['google_search', 'google_maps', 'retrieval']), count: Count },
);
/** How often a grounding tool was used. */
export interface GroundingToolCount extends t.TypeOf<typeof groundingToolCount> {}
export const GroundingToolCount: Codec<GroundingToolCount> = groundingToolCount;

const usage = shape(
  'Usage',
  {},
  {
    total_input_tokens: Count,
    total_output_tokens: Count,
    total_thought_tokens: Count,
    total_tool_use_tokens: Count,
    total_cached_tokens: Count,
    total_tokens: Count,
    initial_input_tokens: Count,
    input_tokens_by_modality: listOf(ModalityTokens),
    output_tokens_by_modality: listOf(ModalityTokens),
    cached_tokens_by_modality: listOf(ModalityTokens),
    tool_use_tokens_by_modality: listOf(ModalityTokens),
    grounding_tool_count: listOf(GroundingToolCount),
  },
);
/** Tokens used by an interaction (wire-format 3.3). `total_output_tokens` does not count thoughts. */
export interface Usage extends t.TypeOf<typeof usage> {}
export const Usage: Codec<Usage> = usage;
