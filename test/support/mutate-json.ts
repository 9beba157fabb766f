import type { Random } from '../../bench/random.js';

/**
 * JSON as it is written: objects can have a key twice, or one that means something to JavaScript, and numbers need not fit
 * into one of JavaScript's.
 */
export type Json =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Json[] }
  | { readonly kind: 'members'; readonly members: readonly Member[] };

type Member = readonly [key: string, value: Json];

const written = (text: string): Json => ({ kind: 'text', text });
const list = (...items: readonly Json[]): Json => ({ kind: 'list', items });
const members = (...all: readonly Member[]): Json => ({ kind: 'members', members: all });

/** A value as it would be written. */
export const jsonOf = (value: unknown): Json => {
  if (Array.isArray(value)) return list(...value.map(jsonOf));
  if (typeof value !== 'object' || value === null) return written(JSON.stringify(value));
  return members(...Object.entries(value).map(([key, member]): Member => [key, jsonOf(member)]));
};

/** The text of it. */
export const writeJson = (json: Json): string => {
  switch (json.kind) {
    case 'text':
      return json.text;
    case 'list':
      return `[${json.items.map(writeJson).join(',')}]`;
    case 'members':
      return `{${json.members.map(([key, value]) => `${JSON.stringify(key)}:${writeJson(value)}`).join(',')}}`;
  }
};

/** What nobody may inherit: it is put where a prototype could be polluted with it. */
export const MARKER = 'polluted by a message';

const DEPTH = 10_000;

/** Values that are something else than what was there. */
const ODD: readonly Json[] = [
  ...['null', 'true', 'false', '0', '-0', '-1', '1.5', '2', '3', '7', '4294967296', '1e9'].map(written),
  ...['1e400', '-1e400', '1e-400', '9007199254740993', '-9007199254740993', '123456789012345678901234567890'].map(
    written,
  ),
  ...['""', '" "', '"x"', '"0"', '"1"', '"\\ud83d"', '"\\udc4b text"', '"\\u0000"', '"[DONE]"', '"__proto__"'].map(
    written,
  ),
  ...['"in_progress"', '"completed"', '"requires_action"', '"requires_continuation"', '"failed"', '"x_new"'].map(
    written,
  ),
  ...['"AAAA"', '"A"', '"===="', '"data:,"', '"{\\"a\\":"', '"}"', '"🌌"', '"\\u2028"', '"IN_PROGRESS"'].map(written),
  ...[list(), members(), list(list()), list(written('null')), members(['type', written('"text"')])],
  ...[list(members(['type', written('null')])), members(['length', written('4294967296')])],
];

/** Values that are large in one way or another; they are dear, and so rare. */
const LARGE: readonly (() => Json)[] = [
  () => written('['.repeat(DEPTH) + ']'.repeat(DEPTH)),
  () => written('{"a":'.repeat(DEPTH) + '1' + '}'.repeat(DEPTH)),
  () => written('{"content":['.repeat(DEPTH / 2) + ']}'.repeat(DEPTH / 2)),
  () => written(`"${'x'.repeat(100_000)}"`),
  () => written(`"${'\\ud83d\\udc4b'.repeat(5000)}"`),
  () => written(`"${'\\"'.repeat(20_000)}"`),
  () => list(...Array.from({ length: 2000 }, () => written('{}'))),
  () => members(...Array.from({ length: 1000 }, (_, at): Member => [`k${String(at)}`, written('0')])),
  () => written('9'.repeat(5000)),
];

/** Names that mean something to JavaScript. */
const HOSTILE = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'toJSON',
  'hasOwnProperty',
  'then',
  '',
];

/** Names that mean something to the protocol, wherever they turn up. */
const KNOWN = [
  ...['event_type', 'type', 'index', 'delta', 'step', 'interaction', 'interaction_id', 'id', 'status', 'event_id'],
  ...['text', 'content', 'arguments', 'summary', 'signature', 'annotations', 'result', 'name', 'call_id', 'is_error'],
  ...['usage', 'metadata', 'total_usage', 'total_tokens', 'error', 'code', 'message', 'steps', 'outputs', 'errors'],
  ...['data', 'mime_type', 'uri', 'sample_rate', 'channels', 'rate', 'start_index', 'end_index', 'continuation_token'],
  ...[
    'previous_interaction_id',
    'partial_arguments',
    'role',
    'received',
    'turnId',
    'eventType',
    'stepList',
    'tool_calls',
  ],
];

