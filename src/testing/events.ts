import type {
  Delta,
  ErrorEvent,
  InteractionCompleted,
  InteractionCreated,
  InteractionResource,
  InteractionStatusUpdate,
  Step,
  StepDelta,
  StepStart,
  StepStop,
} from '../protocol/index.js';

/** `interaction.created`, with the id `v1_test` unless another is given. */
export const created = (interaction: InteractionResource = {}): InteractionCreated => ({
  event_type: 'interaction.created',
  interaction: { id: 'v1_test', status: 'in_progress', object: 'interaction', ...interaction },
});

/** `interaction.status_update`. */
export const statusUpdate = (
  status: string,
  more: Omit<InteractionStatusUpdate, 'event_type' | 'status'> = {},
): InteractionStatusUpdate => ({ event_type: 'interaction.status_update', status, ...more });

/** `step.start`; a bare string is a step of that type with nothing in it. */
export const stepStart = (index: number, step: Step | Exclude<Step['type'], 'unknown'>): StepStart => ({
  event_type: 'step.start',
  index,
  step: typeof step === 'string' ? { type: step } : step,
});

/** `step.delta`. */
export const stepDelta = (index: number, delta: Delta): StepDelta => ({ event_type: 'step.delta', index, delta });

/** `step.delta` with a piece of text. */
export const textDelta = (index: number, text: string): StepDelta => stepDelta(index, { type: 'text', text });

/** `step.delta` with a piece of the JSON text of a call's arguments. */
export const argumentsDelta = (index: number, text: string): StepDelta =>
  stepDelta(index, { type: 'arguments_delta', arguments: text });

/** `step.delta` with an item of a thought's summary. */
export const thoughtSummary = (index: number, text: string): StepDelta =>
  stepDelta(index, { type: 'thought_summary', content: { type: 'text', text } });

/** `step.delta` with a thought's signature. */
export const thoughtSignature = (index: number, signature: string): StepDelta =>
  stepDelta(index, { type: 'thought_signature', signature });

/** `step.stop`. */
export const stepStop = (index: number): StepStop => ({ event_type: 'step.stop', index });

/** `interaction.completed`: the id `v1_test` and the status `completed` unless others are given. */
export const completed = (interaction: InteractionResource = {}): InteractionCompleted => ({
  event_type: 'interaction.completed',
  interaction: { id: 'v1_test', status: 'completed', object: 'interaction', ...interaction },
});

/** `error`; without a code an empty one. */
export const errorEvent = (code?: string, message?: string): ErrorEvent => ({
  event_type: 'error',
  ...(code === undefined ? {} : { error: { code, ...(message === undefined ? {} : { message }) } }),
});
