import { ObservableInput, OperatorFunction, Observable, MonoTypeOperatorFunction, SchedulerLike } from 'rxjs';

import * as t from 'io-ts';

import { TypeOf } from 'io-ts';

import { Either } from 'fp-ts/lib/Either.js';

interface AccessToken {
  readonly token: string;
  readonly userProject?: string | undefined;
}

interface AccessTokenContext {
  readonly refused?: string | undefined;
}

type AccessTokenSource = (context: AccessTokenContext) => ObservableInput<string | AccessToken>;

type AgentEnvironment = NonNullable<InteractionRequest['environment']>;

interface AgentRequest
  extends
    ModelsOnly,
    Omit<
      InteractionRequest,
      keyof ModelsOnly | 'agent' | 'agent_config' | 'environment' | 'input' | 'model' | 'response_modalities' | 'stream'
    > {
  readonly input: NonNullable<InteractionRequest['input']>;
}

declare const Annotation: TaggedUnion<Annotation>;

type Annotation = UrlCitation | FileCitation | PlaceCitation | WordInfo | SpeechMetadata | UnknownAnnotation;

type AnyDecoder = t.Mixed | StandardSchema<unknown>;

type Approval =
  | boolean
  | {
      readonly arguments: Readonly<Record<string, unknown>>;
    }
  | {
      readonly deny: string;
    };

type Approve = (call: FunctionCall) => ObservableInput<Approval>;

interface ArgumentsDelta extends t.TypeOf<typeof argumentsDelta> {}

declare const ArgumentsDelta: Codec<ArgumentsDelta>;

declare class ArgumentsError extends InteractionError {
  readonly name = 'ArgumentsError';
  readonly text: string;
  constructor(
    code: 'not_json' | 'invalid',
    message: string,
    text: string,
    options?: {
      readonly cause?: unknown;
    },
  );
}

type ArgumentsOf<Check> =
  Check extends Guard<infer Arguments>
    ? unknown extends Arguments
      ? JsonArguments
      : Arguments
    : Check extends JsonGuard<infer Arguments>
      ? Arguments
      : JsonArguments;

interface ArgumentsSnapshot {
  readonly index: number;
  readonly position: number;
  readonly id: string;
  readonly name: string;
  readonly text: string;
  readonly value: unknown;
  readonly complete: false;
}

interface AudioContent extends t.TypeOf<typeof audioContent> {}

declare const AudioContent: Codec<AudioContent>;

interface AudioDelta extends t.TypeOf<typeof audioDelta> {}

declare const AudioDelta: Codec<AudioDelta>;

interface AudioFormat extends t.TypeOf<typeof audioFormat> {}

declare const AudioFormat: Codec<AudioFormat>;

interface AudioFromConfig {
  readonly mime_type?: string | undefined;
  readonly sample_rate?: number | undefined;
  readonly channels?: number | undefined;
  readonly scheduler?: SchedulerLike | undefined;
}

interface Budget {
  readonly totalTokens?: number | undefined;
  readonly outputTokens?: number | undefined;
  readonly rounds?: number | undefined;
  readonly ms?: number | undefined;
}

declare class BudgetError extends InteractionError {
  readonly name = 'BudgetError';
  readonly limit: BudgetLimit;
  readonly allowed: number;
  constructor(limit: BudgetLimit, allowed: number, options?: InteractionErrorOptions);
}

type BudgetLimit = 'totalTokens' | 'outputTokens' | 'rounds' | 'ms';

interface CallConfig {
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly limits?: TimeLimits | undefined;
}

type Cases = Readonly<Record<string, t.Mixed>>;

interface Citation {
  readonly position: number;
  readonly block: number;
  readonly annotation: Annotation;
  readonly start: number | undefined;
  readonly end: number | undefined;
  readonly text: string | undefined;
}

interface ClientConfig {
  readonly apiKey?: string | null | undefined;
  readonly accessToken?: string | AccessTokenSource | undefined;
  readonly enterprise?: EnterpriseConfig | false | undefined;
  readonly baseUrl?: string | undefined;
  readonly apiVersion?: string | undefined;
  readonly apiRevision?: string | undefined;
  readonly userProject?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly transport?: Transport | undefined;
  readonly retry?: RetryConfig | undefined;
  readonly resume?: ResumeConfig | false | undefined;
  readonly limits?: ClientLimits | undefined;
  readonly onMalformed?: DecodeEventsConfig['onMalformed'];
  readonly onDiagnostic?: DecodeEventsConfig['onDiagnostic'];
  readonly scheduler?: SchedulerLike | undefined;
  readonly random?: (() => number) | undefined;
}

interface ClientLimits extends TimeLimits {
  readonly connect?: number | undefined;
  readonly firstEvent?: number | undefined;
  readonly idle?: number | undefined;
  readonly total?: number | undefined;
  readonly maxFrameBytes?: number | undefined;
}

interface ClientTool {
  readonly declaration: FunctionTool;
  readonly run: (call: FunctionCall) => Observable<ToolOutput>;
  readonly approve?: Approve | false | undefined;
}

interface CoalesceConfig {
  readonly frame?: boolean | undefined;
  readonly ms?: number | undefined;
  readonly maxDelay?: number | undefined;
  readonly scheduler?: SchedulerLike | undefined;
}

interface CodeExecutionCallDelta extends CodeExecutionCallStep {}

interface CodeExecutionCallStep extends t.TypeOf<typeof codeExecutionCallStep> {}

declare const CodeExecutionCallStep: Codec<CodeExecutionCallStep>;

interface CodeExecutionResultDelta extends CodeExecutionResultStep {}

interface CodeExecutionResultStep extends t.TypeOf<typeof codeExecutionResultStep> {}

declare const CodeExecutionResultStep: Codec<CodeExecutionResultStep>;

interface CodeExecutionTool extends t.TypeOf<typeof codeExecutionTool> {}

declare const CodeExecutionTool: Codec<CodeExecutionTool>;

interface Codec<A> extends t.Type<A, unknown> {}

interface CodecToolConfig<Arguments> extends ToolConfig<Arguments> {
  readonly parameters: Decoder<Arguments>;
  readonly schema?: JsonSchema | undefined;
}

interface ComputerUseTool extends t.TypeOf<typeof computerUseTool> {}

declare const ComputerUseTool: Codec<ComputerUseTool>;

declare const Content: TaggedUnion<Content>;

type Content = TextContent | MediaContent | UnknownContent;

type ContentPart = string | Content | ObservableInput<Content>;

declare class ContinuationError extends InteractionError {
  readonly name = 'ContinuationError';
  readonly continuationToken: string;
  readonly owner: string | undefined;
  readonly ids: readonly string[];
  constructor({ continuationToken, owner, ids }: ContinuationState, options?: InteractionErrorOptions);
}

interface ContinuationState {
  readonly continuationToken: string;
  readonly owner: string | undefined;
  readonly ids: readonly string[];
}

interface Conversation {
  readonly send: (input: InteractionInput) => string | undefined;
  readonly events$: Observable<TurnEvent>;
  readonly state$: Observable<ConversationState>;
  readonly stop: () => void;
  readonly close: () => void;
  readonly fork: (turnId: string) => Conversation;
  readonly toJSON: () => SavedConversation;
}

interface ConversationConfig extends ConverseConfig {
  readonly from?: SavedConversation | undefined;
}

type ConversationRequest = Omit<RunToolsRequest, 'continuation_token' | 'input' | 'previous_interaction_id' | 'stream'>;

interface ConversationState {
  readonly turns: readonly TurnState[];
  readonly status: 'idle' | 'running' | 'closed';
}

interface ConverseConfig extends ConversationRequest, Omit<RunToolsConfig, 'turnId'> {
  readonly strategy?: PromptStrategy | undefined;
}

interface ConvertedRequest {
  readonly request: InteractionRequest;
  readonly unsupported: readonly UnsupportedMember[];
}

declare class CredentialsError extends InteractionError {
  readonly name = 'CredentialsError';
  constructor(
    code: 'missing' | 'unavailable' | 'unsupported' | 'insecure',
    message: string,
    options?: {
      readonly cause?: unknown;
    },
  );
}

interface Cursor {
  readonly v: 1;
  readonly interactionId: string;
  readonly lastEventId?: string | undefined;
  readonly state: CursorState;
}

interface CursorConfig {
  readonly media?: MediaInSnapshots | undefined;
}

interface CursorState {
  readonly head: Omit<InteractionResource, 'steps' | 'usage'>;
  readonly usage?: Usage | undefined;
  readonly usageBefore?: Usage | undefined;
  readonly ids: readonly string[];
  readonly done: readonly Step[];
  readonly open: readonly CursorStep[];
  readonly hopStart: number;
  readonly diagnostics: readonly Diagnostic[];
  readonly settled: boolean;
  readonly recentIds?: readonly string[] | undefined;
  readonly marked?:
    | {
        readonly done: number;
        readonly open: readonly CursorStep[];
      }
    | undefined;
}

interface CursorStep {
  readonly index: number;
  readonly step: Step;
  readonly hasEnded: boolean;
  readonly argumentsText?: string | undefined;
  readonly held?: readonly Annotation[] | undefined;
}

interface CustomAgentRequest extends AgentRequest {
  readonly agent: string;
  readonly agent_config?: Readonly<Record<string, unknown>> | undefined;
  readonly environment?: AgentEnvironment | undefined;
  readonly model?: undefined;
}

declare class DecodeError extends InteractionError {
  readonly name = 'DecodeError';
  readonly issues: readonly DecodeIssue[];
  readonly received: unknown;
  constructor(
    code: 'not_json' | 'malformed',
    received: unknown,
    issues: readonly DecodeIssue[],
    options?: {
      readonly cause?: unknown;
    },
  );
}

interface DecodeEventsConfig {
  readonly onMalformed?: 'error' | 'skip';
  readonly onDiagnostic?: (diagnostic: Diagnostic) => void;
}

interface DecodeFramesConfig {
  readonly maxFrameBytes?: number;
}

interface DecodeGenerateContentConfig {
  readonly candidate?: number | undefined;
  readonly whole?: boolean | undefined;
}

interface DecodeIssue {
  readonly path: string;
  readonly expected: string;
}

type Decoder<A> = t.Type<A, unknown> | StandardSchema<A>;

interface DeepResearchRequest extends Omit<AgentRequest, 'background' | 'store' | 'system_instruction'> {
  readonly agent?:
    | OpenEnum<
        'deep-research-pro-preview-12-2025' | 'deep-research-preview-04-2026' | 'deep-research-max-preview-04-2026'
      >
    | undefined;
  readonly thinking_summaries?: OpenEnum<'auto' | 'none'> | undefined;
  readonly collaborative_planning?: boolean | undefined;
  readonly visualization?: OpenEnum<'off' | 'auto'> | undefined;
  readonly enable_bigquery_tool?: boolean | undefined;
  readonly store?: true | undefined;
  readonly background?: true | undefined;
  readonly system_instruction?: undefined;
  readonly model?: undefined;
}

declare const Delta: TaggedUnion<Delta>;

type Delta =
  | TextDelta
  | MediaDelta
  | TextAnnotationDelta
  | ThoughtSummaryDelta
  | ThoughtSignatureDelta
  | ArgumentsDelta
  | PayloadDelta
  | UnknownDelta;

declare class DescribedType<Codec extends t.Mixed> extends t.Type<t.TypeOf<Codec>, t.OutputOf<Codec>> {
  readonly _tag = 'DescribedType';
  readonly type: Codec;
  readonly description: string;
  constructor(type: Codec, description: string);
}

interface Diagnostic {
  readonly code:
    | 'step_truncated'
    | 'step_synthesized'
    | 'step_restarted'
    | 'arguments_invalid'
    | 'delta_ignored'
    | 'event_unknown'
    | 'kind_unknown'
    | 'error_event'
    | 'steps_differ'
    | 'replayed'
    | 'member_dropped'
    | 'event_malformed'
    | 'completed_by_done'
    | 'request_retried'
    | 'stream_resumed'
    | 'answer_unverified'
    | 'credentials_ambiguous'
    | 'enterprise_ambiguous'
    | 'key_in_browser';
  readonly position?: number | undefined;
  readonly text?: string | undefined;
  readonly count?: number | undefined;
}

interface DocumentContent extends t.TypeOf<typeof documentContent> {}

declare const DocumentContent: Codec<DocumentContent>;

interface DocumentDelta extends t.TypeOf<typeof documentDelta> {}

declare const DocumentDelta: Codec<DocumentDelta>;

interface DocumentFromConfig {
  readonly mime_type?: string | undefined;
  readonly scheduler?: SchedulerLike | undefined;
}

interface EnterpriseConfig {
  readonly project?: string | undefined;
  readonly location?: string | undefined;
}

interface ErrorEvent extends t.TypeOf<typeof errorEvent> {}

declare const ErrorEvent: Codec<ErrorEvent>;

type EventOfSteps<S extends Step> = StepEventOf<S> | Exclude<InteractionEvent, StepStart> | TurnMark;

type FetchLike = (input: string, init?: RequestInit) => Promise<Response>;

interface FetchTransportConfig {
  readonly fetch?: FetchLike;
}

interface FileCitation extends t.TypeOf<typeof fileCitation> {}

declare const FileCitation: Codec<FileCitation>;

