import type { RunToolsConfig, RunToolsRequest } from '../run-tools-config.js';

/** The members of a request that every turn of a conversation sends; the others are the conversation's own affair. */
export type ConversationRequest = Omit<
  RunToolsRequest,
  'continuation_token' | 'input' | 'previous_interaction_id' | 'stream'
>;

/** What a new prompt does while a turn is running. */
export type PromptStrategy = 'concat' | 'exhaust' | 'switch';

/** A conversation: what each of its requests says, how its turns run, and what a new prompt does to a running one. */
export interface ConverseConfig extends ConversationRequest, Omit<RunToolsConfig, 'turnId'> {
  /**
   * What a prompt does that comes while a turn is running. `'switch'`: it replaces the turn, which is stopped. `'concat'`: it
   * waits for its turn. `'exhaust'`: it is ignored.
   *
   * @defaultValue `'switch'`
   */
  readonly strategy?: PromptStrategy | undefined;
}

/** The names of a request's members. Everything else in a flat config says how turns run. */
const REQUEST_MEMBERS: Readonly<Record<keyof ConversationRequest, true>> = {
  agent: true,
  agent_config: true,
  background: true,
  cached_content: true,
  environment: true,
  generation_config: true,
  labels: true,
  model: true,
  response_format: true,
  response_modalities: true,
  safety_settings: true,
  service_tier: true,
  store: true,
  system_instruction: true,
  tools: true,
  webhook_config: true,
};

type RunConfig = Omit<ConverseConfig, keyof ConversationRequest | 'strategy'>;

/** A flat config as what `runTools` takes: a request and a config of its own. */
export const splitConfig = ({
  strategy: _strategy,
  ...config
}: ConverseConfig): { readonly request: ConversationRequest; readonly runConfig: RunConfig } => {
  const isOfRequest = ([name]: readonly [string, unknown]): boolean => Object.hasOwn(REQUEST_MEMBERS, name);
  const entries = Object.entries(config);
  return {
    request: Object.fromEntries(entries.filter(isOfRequest)),
    runConfig: Object.fromEntries(entries.filter((entry) => !isOfRequest(entry))),
  };
};
