import type { InteractionRequest } from '../../protocol/index.js';

/** What agents do not take; to name it for one is a compile error (wire-format 2.1, 2.8). */
interface ModelsOnly {
  readonly generation_config?: undefined;
  readonly cached_content?: undefined;
  readonly continuation_token?: undefined;
}

/**
 * What every agent takes: a request without the agent's name, its configuration, and what is for models only.
 */
export interface AgentRequest
  extends
    ModelsOnly,
    Omit<
      InteractionRequest,
      keyof ModelsOnly | 'agent' | 'agent_config' | 'environment' | 'input' | 'model' | 'response_modalities' | 'stream'
    > {
  /** What the agent is to do. */
  readonly input: NonNullable<InteractionRequest['input']>;
}

/** A sandbox for an agent (wire-format 9.5): `'remote'` for a new one, an id for one that there is, or a description. */
export type AgentEnvironment = NonNullable<InteractionRequest['environment']>;
