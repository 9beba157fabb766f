import { defer, type MonoTypeOperatorFunction, tap } from 'rxjs';

import { isRecord } from '../internal/is-record.js';
import type { Content, Delta, Diagnostic, InteractionEvent, Step } from '../protocol/index.js';

const kindOf = (received: unknown, key: 'event_type' | 'type'): string =>
  isRecord(received) && typeof received[key] === 'string' ? received[key] : 'without a type';

const inBlocks = (blocks: readonly Content[] = []): readonly string[] =>
  blocks.flatMap((block) => {
    if (block.type === 'unknown') return [`content ${kindOf(block.received, 'type')}`];
    if (block.type !== 'text') return [];
    return (block.annotations ?? []).flatMap((annotation) =>
      annotation.type === 'unknown' ? [`annotation ${kindOf(annotation.received, 'type')}`] : [],
    );
  });

/** What is unknown of a step. */
export const unknownInStep = (step: Step): readonly string[] => {
  switch (step.type) {
    case 'unknown':
      return [`step ${kindOf(step.received, 'type')}`];
    case 'model_output':
    case 'user_input':
      return inBlocks(step.content);
    case 'thought':
      return inBlocks(step.summary);
    default:
      return [];
  }
};

const inDelta = (delta: Delta): readonly string[] => {
  switch (delta.type) {
    case 'unknown':
      return [`delta ${kindOf(delta.received, 'type')}`];
    case 'thought_summary':
      return delta.content ? inBlocks([delta.content]) : [];
    case 'text_annotation_delta':
      return inBlocks([{ type: 'text', text: '', annotations: delta.annotations ?? [] }]);
    default:
      return [];
  }
};

const inEvent = (event: InteractionEvent): readonly string[] => {
  switch (event.event_type) {
    case 'unknown':
      return [`event ${kindOf(event.received, 'event_type')}`];
    case 'step.start':
      return unknownInStep(event.step);
    case 'step.delta':
      return inDelta(event.delta);
    case 'interaction.completed':
      return (event.interaction.steps ?? []).flatMap(unknownInStep);
    default:
      return [];
  }
};

/** How many unknown kinds are told apart. */
const MOST_KINDS = 64;

/** Counts kinds as they come, and reports each with how often it has come. */
export const createKindCounter = (report: (diagnostic: Diagnostic) => void): ((kind: string) => void) => {
  const counts = new Map<string, number>();
  return (kind) => {
    const count = (counts.get(kind) ?? 0) + 1;
    if (count === 1 && counts.size >= MOST_KINDS) return;
    counts.set(kind, count);
    report({ code: 'kind_unknown', text: kind, count });
  };
};

/** Says of everything in a stream that this version does not know what it is, and how often it has come: a schema that moves on. */
export const reportUnknown =
  (report: (diagnostic: Diagnostic) => void): MonoTypeOperatorFunction<InteractionEvent> =>
  (source) =>
    defer(() => {
      const count = createKindCounter(report);
      return source.pipe(
        tap((event) => {
          inEvent(event).forEach(count);
        }),
      );
    });
