import type { Turn } from '../turn.js';

/**
 * Whether a model from before Gemini 3 is asked. A few prompts have other answers then: the migration guide shows what
 * `gemini-2.5-flash` said to them, and what `gemini-3-flash-preview` says.
 */
export const isEarlierModel = ({ request: { model = '' } }: Turn): boolean => /(?:^|\/)gemini-[12]\b/.test(model);
