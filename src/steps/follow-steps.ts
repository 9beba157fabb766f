import type { StepPlace, StepSignal } from './track-steps.js';

type SignalOf<Type> = Extract<StepSignal, { readonly type: Type }>;

/** Who hears of one step, from its beginning to its end. */
export interface StepFollower {
  /** When the step is followed: what is pushed from here on may bring more of it at once. */
  readonly begun?: () => void;
  readonly delta: (signal: SignalOf<'delta'>) => void;
  readonly end?: (signal: SignalOf<'end'>) => void;
}

/** Gives each step a follower of its own, side by side; `begin` makes it, or leaves the step alone. */
export const followSteps = (
  begin: (signal: SignalOf<'begin'>) => StepFollower | undefined,
): ((signal: StepSignal) => void) => {
  const followers = new Map<StepPlace, StepFollower>();
  return (signal) => {
    switch (signal.type) {
      case 'begin': {
        const follower = begin(signal);
        if (!follower) break;
        followers.set(signal.place, follower);
        follower.begun?.();
        break;
      }
      case 'delta':
        followers.get(signal.place)?.delta(signal);
        break;
      case 'end': {
        const follower = followers.get(signal.place);
        followers.delete(signal.place);
        follower?.end?.(signal);
        break;
      }
      default: // nothing that concerns a step that has begun
    }
  };
};
