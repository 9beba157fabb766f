import { defer, EMPTY, merge, type ObservableInput, type OperatorFunction, ReplaySubject, switchMap, take } from 'rxjs';

import type { InteractionEvent, TurnMark } from '../protocol/index.js';
import type { Modalities } from './modalities.js';
import { partitionByModality } from './partition-by-modality.js';

/**
 * Takes the stream apart into its strands and goes on with what you make of them.
 *
 * {@link partitionByModality} as an operator: anew at each subscription, and safe for sources that emit at once, since
 * the source is subscribed when all that `project` returned has been.
 *
 * ```text
 * events$                                        -c-s-d-p-s-i-p-f|
 * splitModalities(({ text$, images$ }) =>
 *   merge(text$, images$))                       -----d-----I----|
 * ```
 *
 * The strands are hot: in `concat(text$, images$)` the images that come before the text is over are lost.
 *
 * @example
 * ```ts
 * events$
 *   .pipe(
 *     splitModalities(({ text$, images$ }) =>
 *       merge(text$.pipe(map(({ text }) => text)), images$.pipe(map(({ mimeType }) => `[${mimeType ?? 'image'}]`))),
 *     ),
 *   )
 *   .subscribe((piece) => process.stdout.write(piece));
 * ```
 */
export function splitModalities<R>(
  project: (modalities: Modalities) => ObservableInput<R>,
): OperatorFunction<InteractionEvent | TurnMark, R> {
  return (source) =>
    defer(() => {
      const ready$ = new ReplaySubject<void>(1); // replays, for strands that are subscribed only later
      const strands = partitionByModality(
        ready$.pipe(
          take(1),
          switchMap(() => source),
        ),
      );
      return merge(
        project(strands),
        defer(() => {
          ready$.next();
          return EMPTY;
        }),
      );
    });
}
