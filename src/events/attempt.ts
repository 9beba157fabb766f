import type { Either } from 'fp-ts/lib/Either.js';
import { catchError, map, of, type OperatorFunction, pipe, throwError } from 'rxjs';

import { InteractionError } from '../errors/index.js';

/**
 * Turns a stream and its error into values: every value becomes a `Right`, an error of this library a last `Left`.
 *
 * For those who compose with fp-ts: RxJS's `catchError` needs another stream to go on with, this makes the error a value
 * with a type. It comes last: what stands behind it, like `throwIfUnsettled`, could make errors again. Errors of
 * others stay errors; a source without any completes as it is.
 *
 * ```text
 * events     -e---e---#
 * attempt()  -R---R---(L|)     R: { _tag: 'Right', right: e }  L: { _tag: 'Left', left: the error }
 * ```
 *
 * @example
 * ```ts
 * events$.pipe(reduceText(), attempt()).subscribe((result) => {
 *   console.log(result._tag === 'Right' ? result.right : result.left.message);
 * });
 * ```
 */
export function attempt<A>(): OperatorFunction<A, Either<InteractionError, A>> {
  return pipe(
    map((value: A): Either<InteractionError, A> => ({ _tag: 'Right', right: value })),
    catchError((error: unknown) =>
      InteractionError.is(error)
        ? of<Either<InteractionError, A>>({ _tag: 'Left', left: error })
        : throwError(() => error),
    ),
  );
}
