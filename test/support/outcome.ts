import type { Observable } from 'rxjs';

/** All that an observer heard. */
export interface Outcome<T> {
  readonly values: readonly T[];
  readonly completed: boolean;
  /** What the stream failed with; `undefined` where it did not. */
  readonly error: unknown;
}

/** Subscribes to a synchronous source and says what came out of it before `subscribe` returned. */
export const outcomeOf = <T>(source: Observable<T>): Outcome<T> => {
  const values: T[] = [];
  let completed = false;
  let error: unknown;
  source
    .subscribe({
      next: (value) => values.push(value),
      error: (reason: unknown) => {
        error = reason;
      },
      complete: () => {
        completed = true;
      },
    })
    .unsubscribe();
  return { values, completed, error };
};

/** The values of a synchronous source that has to complete. */
export const valuesOf = <T>(source: Observable<T>): readonly T[] => {
  const { values, completed, error } = outcomeOf(source);
  if (error !== undefined) throw error;
  expect(completed).toBe(true);
  return values;
};

/** The error of a synchronous source that has to fail. */
export const errorOf = (source: Observable<unknown>): unknown => {
  const { error } = outcomeOf(source);
  expect(error).toBeDefined();
  return error;
};
