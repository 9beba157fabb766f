import { encodeFrame } from '../../src/frames/index.js';
import type { InteractionEvent } from '../../src/index.js';

/** What the server is asked for, by the first part of the path; and how much of it there is. */
export interface Sizes {
  /** Events of a stream that is written as fast as it is read. */
  readonly throughput: number;
  /** Events of one that is written one by one. */
  readonly latency: number;
  /** Streams at once, and the events of each. */
  readonly together: { readonly streams: number; readonly events: number };
}

export type Route = keyof Sizes | 'first';

const INTERACTION = { id: 'v1_bench', object: 'interaction', model: 'gemini-3-flash-preview' };

const frameOf = (event: InteractionEvent): Uint8Array =>
  encodeFrame({ event: event.event_type, data: JSON.stringify(event) });

/** The beginning of a stream. */
export const HEAD: Uint8Array = Buffer.concat([
  frameOf({ interaction: { ...INTERACTION, status: 'in_progress' }, event_type: 'interaction.created' }),
  frameOf({ index: 0, step: { type: 'model_output' }, event_type: 'step.start' }),
]);

/** A piece of text. */
export const delta = (text: string): Uint8Array =>
  frameOf({ index: 0, delta: { text, type: 'text' }, event_type: 'step.delta' });

/** The end of a stream. */
export const TAIL: Uint8Array = Buffer.concat([
  frameOf({ index: 0, event_type: 'step.stop' }),
  frameOf({ interaction: { ...INTERACTION, status: 'completed' }, event_type: 'interaction.completed' }),
  encodeFrame({ event: 'done', data: '[DONE]' }),
]);

/** The time, in ns, on a clock that all processes of a machine share. */
export const now = (): number => Number(process.hrtime.bigint());
