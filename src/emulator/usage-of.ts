import { isRecord } from '../internal/is-record.js';
import type { ModalityTokens, Usage } from '../protocol/index.js';

const MEDIA: ReadonlySet<unknown> = new Set(['image', 'audio', 'video', 'document']);
const TOKENS_PER_BLOCK = 258;
const LETTERS_PER_TOKEN = 4;

/** About four letters make a token. */
export const tokensOf = (text: string): number => Math.ceil(text.length / LETTERS_PER_TOKEN);

/** The text in a value that somebody wrote or reads: no ids, no signatures, no bytes of media. */
const textIn = (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(textIn).join('');
  if (!isRecord(value)) return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
  if (MEDIA.has(value['type'])) return '';
  return Object.entries(value)
    .filter(([key]) => !['type', 'id', 'call_id', 'signature'].includes(key))
    .map(([, member]) => textIn(member))
    .join('');
};

const blocksIn = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(blocksIn);
  if (!isRecord(value)) return [];
  return MEDIA.has(value['type']) ? [String(value['type'])] : Object.values(value).flatMap(blocksIn);
};

/** About how much of a reply a value makes up. Not rounded, so that pieces add up to what the whole has. */
export const tokensIn = (value: unknown): number =>
  textIn(value).length / LETTERS_PER_TOKEN + TOKENS_PER_BLOCK * blocksIn(value).length;

const mediaTokens = (steps: readonly unknown[]): readonly ModalityTokens[] => {
  const blocks = blocksIn(steps);
  return [...new Set(blocks)].map((modality) => ({
    modality,
    tokens: TOKENS_PER_BLOCK * blocks.filter((block) => block === modality).length,
  }));
};

const sum = (counts: readonly ModalityTokens[]): number => counts.reduce((total, { tokens = 0 }) => total + tokens, 0);

const typeOf = (step: unknown): string => (isRecord(step) ? String(step['type']) : '');
const isThought = (step: unknown): boolean => typeOf(step) === 'thought';
const isServerTool = (step: unknown): boolean => /^(?!function_).+_(?:call|result)$/.test(typeOf(step));

/** What a turn took: estimates that add up. `input` is everything the model reads, which is the whole history. */
export const usageOf = (input: readonly unknown[], output: readonly unknown[]): Usage => {
  const read: readonly ModalityTokens[] = [
    { modality: 'text', tokens: Math.max(1, tokensOf(textIn(input))) },
    ...mediaTokens(input),
  ];
  const thoughts = output.filter(isThought);
  const used = output.filter(isServerTool);
  const said = output.filter((step) => !isThought(step) && !isServerTool(step));
  const made = mediaTokens(said);
  const total_input_tokens = sum(read);
  const total_output_tokens = tokensOf(textIn(said)) + sum(made);
  const total_tool_use_tokens = tokensOf(textIn(used));
  const total_thought_tokens = 20 * thoughts.length + tokensOf(textIn(thoughts));
  return {
    total_tokens: total_input_tokens + total_output_tokens + total_tool_use_tokens + total_thought_tokens,
    total_input_tokens,
    input_tokens_by_modality: read,
    total_cached_tokens: 0,
    total_output_tokens,
    ...(made.length > 0 && { output_tokens_by_modality: made }),
    total_tool_use_tokens,
    ...(total_tool_use_tokens > 0 && {
      tool_use_tokens_by_modality: [{ modality: 'text', tokens: total_tool_use_tokens }],
    }),
    total_thought_tokens,
  };
};
