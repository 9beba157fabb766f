/**
 * The dialects of wire-format 13, written: what the canonical message would have looked like in each. Only for tests; the
 * library reads dialects and writes none.
 */

type Json = Readonly<Record<string, unknown>>;

/** A canonical message in another dialect; `undefined` where that dialect has no way to say it. */
export type DialectEncoder = (message: Json) => Json | undefined;

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const omit = (object: Json, ...keys: readonly string[]): Json =>
  Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));

const change = (object: Json, key: string, how: (value: Json) => unknown): Json => {
  const value = object[key];
  return isRecord(value) ? { ...object, [key]: how(value) } : object;
};

const changeAll = (object: Json, key: string, how: (value: Json) => unknown): Json => {
  const list = object[key];
  return Array.isArray(list)
    ? { ...object, [key]: list.map((item: unknown) => (isRecord(item) ? how(item) : item)) }
    : object;
};

const move = (object: Json, from: string, to: string): Json => {
  const value = object[from];
  return value === undefined || object[to] !== undefined ? object : { ...omit(object, from), [to]: value };
};

/** Whether a thing is of a kind that the library does not know, as the generators of tests name them. */
const isUnknown = (value: Json): boolean => String(value['type'] ?? value['event_type']).startsWith('x_');

const isOnly = (object: Json, ...keys: readonly string[]): boolean =>
  Object.keys(object).every((key) => keys.includes(key));

const oneQuery = ({ arguments: args }: Json): string | undefined =>
  isRecord(args) && isOnly(args, 'queries') && Array.isArray(args['queries']) && args['queries'].length === 1
    ? (args['queries'][0] as string)
    : undefined;

/* B: the migration guide */

const guideAnnotation = (annotation: Json): Json =>
  annotation['type'] === 'url_citation' && typeof annotation['url'] === 'string'
    ? move(omit(annotation, 'type'), 'url', 'uri')
    : annotation;

const guideStep = (step: Json): Json => {
  const content = changeAll(step, 'content', (block) => changeAll(block, 'annotations', guideAnnotation));
  const query = oneQuery(step);
  const told = step['type'] === 'google_search_call' && query !== undefined;
  return { ...(told ? { ...omit(content, 'arguments'), query } : content), status: 'done' };
};

const guideStart = (step: Json): Json => {
  const isBare = step['type'] === 'function_call' && isRecord(step['arguments']) && isOnly(step['arguments']);
  return omit(guideStep(isBare ? omit(step, 'arguments') : step), 'status');
};

const guideDelta = (delta: Json): Json => {
  const { content } = delta;
  switch (delta['type']) {
    case 'thought_summary':
      return isRecord(content) && content['type'] === 'text' && isOnly(content, 'type', 'text')
        ? { ...omit(delta, 'content'), type: 'thought', text: content['text'] }
        : delta;
    case 'arguments_delta':
      return move({ ...delta, type: 'arguments' }, 'arguments', 'partial_arguments');
    default:
      return changeAll(delta, 'annotations', guideAnnotation);
  }
};

const guideUsage = (usage: Json): Json =>
  move(move(usage, 'total_input_tokens', 'prompt_tokens'), 'total_output_tokens', 'completion_tokens');

const guideStatuses: Readonly<Record<string, string>> = { in_progress: 'created', completed: 'done' };
const guideInteraction = (interaction: Json): Json => {
  const status = guideStatuses[String(interaction['status'])];
  const said = status === undefined ? interaction : { ...interaction, status };
  return changeAll(change(said, 'usage', guideUsage), 'steps', guideStep);
};

const isCallWithoutArguments = (step: unknown): boolean =>
  isRecord(step) && step['type'] === 'function_call' && step['arguments'] === undefined;

export const inMigrationGuide: DialectEncoder = (message) => {
  if (isUnknown(message)) return undefined; // its own `event_type` is what is kept of it
  if (isCallWithoutArguments(message['step'])) return undefined; // the guide leaves out what a canonical call shows as {}
  const { event_type: type, ...members } = message;
  const said = change(
    change(change(change(members, 'delta', guideDelta), 'step', guideStart), 'usage', guideUsage),
    'interaction',
    guideInteraction,
  );
  if (type === 'interaction.completed') return { ...said, type: 'interaction.complete' };
  return type === 'step.stop' ? { ...said, type, status: 'done' } : { ...said, type };
};

/* C: the breaking-changes notice */

const lists = ['google_search_result', 'url_context_result', 'google_maps_result'];
const unlisted = (object: Json): Json => {
  const { type, result } = object;
  return lists.includes(String(type)) && Array.isArray(result) && result.length === 1 && isRecord(result[0])
    ? { ...object, result: result[0] }
    : object;
};

export const inBreakingChanges: DialectEncoder = (message) => {
  const { event_type: type, status } = message;
  if (type === 'interaction.status_update' && (status === 'in_progress' || status === 'requires_action')) {
    const { interaction_id: id, ...said } = omit(message, 'status');
    return { ...said, event_type: `interaction.${status}`, ...(id !== undefined && { interaction: { id } }) };
  }
  return change(change(message, 'delta', unlisted), 'step', unlisted);
};