/** Values that something is told by. */
const TAGS: readonly Json[] = [
  ...['interaction.created', 'interaction.status_update', 'interaction.completed', 'interaction.complete', 'error'],
  ...['step.start', 'step.delta', 'step.stop', 'content.start', 'content.delta', 'content.stop', 'turn.started'],
  ...['model_output', 'user_input', 'thought', 'function_call', 'function_result', 'google_search_call', 'unknown'],
  ...['text', 'image', 'audio', 'video', 'document', 'text_annotation_delta', 'arguments_delta', 'thought_signature'],
  ...['thought_summary', 'url_citation', 'code_execution_result', 'mcp_server_tool_call', 'google_maps_result'],
].map((tag) => written(JSON.stringify(tag)));

/** A value with a marker in it that must stay where it is. */
const marked = (): Json => members(['marker', written(JSON.stringify(MARKER))]);

/** Any value: an odd one, rarely a large one, or one of a list that is at hand. */
const anyOf = (random: Random, others: readonly Json[] = []): Json => {
  const luck = random.between(0, 399);
  if (luck === 0) return random.pick(LARGE)();
  if (luck < 80) return random.pick(TAGS);
  return others.length > 0 && luck < 160 ? random.pick(others) : random.pick(ODD);
};

/** A value and everything in it. */
export const partsOf = (json: Json): readonly Json[] => {
  switch (json.kind) {
    case 'text':
      return [json];
    case 'list':
      return [json, ...json.items.flatMap(partsOf)];
    case 'members':
      return [json, ...json.members.flatMap(([, value]) => partsOf(value))];
  }
};

/** The same with one part of it, which is told by identity, made into something else. */
const replacing = (json: Json, part: Json, put: (part: Json) => Json): Json => {
  if (json === part) return put(json);
  switch (json.kind) {
    case 'text':
      return json;
    case 'list':
      return list(...json.items.map((item) => replacing(item, part, put)));
    case 'members':
      return members(...json.members.map(([key, value]): Member => [key, replacing(value, part, put)]));
  }
};

const without = <T>(items: readonly T[], at: number): readonly T[] => [...items.slice(0, at), ...items.slice(at + 1)];

type Change = (part: Json, random: Random, others: readonly Json[]) => Json;

const nameOf = (random: Random): string => random.pick(random.between(0, 2) === 0 ? HOSTILE : KNOWN);

const otherwiseSpelt = (key: string): string => key.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** What can be done to a part, whatever it is. */
const ANYWHERE: readonly Change[] = [
  (_part, random, others) => anyOf(random, others),
  (_part, random, others) => anyOf(random, others),
  (_part, random) => random.pick(ODD),
  (part) => list(part),
  (part, random) => members([nameOf(random), part]),
];

const IN_LISTS: readonly ((items: readonly Json[], random: Random, others: readonly Json[]) => readonly Json[])[] = [
  (items, random) => without(items, random.between(0, items.length)),
  (items, random, others) => [...items, anyOf(random, others)],
  (items, random, others) => [anyOf(random, others), ...items],
  (items) => items.flatMap((item) => [item, item]),
  (items) => [...items].reverse(),
];

const IN_MEMBERS: readonly ((all: readonly Member[], random: Random, others: readonly Json[]) => readonly Member[])[] =
  [
    (all, random) => without(all, random.between(0, all.length)),
    (all, random) => without(all, random.between(0, all.length)),
    (all, random, others) => [...all, [nameOf(random), anyOf(random, others)]],
    (all, random) => [...all, [random.pick(HOSTILE), marked()]],
    (all) => [['__proto__', marked()], ...all],
    (all) => [...all, ['constructor', members(['prototype', marked()])]],
    (all, random, others) => all.map(([key]): Member => [key, anyOf(random, others)]),
    (all, random) => all.flatMap((member): readonly Member[] => [member, [member[0], anyOf(random)]]), // keys twice
    (all, random) => {
      const renamed = random.between(0, all.length - 1);
      return all.map(([key, value], at): Member => [at === renamed ? nameOf(random) : key, value]);
    },
    (all) => all.map(([key, value]): Member => [otherwiseSpelt(key), value]),
  ];

const change: Change = (part, random, others) => {
  if (part.kind === 'list' && random.between(0, 1) === 0) {
    return list(...random.pick(IN_LISTS)(part.items, random, others));
  }
  if (part.kind === 'members' && random.between(0, 3) > 0) {
    return members(...random.pick(IN_MEMBERS)(part.members, random, others));
  }
  return random.pick(ANYWHERE)(part, random, others);
};

/**
 * Changes one to three parts of a value: they become of another type, are left out or told twice, get members that mean
 * something to JavaScript or to the protocol, are far too deep, too long or too large, or are exchanged for parts of
 * other values.
 */
export const mutateJson = (random: Random, json: Json, others: readonly Json[]): Json => {
  let changed = json;
  for (let left = random.between(1, 3); left > 0; left -= 1) {
    const part = random.pick(partsOf(changed));
    changed = replacing(changed, part, (found) => change(found, random, others));
  }
  return changed;
};
