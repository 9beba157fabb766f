import { runInNewContext } from 'node:vm';

import fc from 'fast-check';
import { functionResult } from 'rx-interactions';
import { of } from 'rxjs';

const call = { id: 'k3f9', name: 'get_weather' };

const image = { type: 'image', mime_type: 'image/png', data: 'AAAA' };
const text = { type: 'text', text: 'A screenshot:' };

const nested = (levels: number): unknown => {
  let value: unknown = 'core';
  for (let level = 0; level < levels; level += 1) value = [value];
  return value;
};

describe('functionResult', () => {
  it('answers its call', () => {
    expect(functionResult(call, 'sunny')).toEqual({
      type: 'function_result',
      call_id: 'k3f9',
      name: 'get_weather',
      result: 'sunny',
    });
  });

  it('leaves out a name that is not there', () => {
    expect(functionResult({ id: '1', name: '' }, 'x')).toEqual({ type: 'function_result', call_id: '1', result: 'x' });
  });

  it.each<[string, unknown, unknown]>([
    ['text', 'sunny', 'sunny'],
    ['empty text', '', ''],
    ['an object', { celsius: 22, sky: ['clear'] }, { celsius: 22, sky: ['clear'] }],
    ['an empty object', {}, {}],
    ['an object with a result of its own', { result: 1 }, { result: 1 }],
    ['content blocks', [text, image], [text, image]],
    ['one content block in an array', [image], [image]],
    [
      'audio, video and documents',
      [
        { type: 'audio', uri: 'u' },
        { type: 'video', uri: 'u' },
        { type: 'document', uri: 'u' },
      ],
      [
        { type: 'audio', uri: 'u' },
        { type: 'video', uri: 'u' },
        { type: 'document', uri: 'u' },
      ],
    ],
    ['one content block, which nobody means as data', image, [image]],
    ['one block of text', text, [text]],
    ['one block by reference', { type: 'document', uri: 'u' }, [{ type: 'document', uri: 'u' }]],
    ['an object that only looks like a block', { type: 'text' }, { type: 'text' }],
    ['an object with the name of a medium', { type: 'document', title: 'T' }, { type: 'document', title: 'T' }],
    [
      'an array of objects with the name of a medium',
      [{ type: 'image', id: 1 }],
      { result: [{ type: 'image', id: 1 }] },
    ],
    ['an object with members that are not there', { a: 1, b: undefined }, { a: 1, b: undefined }],
    ['an object without a prototype', Object.assign(Object.create(null), { a: 1 }), { a: 1 }],
    [
      'an object of a class',
      new (class City {
        name = 'Oslo';
      })(),
      { name: 'Oslo' },
    ],
    ['an array', [1, 2], { result: [1, 2] }],
    ['an array of objects', [{ city: 'Oslo' }], { result: [{ city: 'Oslo' }] }],
    ['an empty array', [], { result: [] }],
    ['an array of blocks and other things', [text, 1], { result: [text, 1] }],
    ['an array of what only looks like a block', [{ type: 'text' }], { result: [{ type: 'text' }] }],
    ['an array of things with other types', [{ type: 'dog' }], { result: [{ type: 'dog' }] }],
    ['an array of things that say unknown', [{ type: 'unknown' }], { result: [{ type: 'unknown' }] }],
    ['nothing', undefined, ''],
    ['null', null, { result: null }],
    ['a number', 22, { result: 22 }],
    ['zero', 0, { result: 0 }],
    ['true', true, { result: true }],
    ['false', false, { result: false }],
  ])('takes %s', (_what, value, result) => {
    const step = functionResult(call, value);
    expect(step.result).toEqual(result);
    expect(step).not.toHaveProperty('is_error');
  });

  it.each<[string, unknown, string]>([
    ['an Error', new Error('no such city'), 'no such city'],
    ['an error of another kind', new TypeError('not a city'), 'not a city'],
    ['an error of another realm, as of a frame or a test runner', runInNewContext("new Error('far away')"), 'far away'],
  ])('tells the model of %s', (_what, error, message) => {
    expect(functionResult(call, error)).toEqual({
      type: 'function_result',
      call_id: 'k3f9',
      name: 'get_weather',
      is_error: true,
      result: message,
    });
  });

  it('tells the model the name of an error without a message, and nothing else of any error', () => {
    class NoSuchCity extends Error {
      override readonly name = 'NoSuchCity';
      readonly secret = 'key';
    }
    const error = new NoSuchCity('', { cause: new Error('at the bank') });
    expect(functionResult(call, error).result).toBe('NoSuchCity');
    expect(JSON.stringify(functionResult(call, error))).not.toMatch(/key|bank|\.ts/);
  });

  const cyclic: Record<string, unknown> = { a: {} };
  cyclic['a'] = { b: [cyclic] };

  it.each<[string, unknown, RegExp]>([
    ['a bigint', 1n, /it is a bigint; send it as text/],
    ['a bigint inside', { rows: [{ size: 1n }] }, /rows\.0\.size is a bigint/],
    ['a cycle', cyclic, /a\.b\.0 is what holds it; send what the model needs/],
    ['a Date', new Date(0), /it is a Date; send its toISOString\(\)/],
    ['a Date of another realm', { when: runInNewContext('new Date(0)') as unknown }, /when is a Date/],
    ['a Map', { byCity: new Map() }, /byCity is a Map; send Object\.fromEntries/],
    ['a Set', [new Set()], /0 is a Set; send \[\.\.\.set\]/],
    ['bytes', new Uint8Array(3), /it is bytes \(Uint8Array\); send a content block .* imageFrom/],
    ['bytes of Node', { file: Buffer.from('a') }, /file is bytes .* imageFrom/],
    ['a buffer', new ArrayBuffer(3), /it is bytes \(ArrayBuffer\)/],
    ['a Blob', { image: new Blob(['a']) }, /image is bytes \(Blob\); .* imageFrom/],
    ['a Promise', { later: Promise.resolve(1) }, /later is a Promise; wait for it/],
    ['an Observable', [of(1)], /0 is an Observable; return it from the tool itself/],
    ['an Error inside', { problem: new Error('far') }, /problem is an Error; send its message/],
    ['a pattern', { pattern: /a/ }, /pattern is of a kind \(RegExp\)/],
    [
      'a generator',
      (function* () {
        yield 1;
      })(),
      /it is of a kind \(Generator\)/,
    ],
    ['a million levels', nested(1_000_000), /is nested too deep/],
    ['a function', { f: () => 1 }, /f is a function; leave it out/],
    ['a symbol', Symbol('s'), /it is a symbol/],
    ['no number', { mean: NaN }, /mean is NaN; send null/],
    ['more than any number', [Infinity], /0 is Infinity/],
    ['what becomes one of these', { toJSON: () => ({ n: 1n }) }, /n is a bigint/],
  ])('refuses what JSON cannot hold, with its place and what to do: %s', (_what, value, message) => {
    expect(() => functionResult(call, value)).toThrow(TypeError);
    expect(() => functionResult(call, value)).toThrow(message);
    expect(() => functionResult(call, value)).toThrow(/^The result of get_weather cannot be sent as JSON: /);
  });

  it('takes what says how it is written', () => {
    const value = { page: new URL('https://example.com/'), price: { toJSON: () => '1.50' } };
    expect(functionResult(call, value).result).toBe(value);
  });

  it('takes a thousand levels', () => {
    const value = { rows: nested(999) };
    expect(functionResult(call, value).result).toBe(value);
  });

  it('takes what two members share, which is no cycle', () => {
    const city = { name: 'Oslo' };
    expect(functionResult(call, { from: city, to: city, via: [city] }).result).toEqual({
      from: city,
      to: city,
      via: [city],
    });
  });

  it('keeps whatever is JSON, however it is nested', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const { result } = functionResult(call, { value });
        expect(JSON.stringify(result)).toBe(JSON.stringify({ value }));
      }),
    );
  });

  it('finds what is no JSON, however deep it is', () => {
    const keys = fc.array(fc.oneof(fc.nat({ max: 3 }), fc.constantFrom('a', 'rows', 'city')), { minLength: 1 });
    const culprits = fc.constantFrom<unknown>(1n, NaN, new Date(0), new Map(), new Uint8Array(1), Symbol('s'));
    fc.assert(
      fc.property(keys, culprits, fc.jsonValue(), (path, culprit, other) => {
        const value = path.reduceRight<unknown>(
          (inner, key) =>
            typeof key === 'number' ? [...Array.from({ length: key }, () => other), inner] : { other, [key]: inner },
          culprit,
        );
        expect(() => functionResult(call, value)).toThrow(`: ${path.join('.')} is `);
      }),
    );
  });

  it('keeps the value itself, and does not change it', () => {
    const value = Object.freeze({ celsius: 22 });
    expect(functionResult(call, value).result).toBe(value);
  });
});
