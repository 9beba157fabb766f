import { isRecord } from '../../internal/is-record.js';
import type { Dialect, Received, Rule } from './dialect.js';
import { eachRecord, withItems, withMember } from './members.js';

/** The values of each enum by the member that holds it; `status` is one of interactions, steps and pages. */
const KNOWN: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    status:
      'queued in_progress requires_action requires_continuation completed incomplete failed cancelled budget_exceeded ' +
      'created done waiting success error paywall unsafe',
    service_tier: 'flex standard priority deferred',
    modality: 'text image audio video document',
    response_modalities: 'text image audio video document',
    type: 'google_search google_maps retrieval',
    resolution: 'low medium high ultra_high',
    search_type: 'web_search image_search enterprise_web_search',
    retrieval_type: 'vertex_ai_search rag_store exa_ai_search parallel_ai_search',
    language: 'python bash',
    thinking_level: 'minimal low medium high',
    thinking_summaries: 'auto none',
    tool_choice: 'auto any none validated',
  }).map(([member, values]) => [member, new Set(values.split(' '))]),
);

const LAST_CAPITAL = 'Z'.charCodeAt(0);
const UPPER_CASE = /^[A-Z][A-Z0-9_]*$/;

/**
 * The value as the canonical dialect spells it: in lower case, and without the name of its type, which ends in that of its
 * member (`URL_RETRIEVAL_STATUS_SUCCESS` in `status`). What is not known under any spelling is left as it is.
 */
export const spelled = (member: string, value: unknown): unknown => {
  const known = KNOWN.get(member);
  if (known === undefined || typeof value !== 'string' || !UPPER_CASE.test(value)) return value;
  const lower = value.toLowerCase();
  const name = member === 'response_modalities' ? 'modality' : member;
  const bare = lower.replace(new RegExp(`^(?:.*_)?${name}_`), '');
  return known.has(bare) ? bare : value;
};

/** An object with the enums among its own members spelled in lower case. */
const enums: Rule = (object) => {
  let result = object;
  for (const key in object) {
    const value = object[key];
    if (typeof value !== 'string' || value.charCodeAt(0) > LAST_CAPITAL) continue; // as nearly all
    const known = spelled(key, value);
    if (known !== value) result = { ...result, [key]: known };
  }
  return result;
};

/** Tools of the server have enums in what they were asked and in what they gave. */
const tool = (object: Received): Received => {
  switch (object['type']) {
    case 'code_execution_call':
      return withMember(enums(object), 'arguments', (args) => (isRecord(args) ? enums(args) : args));
    case 'url_context_result':
      return withMember(enums(object), 'result', (result) => eachRecord(result, enums));
    default:
      return enums(object);
  }
};

/** Enum values in upper case, with or without the name of their type (wire-format 13.F). */
export const enumSpellings: Dialect = {
  event: enums,
  interaction: (interaction) =>
    withMember(enums(interaction), 'response_modalities', (list) =>
      Array.isArray(list) ? withItems(list, (value) => spelled('response_modalities', value)) : list,
    ),
  config: enums,
  step: tool,
  delta: tool,
  content: enums,
  tokens: enums,
};
