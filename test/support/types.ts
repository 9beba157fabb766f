import type { Observable } from 'rxjs';

/** Whether two types are the same, not just assignable to each other. */
export type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Holds a type to be `true`; the compiler is the test. */
export const typed = <_Check extends true>(): void => undefined;

/** Holds an Observable to emit just this type; the compiler is the test. */
export const emits =
  <Expected>() =>
  <Actual>(_source: Observable<Actual>, ..._same: Equal<Actual, Expected> extends true ? [] : ['another type']): void =>
    undefined;
