import { isRecord } from '../../internal/is-record.js';

type Members = Readonly<Record<string, unknown>>;

/** The name of each count there; those that are told only where there is something to count. */
const COUNTS: readonly (readonly [from: string, to: string, isAlways: boolean])[] = [
  ['total_input_tokens', 'promptTokenCount', true],
  ['total_output_tokens', 'candidatesTokenCount', true],
  ['total_tokens', 'totalTokenCount', true],
  ['total_cached_tokens', 'cachedContentTokenCount', false],
  ['total_tool_use_tokens', 'toolUsePromptTokenCount', false],
  ['total_thought_tokens', 'thoughtsTokenCount', false],
];

const DETAILS: readonly (readonly [from: string, to: string])[] = [
  ['input_tokens_by_modality', 'promptTokensDetails'],
  ['output_tokens_by_modality', 'candidatesTokensDetails'],
  ['tool_use_tokens_by_modality', 'toolUsePromptTokensDetails'],
];

const detailOf = (count: unknown): Members =>
  isRecord(count) ? { modality: String(count['modality']).toUpperCase(), tokenCount: count['tokens'] } : {};

/** The counts of wire-format 3.3 under the names that the older endpoint has for them. */
export const usageMetadataOf = (usage: unknown): Members | undefined => {
  if (!isRecord(usage)) return undefined;
  const counts = COUNTS.flatMap(([from, to, isAlways]) => {
    const count = usage[from];
    return typeof count === 'number' && (isAlways || count > 0) ? [[to, count] as const] : [];
  });
  const details = DETAILS.flatMap(([from, to]) => {
    const list = usage[from];
    return Array.isArray(list) ? [[to, list.map(detailOf)] as const] : [];
  });
  return Object.fromEntries<unknown>([...counts, ...details]);
};
