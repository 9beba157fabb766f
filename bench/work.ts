/** What one candidate does in one scenario, made ready: its output has been checked. */
export interface Work {
  /** How many events are read, or deltas. */
  readonly events: number;
  /** Reads all of it once; returns how many values came out. */
  readonly run: () => number | Promise<number>;
  /** How many have to. */
  readonly values: number;
  /** How often all is read in one round: a short text several times, so that it has its share of the garbage collection. */
  readonly repeat: number;
}
