export {
  applyDelta,
  type FinishedStep,
  finishStep,
  startStep,
  stepOf,
  type StepState,
  synthesizeStep,
  wholeStep,
} from './accumulate-step.js';
