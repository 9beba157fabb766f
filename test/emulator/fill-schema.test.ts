import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';

import { fillSchema } from '../../src/emulator/model/fill-schema.js';
import { fromPattern } from '../../src/emulator/model/schema/from-pattern.js';
import type { Json } from './support/api.js';

const ajv = new Ajv2020({ strict: false, validateFormats: true });
formats.default(ajv);

/** What is wrong with a value, as a validator that we did not write sees it. */
const faultsOf = (schema: Json, value: unknown): readonly string[] => {
  const validate = ajv.compile(schema);
  return validate(value)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
};

const bounds = (max: number) =>
  fc.tuple(fc.nat({ max }), fc.nat({ max })).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);

const FORMATS = [
  ...['date', 'date-time', 'time', 'duration', 'email', 'hostname', 'uri', 'uri-reference', 'uri-template', 'url'],
  ...['uuid', 'ipv4', 'ipv6', 'json-pointer', 'relative-json-pointer', 'regex', 'byte'],
];

const PATTERNS = [
  ...[
    '^[A-Z]{3}-\\d{4}$',
    '^\\p{Lu}\\p{Ll}+$',
    '^(?:red|green|blue)$',
    '^\\+?[1-9]\\d{1,14}$',
    'x+y*z?',
    '^[^\\s@]+@[^\\s@]+$',
  ],
  ...[
    '^(a|b(c|d)){2,3}$',
    '^#[\\da-fA-F]{6}$',
    '^.{5}$',
    '^\\S+\\s\\S+$',
    '^\\u{1F600}?\\x41\\u0042\\.$',
    '^[\\]\\-\\\\]+$',
  ],
];

const text: fc.Arbitrary<Json> = fc.oneof(
  fc.constant({ type: 'string' }),
  bounds(20).map(([minLength, maxLength]) => ({ type: 'string', minLength, maxLength })),
  fc.constantFrom(...FORMATS).map((format) => ({ type: 'string', format })),
  fc.constantFrom(...PATTERNS).map((pattern) => ({ type: 'string', pattern })),
  fc.constant({ type: 'string', pattern: '^[a-z]+$', minLength: 7, maxLength: 9 }),
);

const number: fc.Arbitrary<Json> = fc.oneof(
  bounds(100).map(([minimum, maximum]) => ({ type: 'integer', minimum, maximum })),
  bounds(100).map(([minimum, maximum]) => ({ type: 'number', minimum, maximum: maximum + 0.25 })),
  fc.nat({ max: 9 }).map((n) => ({ type: 'number', exclusiveMinimum: n, exclusiveMaximum: n + 0.5 })),
  fc.nat({ max: 9 }).map((n) => ({ type: 'integer', exclusiveMinimum: -n, exclusiveMaximum: 2 })),
  fc.constantFrom(0.1, 0.25, 0.01, 3, 7, 1.5).map((multipleOf) => ({ type: 'number', minimum: 2, multipleOf })),
  fc.constantFrom(0.5, 1.5, 4).map((multipleOf) => ({ type: 'integer', maximum: 50, multipleOf })),
);

const jsonValue = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.nat(), { maxLength: 2 }),
);

const leaf: fc.Arbitrary<Json> = fc.oneof(
  text,
  number,
  fc.constantFrom<Json>(
    { type: 'boolean' },
    { type: 'null' },
    { type: ['null', 'integer'] },
    { $ref: '#/$defs/one' },
    {},
  ),
  fc
    .uniqueArray(jsonValue, { minLength: 1, maxLength: 4, selector: (value) => JSON.stringify(value) })
    .map((options) => ({ enum: options })),
  jsonValue.map((value) => ({ const: value })),
);

const NAMES = ['city', 'units', 'name', 'minutes', 'steps', 'code', 'a/b~c'];

const objectOf = (member: fc.Arbitrary<Json>): fc.Arbitrary<Json> =>
  fc
    .tuple(
      fc.dictionary(fc.constantFrom(...NAMES), member, { maxKeys: 4 }),
      fc.subarray(NAMES),
      fc.constantFrom<Json>({}, { additionalProperties: { type: 'integer' } }, { minProperties: 3 }),
      fc.boolean(),
    )
    .map(([properties, wanted, more, isClosed]) =>
      isClosed
        ? {
            type: 'object',
            properties,
            required: wanted.filter((name) => Object.hasOwn(properties, name)),
            additionalProperties: false,
          }
        : { type: 'object', properties, required: wanted, ...more },
    );

