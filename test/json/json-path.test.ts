import { type JsonPath, parseJsonPath } from '../../src/json/index.js';

describe('a path into JSON', () => {
  it.each<[string, JsonPath]>([
    ['$', []],
    ['ingredients[*]', [{ name: 'ingredients' }, '*']],
    ['$.ingredients[*]', [{ name: 'ingredients' }, '*']],
    ['$[*].name', ['*', { name: 'name' }]],
    ['[*].name', ['*', { name: 'name' }]],
    ['[0][12]', [{ index: 0 }, { index: 12 }]],
    ['a.b-c.d_e.é漢', [{ name: 'a' }, { name: 'b-c' }, { name: 'd_e' }, { name: 'é漢' }]],
    ['$["a b"]["\\"]\\u00e9"]["*"]', [{ name: 'a b' }, { name: '"]é' }, { name: '*' }]],
    ['$[""]', [{ name: '' }]],
    ['a.0', [{ name: 'a' }, { name: '0' }]],
  ])('%s', (path, segments) => {
    expect(parseJsonPath(path)).toEqual(segments);
  });

  it.each([
    ['', 0],
    ['.a', 0],
    ['a.', 1],
    ['a..b', 1],
    ['a[', 1],
    ['a[]', 1],
    ['a[-1]', 1],
    ['a[01]', 1],
    ['a[1.5]', 1],
    ["a['b']", 1],
    ['a["b]', 1],
    ['a["\n"]', 1],
    ['$a', 1],
    ['$.', 1],
    ['$.*', 1],
    ['a.b[*]c', 6],
    ['a b', 1],
    [' a', 0],
  ])('%j is none, at %i', (path, offset) => {
    expect(() => parseJsonPath(path)).toThrow(TypeError);
    expect(() => parseJsonPath(path)).toThrow(`${JSON.stringify(path)} at ${String(offset)}`);
  });
});
