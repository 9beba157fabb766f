import { map, Observable, type SchedulerLike, timer } from 'rxjs';

/**
 * A message to itself. `new Observable`, because the port has to be closed whoever ends it: an open one keeps a Node process
 * alive.
 */
const message$ = new Observable<undefined>((subscriber) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    subscriber.next(undefined);
    subscriber.complete();
  };
  port2.postMessage(undefined);
  return () => {
    port1.close();
  };
});

/**
 * Emits once, in a task of its own, when whatever else waits has had its turn. By a message, unless a scheduler is given:
 * browsers hold a timer back for 4 ms, and for a second in a tab that nobody looks at.
 */
export const nextTask = (scheduler: SchedulerLike | undefined): Observable<undefined> =>
  scheduler ? timer(0, scheduler).pipe(map(() => undefined)) : message$;
