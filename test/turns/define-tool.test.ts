import * as t from 'io-ts';
import {
  type ClientTool,
  codeExecution,
  defineTool,
  described,
  type FunctionCall,
  googleMaps,
  googleSearch,
  type ToolContext,
  type ToolOutput,
  urlContext,
} from 'rx-interactions';
import { concat, finalize, lastValueFrom, NEVER, of, throwError, toArray } from 'rxjs';

import { type Equal, typed } from '../support/types.js';
import { errorOf } from '../transport/support/observe.js';

const callOf = (args: Readonly<Record<string, unknown>>): FunctionCall => ({
  position: 0,
  id: '1',
  name: 'test',
  arguments: args,
});

const outputsOf = (tool: ClientTool, args: Readonly<Record<string, unknown>> = {}): Promise<ToolOutput[]> =>
  lastValueFrom(tool.run(callOf(args)).pipe(toArray()));

/** What the model is told of a codec. */
const schemaOf = (parameters: t.Mixed): unknown =>
  defineTool({ name: 'test', parameters, execute: () => undefined }).declaration.parameters;

describe('defineTool', () => {
  it('tells the model its name, its description and its parameters', () => {
    const { declaration } = defineTool({
      name: 'get_weather',
      description: 'Current weather for a city.',
      parameters: t.type({ city: described(t.string, 'City name, e.g. Paris') }),
      execute: ({ city }) => city,
    });
    expect(declaration).toEqual({
      type: 'function',
      name: 'get_weather',
      description: 'Current weather for a city.',
      parameters: {
        type: 'object',
        properties: { city: { type: 'string', description: 'City name, e.g. Paris' } },
        required: ['city'],
      },
    });
  });

  it('tells nothing that it was not told', () => {
    expect(defineTool({ name: 'now', execute: () => 'noon' }).declaration).toEqual({ type: 'function', name: 'now' });
  });

  it('passes JSON Schema on as it is, and arguments as they come', async () => {
    const parameters = { type: 'object', properties: { city: { type: 'string' } }, additionalProperties: false };
    const tool = defineTool({ name: 'test', parameters, execute: (args) => args });
    expect(tool.declaration.parameters).toBe(parameters);
    expect(await outputsOf(tool, { city: 5, more: true })).toEqual([
      { isProgress: false, value: { city: 5, more: true } },
    ]);
  });

  it('decodes arguments before execute sees them', async () => {
    const tool = defineTool({
      name: 'test',
      parameters: t.exact(t.type({ city: t.string })),
      execute: (args) => args,
    });
    expect(await outputsOf(tool, { city: 'Oslo', more: true })).toEqual([
      { isProgress: false, value: { city: 'Oslo' } },
    ]);
  });

  it.each<[string, t.Mixed, Readonly<Record<string, unknown>>, string]>([
    ['is of another type', t.type({ city: t.string }), { city: 5 }, 'city should be string'],
    ['is missing', t.type({ city: t.string }), {}, 'city should be string'],
    ['is deep inside', t.type({ trip: t.type({ to: t.string }) }), { trip: { to: null } }, 'trip.to should be string'],
    ['is in an array', t.type({ days: t.array(t.number) }), { days: [1, 'two'] }, 'days.1 should be number'],
    ['is described', t.type({ city: described(t.string, 'City') }), { city: 5 }, 'city should be string'],
    ['is optional', t.partial({ days: t.number }), { days: 'two' }, 'days'],
    ['is none of several', t.type({ unit: t.keyof({ c: null, f: null }) }), { unit: 'k' }, 'unit should be "c" | "f"'],
  ])('refuses arguments of which one %s, and says where', async (_what, parameters, args, message) => {
    const execute = jest.fn();
    const error = await errorOf(defineTool({ name: 'test', parameters, execute }).run(callOf(args)));
    expect(error).toMatchObject({ name: 'ArgumentsError', code: 'invalid', text: JSON.stringify(args) });
    expect(String(error)).toContain(message);
    expect(String(error)).toContain('test');
    expect(execute).not.toHaveBeenCalled();
  });

  it('names everything that does not fit', async () => {
    const parameters = t.type({ city: t.string, days: t.number });
    const error = await errorOf(defineTool({ name: 'test', parameters, execute: jest.fn() }).run(callOf({})));
    expect(String(error)).toMatch(/city should be string.*days should be number/);
  });

  it.each<[string, unknown, ToolOutput[]]>([
    ['a value', 22, [{ isProgress: false, value: 22 }]],
    ['nothing', undefined, [{ isProgress: false, value: undefined }]],
    ['an array, which is a value', [1, 2], [{ isProgress: false, value: [1, 2] }]],
    ['text, which is a value', 'ab', [{ isProgress: false, value: 'ab' }]],
    ['a Promise', Promise.resolve(22), [{ isProgress: false, value: 22 }]],
    [
      'an Observable',
      of(1, 2),
      [
        { isProgress: true, value: 1 },
        { isProgress: true, value: 2 },
      ],
    ],
  ])('runs a function that gives %s', async (_what, returned, outputs) => {
    expect(await outputsOf(defineTool({ name: 'test', execute: () => returned }))).toEqual(outputs);
  });

  it.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('no such city');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no such city'))],
    ['gives an Observable that fails', () => throwError(() => new Error('no such city'))],
  ])('fails where the function %s', async (_what, execute) => {
    expect(await errorOf(defineTool({ name: 'test', execute }).run(callOf({})))).toMatchObject({
      message: 'no such city',
    });
  });

  it('runs the function at each subscription, and not before', async () => {
    const execute = jest.fn(() => 'noon');
    const run$ = defineTool({ name: 'now', execute }).run(callOf({}));
    expect(execute).not.toHaveBeenCalled();
    await lastValueFrom(run$);
    await lastValueFrom(run$);
    expect(execute).toHaveBeenCalledTimes(2);
  });

  it('gives the function its call, and a signal that is aborted when it is left', () => {
    let context: ToolContext | undefined;
    const call = callOf({});
    const subscription = defineTool({
      name: 'test',
      execute: (_args, given) => {
        context = given;
        return NEVER;
      },
    })
      .run(call)
      .subscribe();
    expect(context?.call).toBe(call);
    expect(context?.signal.aborted).toBe(false);
    subscription.unsubscribe();
    expect(context?.signal.aborted).toBe(true);
  });

  it('unsubscribes from an Observable when it is left', () => {
    const left = jest.fn();
    const values: unknown[] = [];
    const tool = defineTool({ name: 'test', execute: () => concat(of(1), NEVER).pipe(finalize(left)) });
    tool
      .run(callOf({}))
      .subscribe(({ value }) => values.push(value))
      .unsubscribe();
    expect(values).toEqual([1]);
    expect(left).toHaveBeenCalledTimes(1);
  });
});

