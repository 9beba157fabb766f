import { runInNewContext } from 'node:vm';

import { describeError, isError, isErrorLike } from '../../src/internal/error-like.js';

const foreign: unknown = runInNewContext("new TypeError('far away')");

describe('isError', () => {
  it('is true of an error of any realm', () => {
    expect(isError(new RangeError('here'))).toBe(true);
    expect(foreign).not.toBeInstanceOf(Error);
    expect(isError(foreign)).toBe(true);
  });

  it.each([[{ message: 'not one' }], ['text'], [null], [undefined]])('is false of %j', (value) => {
    expect(isError(value)).toBe(false);
  });
});

describe('isErrorLike', () => {
  it('is true of errors, and of what has a message', () => {
    for (const value of [new Error('m'), foreign, { message: 'm' }]) expect(isErrorLike(value)).toBe(true);
  });

  it.each([[{ message: 7 }], [{}], ['text'], [null], [undefined]])('is false of %j', (value) => {
    expect(isErrorLike(value)).toBe(false);
  });
});

describe('describeError', () => {
  const refused = Object.assign(new Error(''), { code: 'ECONNREFUSED' });

  it.each<readonly [string, unknown, string]>([
    ['the message', new Error('broken'), 'broken'],
    ['the message of an error of another realm', foreign, 'far away'],
    ['the code where there is no message', refused, 'ECONNREFUSED'],
    ['what it rests on', new Error('outer', { cause: new Error('inner') }), 'outer (inner)'],
    [
      'what the first of several attempts failed with',
      new AggregateError([refused, new Error('b')], 'all'),
      'all (ECONNREFUSED)',
    ],
    ['what is no error as text', 'just text', 'just text'],
    ['nothing', undefined, 'undefined'],
    ['a cause that is no error', new Error('outer', { cause: 'why' }), 'outer (why)'],
    ['a cause that is null as none', new Error('outer', { cause: null }), 'outer'],
  ])('says %s', (_name, error, text) => {
    expect(describeError(error)).toBe(text);
  });

  it('ends where an error rests on itself', () => {
    const loop = new Error('loop');
    loop.cause = loop;
    expect(describeError(loop)).toBe('loop (loop (loop (loop)))');
  });
});
