import { addValue, type Draft, fail } from './draft.js';

/** Reads `true`, `false` or `null` from its first letter; one that is cut is held back, to be read again with its rest. */
export const readLiteral = (
  draft: Draft,
  text: string,
  from: number,
  literal: string,
  value: boolean | null,
): number => {
  const end = from + literal.length;
  for (let at = from + 1; at < end; at += 1) {
    if (at === text.length) {
      draft.held = text.slice(from);
      return at;
    }
    if (text.charCodeAt(at) !== literal.charCodeAt(at - from)) return fail(draft, text, at, literal);
  }
  addValue(draft, value);
  return end;
};
