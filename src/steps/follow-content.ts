import type { Content, Delta } from '../protocol/index.js';
import { followSteps } from './follow-steps.js';
import { type BlockCursor, landBlock, landDelta, type Landing, noBlocks } from './land-delta.js';
import type { StepEnding, StepSignal } from './track-steps.js';

/** Who hears of the content of one step. */
export interface ContentFollower {
  /**
   * @param landing - Where the delta lands, if it brings content.
   * @param before - How far the content had come before it.
   */
  readonly delta: (delta: Delta, landing: Landing | undefined, before: BlockCursor) => void;
  readonly end: (ending: StepEnding, cursor: BlockCursor) => void;
}

/** Follows the content of the model's steps, block by block, each step with a follower of its own. */
export const followContent = (follow: (position: number) => ContentFollower): ((signal: StepSignal) => void) =>
  followSteps(({ place }) => {
    if (place.step.type !== 'model_output') return undefined;
    const follower = follow(place.position);
    let cursor = noBlocks;
    return {
      delta: ({ delta, event }) => {
        const before = cursor;
        // What is in a `step.start` stands there as blocks.
        const landing = event ? landDelta(before, delta) : landBlock(before, delta as Content);
        if (landing) cursor = landing.cursor;
        follower.delta(delta, landing, before);
      },
      end: ({ ending }) => {
        follower.end(ending, cursor);
      },
    };
  });
