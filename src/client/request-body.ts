import { RequestError } from '../errors/index.js';
import { isRecord } from '../internal/is-record.js';
import { Content, type InteractionRequest, Step } from '../protocol/index.js';

const isSet = (value: string | undefined): boolean => value !== undefined && value !== '';

/** What is `null` is not there, neither for the server nor for us. */
const withoutNull = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null)) as T; // the same members, fewer of them

/** Refuses what cannot succeed, before anything is sent (wire-format 2.8, rows 1 to 3, and mixed input arrays). */
const check = (request: InteractionRequest): void => {
  const { model, agent, input, store, background, agent_config, generation_config, previous_interaction_id } = request;
  if (!isSet(model) && !isSet(agent)) {
    throw new RequestError(['model', 'agent'], 'Neither model nor agent is set; name one of them');
  }
  if (isSet(model) && isSet(agent)) {
    throw new RequestError(['model', 'agent'], 'Both model and agent are set; an interaction has exactly one of them');
  }
  if (isSet(model) && agent_config !== undefined) {
    throw new RequestError(['model', 'agent_config'], 'agent_config is for agents; a model takes generation_config');
  }
  if (isSet(agent) && generation_config !== undefined) {
    throw new RequestError(
      ['agent', 'generation_config'],
      'generation_config is for models; an agent takes agent_config',
    );
  }
  if (store === false && background === true) {
    throw new RequestError(
      ['store', 'background'],
      'A background interaction has to be stored; leave out store: false or background: true',
    );
  }
  if (previous_interaction_id === '') {
    throw new RequestError(
      ['previous_interaction_id'],
      'previous_interaction_id is empty; an interaction that was not stored (store: false) cannot be continued by id',
    );
  }
  if (Array.isArray(input)) checkUnmixed(input);
};

const checkUnmixed = (input: readonly unknown[]): void => {
  const kinds = new Set(
    input.map((item) => {
      const type = isRecord(item) ? String(item['type']) : '';
      return Object.hasOwn(Content.cases, type) ? 'block' : Object.hasOwn(Step.cases, type) ? 'step' : 'other';
    }),
  );
  if (kinds.has('block') && kinds.has('step')) {
    throw new RequestError(
      ['input'],
      'input mixes content blocks and steps; put the blocks into the content of a user_input step',
    );
  }
};

/** What was not understood when it came goes back as it was received. */
const asReceived = (item: unknown): unknown =>
  isRecord(item) && item['type'] === 'unknown' && 'received' in item ? item['received'] : item;

const eachAsReceived = (value: unknown): unknown => (Array.isArray(value) ? value.map(asReceived) : asReceived(value));

const encodeItem = (item: Step | Content): unknown => {
  if (Step.is(item)) return Step.encode(item);
  return Content.is(item) ? Content.encode(item) : item;
};

const encodeInput = (input: InteractionRequest['input']): unknown => {
  if (typeof input !== 'object') return input;
  return Array.isArray(input)
    ? (input as readonly (Step | Content)[]).map(encodeItem)
    : encodeItem(input as Step | Content);
};

/**
 * A create request as JSON text. Members that are `undefined` or `null` are left out, and nothing is added: the server
 * refuses members it does not know.
 */
export const requestBody = (
  request: InteractionRequest,
  stream: boolean,
  extraBody: Readonly<Record<string, unknown>> = {},
): string => {
  const given = withoutNull(request);
  check(given);
  const members = {
    ...given,
    input: encodeInput(given.input),
    tools: eachAsReceived(given.tools),
    response_format: eachAsReceived(given.response_format),
    stream: stream || undefined,
    ...extraBody,
  };
  try {
    return JSON.stringify(withoutNull(members));
  } catch (cause) {
    throw new RequestError(['request'], `The request cannot be written as JSON: ${String(cause)}`, { cause });
  }
};