interface FileSearchCallDelta extends FileSearchCallStep {}

interface FileSearchCallStep extends t.TypeOf<typeof fileSearchCallStep> {}

declare const FileSearchCallStep: Codec<FileSearchCallStep>;

interface FileSearchResultDelta extends FileSearchResultStep {}

interface FileSearchResultStep extends t.TypeOf<typeof fileSearchResultStep> {}

declare const FileSearchResultStep: Codec<FileSearchResultStep>;

interface FileSearchTool extends t.TypeOf<typeof fileSearchTool> {}

declare const FileSearchTool: Codec<FileSearchTool>;

type Flat<T> = {
  readonly [K in keyof T]: T[K];
};

declare class FrameError extends InteractionError {
  readonly name = 'FrameError';
  readonly maxFrameBytes: number;
  constructor(maxFrameBytes: number);
}

interface FunctionCall<Arguments = Readonly<Record<string, unknown>>> {
  readonly index?: number | undefined;
  readonly position: number;
  readonly id: string;
  readonly name: string;
  readonly arguments: Arguments;
}

interface FunctionCallDelta extends FunctionCallStep {}

interface FunctionCallStep extends t.TypeOf<typeof functionCallStep> {}

declare const FunctionCallStep: Codec<FunctionCallStep>;

interface FunctionResultDelta extends FunctionResultStep {}

interface FunctionResultStep extends t.TypeOf<typeof functionResultStep> {}

declare const FunctionResultStep: Codec<FunctionResultStep>;

interface FunctionTool extends t.TypeOf<typeof functionTool> {}

declare const FunctionTool: Codec<FunctionTool>;

interface GenerateContentCandidate extends t.TypeOf<typeof generateContentCandidate> {}

declare const GenerateContentCandidate: Codec<GenerateContentCandidate>;

interface GenerateContentPart extends t.TypeOf<typeof generateContentPart> {}

declare const GenerateContentPart: Codec<GenerateContentPart>;

interface GenerateContentRequest {
  readonly model?: string | undefined;
  readonly contents:
    | GenerateContentRequestContent
    | GenerateContentRequestPart
    | readonly (GenerateContentRequestContent | GenerateContentRequestPart)[];
  readonly config?: object | undefined;
  readonly systemInstruction?: GenerateContentRequestContent | string | undefined;
  readonly tools?: readonly object[] | undefined;
  readonly toolConfig?: object | undefined;
  readonly generationConfig?: object | undefined;
  readonly safetySettings?: readonly object[] | undefined;
  readonly cachedContent?: string | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly serviceTier?: string | undefined;
  readonly store?: boolean | undefined;
}

interface GenerateContentRequestContent {
  readonly role?: string | undefined;
  readonly parts?: readonly GenerateContentRequestPart[] | undefined;
}

type GenerateContentRequestPart = string | GenerateContentPart | object;

interface GenerateContentResponse extends t.TypeOf<typeof generateContentResponse> {}

declare const GenerateContentResponse: Codec<GenerateContentResponse>;

type GenerateContentSource = GenerateContentResponse | ObservableInput<GenerateContentResponse | SseFrame>;

interface GenerateContentUsage extends t.TypeOf<typeof generateContentUsage> {}

declare const GenerateContentUsage: Codec<GenerateContentUsage>;

interface GenerationConfig extends t.TypeOf<typeof generationConfig> {}

declare const GenerationConfig: Codec<GenerationConfig>;

interface GoogleMapsCallDelta extends GoogleMapsCallStep {}

interface GoogleMapsCallStep extends t.TypeOf<typeof googleMapsCallStep> {}

declare const GoogleMapsCallStep: Codec<GoogleMapsCallStep>;

interface GoogleMapsResultDelta extends GoogleMapsResultStep {}

interface GoogleMapsResultItem extends t.TypeOf<typeof googleMapsResultItem> {}

declare const GoogleMapsResultItem: Codec<GoogleMapsResultItem>;

interface GoogleMapsResultStep extends t.TypeOf<typeof googleMapsResultStep> {}

declare const GoogleMapsResultStep: Codec<GoogleMapsResultStep>;

interface GoogleMapsTool extends t.TypeOf<typeof googleMapsTool> {}

declare const GoogleMapsTool: Codec<GoogleMapsTool>;

interface GoogleSearchCallDelta extends GoogleSearchCallStep {}

interface GoogleSearchCallStep extends t.TypeOf<typeof googleSearchCallStep> {}

declare const GoogleSearchCallStep: Codec<GoogleSearchCallStep>;

interface GoogleSearchResultDelta extends GoogleSearchResultStep {}

interface GoogleSearchResultItem extends t.TypeOf<typeof googleSearchResultItem> {}

declare const GoogleSearchResultItem: Codec<GoogleSearchResultItem>;

interface GoogleSearchResultStep extends t.TypeOf<typeof googleSearchResultStep> {}

declare const GoogleSearchResultStep: Codec<GoogleSearchResultStep>;

interface GoogleSearchTool extends t.TypeOf<typeof googleSearchTool> {}

declare const GoogleSearchTool: Codec<GoogleSearchTool>;

interface GroundingChunk extends t.TypeOf<typeof groundingChunk> {}

declare const GroundingChunk: Codec<GroundingChunk>;

interface GroundingMetadata extends t.TypeOf<typeof groundingMetadata> {}

declare const GroundingMetadata: Codec<GroundingMetadata>;

interface GroundingSupport extends t.TypeOf<typeof groundingSupport> {}

declare const GroundingSupport: Codec<GroundingSupport>;

interface GroundingToolCount extends t.TypeOf<typeof groundingToolCount> {}

declare const GroundingToolCount: Codec<GroundingToolCount>;

interface GrowingBase64 {
  readonly whole: string;
  readonly rest: string;
}

interface GrowingList<T> {
  readonly length: number;
  readonly shared: T[];
}

interface GrowingText {
  readonly text: string;
  readonly recent: string;
}

type Guard<Arguments> = (args: unknown) => args is Arguments;

declare class HttpError extends InteractionError {
  readonly name = 'HttpError';
  readonly status: number;
  readonly body: unknown;
  constructor(
    code: string,
    message: string,
    {
      body,
      ...options
    }: InteractionErrorOptions & {
      readonly status: number;
      readonly body: unknown;
    },
  );
}

interface ImageContent extends t.TypeOf<typeof imageContent> {}

declare const ImageContent: Codec<ImageContent>;

interface ImageDelta extends t.TypeOf<typeof imageDelta> {}

declare const ImageDelta: Codec<ImageDelta>;

interface ImageFormat extends t.TypeOf<typeof imageFormat> {}

declare const ImageFormat: Codec<ImageFormat>;

interface ImageFromConfig {
  readonly mime_type?: string | undefined;
  readonly resolution?: ImageContent['resolution'];
  readonly scheduler?: SchedulerLike | undefined;
}

