import { EMPTY, NEVER, of, throwError } from 'rxjs';

import { abortable } from '../../src/internal/abortable.js';
import { outcomeOf, valuesOf } from '../support/outcome.js';

describe('abortable', () => {
  it('does nothing until someone subscribes', () => {
    const open = jest.fn(() => EMPTY);
    abortable(open);
    expect(open).not.toHaveBeenCalled();
  });

  it('aborts when its subscriber leaves, before unsubscribe returns', () => {
    let signal: AbortSignal | undefined;
    const subscription = abortable((given) => {
      signal = given;
      return NEVER;
    }).subscribe();
    expect(signal?.aborted).toBe(false);
    subscription.unsubscribe();
    expect(signal?.aborted).toBe(true);
  });

  it('gives each subscription a signal of its own', () => {
    const signals: AbortSignal[] = [];
    const work$ = abortable((signal) => {
      signals.push(signal);
      return NEVER;
    });
    const [first, second] = [work$.subscribe(), work$.subscribe()];
    first.unsubscribe();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
    second.unsubscribe();
  });

  it('passes on values and completion', () => {
    expect(valuesOf(abortable(() => of(1, 2)))).toEqual([1, 2]);
  });

  it('passes on an error of the work, and one thrown while it starts', () => {
    const broken = new Error('broken');
    expect(outcomeOf(abortable(() => throwError(() => broken))).error).toBe(broken);
    expect(
      outcomeOf(
        abortable(() => {
          throw broken;
        }),
      ).error,
    ).toBe(broken);
  });
});
