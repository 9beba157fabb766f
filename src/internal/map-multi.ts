import { filter, Observable, type OperatorFunction, tap } from 'rxjs';

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
 * @param start - Makes the state of one subscription; what it returns may push results through its first argument, and end
 * the stream before its source through its second.
 */
export const mapMulti =
  <A, B>(start: (push: (result: B) => void, end: () => void) => Multi<A>): OperatorFunction<A, B> =>
  (source) =>
    new Observable((subscriber) => {
      const { next, complete } = start(
        (result) => {
          subscriber.next(result);
        },
        () => {
          subscriber.complete();
        },
      );
      // The subscriber itself is passed on, so that leaving it stops even a source that emits while it is subscribed. No
      // value passes the filter: each takes one step, and `tap` hears of the end only.
      const work = source.pipe(filter((value): value is never => (next(value), false)));
      return (complete ? work.pipe(tap({ complete })) : work).subscribe(subscriber);
    });
