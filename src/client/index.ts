export type {
  CallConfig,
  ClientConfig,
  ClientLimits,
  ListenConfig,
  PollConfig,
  RequestConfig,
} from './client-config.js';
export { createClient, type InteractionsClient } from './create-client.js';
export type { ResumeConfig } from './resume-ladder.js';
export type { RetryConfig } from './retry-gate.js';
export type { TimeLimits } from './time-limits.js';
