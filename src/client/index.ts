export { askOnce } from './cancel-on-leave.js';
export type { AccessToken, AccessTokenContext, AccessTokenSource } from './access-token.js';
export type {
  CallConfig,
  ClientConfig,
  ClientLimits,
  ListenConfig,
  PollConfig,
  RequestConfig,
  ResumeCallConfig,
} from './client-config.js';
export { createClient, type InteractionsClient } from './create-client.js';
export type { EnterpriseConfig } from './enterprise.js';
export type { ResumeConfig } from './resume-ladder.js';
export type { RetryConfig } from './retry-gate.js';
export { runBackground, type RunBackgroundConfig } from './run-background.js';
export type { TimeLimits } from './time-limits.js';
