import { Ajv } from 'ajv';
import * as t from 'io-ts';
import {
  type Approval,
  type ClientTool,
  defineTool,
  described,
  type FunctionCall,
  type InteractionRequest,
  reduceJson,
  responseFormat,
  type RunToolsRequest,
} from 'rx-interactions';
import { EMPTY, type Observable, of } from 'rxjs';
import * as z from 'zod';
import { z as z3 } from 'zod/v3';

import { emits, type Equal, typed } from '../support/types.js';

type JsonArguments = Readonly<Record<string, unknown>>;

const pieces$: Observable<string> = EMPTY;
const City = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };

// The compiler is the test.
describe('defineTool', () => {
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

  it('gives execute what comes out of a Standard Schema', () => {
    defineTool({
      name: 'test',
      parameters: z.object({
        city: z.string().trim(),
        days: z.string().transform(Number),
        unit: z.enum(['c', 'f']).optional(),
      }),
      execute: (args) => {
        typed<Equal<typeof args, { city: string; days: number; unit?: 'c' | 'f' | undefined }>>();
        return args;
      },
    });
    const tool = defineTool({
      name: 'test',
      parameters: z.object({ city: z.string() }),
      // @ts-expect-error -- the schema knows no town
      execute: ({ town }) => town as unknown,
    });
    typed<Equal<typeof tool, ClientTool>>();
    expect(tool.declaration.name).toBe('test');
  });

  it('gives execute the type of what has its JSON Schema beside it', () => {
    defineTool({
      name: 'test',
      parameters: z3.object({ city: z3.string() }),
      schema: City,
      execute: (args) => {
        typed<Equal<typeof args, { city: string }>>();
        return args;
      },
    });
  });

  it('gives execute anything where there is JSON Schema or nothing', () => {
    defineTool({
      name: 'test',
      parameters: City,
      execute: (args) => {
        typed<Equal<typeof args, JsonArguments>>();
        return args;
      },
    });
    defineTool({
      name: 'test',
      execute: (args) => {
        typed<Equal<typeof args, JsonArguments>>();
        return args;
      },
    });
    const execute = jest.fn();
    // @ts-expect-error -- a tool has a name
    expect(() => defineTool({ execute })).not.toThrow();
  });

  it('gives execute what a type guard says, and takes other checks', () => {
    const ajv = new Ajv();
    defineTool({
      name: 'test',
      parameters: City,
      validate: ajv.compile<{ city: string }>(City),
      execute: (args) => {
        typed<Equal<typeof args, { city: string }>>();
        return args;
      },
    });
    defineTool({
      name: 'test',
      parameters: City,
      validate: ajv.compile(City),
      execute: (args) => {
        typed<Equal<typeof args, JsonArguments>>();
        return args;
      },
    });
    defineTool({
      name: 'test',
      parameters: City,
      validate: (args): args is { readonly city: string } => typeof args['city'] === 'string',
      execute: (args) => {
        typed<Equal<typeof args, { readonly city: string }>>();
        return args;
      },
    });
    defineTool({
      name: 'test',
      parameters: City,
      validate: ({ city }) => (typeof city === 'string' ? [] : [{ path: ['city'], message: 'expected text' }]),
      execute: (args) => {
        typed<Equal<typeof args, JsonArguments>>();
        return args;
      },
    });
    defineTool({
      name: 'test',
      parameters: City,
      validate: ({ city }) => {
        if (city === '') throw new Error('expected more');
      },
      execute: () => undefined,
    });
    // @ts-expect-error -- nobody knows what that says
    defineTool({ name: 'test', parameters: City, validate: () => 'yes', execute: () => undefined });
    // @ts-expect-error -- a codec validates already
    defineTool({ name: 'test', parameters: t.type({}), validate: () => true, execute: () => undefined });
  });

  it('takes an approval that is a value, a Promise or an Observable, or none', () => {
    const execute = () => undefined;
    defineTool({ name: 'test', execute, approve: ({ name }) => of(name === 'test') });
    defineTool({ name: 'test', execute, approve: () => Promise.resolve({ deny: 'not now' }) });
    defineTool({ name: 'test', execute, approve: () => [{ arguments: { city: 'Oslo' } }] });
    defineTool({ name: 'test', execute, approve: false });
    // @ts-expect-error -- whose approval?
    defineTool({ name: 'test', execute, approve: true });
    // @ts-expect-error -- no answer
    defineTool({ name: 'test', execute, approve: () => of('yes') });
    typed<Equal<Exclude<Approval, object>, boolean>>();
  });
});

describe('responseFormat', () => {
  it('goes into a request, and into a turn', () => {
    const format = responseFormat(t.type({ name: t.string }));
    const request: InteractionRequest = { model: 'm', input: 'i', response_format: format };
    const several: RunToolsRequest = { model: 'm', input: 'i', response_format: [format, { type: 'image' }] };
    typed<Equal<typeof format.mime_type, 'application/json'>>();
    expect([request, several]).toHaveLength(2);
  });

  it('takes whatever reduceJson takes, which has its type, and JSON Schema', () => {
    const Codec = t.type({ name: t.string });
    const Schema = z.object({ name: z.string(), serves: z.string().transform(Number) });
    expect([responseFormat(Codec), responseFormat(Schema), responseFormat(City)]).toHaveLength(3);
    emits<{ name: string }>()(pieces$.pipe(reduceJson(Codec)));
    emits<{ name: string; serves: number }>()(pieces$.pipe(reduceJson(Schema)));
    // @ts-expect-error -- no schema
    expect(() => responseFormat('text')).toThrow();
  });
});
