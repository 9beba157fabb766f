import type * as t from 'io-ts';

import type { JsonSchema } from './accepted-schema.js';

/** What is read of a codec: its tag and its parts. Never `instanceof`, which fails between two copies of io-ts. */
interface CodecParts {
  readonly _tag?: string;
  readonly name: string;
  readonly type?: t.Mixed;
  readonly types?: readonly t.Mixed[];
  readonly props?: Readonly<Record<string, t.Mixed>>;
  readonly domain?: CodecParts;
  readonly codomain?: t.Mixed;
  readonly value?: unknown;
  readonly keys?: Readonly<Record<string, unknown>>;
  readonly description?: string;
}

/** Where a walk through a codec is. */
interface Place {
  /** Whose codec it is, for messages. */
  readonly subject: string;
  /** The members that lead there, like `stops[].city`. */
  readonly path: string;
  /** The recursive codecs on the way, and the schemas that they are referred to by. */
  readonly definitions: Map<CodecParts, Definition>;
}

interface Definition {
  readonly name: string;
  schema: JsonSchema;
}

const inside = (place: Place, segment: string): Place => ({ ...place, path: `${place.path}${segment}` });

const member = (place: Place, name: string): Place => inside(place, place.path === '' ? name : `.${name}`);

const unsupported = (what: string, { subject, path }: Place): TypeError =>
  new TypeError(
    `${subject}${path === '' ? '' : ` at ${path}`}: ${what} has no JSON Schema; say it yourself, as "schema" beside the codec`,
  );

const isUndefined = ({ _tag }: CodecParts): boolean => _tag === 'UndefinedType' || _tag === 'VoidType';

/** Whether a member need not be there, as far as its type tells: `t.unknown` takes anything and still wants to be written. */
const isOptional = ({ _tag, type, types = [] }: CodecParts): boolean => {
  if (_tag === 'UnionType') return types.some((part: CodecParts) => isUndefined(part) || isOptional(part));
  return (
    (_tag === 'DescribedType' || _tag === 'RefinementType' || _tag === 'ReadonlyType') && !!type && isOptional(type)
  );
};

const objectSchema = (props: Readonly<Record<string, t.Mixed>>, place: Place, isPartial = false): JsonSchema => {
  const entries = Object.entries(props);
  const required = isPartial ? [] : entries.flatMap(([name, codec]) => (isOptional(codec) ? [] : [name]));
  return {
    type: 'object',
    properties: Object.fromEntries(entries.map(([name, codec]) => [name, schemaAt(codec, member(place, name))])),
    // The API refuses an empty `required`.
    ...(required.length > 0 && { required }),
  };
};

type ObjectSchema = JsonSchema & {
  readonly properties?: JsonSchema;
  readonly required?: readonly string[];
};

const isObjectSchema = (schema: JsonSchema): schema is ObjectSchema => schema['type'] === 'object';

/** `allOf` is not in the subset, so one object is made of several. Of a member that two of them have, the last one counts. */
const intersectionSchema = (types: readonly t.Mixed[], place: Place): JsonSchema => {
  const schemas = types.map((type) => schemaAt(type, place));
  if (!schemas.every(isObjectSchema)) throw unsupported('an intersection of other things than objects', place);
  const properties = Object.fromEntries(schemas.flatMap((schema) => Object.entries(schema.properties ?? {})));
  const required = new Set(schemas.flatMap((schema) => schema.required ?? []));
  return {
    ...schemas.reduce<JsonSchema>((merged, schema) => ({ ...merged, ...schema }), {}),
    ...(schemas.some((schema) => schema.properties !== undefined) && { properties }),
    ...(required.size > 0 && { required: [...required] }),
  };
};

const unionSchema = (types: readonly t.Mixed[], place: Place): JsonSchema => {
  const [first, ...others] = types.filter((type) => !isUndefined(type));
  if (first === undefined) throw unsupported('nothing but undefined', place);
  if (others.length === 0) return schemaAt(first, place);
  const literals = [first, ...others].map(({ _tag, value }: CodecParts) =>
    _tag === 'LiteralType' ? value : undefined,
  );
  if (literals.every((literal) => typeof literal === 'string')) return { type: 'string', enum: literals };
  return { anyOf: [first, ...others].map((type) => schemaAt(type, place)) };
};

/** A list of just these items: `prefixItems`, and a length, which the API enforces. */
const tupleSchema = (types: readonly t.Mixed[], place: Place): JsonSchema => ({
  type: 'array',
  ...(types.length > 0 && { prefixItems: types.map((type, at) => schemaAt(type, inside(place, `[${String(at)}]`))) }),
  minItems: types.length,
  maxItems: types.length,
});

/** The keys of a record, where they can be counted. */
const keysOf = ({ _tag, keys = {}, value, types = [] }: CodecParts): readonly string[] | undefined => {
  if (_tag === 'KeyofType') return Object.keys(keys);
  if (_tag === 'LiteralType') return [String(value)];
  if (_tag !== 'UnionType') return undefined;
  const parts = types.map(keysOf);
  return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
};

