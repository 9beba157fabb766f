import type { Annotation } from '../protocol/index.js';

/** A remark on a span of the model's text, with the span as JavaScript counts it. */
export interface Citation {
  /** The place of its step in `interaction.steps`. */
  readonly position: number;
  /** The place of the text block in the step's `content`. */
  readonly block: number;
  /** The remark, as it was received: its `start_index` and `end_index` are UTF-8 byte offsets (wire-format 6.5). */
  readonly annotation: Annotation;
  /** Where the span begins in the text of the block, in UTF-16 code units. `undefined` if the remark has no span. */
  readonly start: number | undefined;
  /** Where it ends, exclusive. */
  readonly end: number | undefined;
  /** The text of the span. `undefined` if the remark has none. */
  readonly text: string | undefined;
}
