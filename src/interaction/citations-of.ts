import type { Interaction } from '../protocol/index.js';
import { type Citation, citations } from '../steps/index.js';
import { valuesIn } from './values-in.js';

/**
 * What is said about spans of an interaction's text (sources, words of a transcription, speakers), in the order of the text
 * blocks: what `citations` emits of the same interaction as a stream.
 *
 * The wire counts UTF-8 bytes (wire-format 6.5, T27); `start` and `end` are UTF-16 indices into the text of the block, ready
 * for `slice`. A remark that is said twice comes once (T28).
 *
 * @example The sources of a JSON answer
 * ```ts
 * client.create({ model, input, tools: [googleSearch()] }).subscribe((interaction) => {
 *   for (const { text, annotation } of citationsOf(interaction)) {
 *     if (annotation.type === 'url_citation') console.log(`“${text ?? ''}” ${annotation.url ?? ''}`);
 *   }
 * });
 * ```
 */
export const citationsOf = (interaction: Interaction): readonly Citation[] => valuesIn(interaction, citations());
