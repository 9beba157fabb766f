import { Ajv } from 'ajv';
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
  type Validate,
} from 'rx-interactions';
import { concat, finalize, lastValueFrom, NEVER, of, throwError, toArray } from 'rxjs';
import * as z from 'zod';

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

const raise = (reason: unknown): never => {
  throw reason;
};

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
    expect(tool.declaration.parameters).toEqual(parameters);
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
    ['is of another type', t.type({ city: t.string }), { city: 5 }, 'city: expected string'],
    ['is missing', t.type({ city: t.string }), {}, 'city: expected string'],
    ['is deep inside', t.type({ trip: t.type({ to: t.string }) }), { trip: { to: null } }, 'trip.to: expected string'],
    ['is in an array', t.type({ days: t.array(t.number) }), { days: [1, 'two'] }, 'days.1: expected number'],
    ['is described', t.type({ city: described(t.string, 'City') }), { city: 5 }, 'city: expected string'],
    ['is optional', t.partial({ days: t.number }), { days: 'two' }, 'days'],
    ['is none of several', t.type({ unit: t.keyof({ c: null, f: null }) }), { unit: 'k' }, 'unit: expected "c" | "f"'],
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
    expect(String(error)).toContain('do not fit: city: expected string; days: expected number');
  });

  it.each<[string, unknown, ToolOutput[]]>([
    ['a value', 22, [{ isProgress: false, value: 22 }]],
    ['nothing', undefined, [{ isProgress: false, value: undefined }]],
    ['an array, which is a value', [1, 2], [{ isProgress: false, value: [1, 2] }]],
    ['text, which is a value', 'ab', [{ isProgress: false, value: 'ab' }]],
    ['a Promise', Promise.resolve(22), [{ isProgress: false, value: 22 }]],
    [
      'a Promise of an Observable',
      Promise.resolve(of(1, 2)),
      [
        { isProgress: true, value: 1 },
        { isProgress: true, value: 2 },
      ],
    ],
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

describe('a tool whose parameters are a Standard Schema', () => {
  const parameters = z.object({ city: z.string(), days: z.coerce.number().int().default(1) });

  it('is run with what the schema makes of the arguments', async () => {
    const tool = defineTool({ name: 'test', parameters, execute: (args) => args });
    expect(await outputsOf(tool, { city: 'Oslo', days: '3', more: true })).toEqual([
      { isProgress: false, value: { city: 'Oslo', days: 3 } },
    ]);
  });

  it('refuses arguments that do not fit, and says where', async () => {
    const execute = jest.fn();
    const error = await errorOf(defineTool({ name: 'test', parameters, execute }).run(callOf({ days: 1.5 })));
    expect(error).toMatchObject({ name: 'ArgumentsError', code: 'invalid', text: '{"days":1.5}' });
    expect(String(error)).toMatch(/^ArgumentsError: The arguments of test do not fit: city: .*; days: .*/);
    expect(execute).not.toHaveBeenCalled();
  });

  it('tells no end of a long list of faults', async () => {
    const many = z.object({ rows: z.array(z.number()) });
    const args = { rows: Array.from({ length: 25 }, () => 'x') };
    const error = await errorOf(defineTool({ name: 'test', parameters: many, execute: jest.fn() }).run(callOf(args)));
    expect(String(error)).toMatch(/rows\.9: .* \(and 15 more\)$/);
    expect(String(error)).not.toContain('rows.10');
  });

  it('waits for a schema that takes its time, and not where it is left meanwhile', async () => {
    const checked = jest.fn((value: unknown) => Promise.resolve({ value }));
    const slow = { '~standard': { version: 1 as const, validate: checked } };
    const execute = jest.fn((args: unknown) => args);
    const tool = defineTool({ name: 'test', parameters: slow, schema: { type: 'object' }, execute });
    expect(await outputsOf(tool, { city: 'Oslo' })).toEqual([{ isProgress: false, value: { city: 'Oslo' } }]);
    tool
      .run(callOf({ city: 'Rome' }))
      .subscribe()
      .unsubscribe();
    await outputsOf(tool, { city: 'Lima' });
    const cities = (calls: readonly (readonly unknown[])[]) => calls.map(([args]) => args);
    expect(cities(checked.mock.calls)).toEqual([{ city: 'Oslo' }, { city: 'Rome' }, { city: 'Lima' }]);
    expect(cities(execute.mock.calls)).toEqual([{ city: 'Oslo' }, { city: 'Lima' }]);
  });

  it('fails with what the schema throws', async () => {
    const throwing = {
      '~standard': {
        version: 1 as const,
        validate: () => {
          throw new Error('out of order');
        },
      },
    };
    const tool = defineTool({ name: 'test', parameters: throwing, schema: {}, execute: jest.fn() });
    expect(await errorOf(tool.run(callOf({})))).toMatchObject({ message: 'out of order' });
  });

  it('takes the schema that stands beside it, for codecs too', async () => {
    const When = new t.Type<Date, string>(
      'When',
      (u): u is Date => u instanceof Date,
      (u, context) => (typeof u === 'string' ? t.success(new Date(u)) : t.failure(u, context)),
      (date) => date.toISOString(),
    );
    const schema = {
      type: 'object',
      properties: { when: { type: 'string', format: 'date-time' } },
      required: ['when'],
    };
    const tool = defineTool({
      name: 'test',
      parameters: t.type({ when: When }),
      schema,
      execute: ({ when }) => when.getUTCFullYear(),
    });
    expect(tool.declaration.parameters).toEqual(schema);
    expect(await outputsOf(tool, { when: '2026-06-01T00:00:00Z' })).toEqual([{ isProgress: false, value: 2026 }]);
  });
});

describe('a tool whose parameters are JSON Schema, with what validates them', () => {
  const parameters = {
    type: 'object',
    properties: { city: { type: 'string' }, 'days/count': { type: 'array', items: { type: 'number' } } },
    required: ['city'],
  };

  const reportOf = async (validate: Validate, args: Readonly<Record<string, unknown>> = {}): Promise<string> => {
    const execute = jest.fn();
    const error = await errorOf(defineTool({ name: 'test', parameters, validate, execute }).run(callOf(args)));
    expect(error).toMatchObject({ name: 'ArgumentsError', code: 'invalid', text: JSON.stringify(args) });
    expect(execute).not.toHaveBeenCalled();
    return String(error).replace('ArgumentsError: The arguments of test do not fit: ', '');
  };

  it('is checked by what ajv compiles', async () => {
    const validate = new Ajv({ allErrors: true }).compile(parameters);
    expect(await reportOf(validate, { 'days/count': [1, 'two'] })).toBe(
      "must have required property 'city'; days/count.1: must be number",
    );
    const tool = defineTool({ name: 'test', parameters, validate, execute: (args) => args });
    expect(await outputsOf(tool, { city: 'Oslo' })).toEqual([{ isProgress: false, value: { city: 'Oslo' } }]);
  });

  it.each<[string, Validate, string]>([
    ['says no, without a reason', () => false, 'does not fit'],
    ['gives issues', () => [{ message: 'too far', path: ['trip', { key: 0 }] }, {}], 'trip.0: too far; does not fit'],
    ['throws', () => raise(new Error('too far')), 'too far'],
    ['throws errors', () => raise({ message: 'no', errors: [{ instancePath: '/a', message: 'far' }] }), 'a: far'],
    ['throws something', () => raise('too far'), 'too far'],
    ['rejects', () => Promise.reject(new Error('too far')), 'too far'],
    ['says no, later', () => Promise.resolve(false), 'does not fit'],
    ['gives issues, later', () => Promise.resolve([{ message: 'too far' }]), 'too far'],
  ])('is refused where validate %s', async (_what, validate, report) => {
    expect(await reportOf(validate)).toBe(report);
  });

  it.each<[string, Validate]>([
    ['says yes', () => true],
    ['says nothing', () => undefined],
    ['gives no issues', () => []],
    ['says yes, later', () => Promise.resolve(true)],
  ])('is run where validate %s', async (_what, validate) => {
    const tool = defineTool({ name: 'test', parameters, validate, execute: () => 'run' });
    expect(await outputsOf(tool)).toEqual([{ isProgress: false, value: 'run' }]);
  });

  it('keeps what was received where validate fills in defaults, and runs with them', async () => {
    const filling = { type: 'object', properties: { days: { type: 'number', default: 1 } } };
    const validate = new Ajv({ useDefaults: true }).compile(filling);
    const tool = defineTool({ name: 'test', parameters: filling, validate, execute: (args) => args });
    const args = Object.freeze({});
    expect(await outputsOf(tool, args)).toEqual([{ isProgress: false, value: { days: 1 } }]);
  });
});

describe('the approval of a tool', () => {
  it('is on the tool, if it has one', () => {
    const approve = () => of(true);
    expect(defineTool({ name: 'test', approve, execute: jest.fn() }).approve).toBe(approve);
    expect(defineTool({ name: 'test', approve: false, execute: jest.fn() }).approve).toBe(false);
    expect(defineTool({ name: 'test', execute: jest.fn() })).not.toHaveProperty('approve');
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
