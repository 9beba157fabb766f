import { defined } from '../../internal/defined.js';
import { isRecord } from '../../internal/is-record.js';
import type { Dialect, Received } from './dialect.js';
import { renamed, without } from './members.js';

const NAMES: ReadonlyMap<unknown, string> = new Map([
  ['interaction.start', 'interaction.created'],
  ['interaction.complete', 'interaction.completed'],
  ['content.start', 'step.start'],
  ['content.delta', 'step.delta'],
  ['content.stop', 'step.stop'],
]);

const STEP_TYPE = /^thought$|_call$|_result$/;

/** Whether a content is a step of its own: thoughts, calls and results were contents once. */
export const isStep = (content: unknown): boolean =>
  isRecord(content) && typeof content['type'] === 'string' && STEP_TYPE.test(content['type']);

const isEmpty = (block: unknown): boolean =>
  isRecord(block) && Object.entries(block).every(([key, value]) => key === 'type' || value === '');

/** The steps that contents are: those that follow one another as blocks are one step, the others one each. */
export const stepsOf = (contents: readonly unknown[], type = 'model_output'): readonly unknown[] => {
  const steps: unknown[] = [];
  let blocks: unknown[] | undefined; // of the step that goes on
  for (const content of contents) {
    if (isStep(content)) {
      steps.push(content);
      blocks = undefined;
    } else if (blocks) {
      blocks.push(content);
    } else {
      blocks = [content];
      steps.push({ type, content: blocks });
    }
  }
  return steps;
};

const stepOf = (content: unknown): unknown =>
  isStep(content) || !isRecord(content) || content['type'] === undefined
    ? content
    : { type: 'model_output', ...(!isEmpty(content) && { content: [content] }) };

/** Whether the interaction of an event stands in the event itself, and not in a member of it. */
const isUnnested = ({ event_type, interaction, id, status }: Received): boolean =>
  (event_type === 'interaction.created' || event_type === 'interaction.completed') &&
  interaction === undefined &&
  (typeof id === 'string' || typeof status === 'string');

const nested = ({ event_type, event_id, metadata, ...interaction }: Received): Received =>
  defined({ event_type, event_id, metadata, interaction });

/** Older sound says how it was sampled in its MIME type: `audio/L16;codec=pcm;rate=24000`. */
const PCM = /^audio\/l16(?:;|$)/i;

const sound = (block: Received): Received => {
  const { mime_type, rate, ...rest } = block;
  if (typeof mime_type !== 'string' || mime_type === 'audio/l16' || !PCM.test(mime_type)) return block;
  const parameter = (name: string): number | undefined => {
    const digits = new RegExp(`;\\s*${name}=(\\d+)`, 'i').exec(mime_type)?.[1];
    return digits === undefined ? undefined : Number(digits);
  };
  const sample_rate = rate ?? parameter('rate');
  const channels = parameter('channels');
  return {
    mime_type: 'audio/l16',
    ...(sample_rate !== undefined && { sample_rate }),
    ...(channels !== undefined && { channels }),
    ...rest,
  };
};

/** The schema of before June 2026, where each index was one content (wire-format 13.D). */
export const legacyContent: Dialect = {
  event: (event) => {
    const name = NAMES.get(event['event_type']);
    if (name !== undefined) return renamed({ ...event, event_type: name }, 'content', 'step', stepOf);
    if (isUnnested(event)) return nested(event);
    return event['event_type'] === 'interaction.status_update' ? renamed(event, 'id', 'interaction_id') : event;
  },

  interaction: (interaction) => {
    const { outputs, ...rest } = interaction;
    if (rest['steps'] === undefined && Array.isArray(outputs)) return { ...rest, steps: stepsOf(outputs) };
    return interaction['role'] === undefined ? interaction : without(interaction, 'role');
  },

  delta: (delta) =>
    delta['type'] === 'thought_summary'
      ? renamed(delta, 'text', 'content', (text) => ({ type: 'text', text }))
      : sound(delta),

  content: sound,
};
