import type { InteractionRequest } from '../../protocol/index.js';
import type { AgentEnvironment, AgentRequest } from './agent-request.js';
import { bareEnvironment } from './environment-of.js';

export interface CustomAgentRequest extends AgentRequest {
  /** Its id. */
  readonly agent: string;
  /** What it is told, member by member. `type` is `dynamic` unless it says another one. @defaultValue nothing */
  readonly agent_config?: Readonly<Record<string, unknown>> | undefined;
  /** Its sandbox, if it works in one. An id goes out bare, without `env_`. @defaultValue none */
  readonly environment?: AgentEnvironment | undefined;
  /** It is an agent; a model is a member of its `agent_config`, if it takes one. */
  readonly model?: undefined;
}

/**
 * The request for an agent of your own, or for one that this library has no preset for (wire-format 9.4).
 *
 * @example
 * ```ts
 * const reviewing: library.InteractionRequest = customAgent({
 *   agent: 'release-notes',
 *   agent_config: { tone: 'plain' },
 *   input: 'What has changed?',
 * });
 * console.log(JSON.stringify(reviewing.agent_config)); // {"type":"dynamic","tone":"plain"}
 * ```
 */
export const customAgent = ({ agent_config, environment, ...rest }: CustomAgentRequest): InteractionRequest => ({
  ...rest,
  ...(environment === undefined ? {} : { environment: bareEnvironment(environment) }),
  ...(agent_config === undefined ? {} : { agent_config: { type: 'dynamic', ...agent_config } }),
});