const listOf = (item: fc.Arbitrary<Json>): fc.Arbitrary<Json> =>
  fc.oneof(
    fc.tuple(item, bounds(4)).map(([items, [minItems, maxItems]]) => ({ type: 'array', items, minItems, maxItems })),
    fc
      .tuple(fc.array(item, { minLength: 1, maxLength: 3 }), item)
      .map(([prefixItems, items]) => ({ type: 'array', prefixItems, items })),
    fc.array(item, { minLength: 1, maxLength: 3 }).map((prefixItems) => ({ type: 'array', prefixItems, items: false })),
    fc
      .constantFrom<Json>(
        { type: 'string' },
        { type: 'integer', maximum: 9 },
        { format: 'date' },
        { enum: [3, 1, 2, 4, 5] },
      )
      .map((items) => ({ type: 'array', items, minItems: 4, uniqueItems: true })),
  );

/** Options of which only one can be fitted. */
const exclusive = (object: fc.Arbitrary<Json>): fc.Arbitrary<readonly Json[]> =>
  fc
    .tuple(object, fc.shuffledSubarray<Json>([{ type: 'string', minLength: 2 }, { type: 'boolean' }, { type: 'null' }]))
    .map(([one, others]) => [one, ...others]);

const { schema } = fc.letrec<{ readonly schema: Json; readonly object: Json }>((tie) => ({
  object: objectOf(tie('schema')),
  schema: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    tie('object'),
    listOf(tie('schema')),
    fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
    exclusive(tie('object')).map((oneOf) => ({ oneOf })),
    fc.tuple(tie('object')).map(([object]) => ({
      allOf: [object, { type: 'object', properties: { more: { type: 'integer', minimum: 5 } } }],
      properties: { more: { maximum: 7 } },
      additionalProperties: true,
    })),
    bounds(100).map(([minimum, maximum]) => ({ allOf: [{ type: 'number', minimum }, { type: 'integer' }], maximum })),
  ),
}));

describe('whatever the schema and the prompt', () => {
  it('gives a value that fits', () => {
    fc.assert(
      fc.property(
        schema,
        leaf.filter(({ $ref }) => $ref === undefined),
        fc.string(),
        fc.boolean(),
        (whole, one, prompt, isWhole) => {
          const root = { ...whole, $defs: { one } };

          expect(faultsOf(root, fillSchema(root, { prompt, isWhole }))).toEqual([]);
        },
      ),
      { numRuns: 1000 },
    );
  }, 60_000);

  it('gives the same value for the same prompt', () => {
    fc.assert(
      fc.property(schema, fc.string(), (whole, prompt) => {
        const root = { ...whole, $defs: { one: { type: 'integer' } } };

        expect(fillSchema(root, { prompt, isWhole: true })).toEqual(fillSchema(root, { prompt, isWhole: true }));
      }),
    );
  });
});

const name = { type: 'string' };

