import { delay } from 'rxjs';
import { marbles } from 'rx-interactions/testing';

describe('marbles', () => {
  it('runs its body in virtual time when it is called, not before', () => {
    const body = jest.fn();
    const test = marbles(() => undefined, body);
    expect(body).not.toHaveBeenCalled();
    test();
    expect(body).toHaveBeenCalledTimes(1);
  });

  it('hands what was observed and what was expected to the comparison', () => {
    const compared: (readonly [unknown, unknown])[] = [];
    marbles(
      (actual, expected) => compared.push([actual, expected]),
      ({ cold, expectObservable }) => {
        expectObservable(cold('a 9ms (b|)').pipe(delay(5))).toBe('5ms a 9ms (b|)');
      },
    )();
    expect(compared).toHaveLength(1);
    expect(compared[0]?.[0]).toEqual(compared[0]?.[1]);
  });

  it('fails where the comparison does', () => {
    const test = marbles(
      (actual, expected) => {
        expect(actual).toEqual(expected);
      },
      ({ cold, expectObservable }) => {
        expectObservable(cold('a|')).toBe('b|');
      },
    );
    expect(test).toThrow();
  });
});
