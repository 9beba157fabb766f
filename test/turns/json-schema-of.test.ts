import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import * as t from 'io-ts';
import { defineTool, described, type JsonSchema, responseFormat } from 'rx-interactions';
import * as z from 'zod';
import * as mini from 'zod/mini';
import { z as z3 } from 'zod/v3';

/** What is sent of a codec, of a Standard Schema or of JSON Schema. */
const schemaOf = (source: Parameters<typeof responseFormat>[0]): JsonSchema => responseFormat(source).schema;

const ajv = new Ajv2020({ strict: false, validateFormats: true });
formats.default(ajv);

/** What is wrong with a value, as a validator that we did not write sees it. */
const faultsOf = (schema: JsonSchema, value: unknown): readonly string[] => {
  const validate = ajv.compile(schema);
  return validate(value)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
};

const object = (properties: object, ...required: readonly string[]) => ({
  type: 'object',
  properties,
  ...(required.length > 0 && { required }),
});

interface Tree {
  readonly children: readonly Tree[];
}
const Tree: t.Type<Tree> = t.recursion('Tree', () => t.type({ children: t.readonlyArray(Tree) }));
const Custom = new t.Type<string>('Custom', t.string.is, t.string.validate, t.identity);

describe('the JSON Schema of an io-ts codec', () => {
  interface PositiveBrand {
    readonly Positive: unique symbol;
  }
  const Positive = t.brand(t.number, (n): n is t.Branded<number, PositiveBrand> => n > 0, 'Positive');
  interface IntBrand {
    readonly Int: unique symbol;
  }
  const OddInt = t.brand(t.string, (s): s is t.Branded<string, IntBrand> => s !== '', 'Int');

  it.each<[string, t.Mixed, object]>([
    ['string', t.string, { type: 'string' }],
    ['number', t.number, { type: 'number' }],
    ['boolean', t.boolean, { type: 'boolean' }],
    ['null', t.null, { type: 'null' }],
    ['unknown', t.unknown, {}],
    ['Int', t.Int, { type: 'integer' }],
    ['brand', Positive, { type: 'number' }],
    ['brand of text that is called Int', OddInt, { type: 'string' }],
    ['UnknownRecord', t.UnknownRecord, { type: 'object' }],
    ['UnknownArray', t.UnknownArray, { type: 'array' }],
    ['literal of text', t.literal('celsius'), { type: 'string', enum: ['celsius'] }],
    ['literal of a number', t.literal(3), { type: 'number', enum: [3] }],
    ['literal of a boolean', t.literal(true), { type: 'boolean', enum: [true] }],
    ['keyof', t.keyof({ celsius: null, fahrenheit: null }), { type: 'string', enum: ['celsius', 'fahrenheit'] }],
    ['union of literals', t.union([t.literal('a'), t.literal('b')]), { type: 'string', enum: ['a', 'b'] }],
    ['union', t.union([t.string, t.null]), { anyOf: [{ type: 'string' }, { type: 'null' }] }],
    [
      'union of literals of several kinds',
      t.union([t.literal('a'), t.literal(1)]),
      {
        anyOf: [
          { type: 'string', enum: ['a'] },
          { type: 'number', enum: [1] },
        ],
      },
    ],
    [
      'union with a tag',
      t.union([t.type({ kind: t.literal('a') }), t.type({ kind: t.literal('b'), n: t.number })]),
      {
        anyOf: [
          object({ kind: { type: 'string', enum: ['a'] } }, 'kind'),
          object({ kind: { type: 'string', enum: ['b'] }, n: { type: 'number' } }, 'kind', 'n'),
        ],
      },
    ],
    ['array', t.array(t.string), { type: 'array', items: { type: 'string' } }],
    ['readonlyArray', t.readonlyArray(t.number), { type: 'array', items: { type: 'number' } }],
    [
      'tuple',
      t.tuple([t.string, t.number]),
      { type: 'array', prefixItems: [{ type: 'string' }, { type: 'number' }], minItems: 2, maxItems: 2 },
    ],
    ['record', t.record(t.string, t.number), { type: 'object', additionalProperties: { type: 'number' } }],
    [
      'record of named keys',
      t.record(t.keyof({ a: null, b: null }), t.number),
      object({ a: { type: 'number' }, b: { type: 'number' } }, 'a', 'b'),
    ],
    [
      'record of keys that are literals',
      t.record(t.union([t.literal('a'), t.keyof({ b: null })]), t.number),
      object({ a: { type: 'number' }, b: { type: 'number' } }, 'a', 'b'),
    ],
    ['type', t.type({ a: t.string, b: t.number }), object({ a: { type: 'string' }, b: { type: 'number' } }, 'a', 'b')],
    ['type without members', t.type({}), object({})],
    [
      'type of what may be undefined',
      t.type({ a: t.union([t.string, t.undefined]) }),
      object({ a: { type: 'string' } }),
    ],
    [
      'type of described ones that may be undefined',
      t.type({ a: described(t.union([t.literal('x'), t.literal('y'), t.undefined]), 'A'), b: t.unknown }),
      object({ a: { type: 'string', enum: ['x', 'y'], description: 'A' }, b: {} }, 'b'),
    ],
    ['partial', t.partial({ a: t.string }), object({ a: { type: 'string' } })],
    ['strict', t.strict({ a: t.string }), object({ a: { type: 'string' } }, 'a')],
    ['exact', t.exact(t.partial({ a: t.string })), object({ a: { type: 'string' } })],
    ['readonly', t.readonly(t.type({ a: t.string })), object({ a: { type: 'string' } }, 'a')],
    [
      'intersection of type and partial',
      t.intersection([t.type({ a: t.string }), t.partial({ b: t.number })]),
      object({ a: { type: 'string' }, b: { type: 'number' } }, 'a'),
    ],
    [
      'intersection of two that share a member',
      t.intersection([t.type({ a: t.string }), t.type({ a: t.string, b: t.string })]),
      object({ a: { type: 'string' }, b: { type: 'string' } }, 'a', 'b'),
    ],
    [
      'intersection with a record',
      t.intersection([t.partial({ a: t.number }), t.record(t.string, t.number)]),
      { ...object({ a: { type: 'number' } }), additionalProperties: { type: 'number' } },
    ],
    ['intersection of records', t.intersection([t.UnknownRecord, t.UnknownRecord]), { type: 'object' }],
    [
      'type in type in array',
      t.type({ stops: t.array(t.type({ city: t.string })) }),
      object({ stops: { type: 'array', items: object({ city: { type: 'string' } }, 'city') } }, 'stops'),
    ],
    ['described', described(t.string, 'City'), { type: 'string', description: 'City' }],
    ['described object', described(t.type({}), 'Nothing'), { ...object({}), description: 'Nothing' }],
    [
      'described member, array and union',
      t.type({
        a: described(t.array(described(t.string, 'One')), 'All'),
        b: described(t.union([t.string, t.null]), 'Or'),
      }),
      object(
        {
          a: { type: 'array', items: { type: 'string', description: 'One' }, description: 'All' },
          b: { anyOf: [{ type: 'string' }, { type: 'null' }], description: 'Or' },
        },
        'a',
        'b',
      ),
    ],
    [
      'described twice: the last words win',
      described(described(t.string, 'Old'), 'New'),
      { type: 'string', description: 'New' },
    ],
    [
      'member with an awkward name',
      t.type({ type: t.literal('OBJECT'), ['__proto__']: t.string }),
      object({ type: { type: 'string', enum: ['OBJECT'] }, ['__proto__']: { type: 'string' } }, 'type', '__proto__'),
    ],
  ])('%s', (_name, codec, schema) => {
    expect(schemaOf(codec)).toEqual(schema);
  });

  it('refers to a recursive codec by its name, and writes out the outermost', () => {
    const tree = object({ children: { type: 'array', items: { $ref: '#/$defs/Tree' } } }, 'children');
    expect(schemaOf(Tree)).toEqual({ ...tree, $defs: { Tree: tree } });
    expect(schemaOf(described(Tree, 'A tree'))).toEqual({ ...tree, description: 'A tree', $defs: { Tree: tree } });
    expect(schemaOf(t.type({ tree: Tree }))).toEqual({
      ...object({ tree: { $ref: '#/$defs/Tree' } }, 'tree'),
      $defs: { Tree: tree },
    });
    expect(faultsOf(schemaOf(Tree), { children: [{ children: [] }] })).toEqual([]);
    expect(faultsOf(schemaOf(Tree), { children: [{ children: [{}] }] })).not.toEqual([]);
  });

  it('tells recursive codecs of one name apart, and names that references would trip over', () => {
    const named = (name: string, leaf: t.Mixed): t.Mixed => {
      const codec: t.Mixed = t.recursion(name, () => t.partial({ leaf, more: codec }));
      return codec;
    };
    const schema = schemaOf(t.type({ a: named('a/b', t.string), b: named('a/b', t.number) }));
    expect(Object.keys(schema['$defs'] as object)).toEqual(['a_b', 'a_b_2']);
    expect(faultsOf(schema, { a: { leaf: 'x', more: { leaf: 'y' } }, b: { more: { leaf: 1 } } })).toEqual([]);
    expect(faultsOf(schema, { a: {}, b: { more: { leaf: 'x' } } })).toHaveLength(1);
  });

  it.each<[string, t.Mixed, string]>([
    ['one of your own', t.type({ mine: Custom }), 'at mine: the codec Custom'],
    ['undefined', t.type({ a: t.undefined }), 'at a: the codec undefined'],
    ['nothing but undefined', t.type({ a: t.union([t.undefined, t.void]) }), 'at a: nothing but undefined'],
    ['a function', t.type({ a: t.Function }), 'at a: the codec Function'],
    ['a bigint', t.type({ a: t.bigint }), 'at a: the codec bigint'],
    ['one in an array', t.type({ list: t.array(Custom) }), 'at list[]: the codec Custom'],
    ['one in a tuple', t.type({ pair: t.tuple([t.string, Custom]) }), 'at pair[1]: the codec Custom'],
    ['one in a record', t.type({ map: t.record(t.string, Custom) }), 'at map.*: the codec Custom'],
    ['one deep inside', t.type({ a: t.partial({ b: t.type({ c: Custom }) }) }), 'at a.b.c: the codec Custom'],
    [
      'an intersection of other things',
      t.type({ both: t.intersection([t.type({}), t.union([t.type({}), t.null])]) }),
      'at both: an intersection',
    ],
    ['a described one', t.type({ mine: described(Custom, 'Mine') }), 'at mine: the codec Custom'],
    ['the whole, one of your own', Custom, 'of find: the codec Custom'],
  ])('is missed, with its place and what to do, for %s', (_what, parameters, message) => {
    const define = () => defineTool({ name: 'find', parameters, execute: () => undefined });
    expect(define).toThrow(TypeError);
    expect(define).toThrow(message);
    expect(define).toThrow(/^The parameters of find\b.* has no JSON Schema; .*"schema" beside/);
  });
});

