import type { GroundingToolCount, ModalityTokens, Usage } from '../protocol/index.js';

const COUNTS = [
  'total_input_tokens',
  'total_output_tokens',
  'total_thought_tokens',
  'total_tool_use_tokens',
  'total_cached_tokens',
  'total_tokens',
] as const;

const LISTS = [
  'input_tokens_by_modality',
  'output_tokens_by_modality',
  'cached_tokens_by_modality',
  'tool_use_tokens_by_modality',
] as const;

/** Amounts of the same kind as one; kinds keep the order in which they first appear. */
const addUp = <Amount>(
  amounts: readonly Amount[],
  kindOf: (amount: Amount) => string | undefined,
  add: (a: Amount, b: Amount) => Amount,
): readonly Amount[] => {
  const totals = new Map<string | undefined, Amount>();
  for (const amount of amounts) {
    const kind = kindOf(amount);
    const known = totals.get(kind);
    totals.set(kind, known === undefined ? amount : add(known, amount));
  }
  return [...totals.values()];
};

const addModalities = (amounts: readonly ModalityTokens[]): readonly ModalityTokens[] =>
  addUp(
    amounts,
    ({ modality }) => modality,
    (a, b) => ({ ...a, tokens: (a.tokens ?? 0) + (b.tokens ?? 0) }),
  );

const addTools = (amounts: readonly GroundingToolCount[]): readonly GroundingToolCount[] =>
  addUp(
    amounts,
    ({ type }) => type,
    (a, b) => ({ ...a, count: (a.count ?? 0) + (b.count ?? 0) }),
  );

/**
 * The tokens of two hops or rounds of one answer together (wire-format 10): every count is added, amounts by modality and by
 * tool are added kind by kind, and `initial_input_tokens` is what the first one started with.
 */
export const addUsage = (first: Usage | undefined, second: Usage | undefined): Usage | undefined => {
  if (first === undefined || second === undefined) return second ?? first;
  const total: { -readonly [K in keyof Usage]: Usage[K] } = { ...first, ...second };
  for (const name of COUNTS) {
    if (total[name] !== undefined) total[name] = (first[name] ?? 0) + (second[name] ?? 0);
  }
  for (const name of LISTS) {
    if (total[name] !== undefined) total[name] = addModalities([...(first[name] ?? []), ...(second[name] ?? [])]);
  }
  if (total.grounding_tool_count !== undefined) {
    total.grounding_tool_count = addTools([
      ...(first.grounding_tool_count ?? []),
      ...(second.grounding_tool_count ?? []),
    ]);
  }
  const initial = first.initial_input_tokens ?? first.total_input_tokens;
  if (initial !== undefined) total.initial_input_tokens = initial;
  return total;
};
