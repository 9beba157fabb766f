import { withPartial } from '../errors/index.js';
import { truncateOpenSteps } from './accumulate-interaction.js';
import { cursorAt } from './cursor.js';
import type { InteractionState } from './interaction-state.js';
import { snapshotOf } from './snapshot-of.js';

/** An error with what had arrived until then: the interaction so far, and where to go on. */
export const withState = <E>(error: E, state: InteractionState): E =>
  withPartial(error, { partial: snapshotOf(truncateOpenSteps(state)), cursor: cursorAt(state) });
