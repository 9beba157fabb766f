import type * as t from 'io-ts';

import { isRecord } from '../internal/is-record.js';
import type { Codec } from './codec.js';
import { Content } from './content.js';
import { GenerationConfig } from './generation-config.js';
import { boolean, either, JsonObject, listOf, openEnum, string } from './primitives.js';
import { ResponseFormat } from './response-format.js';
import { shape } from './shape.js';
import { Step } from './step.js';
import { Tool } from './tool.js';

const isStep = (value: unknown): boolean => isRecord(value) && Object.hasOwn(Step.cases, String(value['type']));

/**
 * What an interaction starts from (wire-format 2.2): a prompt, one content block, several content blocks, or steps
 * (history and tool results). Blocks and steps do not mix in one array.
 */
export type InteractionInput = string | Content | Step | readonly Content[] | readonly Step[];
export const InteractionInput: Codec<InteractionInput> = either(
  string,
  // Either list would take the other's items for unknown ones of its own, so their types decide.
  either(either(listOf(Content), Content), either(listOf(Step), Step), (value) => [value].flat().some(isStep)),
);

const interactionRequest = shape(
  'InteractionRequest',
  {},
  {
    /** The model's name. Exactly one of `model` and `agent`. */
    model: string,
    /** The agent's name or id. Exactly one of `model` and `agent`. */
    agent: string,
    input: InteractionInput,
    /** The interaction to go on from: stored, finished, not deleted. It carries the history and nothing else. */
    previous_interaction_id: string,
    system_instruction: string,
    tools: listOf(Tool),
    generation_config: GenerationConfig,
    agent_config: JsonObject,
    response_format: ResponseFormat,
    response_modalities: listOf(string),
    stream: boolean,
    /** Whether the server keeps the interaction. Default `true`; `false` means no id, no resuming, no chaining. */
    store: boolean,
    /** Whether the server goes on without us. Needs `store`. Default `false`. */
    background: boolean,
    continuation_token: string,
    environment: either(string, JsonObject),
    service_tier: openEnum('ServiceTier', ['flex', 'standard', 'priority', 'deferred']),
    webhook_config: JsonObject,
    labels: JsonObject,
    safety_settings: listOf(JsonObject),
    cached_content: string,
  },
);
/**
 * The body of a create request (wire-format 2.1): a *model interaction* when `model` is set, an *agent interaction*
 * when `agent` is. The server refuses members that it does not know, so nothing of ours is ever added.
 */
export interface InteractionRequest extends t.TypeOf<typeof interactionRequest> {}
export const InteractionRequest: Codec<InteractionRequest> = interactionRequest;
