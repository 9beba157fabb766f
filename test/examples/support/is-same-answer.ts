import type { Interaction, Step } from 'rx-interactions';

/** Made anew each time, or left out by the documents. */
const GENERATED: ReadonlySet<string> = new Set(['id', 'call_id', 'signature', 'data', 'search_suggestions']);

/** Pages show several spaces as one. */
const withoutIndent = (text: string): string => text.replace(/ +/g, ' ');

/** Whether a text is the printed one, in which `...` stands for what was left out. `isWhole`: nothing more may follow. */
const isSameText = (printed: string, told: string, isWhole: boolean): boolean => {
  const pieces = printed.split('...');
  let at = 0;
  for (const [ordinal, piece] of pieces.entries()) {
    const found = told.indexOf(piece, at);
    if (found === -1 || (ordinal === 0 && found > 0)) return false;
    at = found + piece.length;
  }
  return !isWhole || pieces.length > 1 || at === told.length;
};

/** Whether everything that is printed was told. */
export const isSame = (printed: unknown, told: unknown, isWhole = true): boolean => {
  if (typeof printed === 'string')
    return typeof told === 'string' && isSameText(withoutIndent(printed), withoutIndent(told), isWhole);
  if (typeof printed !== 'object' || printed === null) return printed === told;
  if (typeof told !== 'object' || told === null) return false;
  if (Array.isArray(printed) && (!Array.isArray(told) || (isWhole && told.length !== printed.length))) return false;
  return Object.entries(printed).every(([member, value]) => {
    const found: unknown = Reflect.get(told, member);
    return GENERATED.has(member) ? typeof found === typeof value : isSame(value, found, isWhole);
  });
};

const hasSummary = (step: Step): boolean => step.type === 'thought' && step.summary !== undefined;

/**
 * The steps that count. Documents print what was asked and answered before as well (wire-format 6); a thought is in the
 * answer whether they print it or not, unless it says something; and what a search found they print in a shape of their own.
 */
const comparable = ({ status, steps }: Interaction, withThoughts: boolean): readonly unknown[] =>
  steps
    .slice(steps.map(({ type }) => type === 'user_input' || type === 'function_result').lastIndexOf(true) + 1)
    .filter(({ type }) => type !== 'thought' || withThoughts)
    .filter(({ type }) => type !== 'function_call' || status !== 'completed')
    .map((step) => (step.type === 'google_search_result' ? { type: step.type } : step));

/** Whether an answer is the printed one. A printed stream (`isWhole: false`) may leave out what comes at the end. */
export const isSameAnswer = (printed: Interaction, told: Interaction, isWhole: boolean): boolean => {
  const withThoughts = printed.steps.some(hasSummary);
  return (
    (printed.status === told.status || printed.status === 'in_progress') && // which is said where nothing is said
    isSame(comparable(printed, withThoughts), comparable(told, withThoughts), isWhole)
  );
};