interface Interaction extends Omit<InteractionResource, 'steps' | 'status'> {
  readonly status: InteractionStatus;
  readonly steps: readonly Step[];
  readonly ids: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

interface InteractionCompleted extends t.TypeOf<typeof interactionCompleted> {}

declare const InteractionCompleted: Codec<InteractionCompleted>;

interface InteractionCreated extends t.TypeOf<typeof interactionCreated> {}

declare const InteractionCreated: Codec<InteractionCreated>;

declare abstract class InteractionError extends Error {
  abstract readonly name: string;
  readonly code: string;
  readonly status?: number | undefined;
  readonly retryAfter?: number | undefined;
  readonly requestId?: string | undefined;
  readonly interactionId?: string | undefined;
  readonly partial?: Interaction | undefined;
  readonly cursor?: Cursor | undefined;
  constructor(code: string, message: string, options?: InteractionErrorOptions);
  static is(error: unknown): error is InteractionError;
  toJSON(): Record<string, unknown>;
}

interface InteractionErrorOptions {
  readonly cause?: unknown;
  readonly status?: number | undefined;
  readonly retryAfter?: number | undefined;
  readonly requestId?: string | undefined;
  readonly interactionId?: string | undefined;
  readonly partial?: Interaction | undefined;
  readonly cursor?: Cursor | undefined;
}

declare const InteractionEvent: TaggedUnion<InteractionEvent>;

type InteractionEvent =
  | InteractionCreated
  | InteractionStatusUpdate
  | StepStart
  | StepDelta
  | StepStop
  | InteractionCompleted
  | ErrorEvent
  | UnknownEvent;

interface InteractionFault extends t.TypeOf<typeof interactionFault> {}

declare const InteractionFault: Codec<InteractionFault>;

type InteractionInput = string | Content | Step | readonly Content[] | readonly Step[];

declare const InteractionInput: Codec<InteractionInput>;

interface InteractionRequest extends t.TypeOf<typeof interactionRequest> {}

declare const InteractionRequest: Codec<InteractionRequest>;

interface InteractionResource extends t.TypeOf<typeof interactionResource> {}

declare const InteractionResource: Codec<InteractionResource>;

interface InteractionState {
  readonly head: Omit<InteractionResource, 'steps' | 'usage'>;
  readonly usageBefore: Usage | undefined;
  readonly usage: Usage | undefined;
  readonly ids: readonly string[];
  readonly done: GrowingList<Step>;
  readonly open: readonly OpenStep[];
  readonly hopStart: number;
  readonly diagnostics: GrowingList<Diagnostic>;
  readonly unknown: ReadonlyMap<string, number>;
  readonly announced: boolean;
  readonly settled: boolean;
  readonly lastEventId: string | undefined;
  readonly recentIds: RecentIds;
  readonly marked: InteractionState | undefined;
}

declare const InteractionStatus: t.Type<
  OpenEnum<
    | 'queued'
    | 'in_progress'
    | 'requires_action'
    | 'requires_continuation'
    | 'completed'
    | 'incomplete'
    | 'failed'
    | 'cancelled'
    | 'budget_exceeded'
  >,
  string,
  unknown
> & {
  readonly known: readonly (
    | 'queued'
    | 'in_progress'
    | 'requires_action'
    | 'requires_continuation'
    | 'completed'
    | 'incomplete'
    | 'failed'
    | 'cancelled'
    | 'budget_exceeded'
  )[];
};

type InteractionStatus = TypeOf<typeof InteractionStatus>;

interface InteractionStatusUpdate extends t.TypeOf<typeof interactionStatusUpdate> {}

declare const InteractionStatusUpdate: Codec<InteractionStatusUpdate>;

interface InteractionsClient {
  stream(request: InteractionRequest, config?: RequestConfig): Observable<InteractionEvent>;
  create(request: InteractionRequest, config?: RequestConfig): Observable<Interaction>;
  get(id: string, config?: CallConfig): Observable<Interaction>;
  resume(cursorOrId: Cursor | string, config?: ResumeCallConfig): Observable<InteractionEvent>;
  poll(id: string, config?: PollConfig): Observable<Interaction>;
  cancel(id: string, config?: CallConfig): Observable<Interaction>;
  delete(id: string, config?: CallConfig): Observable<void>;
}

type IsCommon = (value: Readonly<Record<string, unknown>>) => boolean;

type JsonArguments = Readonly<Record<string, unknown>>;

interface JsonFormat extends TextFormat {
  readonly mime_type: 'application/json';
  readonly schema: JsonSchema;
}

type JsonGuard<Arguments extends JsonArguments> = (args: JsonArguments) => args is Arguments;

type JsonSchema = Readonly<Record<string, unknown>>;

interface JsonSnapshot {
  readonly value: unknown;
  readonly text: string;
  readonly complete: boolean;
}

interface ListenConfig extends CallConfig {
  readonly resume?: ResumeConfig | false | undefined;
  readonly teardown?: 'abort' | 'cancel' | undefined;
}

interface ManagedAgentRequest extends AgentRequest {
  readonly agent?: OpenEnum<'antigravity-preview-05-2026' | 'antigravity-preview-09-2026'> | undefined;
  readonly environment: AgentEnvironment;
  readonly model?: string | undefined;
  readonly max_total_tokens?: number | string | undefined;
}

interface McpServerTool extends t.TypeOf<typeof mcpServerTool> {}

declare const McpServerTool: Codec<McpServerTool>;

interface McpServerToolCallDelta extends McpServerToolCallStep {}

interface McpServerToolCallStep extends t.TypeOf<typeof mcpServerToolCallStep> {}

declare const McpServerToolCallStep: Codec<McpServerToolCallStep>;

interface McpServerToolResultDelta extends McpServerToolResultStep {}

interface McpServerToolResultStep extends t.TypeOf<typeof mcpServerToolResultStep> {}

declare const McpServerToolResultStep: Codec<McpServerToolResultStep>;

interface MediaBlock extends MediaInfo {
  readonly bytes?: Uint8Array<ArrayBuffer> | undefined;
  readonly uri?: string | undefined;
}

interface MediaChunk extends MediaInfo {
  readonly bytes?: Uint8Array<ArrayBuffer> | undefined;
  readonly uri?: string | undefined;
  readonly first: boolean;
  readonly last: boolean;
}

type MediaContent = ImageContent | AudioContent | VideoContent | DocumentContent;

type MediaDelta = ImageDelta | AudioDelta | VideoDelta | DocumentDelta;

type MediaInSnapshots = 'inline' | 'reference';

interface MediaInfo {
  readonly position: number;
  readonly block: number;
  readonly mimeType: string | undefined;
  readonly sampleRate?: number | undefined;
  readonly channels?: number | undefined;
}

type MediaModality = 'image' | 'audio' | 'video' | 'document';

type MediaSource = ArrayBuffer | ArrayBufferView | Blob | URL | string;

type Members = Readonly<Record<string, t.Mixed>>;

interface Modalities {
  readonly text$: Observable<TextPiece>;
  readonly thoughts$: Observable<TextPiece>;
  readonly images$: Observable<MediaChunk>;
  readonly audio$: Observable<MediaChunk>;
  readonly video$: Observable<MediaChunk>;
  readonly documents$: Observable<MediaChunk>;
  readonly functionCalls$: Observable<StreamedCall>;
  readonly serverTools$: Observable<ServerToolStep>;
  readonly citations$: Observable<Citation>;
  readonly unknown$: Observable<Unrecognized>;
}

declare const Modality: t.Type<OpenEnum<'text' | 'image' | 'audio' | 'video' | 'document'>, string, unknown> & {
  readonly known: readonly ('text' | 'image' | 'audio' | 'video' | 'document')[];
};

type Modality = t.TypeOf<typeof Modality>;

interface ModalityTokens extends t.TypeOf<typeof modalityTokens> {}

declare const ModalityTokens: Codec<ModalityTokens>;

interface ModelOutputStep extends t.TypeOf<typeof modelOutputStep> {}

declare const ModelOutputStep: Codec<ModelOutputStep>;

interface ModelsOnly {
  readonly generation_config?: undefined;
  readonly cached_content?: undefined;
  readonly continuation_token?: undefined;
}

type OpenBlock =
  | OpenText
  | {
      readonly type: 'audio';
      readonly block: AudioContent;
      readonly data: GrowingBase64;
    };

type OpenEnum<Known extends string> = Known | (string & Record<never, never>);

interface OpenStep {
  readonly index: number;
  readonly state: StepState;
  readonly finished: Step | undefined;
}

interface OpenSummary {
  readonly type: 'summary';
  readonly items: GrowingList<Content>;
}

interface OpenText {
  readonly type: 'text';
  readonly block: TextContent;
  readonly text: GrowingText;
  readonly annotations: GrowingList<Annotation>;
}

declare class OutputError extends InteractionError {
  readonly name = 'OutputError';
  readonly text: string;
  constructor(
    code: 'not_json' | 'incomplete' | 'invalid',
    message: string,
    text: string,
    options?: {
      readonly cause?: unknown;
    },
  );
}

type PayloadDelta =
  | FunctionCallDelta
  | FunctionResultDelta
  | GoogleSearchCallDelta
  | GoogleSearchResultDelta
  | UrlContextCallDelta
  | UrlContextResultDelta
  | CodeExecutionCallDelta
  | CodeExecutionResultDelta
  | GoogleMapsCallDelta
  | GoogleMapsResultDelta
  | FileSearchCallDelta
  | FileSearchResultDelta
  | RetrievalCallDelta
  | RetrievalResultDelta
  | McpServerToolCallDelta
  | McpServerToolResultDelta
  | ProcessingCallDelta
  | ProcessingResultDelta;

interface PlaceCitation extends t.TypeOf<typeof placeCitation> {}

declare const PlaceCitation: Codec<PlaceCitation>;

interface PollConfig extends Omit<ListenConfig, 'resume'> {
  readonly delay?: number | undefined;
  readonly maxDelay?: number | undefined;
}

interface ProcessingCallDelta extends ProcessingCallStep {}

interface ProcessingCallStep extends t.TypeOf<typeof processingCallStep> {}

declare const ProcessingCallStep: Codec<ProcessingCallStep>;

interface ProcessingResultDelta extends ProcessingResultStep {}

interface ProcessingResultStep extends t.TypeOf<typeof processingResultStep> {}

declare const ProcessingResultStep: Codec<ProcessingResultStep>;

type PromptStrategy = 'concat' | 'exhaust' | 'switch';

interface RecentIds {
  readonly older: readonly string[];
  readonly newer: GrowingList<string>;
}

interface RequestConfig extends ListenConfig {
  readonly extraBody?: Readonly<Record<string, unknown>> | undefined;
  readonly continuation?: 'auto' | 'manual' | undefined;
}

declare class RequestError extends InteractionError {
  readonly name = 'RequestError';
  readonly fields: readonly string[];
  constructor(
    fields: readonly string[],
    message: string,
    options?: {
      readonly cause?: unknown;
    },
  );
}

declare const ResponseFormat: Codec<ResponseFormat>;

type ResponseFormat = readonly ResponseFormatEntry[] | ResponseFormatEntry;

interface ResponseFormatConfig {
  readonly schema?: JsonSchema | undefined;
}

declare const ResponseFormatEntry: TaggedUnion<ResponseFormatEntry>;

type ResponseFormatEntry = TextFormat | ImageFormat | AudioFormat | VideoFormat | UnknownFormat;

interface ResumeCallConfig extends ListenConfig {
  readonly replay?: boolean | undefined;
}

interface ResumeConfig {
  readonly count?: number | undefined;
  readonly delay?: number | undefined;
  readonly maxDelay?: number | undefined;
  readonly verify?: boolean | undefined;
}

interface RetrievalCallDelta extends RetrievalCallStep {}

interface RetrievalCallStep extends t.TypeOf<typeof retrievalCallStep> {}

declare const RetrievalCallStep: Codec<RetrievalCallStep>;

interface RetrievalResultDelta extends RetrievalResultStep {}

interface RetrievalResultStep extends t.TypeOf<typeof retrievalResultStep> {}

declare const RetrievalResultStep: Codec<RetrievalResultStep>;

interface RetrievalTool extends t.TypeOf<typeof retrievalTool> {}

declare const RetrievalTool: Codec<RetrievalTool>;

interface RetryConfig {
  readonly count?: number | undefined;
  readonly delay?: number | undefined;
  readonly maxDelay?: number | undefined;
  readonly resend?: boolean | undefined;
}

declare class RoundLimitError extends InteractionError {
  readonly name = 'RoundLimitError';
  readonly maxRounds: number;
  constructor(maxRounds: number, options?: InteractionErrorOptions);
}

interface RpcStatus extends t.TypeOf<typeof rpcStatus> {}

declare const RpcStatus: Codec<RpcStatus>;

interface RunBackgroundConfig extends Omit<RequestConfig, 'continuation'> {
  readonly scheduler?: SchedulerLike | undefined;
}

interface RunToolsConfig extends RequestConfig {
  readonly maxRounds?: number | undefined;
  readonly concurrent?: number | undefined;
  readonly onToolError?: 'report' | 'throw' | undefined;
  readonly approve?: Approve | undefined;
  readonly approvalTimeout?: number | undefined;
  readonly budget?: Budget | undefined;
  readonly history?: readonly Step[] | undefined;
  readonly onMissingHistory?: 'error' | 'replay' | undefined;
  readonly turnId?: string | undefined;
  readonly random?: (() => number) | undefined;
  readonly scheduler?: SchedulerLike | undefined;
}

interface RunToolsRequest extends Omit<InteractionRequest, 'tools'> {
  readonly tools?: readonly (ClientTool | Tool)[] | undefined;
}

interface SavedConversation {
  readonly v: 1;
  readonly turns: readonly SavedTurn[];
}

interface SavedTurn {
  readonly id: string;
  readonly input: InteractionInput;
  readonly status: 'completed' | 'failed' | 'stopped';
  readonly interaction: Interaction;
  readonly digests?: readonly string[] | undefined;
  readonly error?: TurnError | undefined;
}

interface ScanInteractionConfig {
  readonly from?: Cursor | undefined;
  readonly media?: MediaInSnapshots | undefined;
}

interface SchemaToolConfig<Check extends Validate = Validate> extends ToolConfig<ArgumentsOf<Check>> {
  readonly parameters?: JsonSchema | undefined;
  readonly validate?: Check | undefined;
}

type SdkStream = AsyncIterable<{
  readonly event_type?: string | undefined;
}>;

declare class ServerError extends InteractionError {
  readonly name = 'ServerError';
}

type ServerToolCallStep =
  | GoogleSearchCallStep
  | UrlContextCallStep
  | CodeExecutionCallStep
  | GoogleMapsCallStep
  | FileSearchCallStep
  | RetrievalCallStep
  | McpServerToolCallStep
  | ProcessingCallStep;

type ServerToolResultStep =
  | GoogleSearchResultStep
  | UrlContextResultStep
  | CodeExecutionResultStep
  | GoogleMapsResultStep
  | FileSearchResultStep
  | RetrievalResultStep
  | McpServerToolResultStep
  | ProcessingResultStep;

type ServerToolStep = ServerToolCallStep | ServerToolResultStep;

declare class Shape<Required extends Members, Optional extends Members> extends t.Type<
  ShapeOf<Required, Optional>,
  unknown
> {
  readonly _tag = 'Shape';
  readonly required: Required;
  readonly optional: Optional;
  constructor(name: string, required: Required, optional: Optional, isCommon?: IsCommon);
}

type ShapeOf<Required extends Members, Optional extends Members> = Flat<
  {
    readonly [K in keyof Required]: t.TypeOf<Required[K]>;
  } & {
    readonly [K in keyof Optional]?: t.TypeOf<Optional[K]> | undefined;
  }
>;

interface SpeechMetadata extends t.TypeOf<typeof speechMetadata> {}

declare const SpeechMetadata: Codec<SpeechMetadata>;

interface SpeechVoice extends t.TypeOf<typeof speechVoice> {}

declare const SpeechVoice: Codec<SpeechVoice>;

interface SseFrame {
  readonly data: string;
  readonly event?: string | undefined;
  readonly id?: string | undefined;
  readonly unterminated?: true | undefined;
  readonly stray?: true | undefined;
}

interface StandardIssue {
  readonly message: string;
  readonly path?:
    | readonly (
        | PropertyKey
        | {
            readonly key: PropertyKey;
          }
      )[]
    | undefined;
}

type StandardResult<A> =
  | {
      readonly value: A;
      readonly issues?: undefined;
    }
  | {
      readonly issues: readonly StandardIssue[];
    };

interface StandardSchema<A> {
  readonly '~standard': {
    readonly version: 1;
    readonly validate: (value: unknown) => StandardResult<A> | Promise<StandardResult<A>>;
  };
}

declare const Step: TaggedUnion<Step>;

type Step =
  | UserInputStep
  | ModelOutputStep
  | ThoughtStep
  | FunctionCallStep
  | FunctionResultStep
  | ServerToolCallStep
  | ServerToolResultStep
  | UnknownStep;

interface StepDelta extends t.TypeOf<typeof stepDelta> {}

declare const StepDelta: Codec<StepDelta>;

type StepEvent = StepStart | StepDelta | StepStop;

type StepEventOf<S extends Step> =
  | (StepStart & {
      readonly step: S;
    })
  | StepDelta
  | StepStop;

interface StepObservable<S extends Step = Step> extends Observable<StepEventOf<S>> {
  readonly index: number;
  readonly position: number;
  readonly step: S;
}

interface StepStart extends t.TypeOf<typeof stepStart> {}

declare const StepStart: Codec<StepStart>;

interface StepState {
  readonly base: Step;
  readonly open: OpenBlock | OpenSummary | undefined;
  readonly argumentsText: string | undefined;
  readonly held: GrowingList<Annotation>;
  view: Step | undefined;
}

interface StepStop extends t.TypeOf<typeof stepStop> {}

declare const StepStop: Codec<StepStop>;

type StreamedCall<Arguments = Readonly<Record<string, unknown>>> = FunctionCall<Arguments> & {
  readonly index: number;
};

interface TaggedUnion<A> extends Codec<A> {
  readonly tag: string;
  readonly cases: Cases;
}

interface TextAnnotationDelta extends t.TypeOf<typeof textAnnotationDelta> {}

declare const TextAnnotationDelta: Codec<TextAnnotationDelta>;

interface TextContent extends t.TypeOf<typeof textContent> {}

declare const TextContent: Codec<TextContent>;

interface TextDelta extends t.TypeOf<typeof textDelta> {}

declare const TextDelta: Codec<TextDelta>;

interface TextFormat extends t.TypeOf<typeof textFormat> {}

declare const TextFormat: Codec<TextFormat>;

interface TextPiece {
  readonly position: number;
  readonly text: string;
}

interface ThoughtSignatureDelta extends t.TypeOf<typeof thoughtSignatureDelta> {}

declare const ThoughtSignatureDelta: Codec<ThoughtSignatureDelta>;

interface ThoughtStep extends t.TypeOf<typeof thoughtStep> {}

declare const ThoughtStep: Codec<ThoughtStep>;

interface ThoughtSummaryDelta extends t.TypeOf<typeof thoughtSummaryDelta> {}

declare const ThoughtSummaryDelta: Codec<ThoughtSummaryDelta>;

type TimeLimit = 'connect' | 'firstEvent' | 'idle' | 'total';

declare class TimeLimitError extends InteractionError {
  readonly name = 'TimeLimitError';
  readonly limit: TimeLimit;
  readonly ms: number;
  constructor(limit: TimeLimit, ms: number, options?: InteractionErrorOptions);
}

type TimeLimits = Readonly<Partial<Record<TimeLimit, number | undefined>>>;

type Timeline = Pick<Interaction, 'steps'>;

interface ToInteractionRequestConfig {
  readonly enterprise?: boolean | undefined;
}

declare const Tool: TaggedUnion<Tool>;

type Tool =
  | FunctionTool
  | GoogleSearchTool
  | GoogleMapsTool
  | UrlContextTool
  | CodeExecutionTool
  | FileSearchTool
  | RetrievalTool
  | McpServerTool
  | ComputerUseTool
  | UnknownTool;

interface ToolApprovalRequired {
  readonly event_type: 'tool.approval_required';
  readonly turnId: string;
  readonly call: FunctionCall;
}

interface ToolCall {
  readonly event_type: 'tool.call';
  readonly turnId: string;
  readonly call: FunctionCall;
}

declare const ToolChoice: Codec<
  | OpenEnum<'auto' | 'any' | 'none' | 'validated'>
  | {
      readonly allowed_tools?:
        | {
            readonly mode?: OpenEnum<'auto' | 'any' | 'none' | 'validated'> | undefined;
            readonly tools?: readonly string[] | undefined;
          }
        | undefined;
    }
> & {
  readonly choices: readonly [
    Codec<OpenEnum<'auto' | 'any' | 'none' | 'validated'>>,
    Codec<{
      readonly allowed_tools?:
        | {
            readonly mode?: OpenEnum<'auto' | 'any' | 'none' | 'validated'> | undefined;
            readonly tools?: readonly string[] | undefined;
          }
        | undefined;
    }>,
  ];
};

type ToolChoice = t.TypeOf<typeof ToolChoice>;

interface ToolConfig<Arguments> {
  readonly name: string;
  readonly description?: string;
  readonly execute: (args: Arguments, context: ToolContext) => unknown;
  readonly approve?: Approve | false | undefined;
}

interface ToolContext {
  readonly call: FunctionCall;
  readonly signal: AbortSignal;
}

declare class ToolError extends InteractionError {
  readonly name = 'ToolError';
  readonly tool: string;
  constructor(tool: string, options: InteractionErrorOptions);
}

type ToolEvent = ToolApprovalRequired | ToolCall | ToolProgress | ToolResult;

interface ToolOutput {
  readonly isProgress: boolean;
  readonly value: unknown;
}

interface ToolProgress {
  readonly event_type: 'tool.progress';
  readonly turnId: string;
  readonly call: FunctionCall;
  readonly value: unknown;
}

interface ToolResult {
  readonly event_type: 'tool.result';
  readonly turnId: string;
  readonly call: FunctionCall;
  readonly result: FunctionResultStep;
}

type Transport = (request: TransportRequest) => Observable<TransportResponse>;

declare class TransportError extends InteractionError {
  readonly name = 'TransportError';
  constructor(
    code: 'connection_failed' | 'connection_lost' | 'redirect_refused' | 'unexpected_content',
    message: string,
    options?: InteractionErrorOptions,
  );
}

interface TransportRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

interface TransportResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Observable<Uint8Array>;
}

