import { isRecord } from '../../internal/is-record.js';
import { placesIn } from './places.js';
import { isPlaceName } from './subjects.js';
import { inCommon, wordsOf } from './words.js';

type Schema = Readonly<Record<string, unknown>>;

/** What a value is made for. */
export interface FillContext {
  /** Where sensible strings and numbers are found. */
  readonly prompt: string;
  /** The one place that it is about, of several that the prompt names. */
  readonly place?: string | undefined;
  /** Whether members that need not be there are there: for answers yes, for arguments only if the prompt is about them. */
  readonly isWhole: boolean;
}

interface Filling extends FillContext {
  readonly root: Schema;
  /** The numbers and the places of the prompt that are not used yet. */
  readonly numbers: number[];
  readonly places: string[];
  readonly depth: number;
  /** Which item of a list it is for: a list of the same thing twice is nobody's answer. */
  readonly ordinal?: number | undefined;
}

const MOST_DEPTH = 10;
/** More than that is nobody's answer, whatever a schema asks for. */
const MOST_ITEMS = 1000;

const CODE = /ticker|symbol|currency|code/i;
const WHOLE_PROMPT = /query|prompt|question|text|message|topic|expression|input|task|search/i;

const FORMATS: Readonly<Record<string, string>> = {
  date: '2026-06-01',
  'date-time': '2026-06-01T12:00:00Z',
  time: '12:00:00Z',
  duration: 'PT1H',
  email: 'ada@example.com',
  uri: 'https://example.com/',
  uuid: '0b7f3a52-6c1d-4e0f-9a2b-3c4d5e6f7a8b',
  ipv4: '192.0.2.1',
  hostname: 'example.com',
};

const recordAt = (schema: Schema, key: string): Schema => {
  const value = schema[key];
  return isRecord(value) ? value : {};
};
const listAt = (schema: Schema, key: string): readonly unknown[] => {
  const value = schema[key];
  return Array.isArray(value) ? value : [];
};
const numberAt = (schema: Schema, key: string): number | undefined => {
  const value = schema[key];
  return typeof value === 'number' ? value : undefined;
};

/** Follows a reference inside the document, and takes the first of several choices; what stands beside them stays. */
const resolve = (schema: unknown, root: Schema, hops = 0): Schema => {
  if (!isRecord(schema) || hops > MOST_DEPTH) return {};
  const { $ref, anyOf, oneOf, allOf, ...rest } = schema;
  if (typeof $ref === 'string') {
    const target = $ref
      .replace(/^#\/?/, '')
      .split('/')
      .filter((key) => key !== '')
      .reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), root);
    return { ...resolve(target, root, hops + 1), ...rest };
  }
  const choices = [anyOf, oneOf].flatMap((list): readonly unknown[] => (Array.isArray(list) ? list : []));
  const choice = choices.find((option) => isRecord(option) && option['type'] !== 'null') ?? choices[0];
  const parts = [
    ...(Array.isArray(allOf) ? (allOf as readonly unknown[]) : []),
    ...(choice === undefined ? [] : [choice]),
  ];
  return parts.reduce<Schema>((merged, part) => merge(merged, resolve(part, root, hops + 1)), rest);
};

const merge = (a: Schema, b: Schema): Schema => ({
  ...a,
  ...b,
  ...((a['properties'] ?? b['properties']) !== undefined && {
    properties: { ...recordAt(a, 'properties'), ...recordAt(b, 'properties') },
    required: [...listAt(a, 'required'), ...listAt(b, 'required')],
  }),
});

/** The first type that is not `null`; where none is said, what the other members tell. */
const typeOf = (schema: Schema): string => {
  const said = [schema['type']].flat().filter((type): type is string => typeof type === 'string');
  const type = said.find((name) => name.toLowerCase() !== 'null') ?? said[0];
  if (type !== undefined) return type.toLowerCase();
  if (isRecord(schema['properties'])) return 'object';
  return schema['items'] === undefined ? 'string' : 'array';
};

const mentions = (prompt: string, value: unknown): boolean =>
  typeof value === 'string' && value !== '' && prompt.toLowerCase().includes(value.toLowerCase());

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What a prompt is about: behind "for" or "about", in quotes, or all of it. */
const subjectOf = (prompt: string): string => {
  const found =
    /["“]([^"”]+)["”]/u.exec(prompt) ?? /\b(?:for|about|of|named|called)\s+(?:an?\s+|the\s+)?([^?.!]+)/iu.exec(prompt);
  return (found?.[1] ?? prompt).trim();
};

const label = (name: string): string =>
  name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .toLowerCase();

const sensibleString = (name: string, { prompt, place, places, isWhole }: Filling): string => {
  if (isPlaceName(name)) return place ?? places.shift() ?? placesIn(prompt).at(-1) ?? 'Paris';
  if (CODE.test(name)) return /\b\p{Lu}{2,6}\b/u.exec(prompt)?.[0] ?? 'GOOG';
  if (WHOLE_PROMPT.test(name)) return prompt;
  if (/name|title|subject/i.test(name)) return capitalised(subjectOf(prompt)) || capitalised(label(name));
  if (isWhole) return capitalised(`${label(name) || 'text'} of ${subjectOf(prompt) || 'something'}`);
  return subjectOf(prompt) || label(name) || 'something';
};