describe('of the keywords', () => {
  it.each<[keyword: string, schema: Json]>([
    ['type, in capitals', { type: 'OBJECT', properties: { n: { type: 'INTEGER' } }, required: ['n'] }],
    ['several types', { type: ['null', 'array'], items: name, minItems: 1 }],
    [
      'no type',
      { properties: { a: { minimum: 3, maximum: 4 }, b: { items: name, minItems: 3 }, c: { maxLength: 3 } } },
    ],
    ['enum and another limit', { enum: ['a', 'bcd', 4], type: 'string', minLength: 2 }],
    ['const that is an object', { const: { a: [1, null] } }],
    ['an undeclared required member', { type: 'object', required: ['x'], additionalProperties: { const: 7 } }],
    ['patternProperties', { type: 'object', required: ['x-1'], patternProperties: { '^x-': { type: 'boolean' } } }],
    ['maxProperties', { type: 'object', properties: { a: name, b: name, c: name }, required: ['c'], maxProperties: 2 }],
    ['minProperties', { type: 'object', minProperties: 3, additionalProperties: name }],
    [
      'a list of objects that differ',
      { type: 'array', minItems: 3, uniqueItems: true, items: { properties: { id: name } } },
    ],
    ['a list of all the booleans', { type: 'array', minItems: 2, uniqueItems: true, items: { type: 'boolean' } }],
    ['a tuple', { type: 'array', prefixItems: [name, { type: 'number' }], items: false, minItems: 2 }],
    ['anyOf beside limits', { type: 'number', anyOf: [{ maximum: 2 }, { minimum: 9 }], minimum: 5 }],
    ['anyOf that begins with null', { anyOf: [{ type: 'null' }, { type: 'string', minLength: 40 }] }],
    ['oneOf of which two overlap', { oneOf: [{ type: 'number' }, { type: 'integer' }] }],
    [
      'oneOf with a discriminator',
      {
        oneOf: [
          { properties: { kind: { const: 'a' } }, required: ['kind'] },
          { properties: { kind: { const: 'b' }, n: { type: 'integer' } }, required: ['kind', 'n'] },
        ],
      },
    ],
    [
      'allOf that narrows',
      { allOf: [{ type: ['string', 'number'] }, { type: 'number', multipleOf: 4 }, { multipleOf: 6, minimum: 13 }] },
    ],
    ['allOf of enums', { allOf: [{ enum: [1, 2, 3] }, { enum: [3, 4, 2] }, { minimum: 3 }] }],
    [
      'allOf of lists',
      {
        allOf: [
          { type: 'array', items: { minimum: 3 } },
          { items: { type: 'integer' }, minItems: 2 },
        ],
      },
    ],
    ['a reference with escapes', { $ref: '#/$defs/a~1b%20~0c', $defs: { 'a/b ~c': { const: 'found' } } }],
    ['a reference into a list', { allOf: [{ type: 'string' }, { $ref: '#/allOf/0' }], minLength: 50 }],
    ['a reference beside limits', { $ref: '#/$defs/n', maximum: 9, $defs: { n: { type: 'integer', minimum: 9 } } }],
    ['no schema at all', {}],
  ])('it heeds %s', (_keyword, schema) => {
    const lowerCase = JSON.parse(
      JSON.stringify(schema).replace(/OBJECT|INTEGER/g, (type) => type.toLowerCase()),
    ) as Json;

    for (const isWhole of [true, false]) {
      expect(faultsOf(lowerCase, fillSchema(schema, { prompt: 'Count 20 things', isWhole }))).toEqual([]);
    }
  });

  // What `fillSchema` says of itself is true: none of these is heeded, and there is a value all the same.
  it.each<[keyword: string, schema: Json]>([
    ['not', { type: 'string', not: { minLength: 1 } }],
    ['if/then/else', { type: 'integer', if: { minimum: 0 }, then: { minimum: 100 } }],
    [
      'dependentRequired',
      { type: 'object', required: ['a'], properties: { a: name }, dependentRequired: { a: ['b'] } },
    ],
    ['dependentSchemas', { type: 'object', required: ['a'], dependentSchemas: { a: { required: ['b'] } } }],
    ['contains', { type: 'array', items: { type: 'integer' }, contains: { minimum: 50 } }],
    ['propertyNames', { type: 'object', minProperties: 1, propertyNames: { maxLength: 2 } }],
    ['unevaluatedItems', { type: 'array', minItems: 1, unevaluatedItems: { type: 'null' } }],
    ['unevaluatedProperties', { type: 'object', minProperties: 1, unevaluatedProperties: { type: 'null' } }],
    [
      '$dynamicRef',
      {
        type: 'object',
        required: ['n'],
        properties: { n: { $dynamicRef: '#n' } },
        $defs: { n: { $dynamicAnchor: 'n', type: 'null' } },
      },
    ],
    ['$anchor', { $ref: '#n', $defs: { n: { $anchor: 'n', type: 'null' } } }],
    ['$id', { $ref: 'https://example.com/n', $defs: { n: { $id: 'https://example.com/n', type: 'null' } } }],
    ['look-ahead in a pattern', { type: 'string', pattern: '^(?=.*\\d)(?=.*Q).{8,}$' }],
  ])('it does not heed %s', (_keyword, schema) => {
    const value = fillSchema(schema, { prompt: 'Hi', isWhole: true });

    expect(value).toBeDefined();
    expect(faultsOf(schema, value)).not.toEqual([]);
  });

  it('gives something where there is no instance, and for a schema that asks for a flood', () => {
    const flood = { type: 'array', minItems: 1e6, items: { type: 'array', minItems: 1e6, items: { type: 'integer' } } };

    expect(fillSchema({ type: 'integer', minimum: 5, maximum: 4 }, { prompt: '', isWhole: true })).toEqual(
      expect.any(Number),
    );
    expect(fillSchema({ allOf: [false] }, { prompt: '', isWhole: true })).toBeNull();
    expect(JSON.stringify(fillSchema(flood, { prompt: '', isWhole: true })).length).toBeLessThan(100_000);
  });
});

