import type { Annotation, UnknownAnnotation } from '../../protocol/index.js';
import { reply, type StepPart } from '../reply.js';
import { inPieces } from './in-pieces.js';

/** What a passage rests on, or what is said of it: an annotation, whose range is the passage's. */
export type Source = Exclude<Annotation, UnknownAnnotation>;

/** Some text; or a passage, which may be made of others, and its sources. */
export type Passage = string | { readonly text: string | readonly Passage[]; readonly sources: readonly Source[] };

/** A text and what is said of its spans. */
export interface AnnotatedText {
  readonly text: string;
  readonly annotations: readonly Source[];
}

const encoder = new TextEncoder();
const bytesIn = (text: string): number => encoder.encode(text).length;

const annotateFrom = (passages: readonly Passage[], from: number): AnnotatedText => {
  const annotations: Source[] = [];
  let text = '';
  let start_index = from;
  for (const passage of passages) {
    const { text: said, sources } = typeof passage === 'string' ? { text: passage, sources: [] } : passage;
    const inner = typeof said === 'string' ? { text: said, annotations: [] } : annotateFrom(said, start_index);
    const end_index = start_index + bytesIn(inner.text);
    annotations.push(...inner.annotations, ...sources.map((source) => ({ ...source, start_index, end_index })));
    text += inner.text;
    start_index = end_index;
  }
  return { text, annotations };
};

/** A text and its annotations. Their offsets are UTF-8 bytes into the text, end exclusive (wire-format 6.5). */
export const annotate = (passages: readonly Passage[]): AnnotatedText => annotateFrom(passages, 0);

/** A `model_output` with annotations, which come all at once behind the text (quirk Q5). */
export const citeText = (...passages: readonly Passage[]): StepPart => {
  const { text, annotations } = annotate(passages);
  const { start, deltas } = reply.text(...inPieces(text));
  return annotations.length === 0
    ? reply.step(start, ...deltas)
    : reply.step(start, ...deltas, { annotations, type: 'text_annotation_delta' });
};
