// What index.d.ts declares is not repeated here.

import { SchedulerLike } from 'rxjs';

import * as t from 'io-ts';

type After =
  | {
      readonly events: number;
    }
  | {
      readonly bytes: number;
    };

type AnswerFault =
  | ResetFault
  | StatusFault
  | SlowHeadersFault
  | CutFault
  | StallFault
  | SplitFault
  | DuplicateFault
  | DropFault
  | EventIdsFault
  | MalformedFault
  | OversizedFault
  | ErrorEventFault
  | RawErrorFault
  | NoDoneFault
  | NoBlankLineFault
  | ContentTypeFault
  | JsonFault;

interface AnsweredCall {
  readonly call: FunctionCallStep;
  readonly result: FunctionResultStep;
}

interface CallPart {
  readonly kind: 'call';
  readonly name: string;
  readonly pieces: readonly (string | Interruption)[];
  readonly id?: string | undefined;
}

interface ContentTypeFault {
  readonly kind: 'content_type';
  readonly contentType: string | undefined;
}

interface Cut {
  readonly kind: 'cut';
  readonly how: 'end' | 'reset' | 'silence';
}

interface CutFault {
  readonly kind: 'cut';
  readonly after: After;
  readonly how: 'end' | 'reset';
}

interface DropFault {
  readonly kind: 'drop';
  readonly event: number;
}

interface DuplicateFault {
  readonly kind: 'duplicate';
  readonly events: number;
}

interface Emulator {
  readonly fetch: (input: Request | string | URL, init?: RequestInit) => Promise<Response>;
  readonly listen: (port?: number, host?: string) => Promise<Listening>;
  readonly script: (...entries: readonly ScriptEntry[]) => void;
  readonly faults: (...entries: readonly FaultEntry[]) => void;
  readonly requests: readonly LoggedRequest[];
}

interface EmulatorConfig {
  readonly pace?: number | undefined;
  readonly queued?: number | undefined;
  readonly tokensPerHop?: number | undefined;
  readonly retention?: number | undefined;
  readonly onLeave?: 'stop' | 'continue' | undefined;
  readonly eventIds?: ((place: EventPlace) => boolean) | undefined;
  readonly maxBodyBytes?: number | undefined;
  readonly onRequest?: ((request: LoggedRequest) => void) | undefined;
  readonly keptRequests?: number | undefined;
  readonly now?: (() => number) | undefined;
  readonly random?: (() => number) | undefined;
  readonly scheduler?: SchedulerLike | undefined;
}

interface ErrorEventFault {
  readonly kind: 'error_event';
  readonly after: number;
  readonly error:
    | {
        readonly code: string;
        readonly message: string;
      }
    | undefined;
}

interface ErrorPart {
  readonly kind: 'error';
  readonly error?:
    | {
        readonly code: string;
        readonly message?: string | undefined;
      }
    | undefined;
}

type ErrorShape = 'code' | 'rpc' | 'array' | 'empty' | 'html' | 'text';

interface EventIdsFault {
  readonly kind: 'event_ids';
  readonly every: number;
}

interface EventPlace {
  readonly background: boolean;
  readonly resumed: boolean;
  readonly position: number;
}

interface EventsPart {
  readonly kind: 'events';
  readonly events: readonly (object | string)[];
}

type Fault = RefuseFault | AnswerFault;

type FaultBuilders = typeof fault;

interface FaultEntry {
  readonly when?: Operation | readonly Operation[] | ((request: LoggedRequest) => boolean) | undefined;
  readonly fault: Fault | ((fault: FaultBuilders) => Fault);
  readonly times?: number | undefined;
}

interface HttpPart {
  readonly kind: 'http';
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

type Interruption = Cut | Pause | Stall;

interface JsonFault {
  readonly kind: 'json';
}

interface Listening {
  readonly url: string;
  readonly close: () => Promise<void>;
}

interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly fault?: AnswerFault | undefined;
  readonly status: number | undefined;
  readonly bytes: number;
  readonly open: boolean;
  readonly aborted: boolean;
  readonly ended: Promise<void>;
}

interface MalformedFault {
  readonly kind: 'malformed';
  readonly event: number;
}

interface NoBlankLineFault {
  readonly kind: 'no_blank_line';
}

interface NoDoneFault {
  readonly kind: 'no_done';
}

type Operation = 'create' | 'stream' | 'get' | 'resume' | 'cancel' | 'delete';

interface OversizedFault {
  readonly kind: 'oversized';
  readonly event: number;
  readonly bytes: number;
}

interface Pause {
  readonly kind: 'pause';
  readonly ms: number;
}

interface RawErrorFault {
  readonly kind: 'raw_error';
  readonly after: number;
  readonly text: string;
}

interface RawErrorFaultConfig {
  readonly status?: number | undefined;
  readonly newline?: boolean | undefined;
}

interface RawPart {
  readonly kind: 'raw';
  readonly text: string;
}

interface RefuseFault {
  readonly kind: 'refuse';
  readonly ms: number;
}

type Reply = readonly ReplyPart[];

type ReplyBuilders = typeof reply;

type ReplyPart =
  | StepPart
  | ThoughtPart
  | CallPart
  | ServerToolPart
  | EventsPart
  | RawPart
  | StatusPart
  | ErrorPart
  | HttpPart
  | Interruption;

interface ResetFault {
  readonly kind: 'reset';
}