it.each<[what: string, schema: Json]>([
  ['a pattern', { type: 'string', pattern: '(' }],
  ['a pattern of names', { required: ['a'], patternProperties: { '(': { type: 'integer' } } }],
  ['a reference', { $ref: '#/$defs/%E0%A4%A' }],
  ['limits', { type: 'array', minItems: -1, maxItems: 'x', items: { type: 'number', multipleOf: 0, minimum: '1' } }],
  ['names and types', { type: 7, enum: {}, required: [3], properties: { __proto__: null, a: 1 } }],
])('gives something for a schema whose %s are none', (_what, schema) => {
  for (const isWhole of [true, false]) expect(fillSchema(schema, { prompt: 'Hi', isWhole })).toBeDefined();
});

describe('recursion', () => {
  const tree = {
    type: 'object',
    properties: { value: { type: 'integer' }, children: { type: 'array', items: { $ref: '#/$defs/tree' } } },
    required: ['value', 'children'],
    additionalProperties: false,
  };
  const expression = {
    anyOf: [
      {
        type: 'object',
        properties: { op: { enum: ['+', '*'] }, left: { $ref: '#/$defs/e' }, right: { $ref: '#/$defs/e' } },
        required: ['op', 'left', 'right'],
      },
      { type: 'number' },
    ],
  };

  it.each<[what: string, schema: Json]>([
    ['a tree', { $ref: '#/$defs/tree', $defs: { tree } }],
    [
      'a list',
      {
        type: 'object',
        properties: { n: { type: 'integer' }, next: { anyOf: [{ $ref: '#' }, { type: 'null' }] } },
        required: ['n', 'next'],
      },
    ],
    ['an optional member', { type: 'object', properties: { again: { $ref: '#' } } }],
    ['expressions', { $ref: '#/$defs/e', $defs: { e: expression } }],
    [
      'two that need each other',
      {
        $ref: '#/$defs/a',
        $defs: {
          a: { properties: { b: { $ref: '#/$defs/b' } }, required: ['b'] },
          b: { properties: { a: { oneOf: [{ $ref: '#/$defs/a' }, { type: 'null' }] } }, required: ['a'] },
        },
      },
    ],
  ])('through %s ends', (_what, schema) => {
    for (const isWhole of [true, false]) {
      const value = fillSchema(schema, { prompt: 'Hi', isWhole });

      expect(JSON.stringify(value).length).toBeLessThan(2_000);
      expect(faultsOf(schema, value)).toEqual([]);
    }
  });
});

// No validator gets out of these circles, either.
it.each<[what: string, schema: Json, value: unknown]>([
  ['a reference to itself', { $ref: '#' }, null],
  ['nothing but itself', { anyOf: [{ $ref: '#' }, { $ref: '#' }, { allOf: [{ $ref: '#' }] }] }, null],
  [
    'itself or a way out',
    { $ref: '#/$defs/a', $defs: { a: { anyOf: [{ $ref: '#/$defs/a' }, { $ref: '#/$defs/b' }] }, b: { const: 1 } } },
    1,
  ],
])('a schema that is %s has the value of its way out', (_what, schema, value) => {
  expect(fillSchema(schema, { prompt: 'Hi', isWhole: true })).toEqual(value);
});

