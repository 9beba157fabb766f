import { Observable, type OperatorFunction, Subject, type Subscriber, takeUntil } from 'rxjs';

import { UnsettledError } from '../errors/index.js';
import type { InteractionEvent, StepEvent, TurnMark } from '../protocol/index.js';
import type { StepObservable } from './step-observable.js';
import { type StepEnding, type StepPlace, trackSteps } from './track-steps.js';

/** The events of one step on their way to who takes them. */
interface Group {
  readonly step$: StepObservable;
  readonly next: (event: StepEvent) => void;
  readonly end: (ending: StepEnding) => void;
  readonly error: (error: unknown) => void;
}

/** @param hold - Keeps the source open until what it returns is called. */
const createGroup = ({ index, position, step }: StepPlace, hold: () => () => void): Group => {
  const live$ = new Subject<StepEvent>();
  let waiting: StepEvent[] | undefined = []; // what the first subscriber has not got yet; nobody's after that
  let isTaken = false;

  const take = (subscriber: Subscriber<StepEvent>): void => {
    isTaken = true;
    for (const event of waiting ?? []) {
      if (subscriber.closed) break;
      subscriber.next(event); // and this may add to what is waiting
    }
    waiting = undefined;
  };

  const events$ = new Observable<StepEvent>((subscriber) => {
    subscriber.add(hold());
    if (!isTaken) take(subscriber);
    return live$.subscribe(subscriber);
  });

  return {
    step$: Object.assign(events$, { index, position, step }),
    next: (event) => {
      waiting?.push(event);
      live$.next(event);
    },
    end: (ending) => {
      if (ending === 'cut') live$.error(new UnsettledError('disconnected'));
      else live$.complete();
    },
    error: (error) => {
      live$.error(error);
    },
  };
};

/**
 * Splits a stream into one stream per step, emitted as each step begins.
 *
 * RxJS's `groupBy` for steps: a group completes with its `step.stop` (or when the interaction settles without one), and
 * every hop and round opens groups of its own, although their indices begin again at 0. `partitionByModality` splits by kind
 * instead: all text in one strand, whichever steps it came in.
 *
 * ```text
 * events         -c-s-d-s-e-d-p-e-p-f|     s d p: index 0, then s e p: index 1
 * groupByStep()  ---A---B------------|
 *              A    s-d-----d-(p|)
 *              B        s-e-----e-(p|)
 * ```
 *
 * A group keeps its events until somebody subscribes, who gets them all, so `concatMap` loses nothing of steps that
 * interleave. From then on it is hot and keeps nothing. A group that nobody takes holds nothing open: leaving the outer
 * stream and every group that was taken releases the source, and a group that is taken only then is cut.
 *
 * If the source ends in the middle of a step, that step's group delivers what it has and errors with `UnsettledError`: a
 * step that was cut never looks finished. An error of the source reaches the groups, too.
 *
 * @example One line per step, while they arrive
 * ```ts
 * events$
 *   .pipe(
 *     groupByStep(),
 *     mergeMap((step$) => step$.pipe(reduceText(), map((text) => `${step$.position} ${step$.step.type}: ${text}`))),
 *   )
 *   .subscribe((line) => console.log(line));
 * ```
 */
export function groupByStep(): OperatorFunction<InteractionEvent | TurnMark, StepObservable> {
  return (source) =>
    new Observable((subscriber) => {
      const groups = new Map<StepPlace, Group>();
      const released$ = new Subject<void>();
      let holders = 0; // who listens: to the groups as a whole, or to one of them
      const hold = (): (() => void) => {
        holders += 1;
        return () => {
          holders -= 1;
          if (holders === 0) released$.next();
        };
      };
      const forEachGroup = (tell: (group: Group) => void): void => {
        const all = [...groups.values()];
        groups.clear();
        all.forEach(tell);
      };

      subscriber.add(hold());
      source.pipe(trackSteps(), takeUntil(released$)).subscribe({
        next: (signal) => {
          switch (signal.type) {
            case 'begin': {
              if (subscriber.closed) break;
              const group = createGroup(signal.place, hold);
              groups.set(signal.place, group);
              subscriber.next(group.step$);
              if (signal.event) group.next(signal.event);
              break;
            }
            case 'delta':
              if (signal.event) groups.get(signal.place)?.next(signal.event);
              break;
            case 'end': {
              const group = groups.get(signal.place);
              groups.delete(signal.place);
              if (signal.event) group?.next(signal.event);
              group?.end(signal.ending);
              break;
            }
            default: // nothing that concerns a step that has begun
          }
        },
        error: (error: unknown) => {
          forEachGroup((group) => {
            group.error(error);
          });
          subscriber.error(error);
        },
        complete: () => {
          // At the source's own end every group has ended before. This one was left by all.
          forEachGroup((group) => {
            group.end('cut');
          });
          subscriber.complete();
        },
      });
    });
}
