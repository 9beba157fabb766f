import { from } from 'rxjs';
import { decodeEvent, outputText, reduceInteraction } from 'rx-interactions';
import { alphabet } from 'rx-interactions/testing';

import { valuesOf } from '../support/outcome.js';

const told = (letters: string) => from(Array.from(letters, (letter) => alphabet[letter]!));

describe('the alphabet', () => {
  it('tells a whole answer, without a diagnostic', () => {
    const [interaction] = valuesOf(told('cusddpSDPf').pipe(reduceInteraction()));
    expect(interaction).toMatchObject({ id: 'v1_test', status: 'completed', diagnostics: [] });
    expect(outputText(interaction!)).toBe('ddD');
    expect(interaction?.steps).toHaveLength(2);
  });

  it.each(Object.entries(alphabet))('writes what a server writes: %s', (_letter, event) => {
    const decoded = decodeEvent(event);
    expect(decoded._tag === 'Right' && decoded.right).toBe(event);
  });

  it('has single letters that mean nothing else in a diagram', () => {
    expect(Object.keys(alphabet).filter((letter) => !/^[A-Za-z]$/.test(letter))).toEqual([]);
  });
});