const fillString = (schema: Schema, name: string, filling: Filling): string => {
  const { format, minLength, maxLength } = schema;
  const plain = sensibleString(name, filling);
  const text =
    (typeof format === 'string' ? FORMATS[format] : undefined) ??
    (filling.ordinal === undefined ? plain : `${plain} ${filling.ordinal}`);
  const long = typeof minLength === 'number' ? text.padEnd(Math.min(minLength, MOST_ITEMS), '.') : text;
  return typeof maxLength === 'number' ? long.slice(0, maxLength) : long;
};

const fillNumber = (schema: Schema, { numbers }: Filling, isInteger: boolean): number => {
  const { exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  const step = typeof multipleOf === 'number' && multipleOf > 0 ? multipleOf : isInteger ? 1 : 0;
  const nudge = step > 0 ? step : 0.5;
  const low = typeof exclusiveMinimum === 'number' ? exclusiveMinimum + nudge : numberAt(schema, 'minimum');
  const high = typeof exclusiveMaximum === 'number' ? exclusiveMaximum - nudge : numberAt(schema, 'maximum');
  const wanted = numbers.shift() ?? low ?? Math.min(1, high ?? 1);
  const fitting = Math.max(low ?? -Infinity, Math.min(high ?? Infinity, wanted));
  if (step === 0) return fitting;
  const up = Math.ceil(fitting / step) * step;
  return high !== undefined && up > high ? Math.floor(fitting / step) * step : up;
};

const fillArray = (schema: Schema, name: string, filling: Filling): readonly unknown[] => {
  const least = Math.min(numberAt(schema, 'minItems') ?? 0, MOST_ITEMS);
  const most = numberAt(schema, 'maxItems') ?? Infinity;
  const items = resolve(schema['items'] ?? {}, filling.root);
  const options = listAt(items, 'enum');
  const places = isPlaceName(name) && typeOf(items) === 'string' ? placesIn(filling.prompt) : [];
  const usual = places.length > 0 ? places.length : filling.isWhole ? 2 : 1;
  const length = Math.max(least, Math.min(most, usual));
  return Array.from({ length }, (_, at) => {
    const option: unknown = options[at % options.length];
    if (option !== undefined) return option;
    const ordinal = places.length === 0 && length > 1 ? at + 1 : undefined;
    return fillAt(items, name, { ...filling, place: places[at] ?? filling.place, ordinal });
  });
};

const fillObject = (schema: Schema, filling: Filling): Readonly<Record<string, unknown>> => {
  const required = listAt(schema, 'required');
  const about = wordsOf(filling.prompt);
  const isWanted = (name: string, member: Schema): boolean =>
    filling.isWhole ||
    listAt(member, 'enum').some((value) => mentions(filling.prompt, value)) ||
    inCommon(wordsOf(name), about) > 0;
  const members = Object.entries(recordAt(schema, 'properties')).map(
    ([name, member]) => [name, resolve(member, filling.root)] as const,
  );
  const chosen = members.filter(([name, member]) => required.includes(name) || isWanted(name, member));
  // A function that requires nothing at all is still called with its first argument.
  const first = required.length === 0 && chosen.length === 0 ? members.slice(0, 1) : chosen;
  return Object.fromEntries(
    first.flatMap(([name, member]) => {
      if (filling.depth <= 0 && !required.includes(name)) return [];
      return [[name, fillAt(member, name, filling)]];
    }),
  );
};

const fillAt = (schema: unknown, name: string, outer: Filling): unknown => {
  const filling = { ...outer, depth: outer.depth - 1 };
  const resolved = resolve(schema, filling.root);
  if (resolved['const'] !== undefined) return resolved['const'];
  const options = listAt(resolved, 'enum');
  if (options.length > 0) return options.find((value) => mentions(filling.prompt, value)) ?? options[0];
  if (filling.depth < 0) return null; // a schema that requires itself has no instance
  switch (typeOf(resolved)) {
    case 'object':
      return fillObject(resolved, filling);
    case 'array':
      return filling.depth <= 0 ? [] : fillArray(resolved, name, filling);
    case 'integer':
      return fillNumber(resolved, filling, true);
    case 'number':
      return fillNumber(resolved, filling, false);
    case 'boolean':
      return resolved['default'] ?? true;
    case 'null':
      return null;
    default:
      return fillString(resolved, name, filling);
  }
};

/** A value that fits a JSON Schema, made of what a prompt says where that is sensible. */
export const fillSchema = (schema: Schema, context: FillContext): unknown =>
  fillAt(schema, '', {
    ...context,
    root: schema,
    numbers: (context.prompt.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number),
    places: [...placesIn(context.prompt)],
    depth: MOST_DEPTH,
  });
