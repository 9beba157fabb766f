import type { InteractionRequest, ResponseFormatEntry, Tool } from '../protocol/index.js';

/** A request, and the door it came through. */
export interface Arrival {
  readonly request: InteractionRequest;
  /** Whether it came to the enterprise endpoint, which takes what the Gemini API refuses (quirk Q20). */
  readonly isEnterprise: boolean;
}

/** Why a request is refused; `undefined` if it is not for this reason. */
export type Rule = (arrival: Arrival) => string | undefined;

/** Whether something is said at all: empty text says nothing. */
export const present = (value: unknown): boolean => value !== undefined && value !== '';

const when =
  (broken: (request: InteractionRequest) => boolean, message: string): Rule =>
  ({ request }) =>
    broken(request) ? message : undefined;

const isDeepResearch = ({ agent = '' }: InteractionRequest): boolean => agent.startsWith('deep-research');

const isFormatList = (
  format: NonNullable<InteractionRequest['response_format']>,
): format is readonly ResponseFormatEntry[] => Array.isArray(format);

/** What is asked for, entry by entry. */
export const formatsIn = ({ response_format }: InteractionRequest): readonly ResponseFormatEntry[] => {
  if (response_format === undefined) return [];
  return isFormatList(response_format) ? response_format : [response_format];
};

const toolsOf = <Type extends Tool['type']>(
  { tools = [] }: InteractionRequest,
  type: Type,
): readonly Extract<Tool, { readonly type: Type }>[] =>
  tools.filter((tool): tool is Extract<Tool, { readonly type: Type }> => tool.type === type);

const functionsIn = (request: InteractionRequest): readonly string[] =>
  toolsOf(request, 'function').map(({ name }) => name);

const firstRepeated = (names: readonly string[]): string | undefined =>
  names.find((name, at) => names.indexOf(name) !== at);

/** What excludes what, and what needs what (wire-format 2.8). */
const combinations: readonly Rule[] = [
  when(({ model, agent }) => !present(model) && !present(agent), "Either 'model' or 'agent' is required."),
  when(({ model, agent }) => present(model) && present(agent), "'model' and 'agent' exclude each other."),
  when(({ model, agent_config }) => present(model) && present(agent_config), "'agent_config' is for agents only."),
  when(
    ({ agent, generation_config }) => present(agent) && present(generation_config),
    "'generation_config' is for models only.",
  ),
  when(
    ({ agent, cached_content }) => present(agent) && present(cached_content),
    "'cached_content' is for models only.",
  ),
  when(({ store, background }) => store === false && background === true, "'background' requires 'store' to be true."),
  when(
    ({ webhook_config, background }) => present(webhook_config) && background !== true,
    "'webhook_config' requires 'background' to be true.",
  ),
  when(
    (request) => isDeepResearch(request) && request.background !== true,
    "Deep research requires 'background' to be true.",
  ),
  when(
    (request) => isDeepResearch(request) && present(request.system_instruction),
    "Deep research does not take a 'system_instruction': put it before the input.",
  ),
  when(
    ({ agent = '', environment }) => agent.startsWith('antigravity') && !present(environment),
    "This agent requires an 'environment'.",
  ),
];

/** What some models do not take (wire-format 2.3, quirk Q23). */
const models: readonly Rule[] = [
  when(
    ({ model = '', generation_config }) =>
      model.startsWith('gemini-3.7-flash') && generation_config?.thinking_level === 'minimal',
    "This model does not support the thinking level 'minimal'.",
  ),
];

/** Tools and the choice among them (wire-format 2.3, 2.4). */
const tools: readonly Rule[] = [
  when(
    (request) => present(request.generation_config?.tool_choice) && functionsIn(request).length === 0,
    'Function calling config is set without function_declarations.',
  ),
  ({ request }) => {
    const choice = request.generation_config?.tool_choice;
    const allowed = typeof choice === 'object' ? (choice.allowed_tools?.tools ?? []) : [];
    const declared = functionsIn(request);
    const stranger = allowed.find((name) => !declared.includes(name));
    return stranger === undefined ? undefined : `'allowed_tools' names a function that is not declared: '${stranger}'.`;
  },
  when((request) => functionsIn(request).includes(''), 'A function needs a name.'),
  ({ request }) => {
    const twice = firstRepeated(functionsIn(request));
    return twice === undefined ? undefined : `Duplicate function declaration found: '${twice}'.`;
  },
  ({ request }) => {
    const wrong = toolsOf(request, 'mcp_server').find(({ name }) => name === '' || name.includes('-'));
    return wrong && `The name of an MCP server must not be empty or contain '-': '${wrong.name}'.`;
  },
  ({ request }) => {
    const wrong = toolsOf(request, 'mcp_server').find(({ url }) => !/^https?:\/\/./.test(url));
    return wrong && `The MCP server '${wrong.name}' needs a 'url' that begins with http.`;
  },
  when(
    (request) => toolsOf(request, 'file_search').some(({ file_search_store_names: names }) => names.length === 0),
    "'file_search' needs at least one of 'file_search_store_names'.",
  ),
];

/** What can be asked for, and how (wire-format 2.5, quirk Q21). */
const formats: readonly Rule[] = [
  when(
    ({ response_format }) => Array.isArray(response_format) && response_format.length === 0,
    "'response_format' must not be empty.",
  ),
  ({ request }) => {
    const twice = firstRepeated(formatsIn(request).flatMap(({ type }) => (type === 'unknown' ? [] : type)));
    return twice === undefined ? undefined : `'response_format' has several entries for '${twice}'.`;
  },
  ({ request }) => {
    const wrong = formatsIn(request).find(
      (format) => (format.type === 'image' || format.type === 'audio') && format.delivery !== undefined,
    );
    return wrong && `'delivery' is not supported for '${wrong.type}'.`;
  },
  when(
    (request) =>
      formatsIn(request).some(
        (format) => format.type === 'text' && format.schema !== undefined && format.mime_type === 'text/plain',
      ),
    "A 'schema' requires the mime_type 'application/json'.",
  ),
];

/** What only the enterprise endpoint takes, and what it asks for (quirk Q20). */
const enterprise: readonly Rule[] = [
  ({ request, isEnterprise }) => {
    if (isEnterprise) return undefined;
    const member = (['labels', 'safety_settings'] as const).find((name) => request[name] !== undefined);
    if (member !== undefined) return `'${member}' is not supported in the Gemini API.`;
    if (toolsOf(request, 'retrieval').length > 0) return "The tool 'retrieval' is not supported in the Gemini API.";
    if (request.agent_config?.['enable_bigquery_tool'] !== undefined) {
      return "'agent_config.enable_bigquery_tool' is not supported in the Gemini API.";
    }
    return formatsIn(request).some((format) => format.type === 'video' && format.gcs_uri !== undefined)
      ? "'gcs_uri' is not supported in the Gemini API."
      : undefined;
  },
  ({ request, isEnterprise }) =>
    isEnterprise &&
    formatsIn(request).some(({ type, ...format }) => {
      const { delivery, gcs_uri } = format as { readonly delivery?: unknown; readonly gcs_uri?: unknown };
      return type === 'video' && delivery === 'uri' && gcs_uri === undefined;
    })
      ? "A video with delivery 'uri' needs a 'gcs_uri'."
      : undefined,
];

/** Everything that is wrong with requests whose members are right one by one. The first that applies is told. */
export const REQUEST_RULES: readonly Rule[] = [...combinations, ...models, ...tools, ...formats, ...enterprise];
