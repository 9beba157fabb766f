import { distinctUntilChanged, map, type OperatorFunction, pipe, scan } from 'rxjs';

import type { Cursor, Interaction, InteractionEvent, TurnMark } from '../protocol/index.js';
import { accumulateInteraction } from './accumulate-interaction.js';
import { stateAt } from './cursor.js';
import { initialInteraction } from './interaction-state.js';
import { referenceSnapshotOf, snapshotOf } from './snapshot-of.js';
import type { MediaInSnapshots } from './without-media.js';

export interface ScanInteractionConfig {
  /** What had been delivered before: for the events of `client.resume(cursor)`. @defaultValue nothing */
  readonly from?: Cursor | undefined;
  /**
   * What snapshots show of images, sound, videos and documents that come inline. `'inline'`: their base64. `'reference'`:
   * which kind they are, and nothing of what is in them; `mediaChunks` and `reduceMedia` have the bytes.
   *
   * @defaultValue `'inline'`
   */
  readonly media?: MediaInSnapshots | undefined;
}

/**
 * Emits the interaction so far after every event that changes it.
 *
 * Like {@link reduceInteraction}, but live: for a user interface that renders what is there. Snapshots are immutable, and
 * steps that did not change are the same objects as in the snapshot before, so `===` tells what to render again. Several
 * hops or rounds in one stream are one timeline: `steps` goes on, `ids` lists them, `usage` is their sum.
 *
 * ```text
 * events             -c-s-d-d-p-f|     c: created  s: start  d: delta  p: stop  f: completed
 * scanInteraction()  -0-1-2-3-4-5|
 * ```
 *
 * An empty source emits nothing. An error passes through; the last snapshot is what had arrived.
 *
 * @example Render what is there
 * ```ts
 * client.stream({ model, input }).pipe(scanInteraction()).subscribe(({ status, steps }) => {
 *   console.log(status, steps.length);
 * });
 * ```
 */
export function scanInteraction({ from, media = 'inline' }: ScanInteractionConfig = {}): OperatorFunction<
  InteractionEvent | TurnMark,
  Interaction
> {
  // `scan` starts anew at each subscription, and its seed is immutable.
  return pipe(
    scan(accumulateInteraction, from ? stateAt(from) : initialInteraction()),
    distinctUntilChanged(),
    map(media === 'reference' ? referenceSnapshotOf : snapshotOf),
  );
}
