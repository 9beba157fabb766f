import { catchError, type MonoTypeOperatorFunction, throwError } from 'rxjs';

/** Makes the error that a stream ends with another one. */
export const mapError = <T>(change: (error: unknown) => unknown): MonoTypeOperatorFunction<T> =>
  catchError((error: unknown) => throwError(() => change(error)));
