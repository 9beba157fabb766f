// the client: request → events, request → interaction
export {
  type ClientConfig,
  type ClientLimits,
  createClient,
  type InteractionsClient,
  type PollConfig,
  type RequestConfig,
} from './client/index.js';

// how requests are sent: `fetch` here, undici in rx-interactions/node
export {
  type FetchLike,
  fetchTransport,
  type FetchTransportConfig,
  type Transport,
  type TransportRequest,
  type TransportResponse,
} from './transport/index.js';

// bytes → frames
export { decodeFrames, type DecodeFramesConfig, type SseFrame } from './frames/index.js';

// frames → events, and back
export {
  attempt,
  decodeEvent,
  decodeEvents,
  type DecodeEventsConfig,
  encodeEvents,
  ofEventType,
  takeUntilSettled,
  throwOnErrorEvent,
  unknownEvents,
} from './events/index.js';

// events → interaction, and back
export {
  accumulateInteraction,
  eventsOf,
  initialInteraction,
  type InteractionState,
  outputAudio,
  outputImage,
  outputText,
  outputVideo,
  reduceInteraction,
  scanInteraction,
  snapshotOf,
  throwIfUnsettled,
  type TurnMark,
} from './interaction/index.js';

// interaction → turns
export {
  type ClientTool,
  codeExecution,
  type CodecToolConfig,
  continueWith,
  defineTool,
  described,
  type DescribedType,
  followUp,
  type FunctionCall,
  functionCallsOf,
  functionResult,
  googleMaps,
  googleSearch,
  type JsonSchema,
  runTools,
  type RunToolsConfig,
  type RunToolsRequest,
  type SchemaToolConfig,
  type ToolCall,
  type ToolContext,
  type ToolOutput,
  type ToolProgress,
  type ToolResult,
  type TurnEvent,
  type TurnStarted,
  urlContext,
} from './turns/index.js';

// errors
export {
  ArgumentsError,
  CredentialsError,
  DecodeError,
  type DecodeIssue,
  FrameError,
  HttpError,
  InteractionError,
  type InteractionErrorOptions,
  RequestError,
  RoundLimitError,
  ServerError,
  ToolError,
  TransportError,
  UnsettledError,
} from './errors/index.js';

// the wire: events
export type {
  ErrorEvent,
  InteractionCompleted,
  InteractionCreated,
  InteractionEvent,
  InteractionStatusUpdate,
  StepDelta,
  StepEvent,
  StepStart,
  StepStop,
  UnknownEvent,
} from './protocol/index.js';

// the wire: interactions and steps
export { isLive } from './protocol/index.js';
export type {
  CodeExecutionCallStep,
  CodeExecutionResultStep,
  Diagnostic,
  FileSearchCallStep,
  FileSearchResultStep,
  FunctionCallStep,
  FunctionResultStep,
  GoogleMapsCallStep,
  GoogleMapsResultStep,
  GoogleSearchCallStep,
  GoogleSearchResultStep,
  Interaction,
  InteractionFault,
  InteractionResource,
  InteractionStatus,
  McpServerToolCallStep,
  McpServerToolResultStep,
  Modality,
  ModalityTokens,
  ModelOutputStep,
  OpenEnum,
  ProcessingCallStep,
  ProcessingResultStep,
  RetrievalCallStep,
  RetrievalResultStep,
  RpcStatus,
  ServerToolCallStep,
  ServerToolResultStep,
  Step,
  ThoughtStep,
  UnknownStep,
  UrlContextCallStep,
  UrlContextResultStep,
  Usage,
  UserInputStep,
} from './protocol/index.js';

// the wire: content and deltas
export type {
  Annotation,
  ArgumentsDelta,
  AudioContent,
  AudioDelta,
  Content,
  Delta,
  DocumentContent,
  DocumentDelta,
  FileCitation,
  FunctionCallDelta,
  FunctionResultDelta,
  ImageContent,
  ImageDelta,
  MediaContent,
  MediaDelta,
  PayloadDelta,
  PlaceCitation,
  SpeechMetadata,
  TextAnnotationDelta,
  TextContent,
  TextDelta,
  ThoughtSignatureDelta,
  ThoughtSummaryDelta,
  UnknownAnnotation,
  UnknownContent,
  UnknownDelta,
  UrlCitation,
  VideoContent,
  VideoDelta,
  WordInfo,
} from './protocol/index.js';

// the wire: requests
export type {
  AudioFormat,
  CodeExecutionTool,
  ComputerUseTool,
  FileSearchTool,
  FunctionTool,
  GenerationConfig,
  GoogleMapsTool,
  GoogleSearchTool,
  ImageFormat,
  InteractionInput,
  InteractionRequest,
  McpServerTool,
  ResponseFormat,
  ResponseFormatEntry,
  RetrievalTool,
  TextFormat,
  Tool,
  ToolChoice,
  UrlContextTool,
  VideoFormat,
} from './protocol/index.js';