/* D: the legacy schema */

const legacyNames: Readonly<Record<string, string>> = {
  'interaction.created': 'interaction.start',
  'interaction.completed': 'interaction.complete',
  'step.start': 'content.start',
  'step.delta': 'content.delta',
  'step.stop': 'content.stop',
};

const legacySound = (block: Json): Json =>
  block['type'] === 'audio' && block['mime_type'] === 'audio/l16' && typeof block['sample_rate'] === 'number'
    ? { ...omit(block, 'sample_rate'), mime_type: `audio/L16;codec=pcm;rate=${block['sample_rate']}` }
    : block;

const isFull = (block: Json): boolean => Object.entries(block).some(([key, value]) => key !== 'type' && value !== '');

const legacyContent = (step: Json): Json | undefined => {
  const { type, content } = step;
  if (type !== 'model_output') return /^thought$|_call$|_result$/.test(String(type)) ? step : undefined;
  if (!isOnly(step, 'type', 'content')) return undefined;
  if (content === undefined) return { type: 'text', text: '' };
  const [block, ...others] = content as readonly unknown[];
  const isOne = others.length === 0 && isRecord(block) && typeof block['type'] === 'string' && isFull(block);
  return isOne && !/_(call|result)$/.test(String(block['type'])) ? legacySound(block) : undefined;
};

const legacyDelta = (delta: Json): Json => {
  const { type, content } = delta;
  if (type === 'text_annotation_delta') return { ...delta, type: 'text_annotation' };
  return type === 'thought_summary' &&
    isRecord(content) &&
    content['type'] === 'text' &&
    isOnly(content, 'type', 'text')
    ? { ...omit(delta, 'content'), text: content['text'] }
    : legacySound(delta);
};

export const inLegacyContent: DialectEncoder = (message) => {
  const name = legacyNames[String(message['event_type'])];
  const { step, ...said } = change(change(message, 'delta', legacyDelta), 'interaction', (interaction) => ({
    ...interaction,
    role: 'model',
  }));
  if (name === undefined) return undefined;
  if (!isRecord(step)) return { ...said, event_type: name };
  const content = legacyContent(step);
  return content && { ...said, content, event_type: name };
};

/* E: enterprise */

const opaque = ['arguments', 'result', 'labels', 'custom_metadata'];
const camel = (key: string): string => key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

const camelCased = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(camelCased);
  if (!isRecord(value) || isUnknown(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [camel(key), opaque.includes(key) ? member : camelCased(member)]),
  );
};

const roles: Readonly<Record<string, string>> = { model_output: 'model', user_input: 'user' };
const roleStep = (step: Json): Json => {
  const role = roles[String(step['type'])];
  return role === undefined || step['content'] === undefined ? step : { ...omit(step, 'type'), role };
};

const shouted = (object: Json, ...keys: readonly string[]): Json =>
  Object.fromEntries(
    Object.entries(object).map(([key, value]) => [
      key,
      keys.includes(key) && typeof value === 'string' ? value.toUpperCase() : value,
    ]),
  );

export const inEnterprise: DialectEncoder = (message) => {
  const said = change(shouted(message, 'status'), 'interaction', (interaction) =>
    changeAll(shouted(interaction, 'status'), 'steps', roleStep),
  );
  return camelCased(change(said, 'step', roleStep)) as Json; // an object in, an object out
};

/* F: enum spellings */

const shoutedTool = (object: Json): Json =>
  change(object, 'arguments', (args) => (object['type'] === 'code_execution_call' ? shouted(args, 'language') : args));

export const inEnumSpellings: DialectEncoder = (message) => {
  const named = (object: Json): Json =>
    typeof object['status'] === 'string'
      ? { ...object, status: `INTERACTION_STATUS_${object['status'].toUpperCase()}` }
      : object;
  const said = change(change(message, 'delta', shoutedTool), 'step', shoutedTool);
  return change(named(said), 'interaction', named);
};

/* G: the reference pages */

const oddCall = (object: Json): Json => {
  const query = oneQuery(object);
  return object['type'] === 'google_search_call' && query !== undefined ? { ...object, arguments: { query } } : object;
};

export const inReferenceOddities: DialectEncoder = (message) =>
  change(change(message, 'delta', oddCall), 'step', oddCall);

/** Every dialect but the canonical one, by its letter and name in wire-format 13. */
export const dialectEncoders: readonly (readonly [name: string, encode: DialectEncoder])[] = [
  ['B, the migration guide', inMigrationGuide],
  ['C, the breaking-changes notice', inBreakingChanges],
  ['D, the legacy schema', inLegacyContent],
  ['E, enterprise', inEnterprise],
  ['F, enum spellings', inEnumSpellings],
  ['G, the reference pages', inReferenceOddities],
];
