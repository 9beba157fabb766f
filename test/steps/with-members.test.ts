import { withMembers } from '../../src/steps/with-members.js';

describe('withMembers', () => {
  it('copies an object and writes members over it, in their places, or behind it', () => {
    const object = Object.freeze({ type: 'a', id: '1' });
    const copy = withMembers(object, { id: '2', name: 'n' });
    expect(JSON.stringify(copy)).toBe('{"type":"a","id":"2","name":"n"}');
    expect(object).toEqual({ type: 'a', id: '1' });
  });

  it('takes any name for a member', () => {
    const received: object = JSON.parse('{"__proto__":{"x":1},"length":2}');
    const copy = withMembers({ type: 'a' }, received);
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
    expect(JSON.stringify(copy)).toBe('{"type":"a","__proto__":{"x":1},"length":2}');
    expect(JSON.stringify(withMembers(received, {}))).toBe(JSON.stringify(received));
  });
});
