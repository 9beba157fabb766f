import { isRecord } from '../internal/is-record.js';
import { Content, type InteractionRequest, Step } from '../protocol/index.js';
import { refuseRequest } from './refuse-request.js';

/** What is `null` is not there, neither for the server nor for us. */
const withoutNull = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null)) as T; // the same members, fewer of them

/** Refuses what cannot succeed, before anything is sent (wire-format 2.8, rows 1 to 3, and mixed input arrays). */
const check = (request: InteractionRequest): void => {
  const { model, agent, input, store, background, agent_config, generation_config, previous_interaction_id } = request;
  if (!model && !agent) {
    refuseRequest(['model', 'agent'], 'Neither model nor agent is set; name one of them');
  }
  if (model && agent) {
    refuseRequest(['model', 'agent'], 'Both model and agent are set; an interaction has exactly one of them');
  }
  if (model && agent_config !== undefined) {
    refuseRequest(['model', 'agent_config'], 'agent_config is for agents; a model takes generation_config');
  }
  if (agent && generation_config !== undefined) {
    refuseRequest(['agent', 'generation_config'], 'generation_config is for models; an agent takes agent_config');
  }
  if (store === false && background === true) {
    refuseRequest(
      ['store', 'background'],
      'A background interaction has to be stored; leave out store: false or background: true',
    );
  }
  if (previous_interaction_id === '') {
    refuseRequest(
      ['previous_interaction_id'],
      'previous_interaction_id is empty; an interaction that was not stored (store: false) cannot be continued by id',
    );
  }
  if (hasOneOf(input, Content) && hasOneOf(input, Step)) {
    refuseRequest(
      ['input'],
      'input mixes content blocks and steps; put the blocks into the content of a user_input step',
    );
  }
};

/** Whether a list has an item that is of a union, by its type; the item may be malformed. */
const hasOneOf = (input: unknown, { cases }: Pick<typeof Content, 'cases'>): boolean =>
  Array.isArray(input) && input.some((item) => isRecord(item) && Object.hasOwn(cases, String(item['type'])));

/** What was not understood when it came goes back as it was received. */
const asReceived = (item: unknown): unknown =>
  isRecord(item) && item['type'] === 'unknown' && 'received' in item ? item['received'] : item;

const encodeItem = (item: unknown): unknown => {
  if (Step.is(item)) return Step.encode(item);
  return Content.is(item) ? Content.encode(item) : item;
};

/** What becomes of each item of a list, or of the one that stands in its place. */
const each = (value: unknown, change: (item: unknown) => unknown): unknown =>
  Array.isArray(value) ? value.map(change) : change(value);

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
    input: each(given.input, encodeItem),
    tools: each(given.tools, asReceived),
    response_format: each(given.response_format, asReceived),
    stream: stream || undefined,
    ...extraBody,
  };
  try {
    return JSON.stringify(withoutNull(members));
  } catch (cause) {
    return refuseRequest(['request'], `The request cannot be written as JSON: ${String(cause)}`, cause);
  }
};
