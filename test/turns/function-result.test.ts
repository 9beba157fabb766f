import { runInNewContext } from 'node:vm';

import { functionResult } from 'rx-interactions';

const call = { id: 'k3f9', name: 'get_weather' };

const image = { type: 'image', mime_type: 'image/png', data: 'AAAA' };
const text = { type: 'text', text: 'A screenshot:' };

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

  it('refuses what JSON cannot hold: a bigint', () => {
    expect(() => functionResult(call, { size: 1n })).toThrow(TypeError);
    expect(() => functionResult(call, 1n)).toThrow(/get_weather.*JSON/);
  });

  it('refuses what JSON cannot hold: a cycle', () => {
    const value: Record<string, unknown> = {};
    value['self'] = value;
    expect(() => functionResult(call, value)).toThrow(TypeError);
    expect(() => functionResult(call, [value])).toThrow(/get_weather.*JSON/);
  });

  it('keeps the value itself, and does not change it', () => {
    const value = Object.freeze({ celsius: 22 });
    expect(functionResult(call, value).result).toBe(value);
  });
});
