/*
 * Requests for agents. Each is an `InteractionRequest` like any other; its parameter's type leaves out what that agent
 * refuses, and asks for what it insists on.
 */
export type { AgentEnvironment, AgentRequest } from './agent-request.js';
export { deepResearch, type DeepResearchRequest } from './deep-research.js';
export { managedAgent, type ManagedAgentRequest } from './managed-agent.js';
export { customAgent, type CustomAgentRequest } from './custom-agent.js';
export { environmentOf } from './environment-of.js';
