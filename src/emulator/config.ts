import { asyncScheduler, type SchedulerLike } from 'rxjs';

import type { LoggedRequest } from './request-log.js';

/** Where an event stands that may carry an `event_id`. */
export interface EventPlace {
  /** Whether the interaction runs in the background. */
  readonly background: boolean;
  /** Whether the stream is one that was asked for with GET. */
  readonly resumed: boolean;
  /** Which event of the interaction it is, from 1. */
  readonly position: number;
}

/** How an emulator behaves. Everything has a default. */
export interface EmulatorConfig {
  /**
   * The time between two events, in ms. With 0 an answer comes all at once. Background runs go faster where it takes that
   * to settle within 2 s.
   *
   * @defaultValue 1
   */
  readonly pace?: number | undefined;
  /**
   * For how long a background run is `queued` before it is `in_progress`, in ms (wire-format 4). More than 1000 counts as
   * 1000, so that it settles within 2 s. With 0 it is in progress from the start.
   *
   * @defaultValue 0
   */
  readonly queued?: number | undefined;
  /**
   * How many tokens of output one request may make (wire-format 10). What is longer comes in hops: each but the last ends
   * with `requires_continuation` and a `continuation_token`, and a request with that token goes on exactly there. A token
   * has four letters, and no piece of text is cut in two. It is about models in the foreground: agents and background runs
   * go on by themselves.
   *
   * @defaultValue no limit
   */
  readonly tokensPerHop?: number | undefined;
  /**
   * For how long a stored interaction is kept, in ms from its creation; after that it is not found (wire-format 9.3). One
   * that is still in progress is kept until it settles.
   *
   * @defaultValue for ever
   */
  readonly retention?: number | undefined;
  /**
   * What becomes of an interaction in the foreground whose client leaves. `stop`: it is given up, and is gone; that is
   * what has been seen live. `continue`: it goes on and can be resumed, if it is stored. (A scripted `cut()` loses the
   * connection only, and so do faults.)
   *
   * @defaultValue `'stop'`
   */
  readonly onLeave?: 'stop' | 'continue' | undefined;
  /**
   * Which events carry an `event_id`: `({ position }) => position % 10 === 0` for every tenth, `() => false` for none. The
   * ids of raw events that a script sends are their own and always there.
   *
   * @defaultValue those of background runs, and all that are asked for with GET
   */
  readonly eventIds?: ((place: EventPlace) => boolean) | undefined;
  /** How large the body of a request may be. @defaultValue 20 MiB */
  readonly maxBodyBytes?: number | undefined;
  /** Is told of every request as it comes, before it is answered. What it throws goes nowhere. */
  readonly onRequest?: ((request: LoggedRequest) => void) | undefined;
  /** How many requests `requests` keeps, with their bodies; the oldest go first. @defaultValue all */
  readonly keptRequests?: number | undefined;
  /** The time, in ms since 1970. @defaultValue `Date.now` */
  readonly now?: (() => number) | undefined;
  /** Where ids, signatures and the pieces of `fault.split` come from: numbers from 0 to below 1. @defaultValue `Math.random` */
  readonly random?: (() => number) | undefined;
  /** What times the events, and the faults that wait. @defaultValue `asyncScheduler` */
  readonly scheduler?: SchedulerLike | undefined;
}

/** A config with its defaults. */
export type Settings = { readonly [K in keyof EmulatorConfig]-?: NonNullable<EmulatorConfig[K]> };

export const settingsOf = ({
  pace = 1,
  queued = 0,
  tokensPerHop = Infinity,
  retention = Infinity,
  onLeave = 'stop',
  eventIds = ({ background, resumed }) => background || resumed,
  maxBodyBytes = 20 * 1024 * 1024,
  onRequest = () => undefined,
  keptRequests = Infinity,
  now = Date.now,
  random = Math.random,
  scheduler = asyncScheduler,
}: EmulatorConfig): Settings => ({
  pace,
  queued,
  tokensPerHop,
  retention,
  onLeave,
  eventIds,
  maxBodyBytes,
  onRequest,
  keptRequests,
  now,
  random,
  scheduler,
});