interface ScriptEntry {
  readonly when?: RegExp | ((request: InteractionRequest) => boolean) | undefined;
  readonly reply: Reply | ((reply: ReplyBuilders, turn: Turn) => Reply);
  readonly times?: number | undefined;
}

type ServerToolName =
  | 'google_search'
  | 'url_context'
  | 'code_execution'
  | 'google_maps'
  | 'file_search'
  | 'retrieval'
  | 'mcp_server_tool'
  | 'processing';

interface ServerToolPart {
  readonly kind: 'server_tool';
  readonly tool: ServerToolName;
  readonly call: object;
  readonly result: object;
}

interface SlowHeadersFault {
  readonly kind: 'slow_headers';
  readonly ms: number;
}

interface SplitFault {
  readonly kind: 'split';
  readonly most: number;
  readonly ms: number;
}

interface Stall {
  readonly kind: 'stall';
}

interface StallFault {
  readonly kind: 'stall';
  readonly after: After;
}

interface StatusFault {
  readonly kind: 'status';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface StatusFaultConfig {
  readonly shape?: ErrorShape | undefined;
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  readonly retryAfter?: number | string | undefined;
  readonly retryAfterMs?: number | undefined;
}

interface StatusPart {
  readonly kind: 'status';
  readonly status: string;
  readonly members: Readonly<Record<string, unknown>>;
}

interface StepPart {
  readonly kind: 'step';
  readonly start: object;
  readonly deltas: readonly (object | Interruption)[];
}

interface ThoughtPart {
  readonly kind: 'thought';
  readonly summary: readonly (string | ImageContent | Interruption)[];
}

interface Turn {
  readonly request: InteractionRequest;
  readonly input: readonly Step[];
  readonly history: readonly Step[];
  readonly prompt: string;
  readonly results: readonly AnsweredCall[];
}

declare function createEmulator(config?: EmulatorConfig): Emulator;

declare const fault: {
  refuse: (ms: number) => RefuseFault;
  reset: () => ResetFault;
  status: (status: number, { shape, code, message, retryAfter, retryAfterMs }?: StatusFaultConfig) => StatusFault;
  page: () => StatusFault;
  redirect: (status?: number, location?: string) => StatusFault;
  slowHeaders: (ms: number) => SlowHeadersFault;
  cut: (after?: After, how?: CutFault['how']) => CutFault;
  stall: (after?: After) => StallFault;
  drip: (ms?: number) => SplitFault;
  split: (most?: number, ms?: number) => SplitFault;
  duplicate: (events?: number) => DuplicateFault;
  drop: (event?: number) => DropFault;
  eventIds: (every?: number) => EventIdsFault;
  malformed: (event?: number) => MalformedFault;
  oversized: (bytes: number, event?: number) => OversizedFault;
  errorEvent: (after: number, code?: string, message?: string) => ErrorEventFault;
  emptyErrorEvent: (after: number) => ErrorEventFault;
  rawError: (after: number, { status, newline }?: RawErrorFaultConfig) => RawErrorFault;
  noDone: () => NoDoneFault;
  noBlankLine: () => NoBlankLineFault;
  contentType: (contentType?: string) => ContentTypeFault;
  json: () => JsonFault;
};

declare const reply: {
  thought: (...summary: ThoughtPart['summary']) => ThoughtPart;
  text: (...pieces: readonly (string | Interruption)[]) => StepPart;
  call: (
    name: string,
    args?: Readonly<Record<string, unknown>>,
    {
      pieces,
      id,
    }?: {
      readonly pieces?: readonly (string | Interruption)[];
      readonly id?: string;
    },
  ) => CallPart;
  serverTool: (tool: ServerToolName, call?: object, result?: object) => ServerToolPart;
  step: (start: object, ...deltas: readonly (object | Interruption)[]) => StepPart;
  events: (events: readonly (object | string)[]) => EventsPart;
  raw: (text: string) => RawPart;
  status: (status: string, members?: Readonly<Record<string, unknown>>) => StatusPart;
  error: (code?: string, message?: string) => ErrorPart;
  httpError: (status: number, body?: unknown, headers?: Readonly<Record<string, string>>) => HttpPart;
  cut: (how?: Cut['how']) => Cut;
  pause: (ms: number) => Pause;
  stall: () => Stall;
};

export { createEmulator, fault, reply };

export type {
  After,
  AnswerFault,
  AnsweredCall,
  CallPart,
  ContentTypeFault,
  Cut,
  CutFault,
  DropFault,
  DuplicateFault,
  Emulator,
  EmulatorConfig,
  ErrorEventFault,
  ErrorPart,
  ErrorShape,
  EventIdsFault,
  EventPlace,
  EventsPart,
  Fault,
  FaultBuilders,
  FaultEntry,
  HttpPart,
  Interruption,
  JsonFault,
  Listening,
  LoggedRequest,
  MalformedFault,
  NoBlankLineFault,
  NoDoneFault,
  Operation,
  OversizedFault,
  Pause,
  RawErrorFault,
  RawErrorFaultConfig,
  RawPart,
  RefuseFault,
  Reply,
  ReplyBuilders,
  ReplyPart,
  ResetFault,
  ScriptEntry,
  ServerToolName,
  ServerToolPart,
  SlowHeadersFault,
  SplitFault,
  Stall,
  StallFault,
  StatusFault,
  StatusFaultConfig,
  StatusPart,
  StepPart,
  ThoughtPart,
  Turn,
};