describe('the type of a tool', () => {
  it('gives execute the type of its codec', () => {
    defineTool({
      name: 'test',
      parameters: t.intersection([
        t.type({ city: described(t.string, 'City'), unit: t.keyof({ celsius: null, fahrenheit: null }) }),
        t.partial({ days: t.array(t.number) }),
      ]),
      execute: ({ city, unit, days }, { call, signal }) => {
        typed<Equal<typeof city, string>>();
        typed<Equal<typeof unit, 'celsius' | 'fahrenheit'>>();
        typed<Equal<typeof days, number[] | undefined>>();
        typed<Equal<typeof call, FunctionCall>>();
        typed<Equal<typeof signal, AbortSignal>>();
        return { city, unit, days, call, signal };
      },
    });
    const tool = defineTool({
      name: 'test',
      parameters: t.type({ city: t.string }),
      // @ts-expect-error -- the codec knows no town
      execute: ({ town }) => town as unknown,
    });
    typed<Equal<typeof tool, ClientTool>>();
    expect(tool.declaration.name).toBe('test');
  });

  it('gives execute anything where there is JSON Schema or nothing', () => {
    const parameters = { type: 'object' };
    const execute = jest.fn();
    defineTool({
      name: 'test',
      parameters,
      execute: (args) => {
        typed<Equal<typeof args, Readonly<Record<string, unknown>>>>();
        return args;
      },
    });
    defineTool({
      name: 'test',
      execute: (args) => {
        typed<Equal<typeof args, Readonly<Record<string, unknown>>>>();
        return args;
      },
    });
    // @ts-expect-error -- a tool has a name
    expect(() => defineTool({ execute })).not.toThrow();
  });
});

