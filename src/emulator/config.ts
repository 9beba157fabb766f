import { asyncScheduler, type SchedulerLike } from 'rxjs';

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
   * What becomes of an interaction in the foreground whose client leaves. `stop`: it is given up, and is gone; that is
   * what has been seen live. `continue`: it goes on and can be resumed, if it is stored. (A scripted `cut()` loses the
   * connection only.)
   *
   * @defaultValue `'stop'`
   */
  readonly onLeave?: 'stop' | 'continue' | undefined;
  /** Which events carry an `event_id`. @defaultValue those of background runs, and all that are asked for with GET */
  readonly eventIds?: ((place: EventPlace) => boolean) | undefined;
  /** How large the body of a request may be. @defaultValue 20 MiB */
  readonly maxBodyBytes?: number | undefined;
  /** The time, in ms since 1970. @defaultValue `Date.now` */
  readonly now?: (() => number) | undefined;
  /** Where ids and signatures come from: numbers from 0 to below 1. @defaultValue `Math.random` */
  readonly random?: (() => number) | undefined;
  /** What times the events. @defaultValue `asyncScheduler` */
  readonly scheduler?: SchedulerLike | undefined;
}

/** A config with its defaults. */
export type Settings = { readonly [K in keyof EmulatorConfig]-?: NonNullable<EmulatorConfig[K]> };

export const settingsOf = ({
  pace = 1,
  onLeave = 'stop',
  eventIds = ({ background, resumed }) => background || resumed,
  maxBodyBytes = 20 * 1024 * 1024,
  now = Date.now,
  random = Math.random,
  scheduler = asyncScheduler,
}: EmulatorConfig): Settings => ({ pace, onLeave, eventIds, maxBodyBytes, now, random, scheduler });
