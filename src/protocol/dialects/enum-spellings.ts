import { isRecord } from '../../internal/is-record.js';
import type { Dialect, Received, Rule } from './dialect.js';
import { eachRecord, withItems, withMember } from './members.js';
import { WORDS } from './words.js';

const LAST_CAPITAL = 'Z'.charCodeAt(0);
const UPPER_CASE = /^[A-Z][A-Z0-9_]*$/;

/**
 * The value as the canonical dialect spells it: in lower case, and without the name of its type, which ends in that of its
 * member (`URL_RETRIEVAL_STATUS_SUCCESS` in `status`). What is not known under any spelling is left as it is.
 */
export const spelled = (member: string, value: unknown): unknown => {
  const known = WORDS.get(member);
  if (!known?.size || typeof value !== 'string' || !UPPER_CASE.test(value)) return value;
  const bare = value.toLowerCase().replace(new RegExp(`^(?:.*_)?${member}_`), '');
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
      Array.isArray(list) ? withItems(list, (value) => spelled('modality', value)) : spelled('modality', list),
    ),
  config: enums,
  step: tool,
  delta: tool,
  content: enums,
  tokens: enums,
};