type TurnClient = Parameters<typeof runTools>[0];

interface TurnCompleted {
  readonly event_type: 'turn.completed';
  readonly turnId: string;
  readonly interaction: Interaction;
}

interface TurnError {
  readonly name: string;
  readonly message: string;
  readonly code?: unknown;
}

type TurnEvent = InteractionEvent | TurnStarted | TurnCompleted | TurnFailed | TurnInterrupted | ToolEvent;

interface TurnFailed {
  readonly event_type: 'turn.failed';
  readonly turnId: string;
  readonly error: unknown;
}

interface TurnInterrupted {
  readonly event_type: 'turn.interrupted';
  readonly turnId: string;
}

interface TurnMark {
  readonly event_type:
    | 'turn.started'
    | 'turn.completed'
    | 'turn.failed'
    | 'turn.interrupted'
    | 'tool.call'
    | 'tool.progress'
    | 'tool.result'
    | 'tool.approval_required';
}

interface TurnStarted {
  readonly event_type: 'turn.started';
  readonly turnId: string;
  readonly input: InteractionInput | undefined;
}

interface TurnState {
  readonly id: string;
  readonly input: InteractionInput;
  readonly interaction: Interaction;
  readonly status: 'running' | 'completed' | 'failed' | 'stopped';
  readonly waiting: readonly FunctionCall[];
  readonly error?: TurnError | undefined;
}

interface UnknownAnnotation {
  readonly type: 'unknown';
  readonly received: unknown;
}

interface UnknownContent {
  readonly type: 'unknown';
  readonly received: unknown;
}

interface UnknownDelta {
  readonly type: 'unknown';
  readonly received: unknown;
}

interface UnknownEvent {
  readonly event_type: 'unknown';
  readonly received: unknown;
}

interface UnknownFormat {
  readonly type: 'unknown';
  readonly received: unknown;
}

interface UnknownStep {
  readonly type: 'unknown';
  readonly received: unknown;
}

interface UnknownTool {
  readonly type: 'unknown';
  readonly received: unknown;
}

type Unrecognized = UnknownEvent | UnknownStep | UnknownDelta | UnknownContent;

declare class UnsettledError extends InteractionError {
  readonly name = 'UnsettledError';
  readonly reason: 'disconnected' | 'diverged';
  constructor(reason: 'disconnected' | 'diverged', options?: InteractionErrorOptions);
}

interface UnsupportedMember {
  readonly path: string;
  readonly reason: string;
}

interface UrlCitation extends t.TypeOf<typeof urlCitation> {}

declare const UrlCitation: Codec<UrlCitation>;

interface UrlContextCallDelta extends UrlContextCallStep {}

interface UrlContextCallStep extends t.TypeOf<typeof urlContextCallStep> {}

declare const UrlContextCallStep: Codec<UrlContextCallStep>;

interface UrlContextResultDelta extends UrlContextResultStep {}

interface UrlContextResultItem extends t.TypeOf<typeof urlContextResultItem> {}

declare const UrlContextResultItem: Codec<UrlContextResultItem>;

interface UrlContextResultStep extends t.TypeOf<typeof urlContextResultStep> {}

declare const UrlContextResultStep: Codec<UrlContextResultStep>;

interface UrlContextTool extends t.TypeOf<typeof urlContextTool> {}

declare const UrlContextTool: Codec<UrlContextTool>;

interface Usage extends t.TypeOf<typeof usage> {}

declare const Usage: Codec<Usage>;

interface UserInputStep extends t.TypeOf<typeof userInputStep> {}

declare const UserInputStep: Codec<UserInputStep>;

interface Validate {
  (args: JsonArguments): Verdict | PromiseLike<Verdict>;
  readonly errors?: readonly ValidationIssue[] | null | undefined;
}

interface ValidationIssue {
  readonly message?: string | undefined;
  readonly path?: StandardIssue['path'];
  readonly instancePath?: string | undefined;
}

type Verdict = boolean | readonly ValidationIssue[] | undefined;

interface VideoContent extends t.TypeOf<typeof videoContent> {}

declare const VideoContent: Codec<VideoContent>;

interface VideoDelta extends t.TypeOf<typeof videoDelta> {}

declare const VideoDelta: Codec<VideoDelta>;

interface VideoFormat extends t.TypeOf<typeof videoFormat> {}

declare const VideoFormat: Codec<VideoFormat>;

interface VideoFromConfig {
  readonly mime_type?: string | undefined;
  readonly resolution?: VideoContent['resolution'];
  readonly name?: string | undefined;
  readonly processing?: VideoContent['processing'];
  readonly scheduler?: SchedulerLike | undefined;
}

interface WordInfo extends t.TypeOf<typeof wordInfo> {}

declare const WordInfo: Codec<WordInfo>;

declare const accumulateInteraction: (state: InteractionState, event: InteractionEvent | TurnMark) => InteractionState;

declare const argumentsDelta: Shape<
  {
    readonly type: t.Type<'arguments_delta', 'arguments_delta', unknown>;
  },
  {
    signature: t.Type<string, string, unknown>;
    arguments: t.Type<string, string, unknown>;
    id: t.Type<string, string, unknown>;
    name: t.Type<string, string, unknown>;
  }
>;

declare function attempt<A>(): OperatorFunction<A, Either<InteractionError, A>>;

declare const audioContent: Shape<
  {
    readonly type: t.Type<'audio', 'audio', unknown>;
  },
  {
    sample_rate: t.Type<number, number, unknown>;
    channels: t.Type<number, number, unknown>;
    data: t.Type<string, string, unknown>;
    uri: t.Type<string, string, unknown>;
    mime_type: t.Type<string, string, unknown>;
  }
>;

declare const audioDelta: Shape<
  {
    readonly type: t.Type<'audio', 'audio', unknown>;
  },
  {
    signature: t.Type<string, string, unknown>;
    rate: t.Type<number, number, unknown>;
    sample_rate: t.Type<number, number, unknown>;
    channels: t.Type<number, number, unknown>;
    data: t.Type<string, string, unknown>;
    uri: t.Type<string, string, unknown>;
    mime_type: t.Type<string, string, unknown>;
  }
>;

declare const audioFormat: Shape<
  {
    readonly type: t.Type<'audio', 'audio', unknown>;
  },
  {
    mime_type: t.Type<string, string, unknown>;
    bit_rate: t.Type<number, number, unknown>;
    sample_rate: t.Type<number, number, unknown>;
    delivery: t.Type<OpenEnum<'uri' | 'inline'>, string, unknown> & {
      readonly known: readonly ('uri' | 'inline')[];
    };
  }
>;

declare function audioFrom(source: MediaSource, { scheduler, ...members }?: AudioFromConfig): Observable<AudioContent>;

declare function citations(): OperatorFunction<InteractionEvent | TurnMark, Citation>;

declare const citationsOf: (interaction: Interaction) => readonly Citation[];

declare function coalesce<Event extends InteractionEvent | TurnMark>(
  config?: CoalesceConfig,
): MonoTypeOperatorFunction<Event>;

declare const codeExecution: () => CodeExecutionTool;

declare const codeExecutionCallStep: Shape<
  {
    readonly type: t.Type<'code_execution_call', 'code_execution_call', unknown>;
  },
  {
    arguments: Shape<
      {},
      {
        code: t.Type<string, string, unknown>;
        language: t.Type<OpenEnum<'python' | 'bash'>, string, unknown> & {
          readonly known: readonly ('python' | 'bash')[];
        };
      }
    >;
    id: t.Type<string, string, unknown>;
    signature: t.Type<string, string, unknown>;
  }
>;

declare const codeExecutionResultStep: Shape<
  {
    readonly type: t.Type<'code_execution_result', 'code_execution_result', unknown>;
  },
  {
    result: Codec<string | readonly Content[]> & {
      readonly choices: readonly [Codec<string>, Codec<readonly Content[]>];
    };
    call_id: t.Type<string, string, unknown>;
    is_error: t.Type<boolean, boolean, unknown>;
    signature: t.Type<string, string, unknown>;
  }
>;

declare const codeExecutionTool: Shape<
  Record<never, never> & {
    readonly type: t.Type<'code_execution', 'code_execution', unknown>;
  },
  Record<never, never>
>;

declare const computerUseTool: Shape<
  {
    readonly type: t.Type<'computer_use', 'computer_use', unknown>;
  },
  {
    environment: t.Type<OpenEnum<'browser' | 'mobile' | 'desktop'>, string, unknown> & {
      readonly known: readonly ('browser' | 'mobile' | 'desktop')[];
    };
    excluded_predefined_functions: Codec<readonly string[]> & {
      readonly item: Codec<string>;
    };
    enable_prompt_injection_detection: t.Type<boolean, boolean, unknown>;
    disabled_safety_policies: Codec<readonly string[]> & {
      readonly item: Codec<string>;
    };
  }
>;

declare function contentFrom(...parts: readonly ContentPart[]): Observable<readonly Content[]>;

declare function continueWith<Event extends TurnEvent = InteractionEvent>(
  next: (settled: Interaction) => ObservableInput<NoInfer<Event>> | undefined,
): MonoTypeOperatorFunction<Event>;

declare function converse(client: TurnClient, config: ConverseConfig): OperatorFunction<InteractionInput, TurnEvent>;

declare function createClient(config?: ClientConfig): InteractionsClient;

declare const createConversation: (client: TurnClient, { from, ...config }: ConversationConfig) => Conversation;

declare const cursorOf: (snapshot: Interaction, config?: CursorConfig) => Cursor | undefined;

declare const customAgent: ({ agent_config, environment, ...rest }: CustomAgentRequest) => InteractionRequest;

declare const decodeEvent: (received: unknown) => Either<DecodeError, InteractionEvent>;

declare function decodeEvents(config?: DecodeEventsConfig): OperatorFunction<SseFrame, InteractionEvent>;

declare function decodeFrames({ maxFrameBytes }?: DecodeFramesConfig): OperatorFunction<Uint8Array, SseFrame>;

declare function decodeGenerateContent({
  candidate,
  whole,
}?: DecodeGenerateContentConfig): OperatorFunction<SseFrame | GenerateContentResponse, InteractionEvent>;

declare const deepResearch: ({
  agent,
  thinking_summaries,
  collaborative_planning,
  visualization,
  enable_bigquery_tool,
  ...rest
}: DeepResearchRequest) => InteractionRequest;

