import { lastValueFrom, materialize, type Observable, type ObservableNotification, toArray } from 'rxjs';

/** Everything a stream that ends has emitted, its end included. */
export const notificationsOf = <T>(source: Observable<T>): Promise<ObservableNotification<T>[]> =>
  lastValueFrom(source.pipe(materialize(), toArray()));

/** What a stream emitted before it failed, and the error. Fails if it does not. */
export const failureOf = async <T>(
  source: Observable<T>,
): Promise<{ readonly values: T[]; readonly error: unknown }> => {
  const notifications = await notificationsOf(source);
  const last = notifications.at(-1);
  if (last?.kind !== 'E') throw new Error('The stream was to end with an error, and completed');
  return {
    values: notifications.flatMap((notification) => (notification.kind === 'N' ? [notification.value] : [])),
    error: last.error as unknown,
  };
};

/** The error that a stream fails with. */
export const errorOf = async (source: Observable<unknown>): Promise<unknown> => (await failureOf(source)).error;
