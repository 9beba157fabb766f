export type { ClientConfig, ClientLimits, PollConfig, RequestConfig } from './client-config.js';
export { createClient, type InteractionsClient } from './create-client.js';
