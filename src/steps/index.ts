// one step, assembled
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

// streams of steps
export { groupByStep } from './group-by-step.js';
export { ofStepType } from './of-step-type.js';
export { reduceStep } from './reduce-step.js';
export { scanStep } from './scan-step.js';
export type { EventOfSteps, StepEventOf, StepObservable } from './step-observable.js';

// strands of steps
export { ofDeltaType } from './of-delta-type.js';
export { reduceText } from './reduce-text.js';
export { scanText } from './scan-text.js';
export { textDeltas } from './text-deltas.js';
export { thoughtDeltas } from './thought-deltas.js';
export { type FunctionCall, surrogateId } from './function-call.js';
export type { StreamedCall } from './complete-call.js';
export { type ArgumentsSnapshot, scanArguments } from './scan-arguments.js';
export { reduceArguments } from './reduce-arguments.js';
export { scanJson, type JsonSnapshot } from './scan-json.js';
export { reduceJson } from './reduce-json.js';
export { elementsAt } from './elements-at.js';
export type { MediaBlock, MediaChunk, MediaInfo, MediaModality } from './media-chunk.js';
export { mediaChunks } from './media-chunks.js';
export { reduceMedia } from './reduce-media.js';
export type { Citation } from './citation.js';
export { citations } from './citations.js';

// all strands at once
export type { Modalities, ServerToolStep, TextPiece, Unrecognized } from './modalities.js';
export { partitionByModality } from './partition-by-modality.js';
export { splitModalities } from './split-modalities.js';

// the same events, fewer of them
export { coalesce, type CoalesceConfig } from './coalesce.js';

// pieces that assembling and comparing share
export { decodeBase64, encodeBase64 } from './decode-base64.js';
export { deltasIn } from './deltas-in.js';
export { runnableCalls } from './complete-call.js';
export { sayingOf } from './unite-annotations.js';
export { withMembers } from './with-members.js';
