import { isRecord } from '../internal/is-record.js';
import { InteractionRequest, type Step } from '../protocol/index.js';
import { checkValue } from './check-value.js';
import { readInput } from './read-input.js';
import { invalid } from './refusal.js';

/** A request that can be answered, as far as its body tells. */
export interface CheckedRequest {
  readonly request: InteractionRequest;
  readonly input: readonly Step[];
}

const present = (value: unknown): boolean => value !== undefined && value !== '';

/** What a body must not say, each with the reason (wire-format 2.8). */
const RULES: readonly (readonly [broken: (request: InteractionRequest) => boolean, message: string])[] = [
  [({ model, agent }) => !present(model) && !present(agent), "Either 'model' or 'agent' is required."],
  [({ model, agent }) => present(model) && present(agent), "'model' and 'agent' exclude each other."],
  [({ model, agent_config }) => present(model) && present(agent_config), "'agent_config' is for agents only."],
  [
    ({ agent, generation_config }) => present(agent) && present(generation_config),
    "'generation_config' is for models only.",
  ],
  [({ store, background }) => store === false && background === true, "'background' requires 'store' to be true."],
  [
    ({ webhook_config, background }) => present(webhook_config) && background !== true,
    "'webhook_config' requires 'background' to be true.",
  ],
  [
    ({ generation_config, tools = [] }) =>
      present(generation_config?.tool_choice) && !tools.some(({ type }) => type === 'function'),
    'Function calling config is set without function_declarations.',
  ],
  [
    ({ agent = '', background }) => agent.startsWith('deep-research') && background !== true,
    "Deep research requires 'background' to be true.",
  ],
  [
    ({ agent = '', system_instruction }) => agent.startsWith('deep-research') && present(system_instruction),
    "Deep research does not take a 'system_instruction'.",
  ],
  [
    ({ agent = '', environment }) => agent.startsWith('antigravity') && !present(environment),
    "This agent requires an 'environment'.",
  ],
];

/** Reads the body of a create request, or refuses it with the member that is wrong. */
export const checkRequest = (body: unknown): CheckedRequest => {
  if (!isRecord(body)) throw invalid('The body has to be a JSON object.');
  const { input: said, ...rest } = body;
  checkValue(InteractionRequest, rest);
  const decoded = InteractionRequest.decode(rest);
  if (decoded._tag === 'Left') throw invalid('The body is no request.'); // not reached: it has just been checked
  const request: InteractionRequest = decoded.right;
  for (const [isBroken, message] of RULES) if (isBroken(request)) throw invalid(message);
  const input = readInput(said);
  // a stateful continuation goes on without any (wire-format 10)
  if (input.length === 0 && !present(request.continuation_token)) throw invalid("Missing required parameter: 'input'.");
  return { request, input };
};
