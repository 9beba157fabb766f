import { jsonEqual } from '../../internal/json-equal.js';
import { placesIn } from './places.js';
import { fillNumber } from './schema/fill-number.js';
import { fillString, type StringContext } from './schema/fill-string.js';
import { fitsSchema, matchesPattern } from './schema/fits-schema.js';
import { listAt, numberAt, recordAt, type Schema, typesOf } from './schema/json-schema.js';
import { costOf, type PlainSchema, plainSchemas } from './schema/plain-schemas.js';
import { isPlaceName } from './subjects.js';
import { inCommon, wordsOf } from './words.js';

/** What a value is made for. */
export interface FillContext {
  /** Where sensible strings and numbers are found. */
  readonly prompt: string;
  /** The one place that it is about, of several that the prompt names. */
  readonly place?: string | undefined;
  /** Whether members that need not be there are there: for answers yes, for arguments only if the prompt is about them. */
  readonly isWhole: boolean;
  /** Values for members of these names, where they fit. */
  readonly known?: Readonly<Record<string, unknown>> | undefined;
}

interface Filling extends FillContext, StringContext {
  readonly root: Schema;
  /** The numbers of the prompt that are not used yet. */
  readonly numbers: number[];
  readonly depth: number;
  /** Whether only what must be there is there. */
  readonly isBare: boolean;
  /** How often each reference has been followed on the way here. */
  readonly followed: ReadonlyMap<string, number>;
  /** How many items and how many values may still be made, in all. */
  readonly budget: { items: number; values: number };
}

const MOST_DEPTH = 100;
/** A recursion goes round that often; then it takes the shortest way out. */
const MOST_ROUNDS = 2;
/** More than that is nobody's answer, whatever a schema asks for. */
const MOST_ITEMS = 1000;
/** Nor does anybody wait while more are tried. */
const MOST_VALUES = 8_000;
/** Other items that are tried where all have to differ. */
const MOST_ATTEMPTS = 64;

const isTight = ({ isBare, depth, followed }: Filling): boolean =>
  isBare || depth <= 0 || [...followed.values()].some((rounds) => rounds > MOST_ROUNDS);

const mentions = (prompt: string, value: unknown): boolean =>
  typeof value === 'string' && value !== '' && prompt.toLowerCase().includes(value.toLowerCase());

/** The types that a value may have, the likeliest first: `null` last, and what the other keywords tell where none is said. */
const likelyTypes = (schema: Schema): readonly string[] => {
  const said = typesOf(schema);
  if (said.length > 0) return [...said.filter((type) => type !== 'null'), ...said.filter((type) => type === 'null')];
  const has = (...keywords: readonly string[]): boolean => keywords.some((keyword) => schema[keyword] !== undefined);
  if (has('properties', 'required', 'additionalProperties', 'minProperties')) return ['object'];
  if (has('items', 'prefixItems', 'minItems', 'maxItems', 'uniqueItems')) return ['array'];
  if (has('minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf')) return ['number'];
  return ['string'];
};

/** The schema of a member that is there although it is not declared. */
const undeclared = (schema: Schema, name: string): unknown => {
  const found = Object.entries(recordAt(schema, 'patternProperties')).find(([pattern]) =>
    matchesPattern(name, pattern),
  );
  return found ? found[1] : (schema['additionalProperties'] ?? {});
};

/** The members that are to be there, of those that are declared. */
const wantedMembers = (schema: Schema, filling: Filling): readonly string[] => {
  const names = Object.keys(recordAt(schema, 'properties'));
  const required = new Set(listAt(schema, 'required'));
  if (isTight(filling)) return names.filter((name) => required.has(name));
  const about = wordsOf(filling.prompt);
  const isAbout = (name: string): boolean =>
    inCommon(wordsOf(name), about) > 0 ||
    plainSchemas(recordAt(schema, 'properties')[name], filling.root).some((plain) =>
      listAt(plain.schema, 'enum').some((value) => mentions(filling.prompt, value)),
    );
  const wanted = names.filter((name) => required.has(name) || filling.isWhole || isAbout(name));
  // A function that requires nothing at all is still called with its first argument.
  return required.size === 0 && wanted.length === 0 ? names.slice(0, 1) : wanted;
};

