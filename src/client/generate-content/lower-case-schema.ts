import { isRecord } from '../../internal/is-record.js';
import { camelCased, type Members } from './rules.js';

const SCHEMAS: ReadonlySet<string> = new Set(['items', 'additionalProperties', 'not', 'contains']);
const LISTS: ReadonlySet<string> = new Set(['anyOf', 'oneOf', 'allOf', 'prefixItems']);
const MAPS: ReadonlySet<string> = new Set(['properties', '$defs', 'definitions', 'patternProperties']);
/** These are 64-bit numbers there, which JSON has as text. */
const LIMITS = /^(?:min|max)(?:Items|Length|Properties)$/;

const lowerType = (type: unknown): unknown => {
  if (typeof type === 'string') return type.toLowerCase();
  return Array.isArray(type) ? type.map(lowerType) : type;
};

const lowerMember = (key: string, value: unknown): unknown => {
  if (key === 'type') return lowerType(value);
  if (SCHEMAS.has(key)) return lowerCaseSchema(value);
  if (LISTS.has(key)) return Array.isArray(value) ? value.map(lowerCaseSchema) : value;
  if (MAPS.has(key) && isRecord(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, lowerCaseSchema(schema)]));
  }
  return LIMITS.test(key) && typeof value === 'string' ? Number(value) : value;
};

/** JSON Schema says that something may be `null` by its type, and by the values that it may have. */
const nullable = ({ nullable: isNullable, ...schema }: Members): Members => {
  const { type, enum: values } = schema;
  if (isNullable !== true) return schema;
  return {
    ...schema,
    ...(type !== undefined && { type: [type, 'null'].flat() }),
    ...(Array.isArray(values) && { enum: [...(values as readonly unknown[]), null] }),
  };
};

/**
 * A schema as JSON Schema spells it (wire-format 13.F): keywords in camelCase, types in lower case, limits as numbers, `null`
 * among the types. Only schemas are changed: names of properties, values and examples stay what they are.
 */
export function lowerCaseSchema(schema: unknown): unknown {
  if (!isRecord(schema)) return schema;
  return nullable(
    Object.fromEntries(
      Object.entries(schema)
        .filter(([key, value]) => value !== undefined && !(key === 'type' && value === 'TYPE_UNSPECIFIED'))
        .map(([key, value]) => [camelCased(key), lowerMember(camelCased(key), value)]),
    ),
  );
}
