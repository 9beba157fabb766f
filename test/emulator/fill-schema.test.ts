import fc from 'fast-check';

import { fillSchema } from '../../src/emulator/model/fill-schema.js';
import type { Json } from './support/api.js';

const bounds = (max: number) =>
  fc.tuple(fc.nat({ max }), fc.nat({ max })).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);

const leaf: fc.Arbitrary<Json> = fc.oneof(
  bounds(20).map(([minLength, maxLength]) => ({ type: 'string', minLength, maxLength })),
  bounds(100).map(([minimum, maximum]) => ({ type: 'integer', minimum, maximum })),
  bounds(100).map(([minimum, maximum]) => ({ type: 'number', minimum, maximum: maximum + 0.25 })),
  bounds(50).map(([exclusiveMinimum, most]) => ({ type: 'integer', exclusiveMinimum, exclusiveMaximum: most + 2 })),
  fc.integer({ min: 1, max: 9 }).map((multipleOf) => ({ type: 'INTEGER', multipleOf, maximum: 20 })),
  fc.constantFrom({ type: 'boolean' }, { type: 'null' }, { type: ['null', 'string'] }, { const: 7 }),
  fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 3 }).map((values) => ({ enum: values })),
);

const { schema } = fc.letrec<{ schema: Json }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc
      .tuple(tie('schema'), bounds(4))
      .map(([items, [minItems, maxItems]]) => ({ type: 'array', items, minItems, maxItems })),
    fc
      .tuple(fc.dictionary(fc.string({ maxLength: 6 }), tie('schema'), { maxKeys: 4 }), fc.nat({ max: 4 }))
      .map(([properties, most]) => ({ type: 'object', properties, required: Object.keys(properties).slice(0, most) })),
    fc.array(tie('schema'), { minLength: 1, maxLength: 2 }).map((anyOf) => ({ anyOf })),
    fc.constant({ $ref: '#/$defs/one' }),
  ),
}));

const isWithin = (value: number, schema: Json): boolean => {
  const at = (key: string, otherwise: number) => Number(schema[key] ?? otherwise);
  return (
    value >= at('minimum', -Infinity) &&
    value <= at('maximum', Infinity) &&
    value > at('exclusiveMinimum', -Infinity) &&
    value < at('exclusiveMaximum', Infinity) &&
    (schema['multipleOf'] === undefined || value % at('multipleOf', 1) === 0)
  );
};

/** Whether a value fits, as far as the keywords above go. */
const fits = (value: unknown, schema: Json, root: Json): boolean => {
  if (schema['$ref'] !== undefined) return fits(value, (root['$defs'] as { readonly one: Json }).one, root);
  if (Array.isArray(schema['anyOf'])) return schema['anyOf'].some((option: Json) => fits(value, option, root));
  if (Array.isArray(schema['enum'])) return schema['enum'].includes(value);
  if ('const' in schema) return value === schema['const'];
  const { minLength = 0, maxLength = Infinity, minItems = 0, maxItems = Infinity } = schema;
  switch (String([schema['type']].flat().at(-1)).toLowerCase()) {
    case 'string':
      return typeof value === 'string' && value.length >= Number(minLength) && value.length <= Number(maxLength);
    case 'integer':
      return Number.isInteger(value) && isWithin(value as number, schema);
    case 'number':
      return typeof value === 'number' && isWithin(value, schema);
    case 'boolean':
      return typeof value === 'boolean';
    case 'null':
      return value === null;
    case 'array':
      return (
        Array.isArray(value) &&
        value.length >= Number(minItems) &&
        value.length <= Number(maxItems) &&
        value.every((item) => fits(item, schema['items'] as Json, root))
      );
    default:
      return (
        typeof value === 'object' &&
        value !== null &&
        (schema['required'] as readonly string[]).every((name) => Object.hasOwn(value, name)) &&
        Object.entries(value).every(([name, member]) =>
          fits(member, (schema['properties'] as Readonly<Record<string, Json>>)[name] ?? { const: NaN }, root),
        )
      );
  }
};

it('gives a value that fits, whatever the schema and the prompt', () => {
  fc.assert(
    fc.property(schema, leaf, fc.string(), fc.boolean(), (whole, one, prompt, isWhole) => {
      const root = { ...whole, $defs: { one } };
      const value = fillSchema(root, { prompt, isWhole });

      expect(fits(value, root, root)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

it('gives the same value for the same prompt', () => {
  fc.assert(
    fc.property(schema, leaf, fc.string(), (whole, one, prompt) => {
      const root = { ...whole, $defs: { one } };

      expect(fillSchema(root, { prompt, isWhole: true })).toEqual(fillSchema(root, { prompt, isWhole: true }));
    }),
  );
});

it.each([
  ['a city', 'Fly to Rome', { city: { type: 'string' } }, { city: 'Rome' }],
  ['a default city', 'Fly away', { destination: { type: 'string' } }, { destination: 'Paris' }],
  ['a ticker', 'Buy ACME shares', { ticker: { type: 'string' } }, { ticker: 'ACME' }],
  ['a choice that is named', 'In CELSIUS please', { unit: { enum: ['kelvin', 'celsius'] } }, { unit: 'celsius' }],
  ['numbers, in order', 'From 3 to -4.5', { from: { type: 'integer' }, to: { type: 'number' } }, { from: 3, to: -4.5 }],
  ['what is in quotes', 'A note called "Milk"', { title: { type: 'string' } }, { title: 'Milk' }],
  [
    'a list of places',
    'Oslo, Rome',
    { cities: { type: 'array', items: { type: 'string' } } },
    { cities: ['Oslo', 'Rome'] },
  ],
  ['parts of a schema', 'Hi', { all: { allOf: [{ type: 'integer' }, { minimum: 5 }] } }, { all: 5 }],
])('finds %s', (_what, prompt, properties, expected) => {
  const schema = { type: 'object', properties, required: Object.keys(properties) };

  expect(fillSchema(schema, { prompt, isWhole: false })).toEqual(expected);
});
