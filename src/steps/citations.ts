import type { OperatorFunction } from 'rxjs';

import type { InteractionEvent, TurnMark } from '../protocol/index.js';
import type { Citation } from './citation.js';
import { createCiter } from './cite.js';
import { mapSignals } from './track-steps.js';

/**
 * Emits what is said about spans of the model's text (sources, words of a transcription, speakers), with the span as
 * JavaScript counts it.
 *
 * `ofDeltaType('text_annotation_delta')` gives the remarks as they were received, and `scanText` the text without them.
 * The wire counts UTF-8 bytes (wire-format 6.5, T27); `start`, `end` and `text` are ready for `slice`. A citation comes as
 * soon as the text of its span is there, which is at once where annotations follow the text, as they do. One that is said
 * twice comes once (T28). A span beyond the text ends with the text; one that cuts a character includes it.
 *
 * ```text
 * events       -c-s-d-d-n-p-f|     n: text_annotation_delta
 * citations()  ---------k----|
 * ```
 *
 * @example
 * ```ts
 * events$.pipe(citations()).subscribe(({ text, annotation }) => {
 *   if (annotation.type === 'url_citation') console.log(`“${text ?? ''}” ${annotation.url ?? ''}`);
 * });
 * ```
 */
export function citations(): OperatorFunction<InteractionEvent | TurnMark, Citation> {
  return mapSignals(createCiter);
}
