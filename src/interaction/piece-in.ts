import type { Delta } from '../protocol/index.js';

/** What a delta adds to a text, a thought or arguments; `undefined` of one that is no piece of such. */
export const pieceIn = (delta: Delta): string | undefined => {
  switch (delta.type) {
    case 'text':
      return delta.text;
    case 'arguments_delta':
      return delta.arguments ?? '';
    case 'thought_summary':
      return delta.content?.type === 'text' ? delta.content.text : undefined;
    default:
      return undefined;
  }
};