const fillObject = (schema: Schema, filling: Filling): Readonly<Record<string, unknown>> => {
  const properties = recordAt(schema, 'properties');
  const required = listAt(schema, 'required').map(String);
  const [least, most] = [numberAt(schema, 'minProperties') ?? 0, numberAt(schema, 'maxProperties') ?? Infinity];
  const members = new Map<string, unknown>();
  const add = (name: string): void => {
    if (members.has(name)) return;
    const member = Object.hasOwn(properties, name) ? properties[name] : undeclared(schema, name);
    const value = fillAt(member, name, filling);
    // What need not be there is there only if it is right.
    if (required.includes(name) || (members.size < most && fitsSchema(value, member, filling.root))) {
      members.set(name, value);
    }
  };
  const optional = wantedMembers(schema, filling).filter((name) => !required.includes(name));
  const room = Math.max(0, most - required.length);
  const chosen = new Set([...required, ...optional.slice(0, room)]);
  for (const name of Object.keys(properties)) if (chosen.has(name)) add(name);
  for (const name of required) add(name);
  for (const name of Object.keys(properties)) if (members.size < least) add(name);
  for (let at = 1; members.size < least && at <= Math.min(least, MOST_ITEMS); at += 1) add(`extra_${at}`);
  return Object.fromEntries(members);
};

const fillArray = (schema: Schema, name: string, filling: Filling): readonly unknown[] => {
  const prefix = listAt(schema, 'prefixItems');
  const items = schema['items'] ?? {};
  const plain = plainSchemas(items, filling.root)[0]?.schema;
  const places = isPlaceName(name) && plain && likelyTypes(plain)[0] === 'string' ? placesIn(filling.prompt) : [];
  const usual = places.length > 0 ? places.length : filling.isWhole ? 2 : 1;
  const least = Math.min(numberAt(schema, 'minItems') ?? 0, MOST_ITEMS);
  const most = Math.min(numberAt(schema, 'maxItems') ?? Infinity, plain ? Infinity : prefix.length);
  const length = Math.max(least, isTight(filling) ? 0 : Math.min(most, Math.max(usual, prefix.length)));
  const made: unknown[] = [];
  const itemAt = (at: number, ordinal: number | undefined): unknown =>
    fillAt(at < prefix.length ? prefix[at] : items, name, {
      ...filling,
      known: undefined,
      place: places[at] ?? filling.place,
      ordinal,
    });
  while (made.length < length && filling.budget.items > 0) {
    const at = made.length;
    filling.budget.items -= 1;
    let item = itemAt(at, length === 1 || at < places.length ? undefined : at + 1);
    if (schema['uniqueItems'] === true) {
      const isTaken = (): boolean => made.some((other) => jsonEqual(other, item));
      for (let ordinal = 1; isTaken() && ordinal <= MOST_ATTEMPTS; ordinal += 1) item = itemAt(at, ordinal);
      if (isTaken()) break;
    }
    made.push(item);
  }
  return made;
};

const fillType = (type: string, schema: Schema, name: string, filling: Filling): unknown => {
  const { numbers, ordinal } = filling;
  switch (type) {
    case 'object':
      return fillObject(schema, filling);
    case 'array':
      return fillArray(schema, name, filling);
    case 'integer':
    case 'number':
      return fillNumber(schema, name, numbers.shift(), (ordinal ?? 1) - 1, type === 'integer');
    case 'boolean':
      return schema['default'] ?? (ordinal === undefined || ordinal % 2 === 1);
    case 'null':
      return null;
    default:
      return fillString(schema, name, filling);
  }
};

