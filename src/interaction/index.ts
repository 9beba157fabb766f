export {
  accumulateInteraction,
  interactionStateFrom,
  truncateOpenSteps,
  type TurnMark,
} from './accumulate-interaction.js';
export { eventsOf } from './events-of.js';
export { interactionOf } from './interaction-of.js';
export { initialInteraction, type InteractionState } from './interaction-state.js';
export { outputAudio, outputImage, outputText, outputVideo } from './output.js';
export { reduceInteraction } from './reduce-interaction.js';
export { scanInteraction } from './scan-interaction.js';
export { snapshotOf } from './snapshot-of.js';
export { throwIfUnsettled } from './throw-if-unsettled.js';
