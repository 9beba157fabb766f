import * as t from 'io-ts';
import { described, reduceJson, responseFormat } from 'rx-interactions';
import { from } from 'rxjs';
import * as z from 'zod';
import { z as z3 } from 'zod/v3';

import { emits } from '../support/types.js';
import { valuesOf } from '../support/outcome.js';

const schema = {
  type: 'object',
  properties: { name: { type: 'string', description: 'Of the dish' }, serves: { type: 'integer' } },
  required: ['name', 'serves'],
};

const pieces = ['{"name":"So', 'up","serves":4', '}'];

describe('responseFormat', () => {
  it.each<[string, ReturnType<typeof responseFormat>]>([
    ['an io-ts codec', responseFormat(t.type({ name: described(t.string, 'Of the dish'), serves: t.Int }))],
    [
      'a Standard Schema, whose own schema another goes before',
      responseFormat(z.object({ name: z.string().describe('Of the dish'), serves: z.number() }), { schema }),
    ],
    [
      'a Standard Schema that tells none, with one beside it',
      responseFormat(z3.object({ name: z3.string(), serves: z3.number() }), { schema }),
    ],
    ['JSON Schema', responseFormat(schema)],
    [
      'JSON Schema as others write it',
      responseFormat({
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        type: 'OBJECT',
        properties: { name: { type: 'STRING', description: 'Of the dish' }, serves: { type: 'INTEGER' } },
        required: ['name', 'serves'],
      }),
    ],
  ])('asks for JSON that fits %s', (_what, format) => {
    expect(format).toStrictEqual({ type: 'text', mime_type: 'application/json', schema });
  });

  it('takes what is no object', () => {
    expect(responseFormat(t.array(t.string)).schema).toEqual({ type: 'array', items: { type: 'string' } });
    expect(responseFormat(z.enum(['yes', 'no'])).schema).toEqual({ type: 'string', enum: ['yes', 'no'] });
  });

  it('says that it was the response format whose schema is missing, and where', () => {
    const Mine = new t.Type<string>('Mine', t.string.is, t.string.validate, t.identity);
    expect(() => responseFormat(t.type({ a: t.array(Mine) }))).toThrow(
      new TypeError(
        'The response format at a[]: the codec Mine has no JSON Schema; say it yourself, as "schema" beside the codec',
      ),
    );
  });

  it('goes with reduceJson of the same decoder, which has its type', () => {
    const Recipe = t.type({ name: t.string, serves: t.Int });
    const Counted = z.object({ name: z.string(), serves: z.int().transform(String) });
    const [coded$, counted$] = [from(pieces).pipe(reduceJson(Recipe)), from(pieces).pipe(reduceJson(Counted))];
    emits<t.TypeOf<typeof Recipe>>()(coded$);
    emits<{ name: string; serves: string }>()(counted$);
    expect(valuesOf(coded$)).toEqual([{ name: 'Soup', serves: 4 }]);
    expect(valuesOf(counted$)).toEqual([{ name: 'Soup', serves: '4' }]);
    expect(responseFormat(Counted).schema['required']).toEqual(responseFormat(Recipe).schema['required']);
  });
});