describe('the JSON Schema of a Standard Schema', () => {
  const city = object({ city: { type: 'string', description: 'City name' } }, 'city');

  it.each<[string, Parameters<typeof responseFormat>[0], object]>([
    ['zod', z.object({ city: z.string().describe('City name') }), city],
    [
      'zod, what goes in',
      z.object({ n: z.string().transform(Number), d: z.number().default(1) }),
      object({ n: { type: 'string' }, d: { type: 'number', default: 1 } }, 'n'),
    ],
    ['nothing required', z.object({ city: z.string().optional() }), object({ city: { type: 'string' } })],
  ])('is asked of it: %s', (_what, schema, expected) => {
    expect(schemaOf(schema)).toEqual(expected);
  });

  const standard = { version: 1 as const, vendor: 'test', validate: (value: unknown) => ({ value }) };

  it.each<[string, Parameters<typeof responseFormat>[0]]>([
    [
      'Standard JSON Schema',
      { '~standard': { ...standard, jsonSchema: { input: ({ target }: { target: string }) => ({ title: target }) } } },
    ],
    [
      'toJSONSchema',
      Object.assign(() => undefined, {
        '~standard': standard,
        toJSONSchema: ({ target, io }: { target: string; io: string }) => ({ title: io === 'input' && target }),
      }),
    ],
    ['toJsonSchema', { '~standard': standard, toJsonSchema: () => ({ title: 'draft-2020-12' }) }],
  ])('is told by what it can do: %s', (_what, schema) => {
    expect(schemaOf(schema)).toEqual({ title: 'draft-2020-12' });
  });

  it('of zod is recursive where the schema is', () => {
    const Node = z.object({
      name: z.string(),
      get children() {
        return z.array(Node);
      },
    });
    const schema = schemaOf(Node);
    expect(faultsOf(schema, { name: 'a', children: [{ name: 'b', children: [] }] })).toEqual([]);
    expect(faultsOf(schema, { name: 'a', children: [{ name: 1, children: [] }] })).toHaveLength(1);
  });

  it.each<[string, Parameters<typeof responseFormat>[0]]>([
    ['zod 3', z3.object({ city: z3.string() })],
    ['zod/mini', mini.object({ city: mini.string() })],
    ['one that tells something else', { '~standard': standard, toJsonSchema: () => 'string' }],
  ])('is missed, with what to do, where it tells none: %s', (_what, source) => {
    expect(() => responseFormat(source)).toThrow(TypeError);
    expect(() => responseFormat(source)).toThrow(/^The response format: .*does not tell.*"schema" beside it/);
    const { schema } = responseFormat(source, { schema: { type: 'OBJECT', properties: { city: { type: 'STRING' } } } });
    expect(schema).toEqual(object({ city: { type: 'string' } }));
  });

  it('is missed, with the cause, where it cannot be written', () => {
    const parameters = z.object({ when: z.date() });
    const define = () => defineTool({ name: 'find', parameters, execute: () => undefined });
    expect(define).toThrow(TypeError);
    expect(define).toThrow(/^The parameters of find: .*"schema" beside it.*Date/);
    const schema = { type: 'object', properties: { when: { type: 'string', format: 'date-time' } } };
    expect(defineTool({ name: 'find', parameters, schema, execute: () => undefined }).declaration.parameters).toEqual(
      schema,
    );
  });
});