declare function defineTool<Arguments>(config: CodecToolConfig<Arguments>): ClientTool;

declare function defineTool<Check extends Validate>(config: SchemaToolConfig<Check>): ClientTool;

declare const described: <Codec extends t.Mixed>(codec: Codec, text: string) => DescribedType<Codec>;

declare const documentContent: Shape<
  {
    readonly type: t.Type<'document', 'document', unknown>;
  },
  {
    data: t.Type<string, string, unknown>;
    uri: t.Type<string, string, unknown>;
    mime_type: t.Type<string, string, unknown>;
  }
>;

declare const documentDelta: Shape<
  {
    readonly type: t.Type<'document', 'document', unknown>;
  },
  {
    signature: t.Type<string, string, unknown>;
    data: t.Type<string, string, unknown>;
    uri: t.Type<string, string, unknown>;
    mime_type: t.Type<string, string, unknown>;
  }
>;

declare function documentFrom(
  source: MediaSource,
  { scheduler, ...members }?: DocumentFromConfig,
): Observable<DocumentContent>;

declare function elementsAt(path: string): OperatorFunction<string, unknown>;

declare function encodeEvents(): OperatorFunction<InteractionEvent, Uint8Array>;

declare const environmentOf: ({ environment_id: id }: Pick<Interaction, 'environment_id'>) => string | undefined;

declare const errorEvent: Shape<
  {
    event_type: t.Type<'error', 'error', unknown>;
  },
  {
    event_id: t.Type<string, string, unknown>;
    metadata: Shape<
      {},
      {
        total_usage: Codec<Usage>;
      }
    >;
    error: Shape<
      {},
      {
        code: t.Type<string, string, unknown>;
        message: t.Type<string, string, unknown>;
      }
    >;
  }
>;

declare function eventsOf(interaction: Interaction): readonly InteractionEvent[];

declare const fetchTransport: ({ fetch }?: FetchTransportConfig) => Transport;

declare const fileCitation: Shape<
  {
    readonly type: t.Type<'file_citation', 'file_citation', unknown>;
  },
  {
    start_index: t.Type<number, number, unknown>;
    end_index: t.Type<number, number, unknown>;
    document_uri: t.Type<string, string, unknown>;
    file_name: t.Type<string, string, unknown>;
    source: t.Type<string, string, unknown>;
    page_number: t.Type<number, number, unknown>;
    media_id: t.Type<string, string, unknown>;
    custom_metadata: t.Type<Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>, unknown>;
  }
>;

declare const fileSearchCallStep: Shape<
  {
    readonly type: t.Type<'file_search_call', 'file_search_call', unknown>;
  },
  {
    id: t.Type<string, string, unknown>;
    signature: t.Type<string, string, unknown>;
  }
>;

declare const fileSearchResultStep: Shape<
  {
    readonly type: t.Type<'file_search_result', 'file_search_result', unknown>;
  },
  {
    result: Codec<readonly Readonly<Record<string, unknown>>[]> & {
      readonly item: Codec<Readonly<Record<string, unknown>>>;
    };
    call_id: t.Type<string, string, unknown>;
    is_error: t.Type<boolean, boolean, unknown>;
    signature: t.Type<string, string, unknown>;
  }
>;

declare const fileSearchTool: Shape<
  {
    file_search_store_names: Codec<readonly string[]> & {
      readonly item: Codec<string>;
    };
  } & {
    readonly type: t.Type<'file_search', 'file_search', unknown>;
  },
  {
    top_k: t.Type<number, number, unknown>;
    metadata_filter: t.Type<string, string, unknown>;
  }
>;

declare const followUp: (
  request: InteractionRequest,
  settled: Interaction,
  results: readonly FunctionResultStep[],
) => InteractionRequest;

declare function fromGenerateContent(
  source:
    | GenerateContentSource
    | PromiseLike<GenerateContentSource>
    | ((signal: AbortSignal) => PromiseLike<GenerateContentSource> | GenerateContentSource),
  config?: DecodeGenerateContentConfig,
): Observable<InteractionEvent>;

declare function fromSdkStream(
  source: SdkStream | ((signal: AbortSignal) => PromiseLike<SdkStream> | SdkStream),
): Observable<InteractionEvent>;

declare const functionCallStep: Shape<
  {
    readonly type: t.Type<'function_call', 'function_call', unknown>;
  },
  {
    id: t.Type<string, string, unknown>;
    name: t.Type<string, string, unknown>;
    arguments: t.Type<Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>, unknown>;
    signature: t.Type<string, string, unknown>;
  }
>;

declare const functionCallsOf: (interaction: Pick<Interaction, 'steps' | 'diagnostics'>) => readonly FunctionCall[];

declare const functionResult: (call: Pick<FunctionCall, 'id' | 'name'>, value: unknown) => FunctionResultStep;

declare const functionResultStep: Shape<
  {
    readonly type: t.Type<'function_result', 'function_result', unknown>;
  },
  {
    call_id: t.Type<string, string, unknown>;
    name: t.Type<string, string, unknown>;
    result: t.Type<unknown, unknown, unknown>;
    is_error: t.Type<boolean, boolean, unknown>;
    signature: t.Type<string, string, unknown>;
  }
>;

declare const functionTool: Shape<
  {
    name: t.Type<string, string, unknown>;
  } & {
    readonly type: t.Type<'function', 'function', unknown>;
  },
  {
    description: t.Type<string, string, unknown>;
    parameters: t.Type<Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>, unknown>;
  }
>;

declare const generateContentCandidate: Shape<
  {},
  {
    index: t.Type<number, number, unknown>;
    content: Shape<
      {},
      {
        role: t.StringC;
        parts: Codec<readonly GenerateContentPart[]> & {
          readonly item: Codec<GenerateContentPart>;
        };
      }
    >;
    finishReason: t.StringC;
    finishMessage: t.StringC;
    continuationToken: t.StringC;
    citationMetadata: Shape<
      {},
      {
        citations: Codec<
          readonly {
            readonly startIndex?: number | undefined;
            readonly endIndex?: number | undefined;
            readonly uri?: string | undefined;
            readonly title?: string | undefined;
          }[]
        > & {
          readonly item: Codec<{
            readonly startIndex?: number | undefined;
            readonly endIndex?: number | undefined;
            readonly uri?: string | undefined;
            readonly title?: string | undefined;
          }>;
        };
      }
    >;
    groundingMetadata: Codec<GroundingMetadata>;
    urlContextMetadata: Shape<
      {},
      {
        urlMetadata: Codec<
          readonly {
            readonly retrievedUrl?: string | undefined;
            readonly urlRetrievalStatus?: string | undefined;
          }[]
        > & {
          readonly item: Codec<{
            readonly retrievedUrl?: string | undefined;
            readonly urlRetrievalStatus?: string | undefined;
          }>;
        };
      }
    >;
  }
>;

declare const generateContentPart: Shape<
  {},
  {
    text: t.StringC;
    thought: t.BooleanC;
    thoughtSignature: t.StringC;
    inlineData: Shape<
      {},
      {
        mimeType: t.StringC;
        data: t.StringC;
      }
    >;
    fileData: Shape<
      {},
      {
        mimeType: t.StringC;
        fileUri: t.StringC;
      }
    >;
    functionCall: Shape<
      {},
      {
        id: t.StringC;
        name: t.StringC;
        args: t.Type<Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>, unknown>;
        partialArgs: Codec<
          readonly {
            readonly jsonPath?: string | undefined;
            readonly stringValue?: string | undefined;
            readonly numberValue?: number | undefined;
            readonly boolValue?: boolean | undefined;
            readonly nullValue?: unknown;
            readonly willContinue?: boolean | undefined;
          }[]
        > & {
          readonly item: Codec<{
            readonly jsonPath?: string | undefined;
            readonly stringValue?: string | undefined;
            readonly numberValue?: number | undefined;
            readonly boolValue?: boolean | undefined;
            readonly nullValue?: unknown;
            readonly willContinue?: boolean | undefined;
          }>;
        };
        willContinue: t.BooleanC;
      }
    >;
    executableCode: Shape<
      {},
      {
        id: t.StringC;
        code: t.StringC;
        language: t.StringC;
      }
    >;
    codeExecutionResult: Shape<
      {},
      {
        id: t.StringC;
        outcome: t.StringC;
        output: t.StringC;
      }
    >;
    toolCall: Shape<
      {},
      {
        id: t.StringC;
        toolType: t.StringC;
        args: t.Type<Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>, unknown>;
      }
    >;
    toolResponse: Shape<
      {},
      {
        id: t.StringC;
        toolType: t.StringC;
        response: t.Type<Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>, unknown>;
      }
    >;
  }
>;

declare const generateContentResponse: Shape<
  {},
  {
    candidates: Codec<readonly GenerateContentCandidate[]> & {
      readonly item: Codec<GenerateContentCandidate>;
    };
    promptFeedback: Shape<
      {},
      {
        blockReason: t.StringC;
        blockReasonMessage: t.StringC;
      }
    >;
    usageMetadata: Codec<GenerateContentUsage>;
    modelVersion: t.StringC;
    createTime: t.StringC;
    error: t.Type<Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>, unknown>;
  }
>;

declare const generateContentUsage: Shape<
  {},
  {
    promptTokenCount: t.Type<number, number, unknown>;
    candidatesTokenCount: t.Type<number, number, unknown>;
    thoughtsTokenCount: t.Type<number, number, unknown>;
    toolUsePromptTokenCount: t.Type<number, number, unknown>;
    cachedContentTokenCount: t.Type<number, number, unknown>;
    totalTokenCount: t.Type<number, number, unknown>;
    initialPromptTokenCount: t.Type<number, number, unknown>;
    promptTokensDetails: Codec<
      readonly {
        readonly modality?: string | undefined;
        readonly tokenCount?: number | undefined;
      }[]
    > & {
      readonly item: Codec<{
        readonly modality?: string | undefined;
        readonly tokenCount?: number | undefined;
      }>;
    };
    candidatesTokensDetails: Codec<
      readonly {
        readonly modality?: string | undefined;
        readonly tokenCount?: number | undefined;
      }[]
    > & {
      readonly item: Codec<{
        readonly modality?: string | undefined;
        readonly tokenCount?: number | undefined;
      }>;
    };
    cacheTokensDetails: Codec<
      readonly {
        readonly modality?: string | undefined;
        readonly tokenCount?: number | undefined;
      }[]
    > & {
      readonly item: Codec<{
        readonly modality?: string | undefined;
        readonly tokenCount?: number | undefined;
      }>;
    };
    toolUsePromptTokensDetails: Codec<
      readonly {
        readonly modality?: string | undefined;
        readonly tokenCount?: number | undefined;
      }[]
    > & {
      readonly item: Codec<{
        readonly modality?: string | undefined;
        readonly tokenCount?: number | undefined;
      }>;
    };
  }
>;

declare const generationConfig: Shape<
  {},
  {
    max_output_tokens: t.Type<number, number, unknown>;
    seed: t.Type<number, number, unknown>;
    stop_sequences: Codec<readonly string[]> & {
      readonly item: Codec<string>;
    };
    thinking_level: t.Type<OpenEnum<'low' | 'medium' | 'high' | 'minimal'>, string, unknown> & {
      readonly known: readonly ('low' | 'medium' | 'high' | 'minimal')[];
    };
    thinking_summaries: t.Type<OpenEnum<'auto' | 'none'>, string, unknown> & {
      readonly known: readonly ('auto' | 'none')[];
    };
    tool_choice: Codec<
      | OpenEnum<'auto' | 'any' | 'none' | 'validated'>
      | {
          readonly allowed_tools?:
            | {
                readonly mode?: OpenEnum<'auto' | 'any' | 'none' | 'validated'> | undefined;
                readonly tools?: readonly string[] | undefined;
              }
            | undefined;
        }
    > & {
      readonly choices: readonly [
        Codec<OpenEnum<'auto' | 'any' | 'none' | 'validated'>>,
        Codec<{
          readonly allowed_tools?:
            | {
                readonly mode?: OpenEnum<'auto' | 'any' | 'none' | 'validated'> | undefined;
                readonly tools?: readonly string[] | undefined;
              }
            | undefined;
        }>,
      ];
    };
    speech_config: Codec<Readonly<Record<string, unknown>> | readonly SpeechVoice[]> & {
      readonly choices: readonly [Codec<readonly SpeechVoice[]>, Codec<Readonly<Record<string, unknown>>>];
    };
    transcription_config: t.Type<Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>, unknown>;
    video_config: t.Type<Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>, unknown>;
    temperature: t.Type<number, number, unknown>;
    top_p: t.Type<number, number, unknown>;
    top_k: t.Type<number, number, unknown>;
    image_config: t.Type<Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>, unknown>;
  }
>;

declare const googleMaps: (options?: Omit<GoogleMapsTool, 'type'>) => GoogleMapsTool;

declare const googleMapsCallStep: Shape<
  {
    readonly type: t.Type<'google_maps_call', 'google_maps_call', unknown>;
  },
  {
    arguments: Shape<
      {},
      {
        queries: Codec<readonly string[]> & {
          readonly item: Codec<string>;
        };
      }
    >;
    id: t.Type<string, string, unknown>;
    signature: t.Type<string, string, unknown>;
  }
