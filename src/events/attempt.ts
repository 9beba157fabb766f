import type { Either } from 'fp-ts/lib/Either.js';
import { catchError, map, of, type OperatorFunction, pipe, throwError } from 'rxjs';

import { InteractionError } from '../errors/index.js';

/**
 * Turns a stream and its error into values: every value becomes a `Right`, an error of this library a last `Left`.
 * For those who compose with fp-ts. Errors of others stay errors.
 *
 * ```text
 * events     -e---e---#
 * attempt()  -R---R---(L|)
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