describe('a JSON Schema that is given', () => {
  it('goes as the API takes it: types in lower case, and only where types stand', () => {
    const given = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'OBJECT',
      title: undefined,
      properties: {
        type: { type: ['STRING', 'NULL'], enum: ['STRING', null], default: 'STRING', examples: [{ type: 'STRING' }] },
        required: { type: 'ARRAY', items: { type: 'OBJECT', required: [], $schema: 'x' }, const: { required: [] } },
        OBJECT: { anyOf: [{ type: 'INTEGER' }, { not: { type: 'NULL' } }], default: { type: 'OBJECT', required: [] } },
        list: { prefixItems: [{ type: 'STRING' }], items: false, additionalProperties: { type: 'NUMBER' } },
      },
      required: [],
      additionalProperties: false,
      $defs: { STRING: { type: 'STRING' } },
    };
    const before = structuredClone(given);
    expect(schemaOf(given)).toStrictEqual({
      type: 'object',
      properties: {
        type: { type: ['string', 'null'], enum: ['STRING', null], default: 'STRING', examples: [{ type: 'STRING' }] },
        required: { type: 'array', items: { type: 'object' }, const: { required: [] } },
        OBJECT: { anyOf: [{ type: 'integer' }, { not: { type: 'null' } }], default: { type: 'OBJECT', required: [] } },
        list: { prefixItems: [{ type: 'string' }], items: false, additionalProperties: { type: 'number' } },
      },
      additionalProperties: false,
      $defs: { STRING: { type: 'string' } },
    });
    expect(given).toEqual(before);
  });

  it('is not touched where it is as it should be', () => {
    const given = { type: 'object', properties: { required: { type: 'string' } }, required: ['required'] };
    expect(schemaOf(given)).toEqual(given);
  });
});

