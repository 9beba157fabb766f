import { isRecord } from '../internal/is-record.js';
import type { Content, Delta, Step } from '../protocol/index.js';

/** Members that name a step and say nothing of what it holds. */
const NAMES: ReadonlySet<string> = new Set(['type', 'id', 'call_id', 'name', 'server_name', 'signature']);

const holdsPayload = (step: object): boolean =>
  Object.entries(step).some(([key, value]) => !NAMES.has(key) && value !== undefined && !isEmpty(value));

const isEmpty = (value: unknown): boolean => isRecord(value) && Object.keys(value).length === 0;

const summaryDelta = (content: Content): Delta => ({ type: 'thought_summary', content });

/**
 * What a `step.start` holds already, as the deltas it stands for (T9, dialect B): content blocks, the items of a summary,
 * the payload of a tool. `arguments: {}` is only a placeholder. What a user put in is no delta of the model's.
 */
export const deltasIn = (step: Step): readonly Delta[] => {
  switch (step.type) {
    case 'model_output':
      return step.content ?? [];
    case 'thought': {
      const items = (step.summary ?? []).map(summaryDelta);
      const { signature } = step;
      return signature === undefined || signature === '' ? items : [...items, { type: 'thought_signature', signature }];
    }
    case 'user_input':
    case 'unknown':
      return [];
    case 'function_call':
      return step.arguments === undefined || isEmpty(step.arguments) ? [] : [step];
    default:
      return holdsPayload(step) ? [step] : [];
  }
};