>;

declare const googleMapsResultItem: Shape<
  {},
  {
    places: Codec<readonly Readonly<Record<string, unknown>>[]> & {
      readonly item: Codec<Readonly<Record<string, unknown>>>;
    };
    widget_context_token: t.Type<string, string, unknown>;
  }
>;

declare const googleMapsResultStep: Shape<
  {
    readonly type: t.Type<'google_maps_result', 'google_maps_result', unknown>;
  },
  {
    result: Codec<readonly GoogleMapsResultItem[]> & {
      readonly item: Codec<GoogleMapsResultItem>;
    };
    call_id: t.Type<string, string, unknown>;
    is_error: t.Type<boolean, boolean, unknown>;
    signature: t.Type<string, string, unknown>;
  }
>;

declare const googleMapsTool: Shape<
  {
    readonly type: t.Type<'google_maps', 'google_maps', unknown>;
  },
  {
    latitude: t.Type<number, number, unknown>;
    longitude: t.Type<number, number, unknown>;
    enable_widget: t.Type<boolean, boolean, unknown>;
  }
>;

declare const googleSearch: (options?: Omit<GoogleSearchTool, 'type'>) => GoogleSearchTool;

declare const googleSearchCallStep: Shape<
  {
    readonly type: t.Type<'google_search_call', 'google_search_call', unknown>;
  },
  {
    arguments: Shape<
      {},
      {
        queries: Codec<readonly string[]> & {
          readonly item: Codec<string>;
        };
      }
    >;
    search_type: t.Type<OpenEnum<'web_search' | 'image_search' | 'enterprise_web_search'>, string, unknown> & {
      readonly known: readonly ('web_search' | 'image_search' | 'enterprise_web_search')[];
    };
    id: t.Type<string, string, unknown>;
    signature: t.Type<string, string, unknown>;
  }
>;

declare const googleSearchResultItem: Shape<
  {},
  {
    search_suggestions: t.Type<string, string, unknown>;
    title: t.Type<string, string, unknown>;
    url: t.Type<string, string, unknown>;
    rendered_content: t.Type<string, string, unknown>;
  }
>;

declare const googleSearchResultStep: Shape<
  {
    readonly type: t.Type<'google_search_result', 'google_search_result', unknown>;
  },
  {
    result: Codec<readonly GoogleSearchResultItem[]> & {
      readonly item: Codec<GoogleSearchResultItem>;
    };
    call_id: t.Type<string, string, unknown>;
    is_error: t.Type<boolean, boolean, unknown>;
    signature: t.Type<string, string, unknown>;
  }
>;

declare const googleSearchTool: Shape<
  {
    readonly type: t.Type<'google_search', 'google_search', unknown>;
  },
  {
    search_types: Codec<readonly OpenEnum<'web_search' | 'image_search' | 'enterprise_web_search'>[]> & {
      readonly item: Codec<OpenEnum<'web_search' | 'image_search' | 'enterprise_web_search'>>;
    };
  }
>;

declare const groundingChunk: Shape<
  {},
  {
    web: Shape<
      {},
      {
        uri: t.StringC;
        title: t.StringC;
      }
    >;
    image: Shape<
      {},
      {
        sourceUri: t.StringC;
        imageUri: t.StringC;
        title: t.StringC;
      }
    >;
    maps: Shape<
      {},
      {
        uri: t.StringC;
        title: t.StringC;
        placeId: t.StringC;
        placeAnswerSources: Shape<
          {},
          {
            reviewSnippets: Codec<
              readonly {
                readonly reviewId?: string | undefined;
                readonly title?: string | undefined;
                readonly googleMapsUri?: string | undefined;
              }[]
            > & {
              readonly item: Codec<{
                readonly reviewId?: string | undefined;
                readonly title?: string | undefined;
                readonly googleMapsUri?: string | undefined;
              }>;
            };
          }
        >;
      }
    >;
    retrievedContext: Shape<
      {},
      {
        uri: t.StringC;
        title: t.StringC;
        text: t.StringC;
        fileSearchStore: t.StringC;
        mediaId: t.StringC;
        pageNumber: t.Type<number, number, unknown>;
        customMetadata: Codec<
          readonly {
            readonly key?: string | undefined;
            readonly stringValue?: string | undefined;
            readonly numericValue?: number | undefined;
            readonly stringListValue?:
              | {
                  readonly values?: readonly string[] | undefined;
                }
              | undefined;
          }[]
        > & {
          readonly item: Codec<{
            readonly key?: string | undefined;
            readonly stringValue?: string | undefined;
            readonly numericValue?: number | undefined;
            readonly stringListValue?:
              | {
                  readonly values?: readonly string[] | undefined;
                }
              | undefined;
          }>;
        };
      }
    >;
  }
>;

declare const groundingMetadata: Shape<
  {},
  {
    webSearchQueries: Codec<readonly string[]> & {
      readonly item: Codec<string>;
    };
    imageSearchQueries: Codec<readonly string[]> & {
      readonly item: Codec<string>;
    };
    retrievalQueries: Codec<readonly string[]> & {
      readonly item: Codec<string>;
    };
    searchEntryPoint: Shape<
      {},
      {
        renderedContent: t.StringC;
      }
    >;
    googleMapsWidgetContextToken: t.StringC;
    groundingChunks: Codec<readonly GroundingChunk[]> & {
      readonly item: Codec<GroundingChunk>;
    };
    groundingSupports: Codec<readonly GroundingSupport[]> & {
      readonly item: Codec<GroundingSupport>;
    };
  }
>;

declare const groundingSupport: Shape<
  {},
  {
    segment: Shape<
      {},
      {
        partIndex: t.Type<number, number, unknown>;
        startIndex: t.Type<number, number, unknown>;
        endIndex: t.Type<number, number, unknown>;
        text: t.StringC;
      }
    >;
    groundingChunkIndices: Codec<readonly number[]> & {
      readonly item: Codec<number>;
    };
  }
>;

declare const groundingToolCount: Shape<
  {},
  {
    type: t.Type<OpenEnum<'google_search' | 'google_maps' | 'retrieval'>, string, unknown> & {
      readonly known: readonly ('google_search' | 'google_maps' | 'retrieval')[];
    };
    count: t.Type<number, number, unknown>;
  }
>;

declare function groupByStep(): OperatorFunction<InteractionEvent | TurnMark, StepObservable>;

declare const imageContent: Shape<
  {
    readonly type: t.Type<'image', 'image', unknown>;
  },
  {
    resolution: t.Type<OpenEnum<'low' | 'medium' | 'high' | 'ultra_high'>, string, unknown> & {
      readonly known: readonly ('low' | 'medium' | 'high' | 'ultra_high')[];
    };
    data: t.Type<string, string, unknown>;
    uri: t.Type<string, string, unknown>;
    mime_type: t.Type<string, string, unknown>;
  }
>;

declare const imageDelta: Shape<
  {
    readonly type: t.Type<'image', 'image', unknown>;
  },
  {
    signature: t.Type<string, string, unknown>;
    resolution: t.Type<OpenEnum<'low' | 'medium' | 'high' | 'ultra_high'>, string, unknown> & {
      readonly known: readonly ('low' | 'medium' | 'high' | 'ultra_high')[];
    };
    data: t.Type<string, string, unknown>;
    uri: t.Type<string, string, unknown>;
    mime_type: t.Type<string, string, unknown>;
  }
>;

declare const imageFormat: Shape<
  {
    readonly type: t.Type<'image', 'image', unknown>;
  },
  {
    mime_type: t.Type<string, string, unknown>;
    aspect_ratio: t.Type<string, string, unknown>;
    image_size: t.Type<string, string, unknown>;
    delivery: t.Type<OpenEnum<'uri' | 'inline'>, string, unknown> & {
      readonly known: readonly ('uri' | 'inline')[];
    };
  }
>;

declare function imageFrom(source: MediaSource, { scheduler, ...members }?: ImageFromConfig): Observable<ImageContent>;

declare const initialInteraction: () => InteractionState;

declare const interactionCompleted: Shape<
  {
    event_type: t.Type<'interaction.completed', 'interaction.completed', unknown>;
    interaction: Codec<InteractionResource>;
  },
  {
    event_id: t.Type<string, string, unknown>;
    metadata: Shape<
      {},
      {
        total_usage: Codec<Usage>;
      }
    >;
  }
>;

declare const interactionCreated: Shape<
  {
    event_type: t.Type<'interaction.created', 'interaction.created', unknown>;
    interaction: Codec<InteractionResource>;
  },
  {
    event_id: t.Type<string, string, unknown>;
    metadata: Shape<
      {},
      {
        total_usage: Codec<Usage>;
      }
    >;
  }
>;

declare const interactionFault: Shape<
  {},
  {
    code: t.Type<string, string, unknown>;
    message: t.Type<string, string, unknown>;
  }
>;

declare const interactionRequest: Shape<
  {},
  {
    model: t.Type<string, string, unknown>;
    agent: t.Type<string, string, unknown>;
    input: Codec<InteractionInput>;
    previous_interaction_id: t.Type<string, string, unknown>;
    system_instruction: t.Type<string, string, unknown>;
    tools: Codec<readonly Tool[]> & {
      readonly item: Codec<Tool>;
    };
    generation_config: Codec<GenerationConfig>;
    agent_config: t.Type<Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>, unknown>;
    response_format: Codec<ResponseFormat>;
    response_modalities: Codec<readonly string[]> & {
      readonly item: Codec<string>;
    };
    stream: t.Type<boolean, boolean, unknown>;
    store: t.Type<boolean, boolean, unknown>;
    background: t.Type<boolean, boolean, unknown>;
    continuation_token: t.Type<string, string, unknown>;
    environment: Codec<string | Readonly<Record<string, unknown>>> & {
      readonly choices: readonly [Codec<string>, Codec<Readonly<Record<string, unknown>>>];
    };
    service_tier: t.Type<OpenEnum<'flex' | 'standard' | 'priority' | 'deferred'>, string, unknown> & {
      readonly known: readonly ('flex' | 'standard' | 'priority' | 'deferred')[];
    };
    webhook_config: t.Type<Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>, unknown>;
    labels: t.Type<Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>, unknown>;
    safety_settings: Codec<readonly Readonly<Record<string, unknown>>[]> & {
      readonly item: Codec<Readonly<Record<string, unknown>>>;
    };
    cached_content: t.Type<string, string, unknown>;
  }
>;

declare const interactionResource: Shape<
  {},
  {
    id: t.Type<string, string, unknown>;
    object: t.Type<string, string, unknown>;
    status: t.Type<
      OpenEnum<
        | 'queued'
        | 'in_progress'
        | 'requires_action'
        | 'requires_continuation'
        | 'completed'
        | 'incomplete'
        | 'failed'
        | 'cancelled'
        | 'budget_exceeded'
      >,
      string,
      unknown
    > & {
      readonly known: readonly (
        | 'queued'
        | 'in_progress'
        | 'requires_action'
        | 'requires_continuation'
        | 'completed'
        | 'incomplete'
        | 'failed'
        | 'cancelled'
        | 'budget_exceeded'
      )[];
    };
    model: t.Type<string, string, unknown>;
    agent: t.Type<string, string, unknown>;
    created: t.Type<string, string, unknown>;
    updated: t.Type<string, string, unknown>;
    steps: Codec<readonly Step[]> & {
      readonly item: Codec<Step>;
    };
    usage: Codec<Usage>;
    service_tier: t.Type<OpenEnum<'flex' | 'standard' | 'priority' | 'deferred'>, string, unknown> & {
      readonly known: readonly ('flex' | 'standard' | 'priority' | 'deferred')[];
    };
    previous_interaction_id: t.Type<string, string, unknown>;
    continuation_token: t.Type<string, string, unknown>;
    environment_id: t.Type<string, string, unknown>;
    errors: Codec<readonly InteractionFault[]> & {
      readonly item: Codec<InteractionFault>;
    };
    system_instruction: t.Type<string, string, unknown>;
    labels: t.Type<Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>, unknown>;
  }
>;

declare const interactionStatusUpdate: Shape<
  {
    event_type: t.Type<'interaction.status_update', 'interaction.status_update', unknown>;
    status: t.Type<
      OpenEnum<
        | 'queued'
        | 'in_progress'
        | 'requires_action'
        | 'requires_continuation'
        | 'completed'
        | 'incomplete'
        | 'failed'
        | 'cancelled'
        | 'budget_exceeded'
      >,
      string,
      unknown
    > & {
      readonly known: readonly (
        | 'queued'
        | 'in_progress'
        | 'requires_action'
        | 'requires_continuation'
        | 'completed'
        | 'incomplete'
        | 'failed'
        | 'cancelled'
        | 'budget_exceeded'
      )[];
    };
  },
  {
    event_id: t.Type<string, string, unknown>;
    metadata: Shape<
      {},
      {
        total_usage: Codec<Usage>;
      }
    >;
    interaction_id: t.Type<string, string, unknown>;
    usage: Codec<Usage>;
    continuation_token: t.Type<string, string, unknown>;
  }
>;

declare const isLive: (status: string | undefined) => boolean;

declare const managedAgent: ({
  agent,
  environment,
  model,
  max_total_tokens,
  ...rest
}: ManagedAgentRequest) => InteractionRequest;

