import { isRecord } from '../internal/is-record.js';

/** JSON Schema, in the subset that the API reads: lower-case types (wire-format 2.4, 11). */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Keywords whose value is a schema, or a list of schemas. */
const HOLDS_SCHEMA: ReadonlySet<string> = new Set([
  ...['items', 'prefixItems', 'additionalItems', 'unevaluatedItems', 'contains'],
  ...['additionalProperties', 'unevaluatedProperties', 'propertyNames'],
  ...['anyOf', 'oneOf', 'allOf', 'not', 'if', 'then', 'else'],
]);

/** Keywords whose value holds schemas under names of the author's. */
const HOLDS_NAMED_SCHEMAS: ReadonlySet<string> = new Set([
  ...['properties', 'patternProperties', 'dependentSchemas'],
  ...['$defs', 'definitions'],
]);

const mapMembers = (record: JsonSchema, change: (value: unknown) => unknown): JsonSchema =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));

const lowerCase = (type: unknown): unknown => {
  if (Array.isArray(type)) return type.map(lowerCase);
  return typeof type === 'string' ? type.toLowerCase() : type;
};

const anyAccepted = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(anyAccepted);
  return isRecord(schema) ? acceptedSchema(schema) : schema;
};

const isRefused = (keyword: string, value: unknown): boolean =>
  value === undefined ||
  keyword === '$schema' ||
  (keyword === 'required' && Array.isArray(value) && value.length === 0);

const acceptedValue = (keyword: string, value: unknown): unknown => {
  if (keyword === 'type') return lowerCase(value);
  if (HOLDS_SCHEMA.has(keyword)) return anyAccepted(value);
  return HOLDS_NAMED_SCHEMAS.has(keyword) && isRecord(value) ? mapMembers(value, anyAccepted) : value;
};

/**
 * The same JSON Schema as the API accepts it: types in lower case (`OBJECT` is how other interfaces spell them), no empty
 * `required`, no `$schema`, no members that are `undefined` (wire-format 2.4, 11, 13.F). What stands where values stand
 * (`enum`, `const`, `default`, `examples`) and the names of properties are left as they are; so is the given schema.
 */
export const acceptedSchema = (schema: JsonSchema): JsonSchema =>
  Object.fromEntries(
    Object.entries(schema).flatMap(([keyword, value]) =>
      isRefused(keyword, value) ? [] : [[keyword, acceptedValue(keyword, value)]],
    ),
  );