const recordSchema = (codomain: t.Mixed, domain: CodecParts | undefined, place: Place): JsonSchema => {
  const keys = domain && keysOf(domain);
  return keys
    ? objectSchema(Object.fromEntries(keys.map((key) => [key, codomain])), place)
    : { type: 'object', additionalProperties: schemaAt(codomain, inside(place, '.*')) };
};

/** A name of letters, digits and `_.-`, which needs no escapes in a reference, and no other definition has. */
const nameFor = (name: string, definitions: Place['definitions']): string => {
  const plain = name.replace(/[^\w.-]+/g, '_');
  const taken = new Set([...definitions.values()].map((definition) => definition.name));
  const numbered = (at: number): string => (at === 1 ? plain : `${plain}_${String(at)}`);
  let at = 1;
  while (taken.has(numbered(at))) at += 1;
  return numbered(at);
};

const referenceTo = (codec: CodecParts, type: t.Mixed, place: Place): JsonSchema => {
  const { definitions } = place;
  const known = definitions.get(codec);
  const definition = known ?? { name: nameFor(codec.name, definitions), schema: {} };
  if (!known) {
    definitions.set(codec, definition);
    definition.schema = schemaAt(type, place);
  }
  return { $ref: `#/$defs/${definition.name}` };
};

/** Of codecs without parts. */
const leafSchema = ({ _tag, value, keys = {} }: CodecParts): JsonSchema | undefined => {
  switch (_tag) {
    case 'StringType':
      return { type: 'string' };
    case 'NumberType':
      return { type: 'number' };
    case 'BooleanType':
      return { type: 'boolean' };
    case 'NullType':
      return { type: 'null' };
    case 'UnknownType':
    case 'AnyType':
      return {};
    case 'AnyArrayType':
      return { type: 'array' };
    case 'AnyDictionaryType':
      return { type: 'object' };
    case 'LiteralType':
      return { type: typeof value, enum: [value] };
    case 'KeyofType':
      return { type: 'string', enum: Object.keys(keys) };
    default:
      return undefined;
  }
};

/** Of codecs with several parts. */
const compositeSchema = (codec: CodecParts, place: Place): JsonSchema | undefined => {
  const { _tag, types = [], props = {}, domain, codomain } = codec;
  switch (_tag) {
    case 'InterfaceType':
    case 'StrictType':
      return objectSchema(props, place);
    case 'PartialType':
      return objectSchema(props, place, true);
    case 'DictionaryType':
      return codomain && recordSchema(codomain, domain, place);
    case 'TupleType':
      return tupleSchema(types, place);
    case 'IntersectionType':
      return intersectionSchema(types, place);
    case 'UnionType':
      return unionSchema(types, place);
    default:
      return undefined;
  }
};

/** `t.Int`, and `t.Integer` before it. */
const isWhole = ({ name, type }: CodecParts): boolean => {
  const number: CodecParts | undefined = type;
  return (name === 'Int' || name === 'Integer') && number?._tag === 'NumberType';
};

/** Of codecs that are made of one other. */
const wrapperSchema = (codec: CodecParts, type: t.Mixed, place: Place): JsonSchema | undefined => {
  switch (codec._tag) {
    case 'ArrayType':
    case 'ReadonlyArrayType':
      return { type: 'array', items: schemaAt(type, inside(place, '[]')) };
    case 'RecursiveType':
      return referenceTo(codec, type, place);
    case 'RefinementType':
      return isWhole(codec) ? { type: 'integer' } : schemaAt(type, place);
    case 'DescribedType':
      return { ...schemaAt(type, place), description: codec.description };
    case 'ReadonlyType':
    case 'ExactType':
      return schemaAt(type, place);
    default:
      return undefined;
  }
};

const schemaAt = (codec: CodecParts, place: Place): JsonSchema => {
  const schema =
    leafSchema(codec) ?? compositeSchema(codec, place) ?? (codec.type && wrapperSchema(codec, codec.type, place));
  if (schema === undefined) throw unsupported(`the codec ${codec.name}`, place);
  return schema;
};

/** What a schema refers to goes with it; one that is nothing but a reference has it written out, so that it shows its type. */
const withDefinitions = ({ $ref, ...schema }: JsonSchema, definitions: readonly Definition[]): JsonSchema => ({
  ...definitions.find(({ name }) => $ref === `#/$defs/${name}`)?.schema,
  ...schema,
  ...(definitions.length > 0 && {
    $defs: Object.fromEntries(definitions.map((definition) => [definition.name, definition.schema])),
  }),
});

/**
 * The JSON Schema of an io-ts codec.
 *
 * A member is `required` where its key is in TypeScript; one whose type includes `undefined` need not be there, since JSON
 * has no such value. Tuples are `prefixItems` of a fixed length; recursive codecs are `$defs`; objects that intersect
 * become one.
 *
 * Throws a `TypeError` that names the place where a codec (one of your own, an intersection of other things than objects)
 * has none.
 *
 * @param subject - Whose codec it is, for the message: `The parameters of get_weather`.
 */
export const codecSchema = (codec: t.Mixed, subject: string): JsonSchema => {
  const definitions: Place['definitions'] = new Map();
  const schema = schemaAt(codec, { subject, path: '', definitions });
  return withDefinitions(schema, [...definitions.values()]);
};
