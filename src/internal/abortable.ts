import { defer, finalize, from, type Observable, type ObservableInput } from 'rxjs';

/** Gives work a signal that is aborted when its subscriber leaves, or when it has ended. */
export const abortable = <T>(open: (signal: AbortSignal) => ObservableInput<T>): Observable<T> =>
  defer(() => {
    const controller = new AbortController();
    return from(open(controller.signal)).pipe(
      finalize(() => {
        controller.abort();
      }),
    );
  });
