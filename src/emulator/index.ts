export { createEmulator, type Emulator } from './create-emulator.js';
export type { EmulatorConfig, EventPlace } from './config.js';
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
