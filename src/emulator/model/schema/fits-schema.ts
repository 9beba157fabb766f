import { isRecord } from '../../../internal/is-record.js';
import { jsonEqual } from '../../../internal/json-equal.js';
import { listAt, numberAt, recordAt, type Schema, stringAt, targetOf, typesOf } from './json-schema.js';

/** A test by a keyword of a schema: for values that the keyword is not about it is passed. */
type Check = (value: unknown, schema: Schema, isFit: (value: unknown, schema: unknown) => boolean) => boolean;

const isOfType = (value: unknown, type: string): boolean => {
  switch (type) {
    case 'null':
      return value === null;
    case 'integer':
      return Number.isInteger(value);
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isRecord(value);
    default:
      return typeof value === type;
  }
};

/** Whether a number is a multiple, as exactly as floating point tells. */
const isMultiple = (value: number, of: number): boolean => of <= 0 || Number.isInteger(value / of);

/** Whether a text matches a pattern; what is no pattern at all is matched by everything. */
export const matchesPattern = (text: string, pattern: string): boolean => {
  try {
    return new RegExp(pattern, 'u').test(text);
  } catch {
    return true;
  }
};

const generic: Check = (value, schema) => {
  const types = typesOf(schema);
  if (types.length > 0 && !types.some((type) => isOfType(value, type))) return false;
  if (schema['const'] !== undefined && !jsonEqual(value, schema['const'])) return false;
  return !Array.isArray(schema['enum']) || schema['enum'].some((option) => jsonEqual(value, option));
};

const combined: Check = (value, schema, isFit) => {
  const fitting = (key: string): number => listAt(schema, key).filter((option) => isFit(value, option)).length;
  if (fitting('allOf') < listAt(schema, 'allOf').length) return false;
  if (Array.isArray(schema['anyOf']) && fitting('anyOf') === 0) return false;
  return !Array.isArray(schema['oneOf']) || fitting('oneOf') === 1;
};

const numeric: Check = (value, schema) =>
  typeof value !== 'number' ||
  (value >= (numberAt(schema, 'minimum') ?? -Infinity) &&
    value <= (numberAt(schema, 'maximum') ?? Infinity) &&
    value > (numberAt(schema, 'exclusiveMinimum') ?? -Infinity) &&
    value < (numberAt(schema, 'exclusiveMaximum') ?? Infinity) &&
    isMultiple(value, numberAt(schema, 'multipleOf') ?? 0));

const textual: Check = (value, schema) => {
  if (typeof value !== 'string') return true;
  const { length } = Array.from(value);
  const pattern = stringAt(schema, 'pattern');
  return (
    length >= (numberAt(schema, 'minLength') ?? 0) &&
    length <= (numberAt(schema, 'maxLength') ?? Infinity) &&
    (pattern === undefined || matchesPattern(value, pattern))
  );
};

const listed: Check = (value, schema, isFit) => {
  if (!Array.isArray(value)) return true;
  const items: readonly unknown[] = value;
  const prefix = listAt(schema, 'prefixItems');
  const isUnique = (item: unknown, at: number): boolean => !items.slice(0, at).some((other) => jsonEqual(other, item));
  return (
    items.length >= (numberAt(schema, 'minItems') ?? 0) &&
    items.length <= (numberAt(schema, 'maxItems') ?? Infinity) &&
    (schema['uniqueItems'] !== true || items.every(isUnique)) &&
    items.every((item, at) => isFit(item, at < prefix.length ? prefix[at] : (schema['items'] ?? true)))
  );
};

const structured: Check = (value, schema, isFit) => {
  if (!isRecord(value)) return true;
  const names = Object.keys(value);
  const properties = recordAt(schema, 'properties');
  const patterns = Object.entries(recordAt(schema, 'patternProperties'));
  const schemasFor = (name: string): readonly unknown[] => {
    const declared = Object.hasOwn(properties, name) ? [properties[name]] : [];
    const found = [
      ...declared,
      ...patterns.filter(([pattern]) => matchesPattern(name, pattern)).map(([, member]) => member),
    ];
    return found.length > 0 ? found : [schema['additionalProperties'] ?? true];
  };
  return (
    names.length >= (numberAt(schema, 'minProperties') ?? 0) &&
    names.length <= (numberAt(schema, 'maxProperties') ?? Infinity) &&
    listAt(schema, 'required').every((name) => Object.hasOwn(value, String(name))) &&
    names.every((name) => schemasFor(name).every((member) => isFit(value[name], member)))
  );
};

const CHECKS: readonly Check[] = [generic, numeric, textual, listed, structured, combined];

/**
 * Whether a value fits a schema, by the keywords that `fillSchema` heeds. By a reference that leads back to itself nothing
 * does.
 *
 * @param path - The references that led here, from the same value.
 */
export const fitsSchema = (value: unknown, schema: unknown, root: Schema, path: readonly string[] = []): boolean => {
  if (schema === false) return false;
  if (!isRecord(schema)) return true;
  const reference = stringAt(schema, '$ref');
  if (reference !== undefined) {
    if (path.includes(reference)) return false;
    if (!fitsSchema(value, targetOf(reference, root), root, [...path, reference])) return false;
  }
  // Members are smaller than what holds them: only what is about the same value can go round in circles.
  const isFit = (part: unknown, of: unknown): boolean => fitsSchema(part, of, root, part === value ? path : []);
  return CHECKS.every((check) => check(value, schema, isFit));
};