declare const mcpServerTool: Shape<
  {
    name: t.Type<string, string, unknown>;
    url: t.Type<string, string, unknown>;
  } & {
    readonly type: t.Type<'mcp_server', 'mcp_server', unknown>;
  },
  {
    headers: t.Type<Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>, unknown>;
    allowed_tools: Codec<
      readonly {
        readonly mode?: string | undefined;
        readonly tools?: readonly string[] | undefined;
      }[]
    > & {
      readonly item: Codec<{
        readonly mode?: string | undefined;
        readonly tools?: readonly string[] | undefined;
      }>;
    };
  }
>;

declare const mcpServerToolCallStep: Shape<
  {
    readonly type: t.Type<'mcp_server_tool_call', 'mcp_server_tool_call', unknown>;
  },
  {
    arguments: t.Type<Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>, unknown>;
    name: t.Type<string, string, unknown>;
    server_name: t.Type<string, string, unknown>;
    id: t.Type<string, string, unknown>;
    signature: t.Type<string, string, unknown>;
  }
>;

declare const mcpServerToolResultStep: Shape<
  {
    readonly type: t.Type<'mcp_server_tool_result', 'mcp_server_tool_result', unknown>;
  },
  {
    result: t.Type<unknown, unknown, unknown>;
    name: t.Type<string, string, unknown>;
    server_name: t.Type<string, string, unknown>;
    call_id: t.Type<string, string, unknown>;
    is_error: t.Type<boolean, boolean, unknown>;
    signature: t.Type<string, string, unknown>;
  }
>;

declare function mediaChunks(modality: MediaModality): OperatorFunction<InteractionEvent | TurnMark, MediaChunk>;

declare const mediaOf: (interaction: Interaction, modality: MediaModality) => readonly MediaBlock[];

declare const modalityTokens: Shape<
  {},
  {
    modality: t.Type<OpenEnum<'text' | 'image' | 'audio' | 'video' | 'document'>, string, unknown> & {
      readonly known: readonly ('text' | 'image' | 'audio' | 'video' | 'document')[];
    };
    tokens: t.Type<number, number, unknown>;
  }
>;

declare const modelOutputStep: Shape<
  {
    readonly type: t.Type<'model_output', 'model_output', unknown>;
  },
  {
    content: Codec<readonly Content[]>;
    error: Codec<RpcStatus>;
    signature: t.Type<string, string, unknown>;
  }
>;

declare function ofDeltaType<const Type extends Delta['type']>(
  ...types: readonly [Type, ...Type[]]
): OperatorFunction<
  InteractionEvent | TurnMark,
  Extract<
    Delta,
    {
      readonly type: Type;
    }
  >
>;

declare function ofEventType<
  Event extends {
    readonly event_type: string;
  },
  const Type extends Event['event_type'],
>(
  ...types: readonly [Type, ...Type[]]
): OperatorFunction<
  Event,
  Extract<
    Event,
    {
      readonly event_type: Type;
    }
  >
>;

declare function ofStepType<const Type extends Step['type']>(
  ...types: readonly [Type, ...Type[]]
): OperatorFunction<
  StepObservable,
  StepObservable<
    Extract<
      Step,
      {
        readonly type: Type;
      }
    >
  >
>;

declare const outputAudio: (interaction: Timeline) => AudioContent | undefined;

declare const outputImage: (interaction: Timeline) => ImageContent | undefined;

declare const outputText: (interaction: Timeline) => string | undefined;

declare const outputVideo: (interaction: Timeline) => VideoContent | undefined;

declare function partitionByModality(events$: Observable<InteractionEvent | TurnMark>): Modalities;

declare const placeCitation: Shape<
  {
    readonly type: t.Type<'place_citation', 'place_citation', unknown>;
  },
  {
    start_index: t.Type<number, number, unknown>;
    end_index: t.Type<number, number, unknown>;
    place_id: t.Type<string, string, unknown>;
    name: t.Type<string, string, unknown>;
    url: t.Type<string, string, unknown>;
    review_snippets: Codec<readonly Readonly<Record<string, unknown>>[]> & {
      readonly item: Codec<Readonly<Record<string, unknown>>>;
    };
  }
>;

declare const processingCallStep: Shape<
  {
    readonly type: t.Type<'processing_call', 'processing_call', unknown>;
  },
  {
    id: t.Type<string, string, unknown>;
    signature: t.Type<string, string, unknown>;
  }
>;

declare const processingResultStep: Shape<
  {
    readonly type: t.Type<'processing_result', 'processing_result', unknown>;
  },
  {
    call_id: t.Type<string, string, unknown>;
    signature: t.Type<string, string, unknown>;
  }
>;

declare const rawOf: (event: InteractionEvent) => unknown;

declare function reduceArguments(): OperatorFunction<InteractionEvent | TurnMark, StreamedCall>;

declare function reduceArguments<A>(
  decoder: Decoder<A>,
): OperatorFunction<InteractionEvent | TurnMark, StreamedCall<A>>;

declare function reduceInteraction({
  from,
  media,
}?: ScanInteractionConfig): OperatorFunction<InteractionEvent | TurnMark, Interaction>;

declare function reduceJson(): OperatorFunction<string, unknown>;

declare function reduceJson<A>(decoder: Decoder<A>): OperatorFunction<string, A>;

declare function reduceMedia(modality: MediaModality): OperatorFunction<InteractionEvent | TurnMark, MediaBlock>;

declare function reduceOutput(): OperatorFunction<InteractionEvent | TurnMark, unknown>;

declare function reduceOutput<A>(decoder: Decoder<A>): OperatorFunction<InteractionEvent | TurnMark, A>;

declare function reduceStep<S extends Step>(): OperatorFunction<EventOfSteps<S>, S>;

declare function reduceText(): OperatorFunction<InteractionEvent | TurnMark, string>;

declare const responseFormat: (source: AnyDecoder | JsonSchema, { schema }?: ResponseFormatConfig) => JsonFormat;

declare const resultEvents: (
  settled: Pick<Interaction, 'steps'>,
  results: readonly FunctionResultStep[],
) => readonly InteractionEvent[];

declare const retrievalCallStep: Shape<
  {
    readonly type: t.Type<'retrieval_call', 'retrieval_call', unknown>;
  },
  {
    arguments: Shape<
      {},
      {
        queries: Codec<readonly string[]> & {
          readonly item: Codec<string>;
        };
      }
    >;
    retrieval_type: t.Type<
      OpenEnum<'vertex_ai_search' | 'rag_store' | 'exa_ai_search' | 'parallel_ai_search'>,
      string,
      unknown
    > & {
      readonly known: readonly ('vertex_ai_search' | 'rag_store' | 'exa_ai_search' | 'parallel_ai_search')[];
    };
    id: t.Type<string, string, unknown>;
    signature: t.Type<string, string, unknown>;
  }
>;

declare const retrievalResultStep: Shape<
  {
    readonly type: t.Type<'retrieval_result', 'retrieval_result', unknown>;
  },
  {
    call_id: t.Type<string, string, unknown>;
    is_error: t.Type<boolean, boolean, unknown>;
    signature: t.Type<string, string, unknown>;
  }
>;

declare const retrievalTool: Shape<
  {
    readonly type: t.Type<'retrieval', 'retrieval', unknown>;
  },
  {
    retrieval_types: Codec<readonly string[]> & {
      readonly item: Codec<string>;
    };
    vertex_ai_search_config: t.Type<Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>, unknown>;
    rag_store_config: t.Type<Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>, unknown>;
    exa_ai_search_config: t.Type<Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>, unknown>;
    parallel_ai_search_config: t.Type<Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>, unknown>;
  }
>;

declare const rpcStatus: Shape<
  {},
  {
    code: t.Type<number, number, unknown>;
    message: t.Type<string, string, unknown>;
    details: Codec<readonly Readonly<Record<string, unknown>>[]> & {
      readonly item: Codec<Readonly<Record<string, unknown>>>;
    };
  }
>;

declare function runBackground(
  client: Pick<InteractionsClient, 'create' | 'resume' | 'cancel'>,
  request: InteractionRequest,
  { scheduler, extraBody, ...options }?: RunBackgroundConfig,
): Observable<InteractionEvent>;

declare function runTools(
  client: Pick<InteractionsClient, 'stream'> & Partial<Pick<InteractionsClient, 'cancel'>>,
  { tools, ...rest }: RunToolsRequest,
  {
    maxRounds,
    concurrent,
    onToolError,
    approve,
    approvalTimeout,
    budget,
    history,
    onMissingHistory,
    turnId: givenId,
    random,
    scheduler,
    ...config
  }?: RunToolsConfig,
): Observable<TurnEvent>;

declare function scanArguments(): OperatorFunction<InteractionEvent | TurnMark, ArgumentsSnapshot>;

declare function scanInteraction({
  from,
  media,
}?: ScanInteractionConfig): OperatorFunction<InteractionEvent | TurnMark, Interaction>;

declare function scanJson(): OperatorFunction<string, JsonSnapshot>;

declare function scanStep<S extends Step>(): OperatorFunction<EventOfSteps<S>, S>;

declare function scanText(): OperatorFunction<InteractionEvent | TurnMark, string>;

declare const snapshotOf: (state: InteractionState) => Interaction;

declare const speechMetadata: Shape<
  {
    readonly type: t.Type<'speech_metadata', 'speech_metadata', unknown>;
  },
  {
    start_index: t.Type<number, number, unknown>;
    end_index: t.Type<number, number, unknown>;
    speaker: t.Type<string, string, unknown>;
    style: t.Type<string, string, unknown>;
  }
>;

declare const speechVoice: Shape<
  {},
  {
    voice: t.Type<string, string, unknown>;
    language: t.Type<string, string, unknown>;
    speaker: t.Type<string, string, unknown>;
  }
>;

declare function splitModalities<R>(
  project: (modalities: Modalities) => ObservableInput<R>,
): OperatorFunction<InteractionEvent | TurnMark, R>;

declare const stepDelta: Shape<
  {
    event_type: t.Type<'step.delta', 'step.delta', unknown>;
    index: t.Type<number, number, unknown>;
    delta: TaggedUnion<Delta>;
  },
  {
    event_id: t.Type<string, string, unknown>;
    metadata: Shape<
      {},
      {
        total_usage: Codec<Usage>;
      }
    >;
  }
>;

declare const stepStart: Shape<
  {
    event_type: t.Type<'step.start', 'step.start', unknown>;
    index: t.Type<number, number, unknown>;
    step: TaggedUnion<Step>;
  },
  {
    event_id: t.Type<string, string, unknown>;
    metadata: Shape<
      {},
      {
        total_usage: Codec<Usage>;
      }
    >;
  }
>;

declare const stepStop: Shape<
  {
    event_type: t.Type<'step.stop', 'step.stop', unknown>;
    index: t.Type<number, number, unknown>;
  },
  {
    event_id: t.Type<string, string, unknown>;
    metadata: Shape<
      {},
      {
        total_usage: Codec<Usage>;
      }
    >;
    usage: Codec<Usage>;
    step_usage: Codec<Usage>;
  }
>;

declare function takeUntilSettled<
  Event extends {
    readonly event_type: string;
  },
>(): MonoTypeOperatorFunction<Event>;

declare const text: (value: string) => TextContent;

declare const textAnnotationDelta: Shape<
  {
    readonly type: t.Type<'text_annotation_delta', 'text_annotation_delta', unknown>;
  },
  {
    signature: t.Type<string, string, unknown>;
    annotations: Codec<readonly Annotation[]> & {
      readonly item: Codec<Annotation>;
    };
  }
>;

declare const textContent: Shape<
  {
    text: t.Type<string, string, unknown>;
  } & {
    readonly type: t.Type<'text', 'text', unknown>;
  },
  {
    annotations: Codec<readonly Annotation[]> & {
      readonly item: Codec<Annotation>;
    };
  }
>;

declare const textDelta: Shape<
  {
    text: t.Type<string, string, unknown>;
  } & {
    readonly type: t.Type<'text', 'text', unknown>;
  },
  {
    signature: t.Type<string, string, unknown>;
    annotations: Codec<readonly Annotation[]> & {
      readonly item: Codec<Annotation>;
    };
  }
>;

declare function textDeltas(): OperatorFunction<InteractionEvent | TurnMark, string>;

declare const textFormat: Shape<
  {
    readonly type: t.Type<'text', 'text', unknown>;
  },
  {
    mime_type: t.Type<OpenEnum<'application/json' | 'text/plain'>, string, unknown> & {
      readonly known: readonly ('application/json' | 'text/plain')[];
    };
    schema: t.Type<Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>, unknown>;
  }
>;

declare function thoughtDeltas(): OperatorFunction<InteractionEvent | TurnMark, string>;

declare const thoughtSignatureDelta: Shape<
  {
    readonly type: t.Type<'thought_signature', 'thought_signature', unknown>;
  },
  {
    signature: t.Type<string, string, unknown>;
  }
>;

declare const thoughtStep: Shape<
  {
    readonly type: t.Type<'thought', 'thought', unknown>;
  },
  {
    summary: Codec<readonly Content[]>;
    signature: t.Type<string, string, unknown>;
  }
>;

declare const thoughtSummaryDelta: Shape<
  {
    readonly type: t.Type<'thought_summary', 'thought_summary', unknown>;
  },
  {
    signature: t.Type<string, string, unknown>;
    content: TaggedUnion<Content>;
  }
