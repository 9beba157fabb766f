import type { Content, MediaContent } from '../../protocol/index.js';
import type { Turn } from '../turn.js';

const isMedia = (block: Content): block is MediaContent => block.type !== 'text' && block.type !== 'unknown';

/** The media that the user sent last, beside the prompt. */
export const mediaIn = ({ history, input }: Turn): readonly MediaContent[] => {
  const last = [...history, ...input].filter((step) => step.type === 'user_input').at(-1);
  return (last?.content ?? []).filter(isMedia);
};
