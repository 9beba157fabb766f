import type { Annotation } from '../protocol/index.js';
import type { Citation } from './citation.js';
import { followContent } from './follow-content.js';
import type { StepSignal } from './track-steps.js';
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
export const createCiter = (push: (citation: Citation) => void): ((signal: StepSignal) => void) =>
  followContent((position) => {
    let last: CitedBlock | undefined; // the last text block
    const held: Annotation[] = []; // what came before any text (rule R3)

    const annotate = (block: CitedBlock, annotations: readonly Annotation[]): void => {
      for (const annotation of annotations) {
        const saying = sayingOf(annotation);
        if (block.said.has(saying)) continue;
        block.said.add(saying);
        if ((endOf(annotation) ?? 0) <= block.text.byteLength()) push(citationOf(position, block, annotation));
        else wait(block.waiting, annotation);
      }
    };

    /** Lets go what waited for text that is there now. */
    const release = (block: CitedBlock, length: number): void => {
      for (let [next] = block.waiting; next && (endOf(next) ?? 0) <= length; [next] = block.waiting) {
        block.waiting.shift();
        push(citationOf(position, block, next));
      }
    };

    const close = (): void => {
      if (last) release(last, Infinity);
    };

    const begin = (block: number): CitedBlock => {
      close();
      return (last = { block, text: createUtf8Text(), said: new Set(), waiting: [] });
    };

    return {
      delta: (delta, landing) => {
        if (landing?.content.type === 'text') {
          const block = landing.begins || !last ? begin(landing.block) : last;
          block.text.append(landing.content.text);
          annotate(block, held.splice(0));
          release(block, block.text.byteLength());
        }
        const annotations =
          delta.type === 'text' || delta.type === 'text_annotation_delta' ? (delta.annotations ?? []) : [];
        if (last) annotate(last, annotations);
        else held.push(...annotations);
      },
      end: (_ending, { count }) => {
        if (held.length > 0) annotate(begin(count), held); // about an empty text (rule R3)
        close();
      },
    };
  });
