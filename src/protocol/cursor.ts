import type { Diagnostic, InteractionResource } from './interaction.js';
import type { Annotation } from './annotation.js';
import type { Step } from './step.js';
import type { Usage } from './usage.js';

/** A step that had not ended when a cursor was taken, or waits for one before it that had not. */
export interface CursorStep {
  readonly index: number;
  readonly step: Step;
  readonly hasEnded: boolean;
  /** The JSON text of a call's arguments so far. */
  readonly argumentsText?: string | undefined;
  /** Annotations that came before their text. */
  readonly held?: readonly Annotation[] | undefined;
}

/** What had been delivered when a cursor was taken. Its members are ours to change; what it says survives `JSON.stringify`. */
export interface CursorState {
  readonly head: Omit<InteractionResource, 'steps' | 'usage'>;
  readonly usage?: Usage | undefined;
  readonly usageBefore?: Usage | undefined;
  readonly ids: readonly string[];
  readonly done: readonly Step[];
  readonly open: readonly CursorStep[];
  readonly hopStart: number;
  readonly diagnostics: readonly Diagnostic[];
  readonly settled: boolean;
  /** The latest events with an id: a server may begin a little before the one that it goes on after. */
  readonly recentIds?: readonly string[] | undefined;
  /** How far it was at `lastEventId`, where more has been delivered since. */
  readonly marked?: { readonly done: number; readonly open: readonly CursorStep[] } | undefined;
}

/**
 * What another process needs to go on with an interaction: which one it is, and what has been delivered of it. Plain JSON:
 * store it, send it, hand it to `client.resume`.
 */
export interface Cursor {
  /** The version of this format. */
  readonly v: 1;
  readonly interactionId: string;
  /** The event that the server can go on after; absent if none had an id. */
  readonly lastEventId?: string | undefined;
  readonly state: CursorState;
}
