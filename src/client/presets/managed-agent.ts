import { defined } from '../../internal/defined.js';
import type { InteractionRequest, OpenEnum } from '../../protocol/index.js';
import type { AgentEnvironment, AgentRequest } from './agent-request.js';
import { bareEnvironment } from './environment-of.js';

export interface ManagedAgentRequest extends AgentRequest {
  /** Which one. @defaultValue `antigravity-preview-09-2026` */
  readonly agent?: OpenEnum<'antigravity-preview-05-2026' | 'antigravity-preview-09-2026'> | undefined;
  /**
   * Its sandbox, which it needs in every turn: `'remote'` for a new one, or what {@link environmentOf} says of the turn before.
   * An id goes out bare, without `env_`.
   */
  readonly environment: AgentEnvironment;
  /** Which model the agent works with: a member of its configuration, not of the request. @defaultValue left to the server */
  readonly model?: string | undefined;
  /** How many tokens it may use, input and output together. @defaultValue left to the server */
  readonly max_total_tokens?: number | string | undefined;
}

/**
 * The request for an agent that works in a sandbox (wire-format 9.4, 9.5). For `client.stream`, `client.create` or
 * {@link runBackground}.
 *
 * @example
 * ```ts
 * client
 *   .stream(managedAgent({ input: 'Print the first 20 Fibonacci numbers.', environment: 'remote' }))
 *   .pipe(reduceInteraction())
 *   .subscribe((turn) => console.log(turn.status)); // completed
 * ```
 */
export const managedAgent = ({
  agent = 'antigravity-preview-09-2026',
  environment,
  model,
  max_total_tokens,
  ...rest
}: ManagedAgentRequest): InteractionRequest => ({
  ...rest,
  agent,
  environment: bareEnvironment(environment),
  agent_config: defined({
    type: 'antigravity',
    model,
    max_total_tokens: max_total_tokens === undefined ? undefined : String(max_total_tokens), // 64 bits: text on the wire
  }),
});
