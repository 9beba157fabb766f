import { defined } from '../../internal/defined.js';
import { isRecord } from '../../internal/is-record.js';
import { lowerCaseSchema } from './lower-case-schema.js';
import {
  applyRules,
  type Draft,
  enumOf,
  itemsOf,
  type Members,
  membersOf,
  noteOthers,
  type Rule,
  type Rules,
} from './rules.js';

const NO_OPTION = 'the tool has no such option';

const add = (draft: Draft, tool: Members): void => {
  const tools = draft.request['tools'];
  draft.request['tools'] = [...(Array.isArray(tools) ? (tools as readonly unknown[]) : []), tool];
};

const readFunction = (declaration: unknown, path: string, draft: Draft): void => {
  const { name, description, parameters, parametersJsonSchema } = membersOf(declaration);
  noteOthers(
    declaration,
    path,
    ['name', 'description', 'parameters', 'parametersJsonSchema'],
    draft,
    'a function has a name, a description and parameters',
  );
  const schema = parametersJsonSchema ?? lowerCaseSchema(parameters);
  add(draft, { type: 'function', ...defined({ name, description, parameters: schema }) });
};

/** A tool with options of the same names, but for how they are written. */
const withOptions =
  (
    type: string,
    options: Readonly<Record<string, string>>,
    change: (value: unknown) => unknown = (value) => value,
  ): Rule =>
  (value, path, draft) => {
    const given = membersOf(value);
    noteOthers(value, path, Object.keys(options), draft, NO_OPTION);
    const members = Object.entries(options).map(([from, to]) => [to, change(given[from])] as const);
    add(draft, { type, ...defined(Object.fromEntries(members)) });
  };

const SEARCH_TYPES: Readonly<Record<string, string>> = { webSearch: 'web_search', imageSearch: 'image_search' };

const readSearch: Rule = (value, path, draft) => {
  noteOthers(value, path, ['searchTypes'], draft, NO_OPTION);
  const { searchTypes } = membersOf(value);
  noteOthers(searchTypes, `${path}.searchTypes`, Object.keys(SEARCH_TYPES), draft, 'there is no such search');
  const types = Object.keys(membersOf(searchTypes)).flatMap((name) => SEARCH_TYPES[name] ?? []);
  add(draft, { type: 'google_search', ...(types.length > 0 && { search_types: types }) });
};

const readEnterpriseSearch: Rule = (value, path, draft) => {
  noteOthers(value, path, [], draft, NO_OPTION);
  add(draft, { type: 'google_search', search_types: ['enterprise_web_search'] });
};

const readMcpServers: Rule = (value, path, draft) => {
  for (const [server, at] of itemsOf(value, path)) {
    const { name, streamableHttpTransport } = membersOf(server);
    const { url, headers } = membersOf(streamableHttpTransport);
    noteOthers(server, at, ['name', 'streamableHttpTransport'], draft, NO_OPTION);
    noteOthers(streamableHttpTransport, `${at}.streamableHttpTransport`, ['url', 'headers'], draft, NO_OPTION);
    add(draft, { type: 'mcp_server', ...defined({ name, url, headers }) });
  }
};

const RETRIEVAL = "only the enterprise endpoint has it, described in another way: a tool of type 'retrieval'";

const TOOL_RULES: Rules = {
  functionDeclarations: (value, path, draft) =>
    itemsOf(value, path).forEach(([declaration, at]) => readFunction(declaration, at, draft)),
  googleSearch: readSearch,
  googleSearchRetrieval: withOptions('google_search', {}),
  enterpriseWebSearch: readEnterpriseSearch,
  codeExecution: withOptions('code_execution', {}),
  urlContext: withOptions('url_context', {}),
  googleMaps: withOptions('google_maps', { enableWidget: 'enable_widget' }),
  fileSearch: withOptions('file_search', {
    fileSearchStoreNames: 'file_search_store_names',
    topK: 'top_k',
    metadataFilter: 'metadata_filter',
  }),
  computerUse: withOptions(
    'computer_use',
    {
      environment: 'environment',
      excludedPredefinedFunctions: 'excluded_predefined_functions',
      enablePromptInjectionDetection: 'enable_prompt_injection_detection',
      disabledSafetyPolicies: 'disabled_safety_policies',
    },
    (value) => (typeof value === 'string' ? enumOf(value, 'environment_') : value),
  ),
  mcpServers: readMcpServers,
  retrieval: RETRIEVAL,
  exaAiSearch: RETRIEVAL,
  parallelAiSearch: RETRIEVAL,
};

/** A tool that the SDK calls by itself has functions and nothing that could be sent. */
const isCallable = (tool: unknown): boolean => isRecord(tool) && typeof tool['callTool'] === 'function';

export const readTools: Rule = (value, path, draft) => {
  for (const [tool, at] of itemsOf(value, path)) {
    if (isCallable(tool)) draft.note(at, 'a tool that is run here: define it with defineTool, for runTools');
    else applyRules(tool, at, TOOL_RULES, draft);
  }
};

const CHOICE_RULES: Rules = {
  mode: (value, _path, { generation }) => {
    const mode = enumOf(value, 'mode_');
    if (mode !== undefined) generation['tool_choice'] = mode;
  },
  allowedFunctionNames: () => undefined, // beside the mode, below
  streamFunctionCallArguments: 'arguments always come as a stream',
};

const readChoice: Rule = (value, path, draft) => {
  applyRules(value, path, CHOICE_RULES, draft);
  const { generation } = draft;
  const { allowedFunctionNames: tools } = membersOf(value);
  if (!Array.isArray(tools) || tools.length === 0) return;
  generation['tool_choice'] = { allowed_tools: { ...defined({ mode: generation['tool_choice'] }), tools } };
};

const PLACE_RULES: Rules = {
  latLng: (value, path, draft) => {
    const { latitude, longitude } = membersOf(value);
    draft.place = { at: defined({ latitude, longitude }), path };
  },
  languageCode: 'there is no such option; say it in the prompt',
};

export const readToolConfig: Rule = (value, path, draft) =>
  applyRules(
    value,
    path,
    {
      functionCallingConfig: readChoice,
      retrievalConfig: (config, at) => applyRules(config, at, PLACE_RULES, draft),
      includeServerSideToolInvocations: 'tools of the server always have steps of their own',
    },
    draft,
  );

const isMaps = (tool: Members): boolean => tool['type'] === 'google_maps';

/** Gives the tool for places the place that the request names. */
export const placeTools = ({ request, place, note }: Draft): void => {
  if (place === undefined) return;
  const tools = Array.isArray(request['tools']) ? (request['tools'] as readonly Members[]) : [];
  if (!tools.some(isMaps)) note(place.path, 'the tool for places has one: googleMaps');
  else request['tools'] = tools.map((tool) => (isMaps(tool) ? { ...tool, ...place.at } : tool));
};
