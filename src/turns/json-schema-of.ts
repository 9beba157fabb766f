import type * as t from 'io-ts';

/** JSON Schema, in the subset that the API reads: lower-case types (wire-format 2.4, 11). */
export type JsonSchema = Readonly<Record<string, unknown>>;

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

type ObjectSchema = JsonSchema & {
  readonly properties: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
};

const objectSchema = (props: CodecParts['props'] = {}, path: string, isRequired: boolean): ObjectSchema => {
  const names = Object.keys(props);
  const properties = Object.fromEntries(
    Object.entries(props).map(([name, codec]) => [name, schemaAt(codec, path === '' ? name : `${path}.${name}`)]),
  );
  // The API refuses an empty `required`.
  return { type: 'object', properties, ...(isRequired && names.length > 0 ? { required: names } : {}) };
};

const merge = (schemas: readonly JsonSchema[], path: string): JsonSchema => {
  const objects = schemas.filter(
    (schema): schema is ObjectSchema => schema['type'] === 'object' && 'properties' in schema,
  );
  if (objects.length !== schemas.length) throw unsupported('an intersection of other things than objects', path);
  const required = objects.flatMap((schema) => schema.required ?? []);
  return {
    type: 'object',
    properties: Object.assign({}, ...objects.map(({ properties }) => properties)) as object,
    ...(required.length > 0 ? { required: [...new Set(required)] } : {}),
  };
};

const union = (types: readonly t.Mixed[], path: string): JsonSchema => {
  const parts = types.map((type): CodecParts => type);
  if (parts.every(({ _tag, value }) => _tag === 'LiteralType' && typeof value === 'string')) {
    return { type: 'string', enum: parts.map(({ value }) => value) };
  }
  return { anyOf: types.map((type) => schemaAt(type, path)) };
};

const unsupported = (what: string, path: string): TypeError =>
  new TypeError(
    `parameters${path === '' ? '' : ` at ${path}`}: ${what} has no JSON Schema here; declare the tool with a JSON Schema instead of a codec`,
  );

const plainSchema = (codec: CodecParts, path: string): JsonSchema => {
  const { _tag, name, type, types = [], props, domain, codomain, value, keys = {} } = codec;
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
    case 'InterfaceType':
    case 'StrictType':
      return objectSchema(props, path, true);
    case 'PartialType':
      return objectSchema(props, path, false);
    case 'ArrayType':
    case 'ReadonlyArrayType':
      return { type: 'array', ...(type ? { items: schemaAt(type, `${path}[]`) } : {}) };
    case 'DictionaryType':
      if (domain?._tag === 'KeyofType' && codomain) {
        return objectSchema(
          Object.fromEntries(Object.keys(domain.keys ?? {}).map((key) => [key, codomain])),
          path,
          true,
        );
      }
      return { type: 'object', ...(codomain ? { additionalProperties: schemaAt(codomain, `${path}.*`) } : {}) };
    case 'IntersectionType':
      return merge(
        types.map((part) => schemaAt(part, path)),
        path,
      );
    case 'UnionType':
      return union(types, path);
    case 'RefinementType':
      return name === 'Int' ? { type: 'integer' } : type ? schemaAt(type, path) : {};
    case 'ReadonlyType':
    case 'ExactType':
    case 'DescribedType':
      return type ? schemaAt(type, path) : {};
    default:
      throw unsupported(`the codec ${name}`, path);
  }
};

const schemaAt = (codec: t.Mixed, path: string): JsonSchema => {
  const schema = plainSchema(codec, path);
  const { _tag, description } = codec as CodecParts;
  return _tag === 'DescribedType' ? { ...schema, description } : schema;
};

/**
 * The JSON Schema of an io-ts codec, for a tool's `parameters`.
 *
 * Throws a `TypeError` that names the place where a codec (a recursive one, a tuple, one of your own) has none.
 */
export const jsonSchemaOf = (codec: t.Mixed): JsonSchema => schemaAt(codec, '');