/** A type as io-ts and as zod have it, and the values of that type. */
interface Sample {
  readonly codec: t.Mixed;
  readonly schema: z.ZodType;
  readonly values: fc.Arbitrary<unknown>;
}

const sampleOf = (codec: t.Mixed, schema: z.ZodType, values: fc.Arbitrary<unknown>): Sample =>
  Object.assign({ codec, schema, values }, { [fc.toStringMethod]: () => codec.name });

const leaf = (codec: t.Mixed, schema: z.ZodType, values: fc.Arbitrary<unknown>): fc.Arbitrary<Sample> =>
  fc.constant(sampleOf(codec, schema, values));

const jsonNumber = fc.double({ noNaN: true, noDefaultInfinity: true });

const leaves = fc.oneof(
  leaf(t.string, z.string(), fc.string({ unit: 'binary' })),
  leaf(t.number, z.number(), jsonNumber),
  leaf(t.Int, z.int(), fc.maxSafeInteger()),
  leaf(t.boolean, z.boolean(), fc.boolean()),
  leaf(t.null, z.null(), fc.constant(null)),
  leaf(t.unknown, z.unknown(), fc.jsonValue()),
  leaf(t.UnknownRecord, z.record(z.string(), z.unknown()), fc.dictionary(fc.string(), fc.jsonValue())),
  fc
    .constantFrom<string | number | boolean>('a', 'STRING', '', 0, 1.5, true)
    .map((value) => sampleOf(t.literal(value), z.literal(value), fc.constant(value))),
  fc
    .uniqueArray(fc.string(), { minLength: 1, maxLength: 3 })
    .filter((keys) => !keys.includes('__proto__'))
    .map((keys) =>
      sampleOf(t.keyof(Object.fromEntries(keys.map((key) => [key, null]))), z.enum(keys), fc.constantFrom(...keys)),
    ),
);

