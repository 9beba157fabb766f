import { defined } from '../../internal/defined.js';
import { isRecord } from '../../internal/is-record.js';
import type { Dialect, Received } from './dialect.js';
import { renamed, textsIn, withMember, without } from './members.js';

const STATUSES: ReadonlyMap<unknown, string> = new Map([
  ['created', 'in_progress'],
  ['done', 'completed'],
]);

const withStatus = (object: Received): Received =>
  withMember(object, 'status', (status) => STATUSES.get(status) ?? status);

/** How a step stands is told by its `step.stop`; `waiting` says that the client is to answer a call. */
const withoutStepStatus = (object: Received): Received =>
  object['status'] === 'done' || object['status'] === 'waiting' ? without(object, 'status') : object;

/** What a search was for, and what it gave, stand bare or as text in the step. */
const search = (object: Received): Received => {
  if (object['type'] === 'google_search_call') {
    const { query, content, arguments: args, ...call } = object;
    const queries = typeof query === 'string' ? [query] : textsIn(content);
    return args === undefined && queries ? { ...call, arguments: { queries } } : object;
  }
  if (object['type'] === 'google_search_result' && object['result'] === undefined) {
    const { rendered_content, search_suggestions, ...step } = object;
    if (rendered_content !== undefined || search_suggestions !== undefined) {
      return { ...step, result: [defined({ rendered_content, search_suggestions })] };
    }
    const texts = textsIn(object['content']);
    return texts ? { ...without(object, 'content'), result: texts.map((text) => ({ text })) } : object;
  }
  return object;
};

const withArguments = (step: unknown): unknown =>
  isRecord(step) && step['type'] === 'function_call' && step['arguments'] === undefined
    ? { ...step, arguments: {} }
    : step;

/** The dialect of the migration guide (wire-format 13.B). */
export const migrationGuide: Dialect = {
  event: (event) => {
    if (event['event_type'] === undefined && typeof event['type'] === 'string') {
      return withMember(renamed(event, 'type', 'event_type'), 'step', withArguments);
    }
    switch (event['event_type']) {
      // `interaction.complete` is an older name, too: `legacyContent` knows it.
      case 'interaction.status_update':
        return withStatus(event);
      case 'step.stop':
        return withoutStepStatus(event);
      default:
        return event;
    }
  },

  interaction: withStatus,

  step: (step) => search(withoutStepStatus(step)),

  delta: (delta) => {
    switch (delta['type']) {
      case 'thought':
        return { ...delta, type: 'thought_summary' }; // `legacyContent` makes content of its text
      case 'arguments':
        return { ...delta, type: 'arguments_delta' };
      case 'arguments_delta':
        return renamed(delta, 'partial_arguments', 'arguments');
      case undefined:
        return delta['partial_arguments'] === undefined ? delta : { ...delta, type: 'arguments_delta' };
      default:
        return search(delta);
    }
  },

  annotation: (annotation) => {
    const { type = 'url_citation', uri, url } = annotation;
    if (uri === undefined || url !== undefined || type !== 'url_citation') return annotation;
    return { ...renamed(annotation, 'uri', 'url'), type };
  },

  usage: (usage) =>
    renamed(renamed(usage, 'prompt_tokens', 'total_input_tokens'), 'completion_tokens', 'total_output_tokens'),
};
