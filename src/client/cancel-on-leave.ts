import { defer, finalize, type MonoTypeOperatorFunction, type Observable, tap, timeout } from 'rxjs';

/** How long a last request may take, in ms. */
const GRACE = 10_000;

/** What a value shows of the interaction: its id, and whether it is still running. Nothing, if it shows neither. */
export type See<T> = (value: T) => { readonly id?: string | undefined; readonly isRunning: boolean } | undefined;

export interface CancelOnLeaveConfig<T> {
  readonly see: See<T>;
  readonly cancel: (id: string) => Observable<unknown>;
  /** The interaction, where it is known before anything is seen of it. */
  readonly id?: string | undefined;
}

/** Asks once, for at most {@link GRACE}; whatever comes of it is nobody's concern any more. */
export const askOnce = (request$: Observable<unknown>): void => {
  request$.pipe(timeout(GRACE)).subscribe({ error: () => undefined });
};

/**
 * Asks the server to stop an interaction that its subscriber leaves, or that fails, while it is running: the one request
 * that is allowed after `unsubscribe()`, once, for at most 10 s. It never masks why the stream failed.
 */
export const cancelOnLeave =
  <T>({ see, cancel, id }: CancelOnLeaveConfig<T>): MonoTypeOperatorFunction<T> =>
  (source) =>
    defer(() => {
      let running = id;
      let hasSeen = false;
      return source.pipe(
        tap({
          next: (value) => {
            const seen = see(value);
            if (!seen) return;
            hasSeen = true;
            running = seen.isRunning ? (seen.id ?? running) : undefined;
          },
          error: () => {
            if (!hasSeen) running = undefined; // it was not to be had
          },
        }),
        finalize(() => {
          if (running !== undefined) askOnce(cancel(running));
        }),
      );
    });
