import { textOf, type Turn } from '../turn.js';

/** What the user has said up to now, the oldest first: the text of each input, in this turn and before it. */
export const userTexts = ({ history, input }: Turn): readonly string[] =>
  [...history, ...input].flatMap((step) => (step.type === 'user_input' ? textOf(step.content) : []));
