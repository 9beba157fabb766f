import type { ModalityTokens, Usage } from '../../protocol/index.js';
import type { GenerateContentUsage } from './response.js';

const byModality = (details: GenerateContentUsage['promptTokensDetails']): readonly ModalityTokens[] | undefined =>
  details?.map(({ modality, tokenCount }) => ({ modality: modality?.toLowerCase(), tokens: tokenCount }));

/** The same counts under the names of wire-format 3.3. Neither endpoint counts thoughts as output. */
export const usageOf = (usage: GenerateContentUsage): Usage =>
  Object.fromEntries(
    Object.entries({
      total_input_tokens: usage.promptTokenCount,
      total_output_tokens: usage.candidatesTokenCount,
      total_thought_tokens: usage.thoughtsTokenCount,
      total_tool_use_tokens: usage.toolUsePromptTokenCount,
      total_cached_tokens: usage.cachedContentTokenCount,
      total_tokens: usage.totalTokenCount,
      initial_input_tokens: usage.initialPromptTokenCount,
      input_tokens_by_modality: byModality(usage.promptTokensDetails),
      output_tokens_by_modality: byModality(usage.candidatesTokensDetails),
      cached_tokens_by_modality: byModality(usage.cacheTokensDetails),
      tool_use_tokens_by_modality: byModality(usage.toolUsePromptTokensDetails),
    } satisfies Usage).filter(([, value]) => value !== undefined),
  );