type Members = Readonly<Record<string, Sample>>;

const mapOf = <A>(members: Members, pick: (sample: Sample) => A): Record<string, A> =>
  Object.fromEntries(Object.entries(members).map(([name, sample]) => [name, pick(sample)]));

const names = fc.constantFrom('a', 'type', 'required', '$ref', 'enum', 'two words');

const objectOf = (required: Members, optional: Members): Sample =>
  sampleOf(
    t.intersection([t.type(mapOf(required, ({ codec }) => codec)), t.partial(mapOf(optional, ({ codec }) => codec))]),
    z.object({
      ...mapOf(optional, ({ schema }) => schema.optional()),
      ...mapOf(required, ({ schema }) => schema),
    }),
    fc
      .tuple(
        fc.record(
          mapOf(optional, ({ values }) => values),
          { requiredKeys: [] },
        ),
        fc.record(mapOf(required, ({ values }) => values)),
      )
      .map(([some, all]) => ({ ...some, ...all })),
  );

const { sample: samples } = fc.letrec<{ sample: Sample }>((tie) => {
  const one = tie('sample');
  const two = fc.tuple(one, one);
  const members = fc.dictionary(names, one, { maxKeys: 3 });
  return {
    sample: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      leaves,
      one.map(({ codec, schema, values }) => sampleOf(described(codec, 'Words'), schema.describe('Words'), values)),
      one.map(({ codec, schema, values }) =>
        sampleOf(t.array(codec), z.array(schema), fc.array(values, { maxLength: 3 })),
      ),
      one.map(({ codec, schema, values }) =>
        sampleOf(t.record(t.string, codec), z.record(z.string(), schema), fc.dictionary(names, values, { maxKeys: 3 })),
      ),
      two.map(([a, b]) =>
        sampleOf(t.tuple([a.codec, b.codec]), z.tuple([a.schema, b.schema]), fc.tuple(a.values, b.values)),
      ),
      two.map(([a, b]) =>
        sampleOf(t.union([a.codec, b.codec]), z.union([a.schema, b.schema]), fc.oneof(a.values, b.values)),
      ),
      fc
        .tuple(members, members)
        .map(([required, optional]) =>
          objectOf(
            required,
            Object.fromEntries(Object.entries(optional).filter(([name]) => !Object.hasOwn(required, name))),
          ),
        ),
    ),
  };
});

describe('the schema that is sent', () => {
  const sampled = samples.chain((sample) => fc.tuple(fc.constant(sample), sample.values));

  it('takes whatever the codec takes, however it is made', () => {
    fc.assert(
      fc.property(sampled, ([{ codec }, value]) => {
        expect(codec.is(value)).toBe(true);
        expect(faultsOf(schemaOf(codec), value)).toEqual([]);
      }),
    );
  });

  it('takes whatever the zod schema takes, however it is made', () => {
    fc.assert(
      fc.property(sampled, ([{ schema }, value]) => {
        fc.pre(schema.safeParse(value).success);
        expect(faultsOf(schemaOf(schema), value)).toEqual([]);
      }),
    );
  });

  it('refuses what the codec refuses, where neither is lenient', () => {
    fc.assert(
      fc.property(samples, fc.jsonValue(), ({ codec }, value) => {
        fc.pre(!codec.is(value));
        expect(faultsOf(schemaOf(codec), value)).not.toEqual([]);
      }),
    );
  });

  it('has nothing that the API refuses, however it is made', () => {
    const refused = (schema: unknown, isSchema = true): readonly unknown[] => {
      if (typeof schema !== 'object' || schema === null) return [];
      const own = Object.entries(schema).filter(
        ([key, value]) =>
          value === undefined ||
          (isSchema &&
            !Array.isArray(schema) &&
            (key === '$schema' || (key === 'required' && Array.isArray(value) && value.length === 0))),
      );
      const inside = Object.entries(schema).flatMap(([key, value]) =>
        refused(value, !isSchema || key !== 'properties'),
      );
      return [...own, ...inside];
    };
    fc.assert(
      fc.property(samples, ({ codec, schema }) => {
        expect(refused(schemaOf(codec))).toEqual([]);
        expect(refused(schemaOf(schema))).toEqual([]);
      }),
    );
  });
});
