import { defined } from '../../internal/defined.js';
import type { InteractionRequest } from '../../protocol/index.js';
import { readContents, readInstruction } from './read-contents.js';
import { GENERATION_RULES, writeFormats } from './read-generation.js';
import { placeTools, readToolConfig, readTools } from './read-tools.js';
import type { GenerateContentRequest } from './request.js';
import {
  applyRules,
  type Draft,
  enumOf,
  itemsOf,
  membersOf,
  type Rule,
  type Rules,
  type UnsupportedMember,
} from './rules.js';

export interface ToInteractionRequestConfig {
  /**
   * Whether the request goes to the enterprise endpoint, which takes `labels` and `safety_settings`. The Gemini API refuses
   * interactions that have them (quirk Q20), so for it they are listed and left out. @defaultValue `false`
   */
  readonly enterprise?: boolean | undefined;
}

/** A request, and what of the older one it does not say. */
export interface ConvertedRequest {
  readonly request: InteractionRequest;
  /** What has no equivalent, in the order in which it was found; empty where nothing was lost. */
  readonly unsupported: readonly UnsupportedMember[];
}

const as =
  (name: string): Rule =>
  (value, _path, { request }) => {
    request[name] = value;
  };

/** The name of a model without the collection that it is in. */
const readModel: Rule = (value, _path, { request }) => {
  request['model'] = typeof value === 'string' ? value.replace(/^(?:.*\/)?models\//, '') : value;
};

const onEnterprise =
  (rule: Exclude<Rule, string>): Rule =>
  (value, path, draft) => {
    if (draft.isEnterprise) rule(value, path, draft);
    else draft.note(path, 'the Gemini API takes none for interactions; the enterprise endpoint does');
  };

const readSafety = onEnterprise((value, path, { request }) => {
  request['safety_settings'] = itemsOf(value, path).map(([setting]) => {
    const { category, threshold, method } = membersOf(setting);
    return defined({
      type: enumOf(category, 'harm_category_'),
      threshold: enumOf(threshold, 'harm_block_threshold_'),
      method: enumOf(method, 'harm_block_method_'),
    });
  });
});

const readLabels = onEnterprise((value, _path, { request }) => {
  request['labels'] = value;
});

const REQUEST_RULES: Rules = {
  systemInstruction: readInstruction,
  tools: readTools,
  toolConfig: readToolConfig,
  safetySettings: readSafety,
  labels: readLabels,
  cachedContent: as('cached_content'),
  serviceTier: (value, _path, { request }) => {
    const tier = enumOf(value, 'service_tier_');
    if (tier !== undefined) request['service_tier'] = tier;
  },
  store: 'it is about logs there; `store` of an interaction is whether it can be gone on from',
  modelArmorConfig: 'has no equivalent',
};

/** What the SDK puts into its `config`: all of it, and what is about the call and not about the model. */
const CONFIG_RULES: Rules = {
  ...REQUEST_RULES,
  ...GENERATION_RULES,
  httpOptions: 'about the connection: see createClient',
  abortSignal: 'unsubscribing aborts the request',
  automaticFunctionCalling: 'runTools calls functions',
  automaticContinuation: "a call has an option of its own: 'continuation'",
  continuationToken: 'the token of another request',
};

const RULES: Rules = {
  ...REQUEST_RULES,
  model: readModel,
  contents: readContents,
  generationConfig: (value, path, draft) => applyRules(value, path, GENERATION_RULES, draft),
  config: (value, path, draft) => applyRules(value, path, CONFIG_RULES, draft),
};

/**
 * A request to the older `generateContent` endpoint as one for an interaction, with a list of what it cannot say: a pure
 * function, and nothing is dropped silently.
 *
 * It takes the body of the REST surface or the parameters of the official SDK. A history becomes steps, whose calls and results are
 * joined by ids (made up where there are none); a single prompt stays one. The schemas of functions and answers are
 * written in JSON Schema, as wire-format 11 wants them. Where REST names the model in the address, add it yourself.
 *
 * The older endpoint keeps nothing. An interaction is stored unless `store: false` is added; where it is, the history need
 * not be sent again: `previous_interaction_id` stands for it.
 *
 * @example
 * ```ts
 * const { request, unsupported } = toInteractionRequest({
 *   model: 'gemini-2.5-flash',
 *   contents: [{ role: 'user', parts: [{ text: 'Count to 3.' }] }],
 *   config: { temperature: 0, candidateCount: 2 },
 * });
 * console.log(request.generation_config?.temperature); // 0
 * console.log(unsupported.map(({ path }) => path).join()); // config.candidateCount
 * client.stream(request).pipe(reduceText()).subscribe((text) => console.log(text)); // 1, 2, 3
 * ```
 */
export function toInteractionRequest(
  older: GenerateContentRequest,
  { enterprise = false }: ToInteractionRequestConfig = {},
): ConvertedRequest {
  const unsupported: UnsupportedMember[] = [];
  const draft: Draft = {
    request: {},
    generation: {},
    output: { said: [] },
    isEnterprise: enterprise,
    note: (path, reason) => unsupported.push({ path, reason }),
  };
  applyRules(older, '', RULES, draft);
  placeTools(draft);
  writeFormats(draft);
  const { request, generation } = draft;
  return {
    // As good as the older request was: its values are written under other names.
    request: {
      ...request,
      ...(Object.keys(generation).length > 0 && { generation_config: generation }),
    },
    unsupported,
  };
}
