import { type } from 'arktype';
import { defineTool, type FunctionCall } from 'rx-interactions';
import { lastValueFrom } from 'rxjs';

import { type Equal, typed } from '../support/types.js';
import { errorOf } from '../transport/support/observe.js';

const callOf = (args: Readonly<Record<string, unknown>>): FunctionCall => ({
  position: 0,
  id: '1',
  name: 'find',
  arguments: args,
});

describe('a tool whose parameters are of arktype', () => {
  const find = defineTool({
    name: 'find',
    parameters: type({
      city: type.string.describe('City name'),
      radius: 'number = 10',
      nth: 'string.integer.parse',
      'unit?': "'km' | 'mi'",
    }),
    execute: (args) => {
      typed<Equal<typeof args, { city: string; radius: number; nth: number; unit?: 'km' | 'mi' }>>();
      return args;
    },
  });

  it('tells the model what goes in', () => {
    expect(find.declaration.parameters).toEqual({
      type: 'object',
      properties: {
        city: { type: 'string', description: 'City name' },
        radius: { type: 'number' },
        nth: expect.objectContaining({ type: 'string' }),
        unit: { enum: ['km', 'mi'] },
      },
      required: expect.arrayContaining(['city', 'nth']),
    });
  });

  it('is run with what comes out', async () => {
    expect(await lastValueFrom(find.run(callOf({ city: 'Oslo', nth: '3' })))).toEqual({
      isProgress: false,
      value: { city: 'Oslo', radius: 10, nth: 3 },
    });
  });

  it('refuses what does not fit, and says where', async () => {
    expect(await errorOf(find.run(callOf({ city: 5, nth: '3', unit: 'ly' })))).toMatchObject({
      name: 'ArgumentsError',
      code: 'invalid',
      message: expect.stringMatching(/^The arguments of find do not fit: .*city: .*unit: /),
    });
  });
});