/** The values that a plain schema suggests, the best first. */
const candidates = function* (schema: Schema, name: string, filling: Filling): Generator {
  const { prompt, ordinal } = filling;
  if (schema['const'] !== undefined) yield schema['const'];
  const options = listAt(schema, 'enum');
  if (options.length > 0) {
    const at = ordinal === undefined ? options.findIndex((value) => mentions(prompt, value)) : ordinal - 1;
    const first = Math.max(0, at) % options.length;
    yield* [...options.slice(first), ...options.slice(0, first)];
  }
  for (const type of likelyTypes(schema)) {
    const value = fillType(type, schema, name, filling);
    yield value;
    if (type === 'number') yield Number(value) + 0.5; // a number that is not an integer
    if (type === 'object' || type === 'array') yield fillType(type, schema, name, { ...filling, isBare: true });
  }
};

const fillAt = (schema: unknown, name: string, outer: Filling): unknown => {
  const known = outer.known?.[name];
  if (known !== undefined && fitsSchema(known, schema, outer.root)) return known;
  outer.budget.values -= 1;
  if (outer.depth < 0 || outer.budget.values < 0) return null; // a schema that requires itself has no instance
  const ways = plainSchemas(schema, outer.root);
  const byCost = isTight(outer) ? [...ways].sort((a, b) => costOf(a) - costOf(b)) : nullLast(ways);
  const unused = { numbers: [...outer.numbers], places: [...outer.places] };
  let best: unknown = null;
  let isFirst = true;
  for (const way of byCost) {
    for (const value of candidates(way.schema, name, within(outer, way))) {
      if (fitsSchema(value, schema, outer.root)) return value;
      if (isFirst) best = value;
      isFirst = false;
      outer.numbers.splice(0, Infinity, ...unused.numbers);
      outer.places.splice(0, Infinity, ...unused.places);
    }
  }
  return best;
};

const nullLast = (ways: readonly PlainSchema[]): readonly PlainSchema[] => {
  const isNull = ({ schema }: PlainSchema): boolean => typesOf(schema).every((type) => type === 'null');
  const onlyNull = (way: PlainSchema): boolean => typesOf(way.schema).length > 0 && isNull(way);
  return [...ways.filter((way) => !onlyNull(way)), ...ways.filter(onlyNull)];
};

const within = (outer: Filling, { references }: PlainSchema): Filling => {
  const followed = new Map(outer.followed);
  for (const reference of references) followed.set(reference, (followed.get(reference) ?? 0) + 1);
  return { ...outer, depth: outer.depth - 1, followed };
};

/**
 * A value that fits a JSON Schema, made of what a prompt says where that is sensible.
 *
 * It heeds `type`, `enum`, `const`, `properties`, `required`, `additionalProperties`, `patternProperties`, `minProperties`,
 * `maxProperties`, `items`, `prefixItems`, `minItems`, `maxItems`, `uniqueItems`, `minimum`, `maximum`, `exclusiveMinimum`,
 * `exclusiveMaximum`, `multipleOf`, `minLength`, `maxLength`, `format`, `pattern` (without look-around and back-references),
 * `anyOf`, `oneOf`, `allOf`, and `$ref` inside the document: more than the service enforces (wire-format 2.4).
 *
 * It does not heed `not`, `if`/`then`/`else`, `dependentRequired`, `dependentSchemas`, `contains`, `propertyNames`,
 * `unevaluatedItems`, `unevaluatedProperties`, `$dynamicRef`, and references by `$id` or `$anchor`; it makes no names up
 * for `patternProperties`, and does not lengthen a text to `minLength` that has to match a `pattern`. Where a schema asks for
 * more than 1,000 items or 8,000 values, is nested deeper than 100, or has no instance, the value does not fit.
 */
export const fillSchema = (schema: Schema, context: FillContext): unknown =>
  fillAt(schema, '', {
    ...context,
    root: schema,
    numbers: (context.prompt.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number),
    places: [...placesIn(context.prompt)],
    depth: MOST_DEPTH,
    isBare: false,
    followed: new Map(),
    budget: { items: MOST_ITEMS, values: MOST_VALUES },
  });
