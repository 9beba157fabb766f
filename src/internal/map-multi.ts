import { ignoreElements, Observable, type OperatorFunction, tap } from 'rxjs';

/** What is done with each value, and at the end; both may push any number of results. */
export interface Multi<A> {
  readonly next: (value: A) => void;
  /** When the source completes; not when it fails. */
  readonly complete?: () => void;
}

/**
 * Maps each value to any number of results: like `mergeMap` to arrays, without the arrays, which is what a stream of
 * hundreds of thousands of deltas notices. What `start` returned throws ends the stream with that error.
 *
 * @param start - Makes the state of one subscription; what it returns may push results through its argument.
 */
export const mapMulti =
  <A, B>(start: (push: (result: B) => void) => Multi<A>): OperatorFunction<A, B> =>
  (source) =>
    new Observable((subscriber) => {
      const work = start((result) => {
        subscriber.next(result);
      });
      // The subscriber itself is passed on, so that leaving it stops even a source that emits while it is subscribed.
      return source.pipe(tap(work), ignoreElements()).subscribe(subscriber);
    });