>;

declare function throwIfUnsettled(): MonoTypeOperatorFunction<InteractionEvent>;

declare function throwOnErrorEvent(): MonoTypeOperatorFunction<InteractionEvent>;

declare function toInteractionRequest(
  older: GenerateContentRequest,
  { enterprise }?: ToInteractionRequestConfig,
): ConvertedRequest;

declare function unknownEvents(): OperatorFunction<InteractionEvent, unknown>;

declare const urlCitation: Shape<
  {
    readonly type: t.Type<'url_citation', 'url_citation', unknown>;
  },
  {
    start_index: t.Type<number, number, unknown>;
    end_index: t.Type<number, number, unknown>;
    url: t.Type<string, string, unknown>;
    title: t.Type<string, string, unknown>;
  }
>;

declare const urlContext: () => UrlContextTool;

declare const urlContextCallStep: Shape<
  {
    readonly type: t.Type<'url_context_call', 'url_context_call', unknown>;
  },
  {
    arguments: Shape<
      {},
      {
        urls: Codec<readonly string[]> & {
          readonly item: Codec<string>;
        };
      }
    >;
    id: t.Type<string, string, unknown>;
    signature: t.Type<string, string, unknown>;
  }
>;

declare const urlContextResultItem: Shape<
  {},
  {
    url: t.Type<string, string, unknown>;
    status: t.Type<OpenEnum<'success' | 'error' | 'paywall' | 'unsafe'>, string, unknown> & {
      readonly known: readonly ('success' | 'error' | 'paywall' | 'unsafe')[];
    };
  }
>;

declare const urlContextResultStep: Shape<
  {
    readonly type: t.Type<'url_context_result', 'url_context_result', unknown>;
  },
  {
    result: Codec<readonly UrlContextResultItem[]> & {
      readonly item: Codec<UrlContextResultItem>;
    };
    call_id: t.Type<string, string, unknown>;
    is_error: t.Type<boolean, boolean, unknown>;
    signature: t.Type<string, string, unknown>;
  }
>;

declare const urlContextTool: Shape<
  Record<never, never> & {
    readonly type: t.Type<'url_context', 'url_context', unknown>;
  },
  Record<never, never>
>;

declare const usage: Shape<
  {},
  {
    total_input_tokens: t.Type<number, number, unknown>;
    total_output_tokens: t.Type<number, number, unknown>;
    total_thought_tokens: t.Type<number, number, unknown>;
    total_tool_use_tokens: t.Type<number, number, unknown>;
    total_cached_tokens: t.Type<number, number, unknown>;
    total_tokens: t.Type<number, number, unknown>;
    initial_input_tokens: t.Type<number, number, unknown>;
    input_tokens_by_modality: Codec<readonly ModalityTokens[]> & {
      readonly item: Codec<ModalityTokens>;
    };
    output_tokens_by_modality: Codec<readonly ModalityTokens[]> & {
      readonly item: Codec<ModalityTokens>;
    };
    cached_tokens_by_modality: Codec<readonly ModalityTokens[]> & {
      readonly item: Codec<ModalityTokens>;
    };
    tool_use_tokens_by_modality: Codec<readonly ModalityTokens[]> & {
      readonly item: Codec<ModalityTokens>;
    };
    grounding_tool_count: Codec<readonly GroundingToolCount[]> & {
      readonly item: Codec<GroundingToolCount>;
    };
  }
>;

declare const userInputStep: Shape<
  {
    readonly type: t.Type<'user_input', 'user_input', unknown>;
  },
  {
    content: Codec<readonly Content[]>;
  }
>;

declare const videoContent: Shape<
  {
    readonly type: t.Type<'video', 'video', unknown>;
  },
  {
    resolution: t.Type<OpenEnum<'low' | 'medium' | 'high' | 'ultra_high'>, string, unknown> & {
      readonly known: readonly ('low' | 'medium' | 'high' | 'ultra_high')[];
    };
    name: t.Type<string, string, unknown>;
    processing: Codec<string | Readonly<Record<string, unknown>>> & {
      readonly choices: readonly [Codec<string>, Codec<Readonly<Record<string, unknown>>>];
    };
    data: t.Type<string, string, unknown>;
    uri: t.Type<string, string, unknown>;
    mime_type: t.Type<string, string, unknown>;
  }
>;

declare const videoDelta: Shape<
  {
    readonly type: t.Type<'video', 'video', unknown>;
  },
  {
    signature: t.Type<string, string, unknown>;
    resolution: t.Type<OpenEnum<'low' | 'medium' | 'high' | 'ultra_high'>, string, unknown> & {
      readonly known: readonly ('low' | 'medium' | 'high' | 'ultra_high')[];
    };
    name: t.Type<string, string, unknown>;
    processing: Codec<string | Readonly<Record<string, unknown>>> & {
      readonly choices: readonly [Codec<string>, Codec<Readonly<Record<string, unknown>>>];
    };
    data: t.Type<string, string, unknown>;
    uri: t.Type<string, string, unknown>;
    mime_type: t.Type<string, string, unknown>;
  }
>;

declare const videoFormat: Shape<
  {
    readonly type: t.Type<'video', 'video', unknown>;
  },
  {
    aspect_ratio: t.Type<string, string, unknown>;
    duration: t.Type<string, string, unknown>;
    resolution: t.Type<string, string, unknown>;
    delivery: t.Type<OpenEnum<'uri' | 'inline'>, string, unknown> & {
      readonly known: readonly ('uri' | 'inline')[];
    };
    gcs_uri: t.Type<string, string, unknown>;
  }
>;

declare function videoFrom(source: MediaSource, { scheduler, ...members }?: VideoFromConfig): Observable<VideoContent>;

declare const wordInfo: Shape<
  {
    readonly type: t.Type<'word_info', 'word_info', unknown>;
  },
  {
    start_index: t.Type<number, number, unknown>;
    end_index: t.Type<number, number, unknown>;
    text: t.Type<string, string, unknown>;
    speaker: t.Type<string, string, unknown>;
    start_offset: t.Type<string, string, unknown>;
    end_offset: t.Type<string, string, unknown>;
  }
>;

export {
  Annotation,
  ArgumentsDelta,
  ArgumentsError,
  AudioContent,
  AudioDelta,
  AudioFormat,
  BudgetError,
  CodeExecutionCallStep,
  CodeExecutionResultStep,
  CodeExecutionTool,
  ComputerUseTool,
  Content,
  ContinuationError,
  CredentialsError,
  DecodeError,
  Delta,
  DescribedType,
  DocumentContent,
  DocumentDelta,
  ErrorEvent,
  FileCitation,
  FileSearchCallStep,
  FileSearchResultStep,
  FileSearchTool,
  FrameError,
  FunctionCallStep,
  FunctionResultStep,
  FunctionTool,
  GenerateContentCandidate,
  GenerateContentPart,
  GenerateContentResponse,
  GenerateContentUsage,
  GenerationConfig,
  GoogleMapsCallStep,
  GoogleMapsResultStep,
  GoogleMapsTool,
  GoogleSearchCallStep,
  GoogleSearchResultStep,
  GoogleSearchTool,
  GroundingChunk,
  GroundingMetadata,
  GroundingSupport,
  HttpError,
  ImageContent,
  ImageDelta,
  ImageFormat,
  InteractionCompleted,
  InteractionCreated,
  InteractionError,
  InteractionEvent,
  InteractionFault,
  InteractionInput,
  InteractionRequest,
  InteractionResource,
  InteractionStatus,
  InteractionStatusUpdate,
  McpServerTool,
  McpServerToolCallStep,
  McpServerToolResultStep,
  Modality,
  ModalityTokens,
  ModelOutputStep,
  OutputError,
  PlaceCitation,
  ProcessingCallStep,
  ProcessingResultStep,
  RequestError,
  ResponseFormat,
  ResponseFormatEntry,
  RetrievalCallStep,
  RetrievalResultStep,
  RetrievalTool,
  RoundLimitError,
  RpcStatus,
  ServerError,
  SpeechMetadata,
  Step,
  StepDelta,
  StepStart,
  StepStop,
  TextAnnotationDelta,
  TextContent,
  TextDelta,
  TextFormat,
  ThoughtSignatureDelta,
  ThoughtStep,
  ThoughtSummaryDelta,
  TimeLimitError,
  Tool,
  ToolChoice,
  ToolError,
  TransportError,
  UnsettledError,
  UrlCitation,
  UrlContextCallStep,
  UrlContextResultStep,
  UrlContextTool,
  Usage,
  UserInputStep,
  VideoContent,
  VideoDelta,
  VideoFormat,
  WordInfo,
  accumulateInteraction,
  attempt,
  audioFrom,
  citations,
  citationsOf,
  coalesce,
  codeExecution,
  contentFrom,
  continueWith,
  converse,
  createClient,
  createConversation,
  cursorOf,
  customAgent,
  decodeEvent,
  decodeEvents,
  decodeFrames,
  decodeGenerateContent,
  deepResearch,
  defineTool,
  described,
  documentFrom,
  elementsAt,
  encodeEvents,
  environmentOf,
  eventsOf,
  fetchTransport,
  followUp,
  fromGenerateContent,
  fromSdkStream,
  functionCallsOf,
  functionResult,
  googleMaps,
  googleSearch,
  groupByStep,
  imageFrom,
  initialInteraction,
  isLive,
  managedAgent,
  mediaChunks,
  mediaOf,
  ofDeltaType,
  ofEventType,
  ofStepType,
  outputAudio,
  outputImage,
  outputText,
  outputVideo,
  partitionByModality,
  rawOf,
  reduceArguments,
  reduceInteraction,
  reduceJson,
  reduceMedia,
  reduceOutput,
  reduceStep,
  reduceText,
  responseFormat,
  resultEvents,
  runBackground,
  runTools,
  scanArguments,
  scanInteraction,
  scanJson,
  scanStep,
  scanText,
  snapshotOf,
  splitModalities,
  takeUntilSettled,
  text,
  textDeltas,
  thoughtDeltas,
  throwIfUnsettled,
  throwOnErrorEvent,
  toInteractionRequest,
  unknownEvents,
  urlContext,
  videoFrom,
};

export type {
  AccessToken,
  AccessTokenContext,
  AccessTokenSource,
  AgentEnvironment,
  AgentRequest,
  Approval,
  Approve,
  ArgumentsSnapshot,
  AudioFromConfig,
  Budget,
  BudgetLimit,
  CallConfig,
  Citation,
  ClientConfig,
  ClientLimits,
  ClientTool,
  CoalesceConfig,
  CodecToolConfig,
  ContentPart,
  ContinuationState,
  Conversation,
  ConversationConfig,
  ConversationRequest,
  ConversationState,
  ConverseConfig,
  ConvertedRequest,
  Cursor,
  CursorConfig,
  CursorState,
  CursorStep,
  CustomAgentRequest,
  DecodeEventsConfig,
  DecodeFramesConfig,
  DecodeGenerateContentConfig,
  DecodeIssue,
  Decoder,
  DeepResearchRequest,
  Diagnostic,
  DocumentFromConfig,
  EnterpriseConfig,
  EventOfSteps,
  FetchLike,
  FetchTransportConfig,
  FunctionCall,
  FunctionCallDelta,
  FunctionResultDelta,
  GenerateContentRequest,
  GenerateContentRequestContent,
  GenerateContentRequestPart,
  GenerateContentSource,
  ImageFromConfig,
  Interaction,
  InteractionErrorOptions,
  InteractionState,
  InteractionsClient,
  JsonFormat,
  JsonSchema,
  JsonSnapshot,
  ListenConfig,
  ManagedAgentRequest,
  MediaBlock,
  MediaChunk,
  MediaContent,
  MediaDelta,
  MediaInSnapshots,
  MediaInfo,
  MediaModality,
  MediaSource,
  Modalities,
  OpenEnum,
  PayloadDelta,
  PollConfig,
  PromptStrategy,
  RequestConfig,
  ResponseFormatConfig,
  ResumeCallConfig,
  ResumeConfig,
  RetryConfig,
  RunBackgroundConfig,
  RunToolsConfig,
  RunToolsRequest,
  SavedConversation,
  SavedTurn,
  ScanInteractionConfig,
  SchemaToolConfig,
  SdkStream,
  ServerToolCallStep,
  ServerToolResultStep,
  ServerToolStep,
  SseFrame,
  StandardSchema,
  StepEvent,
  StepEventOf,
  StepObservable,
  StreamedCall,
  TextPiece,
  TimeLimit,
  TimeLimits,
  ToInteractionRequestConfig,
  ToolApprovalRequired,
  ToolCall,
  ToolContext,
  ToolEvent,
  ToolOutput,
  ToolProgress,
  ToolResult,
  Transport,
  TransportRequest,
  TransportResponse,
  TurnCompleted,
  TurnError,
  TurnEvent,
  TurnFailed,
  TurnInterrupted,
  TurnMark,
  TurnStarted,
  TurnState,
  UnknownAnnotation,
  UnknownContent,
  UnknownDelta,
  UnknownEvent,
  UnknownStep,
  Unrecognized,
  UnsupportedMember,
  Validate,
  ValidationIssue,
  Verdict,
  VideoFromConfig,
};
