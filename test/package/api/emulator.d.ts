// What index.d.ts declares is not repeated here.

import { SchedulerLike } from 'rxjs';

import * as t from 'io-ts';

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

interface Cut {
  readonly kind: 'cut';
  readonly how: 'end' | 'reset' | 'silence';
}

interface Emulator {
  readonly fetch: (input: Request | string | URL, init?: RequestInit) => Promise<Response>;
  readonly listen: (port?: number, host?: string) => Promise<Listening>;
  readonly script: (...entries: readonly ScriptEntry[]) => void;
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

interface ErrorPart {
  readonly kind: 'error';
  readonly error?:
    | {
        readonly code: string;
        readonly message?: string | undefined;
      }
    | undefined;
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

interface HttpPart {
  readonly kind: 'http';
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

type Interruption = Cut | Pause | Stall;

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
  readonly status: number | undefined;
  readonly bytes: number;
  readonly open: boolean;
  readonly aborted: boolean;
  readonly ended: Promise<void>;
}

interface Pause {
  readonly kind: 'pause';
  readonly ms: number;
}

interface RawPart {
  readonly kind: 'raw';
  readonly text: string;
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

interface Stall {
  readonly kind: 'stall';
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

export { createEmulator, reply };

export type {
  AnsweredCall,
  CallPart,
  Cut,
  Emulator,
  EmulatorConfig,
  ErrorPart,
  EventPlace,
  EventsPart,
  HttpPart,
  Interruption,
  Listening,
  LoggedRequest,
  Pause,
  RawPart,
  Reply,
  ReplyBuilders,
  ReplyPart,
  ScriptEntry,
  ServerToolName,
  ServerToolPart,
  Stall,
  StatusPart,
  StepPart,
  ThoughtPart,
  Turn,
};
