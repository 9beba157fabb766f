import { isRecord } from '../../../internal/is-record.js';
import { jsonEqual } from '../../../internal/json-equal.js';
import { listAt, recordAt, type Schema, stringAt, targetOf, typesOf } from './json-schema.js';

/** A schema without references and choices, and the references that were followed to it. */
export interface PlainSchema {
  readonly schema: Schema;
  readonly references: readonly string[];
}

/** More ways to satisfy a schema need not be looked at. */
const MOST_CHOICES = 32;

const SHARED_LIMITS: Readonly<Record<string, (a: number, b: number) => number>> = {
  minimum: Math.max,
  exclusiveMinimum: Math.max,
  minLength: Math.max,
  minItems: Math.max,
  minProperties: Math.max,
  maximum: Math.min,
  exclusiveMaximum: Math.min,
  maxLength: Math.min,
  maxItems: Math.min,
  maxProperties: Math.min,
};

const commonTypes = (a: Schema, b: Schema): readonly string[] => {
  const other = typesOf(b);
  return typesOf(a).flatMap((type) => {
    if (other.includes(type)) return [type];
    return (type === 'number' && other.includes('integer')) || (type === 'integer' && other.includes('number'))
      ? ['integer']
      : [];
  });
};

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b));

const commonMultiple = (a: number, b: number): number =>
  Number.isInteger(a) && Number.isInteger(b) ? (a * b) / greatestDivisor(a, b) : Math.max(a, b);

/** What both schemas ask for under one keyword. */
const bothOf = (key: string, a: unknown, b: unknown, left: Schema, right: Schema): unknown => {
  if (key === 'properties' && isRecord(a) && isRecord(b)) {
    const shared = Object.keys(b).filter((name) => Object.hasOwn(a, name));
    return { ...a, ...b, ...Object.fromEntries(shared.map((name) => [name, { allOf: [a[name], b[name]] }])) };
  }
  if (key === 'required') return [...new Set([...listAt(left, key), ...listAt(right, key)])];
  if (key === 'enum') return listAt(left, key).filter((x) => listAt(right, key).some((y) => jsonEqual(x, y)));
  if (key === 'type') return commonTypes(left, right);
  if (key === 'items' || key === 'additionalProperties') return { allOf: [a, b] };
  if (typeof a === 'number' && typeof b === 'number') {
    return key === 'multipleOf' ? commonMultiple(a, b) : (SHARED_LIMITS[key]?.(a, b) ?? b);
  }
  return b;
};

const intersection = (a: Schema, b: Schema): Schema => ({
  ...a,
  ...Object.fromEntries(
    Object.entries(b).map(([key, value]) => [key, Object.hasOwn(a, key) ? bothOf(key, a[key], value, a, b) : value]),
  ),
});

const cross = (left: readonly PlainSchema[], right: readonly PlainSchema[]): readonly PlainSchema[] =>
  left
    .flatMap((a) =>
      right.map((b) => ({
        schema: intersection(a.schema, b.schema),
        references: [...a.references, ...b.references],
      })),
    )
    .slice(0, MOST_CHOICES);

/** The first ways that some schemas offer, in their order; no more are looked for than are looked at. */
const firstOf = (
  schemas: readonly unknown[],
  waysOf: (schema: unknown) => readonly PlainSchema[],
): readonly PlainSchema[] => {
  const found: PlainSchema[] = [];
  for (const schema of schemas) {
    if (found.length >= MOST_CHOICES) break;
    found.push(...waysOf(schema));
  }
  return found;
};

/**
 * The ways to satisfy a schema: references are followed, choices made, parts put together. None for `false`, and none by a
 * reference that leads back to itself.
 *
 * @param path - The references that led here, from the same value.
 */
export const plainSchemas = (schema: unknown, root: Schema, path: readonly string[] = []): readonly PlainSchema[] => {
  if (schema === false) return [];
  if (!isRecord(schema)) return [{ schema: {}, references: [] }];
  const { $ref: _ref, anyOf: _any, oneOf: _one, allOf: _all, ...own } = schema;
  const follow = (part: unknown): readonly PlainSchema[] => plainSchemas(part, root, path);
  const refer = (reference: string): readonly PlainSchema[] =>
    path.includes(reference)
      ? []
      : plainSchemas(targetOf(reference, root), root, [...path, reference]).map((plain) => ({
          ...plain,
          references: [...plain.references, reference],
        }));
  const reference = stringAt(schema, '$ref');
  const choices = ['anyOf', 'oneOf'].filter((key) => Array.isArray(schema[key]));
  return [
    ...(reference === undefined ? [] : [refer(reference)]),
    ...listAt(schema, 'allOf').map(follow),
    ...choices.map((key) => firstOf(listAt(schema, key), follow)),
  ].reduce(cross, [{ schema: own, references: [] }]);
};

/** How much it takes to satisfy a plain schema: what ends a recursion comes first. */
export const costOf = ({ schema }: PlainSchema): number => {
  const types = typesOf(schema);
  if (types.includes('null') || schema['const'] !== undefined || schema['enum'] !== undefined) return 0;
  if (types.includes('array')) return Number(schema['minItems'] ?? 0) > 0 ? 3 : 1;
  if (!types.includes('object') && Object.keys(recordAt(schema, 'properties')).length === 0) return 1;
  return listAt(schema, 'required').length > 0 ? 4 : 2;
};
