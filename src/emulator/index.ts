export { createEmulator, type Emulator } from './create-emulator.js';
export type { EmulatorConfig, EventPlace } from './config.js';
export {
  type After,
  type AnswerFault,
  type ContentTypeFault,
  type CutFault,
  type DropFault,
  type DuplicateFault,
  type ErrorEventFault,
  type EventIdsFault,
  fault,
  type Fault,
  type FaultBuilders,
  type JsonFault,
  type MalformedFault,
  type NoBlankLineFault,
  type NoDoneFault,
  type OversizedFault,
  type RawErrorFault,
  type RawErrorFaultConfig,
  type RefuseFault,
  type ResetFault,
  type SlowHeadersFault,
  type SplitFault,
  type StallFault,
  type StatusFault,
  type StatusFaultConfig,
} from './fault.js';
export type { FaultEntry } from './faults/create-faults.js';
export type { ErrorShape } from './faults/error-body.js';
export type { Operation } from './operation.js';
export type { Listening } from './listen.js';
export type { LoggedRequest } from './request-log.js';
export {
  type CallPart,
  type Cut,
  type ErrorPart,
  type EventsPart,
  type HttpPart,
  type Interruption,
  type Pause,
  type RawPart,
  reply,
  type Reply,
  type ReplyBuilders,
  type ReplyPart,
  type ServerToolName,
  type ServerToolPart,
  type Stall,
  type StatusPart,
  type StepPart,
  type ThoughtPart,
} from './reply.js';
export type { ScriptEntry } from './script.js';
export type { AnsweredCall, Turn } from './turn.js';
