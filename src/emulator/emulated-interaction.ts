import { isLive, Step } from '../protocol/index.js';
import { assemble, decodeSteps } from './assemble.js';
import type { Run } from './run.js';
import type { Turn } from './turn.js';

/** An interaction that somebody may ask for. */
export interface EmulatedInteraction {
  /** Empty if it is not stored. */
  readonly id: string;
  readonly background: boolean;
  readonly turn: Turn;
  /** The turn that it began with; another one than its own where it is a further hop. */
  readonly origin: Pick<Turn, 'history' | 'input'>;
  /** What the hops before it made. */
  readonly earlier: readonly Step[];
  /** When it was made, in ms since 1970. */
  readonly createdAt: number;
  readonly run: Run;
  /** What is known of it before anything has happened. */
  readonly head: Readonly<Record<string, unknown>>;
  /** What is answered to who does not wait for it. */
  readonly accepted: Readonly<Record<string, unknown>>;
}

/** Everything that the model has before it. */
export const readBy = ({ origin, earlier }: Pick<EmulatedInteraction, 'origin' | 'earlier'>): readonly Step[] => [
  ...origin.history,
  ...origin.input,
  ...earlier,
];

/** The steps that were made so far. */
export const outputOf = ({ run }: EmulatedInteraction): readonly Step[] => decodeSteps(assemble(run.events).steps);

/** What it is doing, or how it ended. One that ended with an error, and without a final event, has failed. */
export const statusOf = (stored: EmulatedInteraction): string => String(resourceOf(stored)['status']);

/** An interaction as JSON, at this moment: what was made so far. */
export const resourceOf = ({ head, run }: EmulatedInteraction): Readonly<Record<string, unknown>> => {
  const seen = assemble(run.events);
  const members: Readonly<Record<string, unknown>> = { ...head, ...seen.head };
  const hasFailed = seen.errors.length > 0 && run.isOver() && isLive(String(members['status']));
  return {
    ...members,
    ...(hasFailed && { status: 'failed' }),
    ...(seen.errors.length > 0 && { errors: seen.errors }),
    steps: seen.steps,
  };
};

/** The same with what was put in before it: the whole timeline of the turn. */
export const timelineOf = (stored: EmulatedInteraction): Readonly<Record<string, unknown>> => {
  const { steps, ...members } = resourceOf(stored);
  return {
    ...members,
    steps: [...stored.turn.input.map((step) => Step.encode(step)), ...(steps as readonly unknown[])],
  };
};
