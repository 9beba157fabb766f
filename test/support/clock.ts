import { type SchedulerAction, type SchedulerLike, Subscription } from 'rxjs';

/** How many turns of the event loop have to pass without any work before time goes on: nothing is under way any more. */
const QUIET_TURNS = 200;

/** The same before what waits for next to nothing, which is there to keep things apart. */
const FEW_TURNS = 3;

/** Virtual time that goes on by itself, next to real sockets of the same process. */
export interface Clock {
  /** A scheduler of this time. What is heard of are its waits, when they are over, in ms. */
  readonly scheduler: (onWait?: (ms: number) => void) => SchedulerLike;
  /** Lets time pass; before, whatever is scheduled waits. */
  readonly start: () => void;
  /** Lets no more time pass. */
  readonly stop: () => void;
}

interface Due {
  readonly at: number;
  readonly run: () => void;
}

type Wait = (ms: number, then: () => void) => Subscription;

type Work<T> = (this: SchedulerAction<T>, state?: T) => void;

class Action<T> extends Subscription implements SchedulerAction<T> {
  constructor(
    private readonly wait: Wait,
    private readonly work: Work<T>,
  ) {
    super();
  }

  schedule(state?: T, delay = 0): Subscription {
    const waiting = this.wait(delay, () => {
      this.remove(waiting);
      this.work.call(this, state);
    });
    this.add(waiting);
    return this;
  }
}

/**
 * Makes time in which nobody waits. A wait is over as soon as everything is waiting: when the event loop has turned so often
 * without anything being scheduled, what was sent through sockets of this machine has long arrived. Waits end in the order
 * in which they would have ended, each in a task of its own.
 */
export const createClock = (): Clock => {
  let time = 0;
  let waiting: readonly Due[] = [];
  let quiet = 0;
  let isRunning = false;

  const turn = (): void => {
    if (!isRunning) return;
    const [next] = waiting;
    quiet += 1;
    if (next && quiet > (next.at - time < 10 ? FEW_TURNS : QUIET_TURNS)) {
      waiting = waiting.slice(1);
      quiet = 0;
      time = next.at;
      next.run();
    }
    setImmediate(turn);
  };

  const wait: Wait = (ms, then) => {
    quiet = 0;
    if (ms === Infinity) return new Subscription();
    const due: Due = { at: time + ms, run: then };
    waiting = [...waiting.filter(({ at }) => at <= due.at), due, ...waiting.filter(({ at }) => at > due.at)];
    return new Subscription(() => {
      quiet = 0;
      waiting = waiting.filter((other) => other !== due);
    });
  };

  return {
    scheduler: (onWait = () => undefined) => {
      const heard: Wait = (ms, then) =>
        wait(ms, () => {
          if (ms > 0) onWait(ms);
          then();
        });
      return {
        now: () => time,
        schedule: <T>(work: Work<T>, delay = 0, state?: T) => new Action(heard, work).schedule(state, delay),
      };
    },
    start: () => {
      isRunning = true;
      turn();
    },
    stop: () => {
      isRunning = false;
    },
  };
};
