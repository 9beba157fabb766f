import type { Annotation, Content, Delta } from '../protocol/index.js';
import type { Citation } from './citation.js';
import { type BlockCursor, landBlock, landDelta, noBlocks } from './land-delta.js';
import type { StepPlace, StepSignal } from './track-steps.js';
import { sayingOf } from './unite-annotations.js';
import { createUtf8Text, type Utf8Text } from './utf8-text.js';

/** A text block and what is said about it. */
interface CitedBlock {
  readonly block: number;
  readonly text: Utf8Text;
  /** What has been said already (T28). */
  readonly said: Set<string>;
  /** What is about text that has not come yet, by the end of its span. */
  readonly waiting: Annotation[];
}

interface CitedContent {
  cursor: BlockCursor;
  /** The last text block. */
  last: CitedBlock | undefined;
  /** What came before any text (rule R3). */
  readonly held: Annotation[];
}

const endOf = (annotation: Annotation): number | undefined =>
  annotation.type === 'unknown' ? undefined : annotation.end_index;

const citationOf = (position: number, { block, text }: CitedBlock, annotation: Annotation): Citation => {
  const byteEnd = endOf(annotation);
  if (annotation.type === 'unknown' || byteEnd === undefined) {
    return { position, block, annotation, start: undefined, end: undefined, text: undefined };
  }
  const end = text.indexAt(byteEnd, 'ceil');
  const start = Math.min(text.indexAt(annotation.start_index ?? 0, 'floor'), end);
  return { position, block, annotation, start, end, text: text.slice(start, end) };
};

/** Keeps those that wait in the order of their ends; they mostly come in it. */
const wait = (waiting: Annotation[], annotation: Annotation): void => {
  const end = endOf(annotation) ?? 0;
  let at = waiting.length;
  for (; at > 0; at -= 1) {
    const before = waiting[at - 1];
    if (before === undefined || (endOf(before) ?? 0) <= end) break;
  }
  waiting.splice(at, 0, annotation);
};

/** Turns annotations into citations, each as soon as the text of its span is there. */
export const createCiter = (push: (citation: Citation) => void): ((signal: StepSignal) => void) => {
  const contents = new Map<StepPlace, CitedContent>();

  const annotate = ({ position }: StepPlace, block: CitedBlock, annotations: readonly Annotation[]): void => {
    for (const annotation of annotations) {
      const saying = sayingOf(annotation);
      if (block.said.has(saying)) continue;
      block.said.add(saying);
      if ((endOf(annotation) ?? 0) <= block.text.byteLength()) push(citationOf(position, block, annotation));
      else wait(block.waiting, annotation);
    }
  };

  /** Lets go what waited for text that is there now; at the end, all of it. */
  const release = ({ position }: StepPlace, block: CitedBlock, isOver: boolean): void => {
    const length = isOver ? Infinity : block.text.byteLength();
    for (let [next] = block.waiting; next && (endOf(next) ?? 0) <= length; [next] = block.waiting) {
      block.waiting.shift();
      push(citationOf(position, block, next));
    }
  };

  const beginBlock = (place: StepPlace, content: CitedContent, block: number): CitedBlock => {
    if (content.last) release(place, content.last, true);
    return (content.last = { block, text: createUtf8Text(), said: new Set(), waiting: [] });
  };

  const onDelta = (place: StepPlace, content: CitedContent, delta: Delta, isInStart: boolean): void => {
    const landing = isInStart ? landBlock(content.cursor, delta as Content) : landDelta(content.cursor, delta);
    if (landing) content.cursor = landing.cursor;
    if (landing?.content.type === 'text') {
      const block = landing.begins || !content.last ? beginBlock(place, content, landing.block) : content.last;
      block.text.append(landing.content.text);
      annotate(place, block, content.held.splice(0));
      release(place, block, false);
    }
    const annotations =
      delta.type === 'text' || delta.type === 'text_annotation_delta' ? (delta.annotations ?? []) : [];
    if (content.last) annotate(place, content.last, annotations);
    else content.held.push(...annotations);
  };

  const end = (place: StepPlace, content: CitedContent): void => {
    if (content.held.length > 0) {
      annotate(place, beginBlock(place, content, content.cursor.count), content.held); // about an empty text (rule R3)
    }
    if (content.last) release(place, content.last, true);
  };

  return (signal) => {
    switch (signal.type) {
      case 'begin':
        if (signal.place.step.type === 'model_output') {
          contents.set(signal.place, { cursor: noBlocks, last: undefined, held: [] });
        }
        break;
      case 'delta': {
        const content = contents.get(signal.place);
        if (content) onDelta(signal.place, content, signal.delta, signal.event === undefined);
        break;
      }
      case 'end': {
        const content = contents.get(signal.place);
        contents.delete(signal.place);
        if (content) end(signal.place, content);
        break;
      }
      default: // nothing that concerns a step that has begun
    }
  };
};
