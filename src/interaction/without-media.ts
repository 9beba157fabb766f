import type { Content, Step } from '../protocol/index.js';

/** What is kept of media that come inline: their base64, or only which kind they are. */
export type MediaInSnapshots = 'inline' | 'reference';

const hasData = (block: Content): boolean => 'data' in block && block.data !== undefined;

/** A block without its base64. */
export const withoutData = (block: Content): Content => {
  if (!('data' in block)) return block;
  const { data: _data, ...rest } = block;
  return rest;
};

/** What was made of a step once, so that steps that did not change are the same objects from snapshot to snapshot. */
const known = new WeakMap<Step, Step>();

const stripped = (step: Step): Step => {
  if (step.type === 'model_output' || step.type === 'user_input') {
    return step.content?.some(hasData) ? { ...step, content: step.content.map(withoutData) } : step;
  }
  if (step.type === 'thought') {
    return step.summary?.some(hasData) ? { ...step, summary: step.summary.map(withoutData) } : step;
  }
  return step;
};

/** A step without the base64 of its images, sound, videos and documents: what kind each block is stays, and where it can be had. */
export const withoutMedia = (step: Step): Step => {
  const before = known.get(step);
  if (before) return before;
  const after = stripped(step);
  known.set(step, after);
  return after;
};