describe('the JSON Schema of a codec', () => {
  const object = (properties: object, ...required: readonly string[]) => ({
    type: 'object',
    properties,
    ...(required.length > 0 && { required }),
  });

  interface PositiveBrand {
    readonly Positive: unique symbol;
  }
  const Positive = t.brand(t.number, (n): n is t.Branded<number, PositiveBrand> => n > 0, 'Positive');

  it.each<[string, t.Mixed, object]>([
    ['string', t.string, { type: 'string' }],
    ['number', t.number, { type: 'number' }],
    ['boolean', t.boolean, { type: 'boolean' }],
    ['null', t.null, { type: 'null' }],
    ['unknown', t.unknown, {}],
    ['Int', t.Int, { type: 'integer' }],
    ['brand', Positive, { type: 'number' }],
    ['UnknownRecord', t.UnknownRecord, { type: 'object' }],
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
    ['array', t.array(t.string), { type: 'array', items: { type: 'string' } }],
    ['readonlyArray', t.readonlyArray(t.number), { type: 'array', items: { type: 'number' } }],
    ['record', t.record(t.string, t.number), { type: 'object', additionalProperties: { type: 'number' } }],
    ['type', t.type({ a: t.string, b: t.number }), object({ a: { type: 'string' }, b: { type: 'number' } }, 'a', 'b')],
    ['type without members', t.type({}), object({})],
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
      'record of named keys',
      t.record(t.keyof({ a: null, b: null }), t.number),
      object({ a: { type: 'number' }, b: { type: 'number' } }, 'a', 'b'),
    ],
  ])('%s', (_name, codec, schema) => {
    expect(schemaOf(codec)).toEqual(schema);
  });

  interface Tree {
    readonly children: readonly Tree[];
  }
  const Tree: t.Type<Tree> = t.recursion('Tree', () => t.type({ children: t.readonlyArray(Tree) }));
  const Custom = new t.Type<string>('Custom', t.string.is, t.string.validate, t.identity);

  it.each<[string, t.Mixed, string]>([
    ['a recursive one', t.type({ tree: Tree }), 'at tree: the codec Tree'],
    ['a tuple', t.type({ pair: t.tuple([t.string, t.number]) }), 'at pair: the codec [string, number]'],
    ['one of your own', t.type({ mine: Custom }), 'at mine: the codec Custom'],
    ['undefined', t.type({ a: t.union([t.string, t.undefined]) }), 'at a: the codec undefined'],
    ['one in an array', t.type({ list: t.array(Custom) }), 'at list[]: the codec Custom'],
    ['one in a record', t.type({ map: t.record(t.string, Custom) }), 'at map.*: the codec Custom'],
    ['one deep inside', t.type({ a: t.partial({ b: t.type({ c: Custom }) }) }), 'at a.b.c: the codec Custom'],
    [
      'an intersection of other things',
      t.type({ both: t.intersection([t.type({}), t.UnknownRecord]) }),
      'at both: an intersection',
    ],
    ['a described one', t.type({ mine: described(Custom, 'Mine') }), 'at mine: the codec Custom'],
    ['the whole, a recursive one', Tree, 'parameters: the codec Tree'],
    ['the whole, one of your own', Custom, 'parameters: the codec Custom'],
  ])('is refused, with its place, for %s', (_what, codec, message) => {
    expect(() => schemaOf(codec)).toThrow(TypeError);
    expect(() => schemaOf(codec)).toThrow(message);
    expect(() => schemaOf(codec)).toThrow(/JSON Schema/);
  });
});

describe('described', () => {
  it('does not touch the codec it describes', () => {
    described(t.string, 'City');
    expect(schemaOf(t.string)).toEqual({ type: 'string' });
  });

  it('decodes and encodes as the codec does', () => {
    const City = described(t.exact(t.type({ city: t.string })), 'City');
    expect(City.decode({ city: 'Oslo', more: 1 })).toEqual(
      t.exact(t.type({ city: t.string })).decode({ city: 'Oslo', more: 1 }),
    );
    expect(City.is({ city: 'Oslo' })).toBe(true);
    expect(City.is({})).toBe(false);
    expect(City.encode({ city: 'Oslo' })).toEqual({ city: 'Oslo' });
    typed<Equal<t.TypeOf<typeof City>, { city: string }>>();
  });
});

describe('the tools of the server', () => {
  it('are what the request holds', () => {
    expect(googleSearch()).toEqual({ type: 'google_search' });
    expect(googleSearch({ search_types: ['image_search'] })).toEqual({
      type: 'google_search',
      search_types: ['image_search'],
    });
    expect(googleMaps({ latitude: 59.9, longitude: 10.7 })).toEqual({
      type: 'google_maps',
      latitude: 59.9,
      longitude: 10.7,
    });
    expect(urlContext()).toEqual({ type: 'url_context' });
    expect(codeExecution()).toEqual({ type: 'code_execution' });
  });
});
