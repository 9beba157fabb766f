import type { TextContent } from '../../protocol/index.js';

/** A block of text. */
export const text = (value: string): TextContent => ({ type: 'text', text: value });