describe('a number that nobody gave', () => {
  const SAFE = { minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER };
  const numberFor = (member: string, limits: Json): unknown =>
    (fillSchema({ properties: { [member]: limits } }, { prompt: 'Hi', isWhole: true }) as Json)[member];

  it.each<[member: string, limits: Json, number: number]>([
    ['n', { type: 'integer' }, 1],
    ['n', { type: 'integer', ...SAFE }, 1], // what zod says of an integer
    ['n', { type: 'number', minimum: -1e308, maximum: 1e308 }, 1],
    ['n', { type: 'integer', minimum: 0 }, 1],
    ['n', { type: 'integer', minimum: 5, maximum: 9 }, 5],
    ['n', { type: 'integer', maximum: -7 }, -7],
    ['n', { type: 'integer', exclusiveMaximum: 1, minimum: -100 }, 0],
    ['n', { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 }, 0.5],
    ['year_published', { type: 'integer', ...SAFE }, 2001],
    ['yearPublished', { type: 'integer' }, 2001],
    ['year', { type: 'integer', maximum: 1999 }, 1],
    ['age', { type: 'integer', minimum: 18, maximum: 120 }, 21],
    ['pages', { type: 'integer' }, 1],
    ['rating', { type: 'integer', minimum: 1, maximum: 5 }, 4],
    ['rating', { type: 'number', minimum: 0, maximum: 1 }, 1],
    ['prep_time_minutes', { type: 'integer', multipleOf: 15 }, 30],
  ])('is a plausible one: %s, %j', (member, limits, number) => {
    expect(numberFor(member, limits)).toBe(number);
  });

  it.each<[limits: Json, numbers: readonly number[]]>([
    [{ type: 'integer', ...SAFE }, [1, 2, 3]],
    [{ type: 'integer', minimum: 40 }, [40, 41, 42]],
    [{ type: 'integer', maximum: -7 }, [-7, -8, -9]],
    [{ type: 'integer', multipleOf: 5, minimum: 5 }, [5, 10, 15]],
  ])('differs from the others of its list: %j', (items, numbers) => {
    const schema = { type: 'array', minItems: 3, uniqueItems: true, items };

    expect(fillSchema(schema, { prompt: 'Hi', isWhole: true })).toEqual(numbers);
  });

  it('is none where the prompt gives one', () => {
    expect(fillSchema({ type: 'integer', ...SAFE }, { prompt: 'Table for 4', isWhole: true })).toBe(4);
  });
});

it('writes texts that a pattern matches, longer and different ones too', () => {
  fc.assert(
    fc.property(fc.constantFrom(...PATTERNS), fc.nat({ max: 70 }), fc.nat({ max: 200 }), (pattern, extra, choice) => {
      expect(fromPattern(pattern, extra, choice)).toMatch(new RegExp(pattern, 'u'));
    }),
  );
  expect(fromPattern('a{9999}')).toHaveLength(9999);
  expect(fromPattern('((a{999}){999}){999}')).toBeUndefined();
  expect(fromPattern('(?<=a)b')).toBeUndefined();
  expect(fromPattern('(a')).toBeUndefined();
  expect(fromPattern('(a)\\1')).toBeUndefined();
});

it.each([
  ['a city', 'Fly to Rome', { city: { type: 'string' } }, { city: 'Rome' }],
  ['a default city', 'Fly away', { destination: { type: 'string' } }, { destination: 'Paris' }],
  ['a ticker', 'Buy ACME shares', { ticker: { type: 'string' } }, { ticker: 'ACME' }],
  ['a choice that is named', 'In CELSIUS please', { unit: { enum: ['kelvin', 'celsius'] } }, { unit: 'celsius' }],
  ['numbers, in order', 'From 3 to -4.5', { from: { type: 'integer' }, to: { type: 'number' } }, { from: 3, to: -4.5 }],
  [
    'a number for whom it fits',
    'The 7 of us',
    { kind: { anyOf: [{ const: 1 }, {}] }, n: { type: 'integer' } },
    { kind: 1, n: 7 },
  ],
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

it('uses what is known where it fits, by the name of the member', () => {
  const schema = {
    type: 'object',
    properties: {
      title: { type: 'string' },
      servings: { type: 'string' },
      steps: { type: 'array', items: { type: 'string' } },
    },
  };
  const known = { title: 'Soup', servings: 4, steps: ['Boil.'] };

  expect(fillSchema(schema, { prompt: 'Soup', isWhole: true, known })).toEqual({
    title: 'Soup',
    servings: expect.any(String),
    steps: ['Boil.'],
  });
});
