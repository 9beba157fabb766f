import { defer, EMPTY, type Observable, share } from 'rxjs';

import type { InteractionEvent, TurnMark } from '../protocol/index.js';
import { type Modalities, strandsOf } from './modalities.js';
import { trackSteps } from './track-steps.js';

/**
 * Takes a stream apart into one strand for each kind of thing in it: text, thoughts, images, calls, citations, …
 *
 * RxJS's `partition` subscribes to its source once for each half, which would be a request for each; here the strands
 * share one subscription, the only one in the life of the object. The first strand that is subscribed begins it; they are
 * hot, so subscribe those you want in one tick: one that comes in the middle of a step gets the next pieces of text, and
 * whole things (media, calls, citations) only from the next step on. Leaving the last one releases the source for good, and
 * a strand that is subscribed after the end hears only the end. For a source that emits at once use
 * {@link splitModalities}, which waits for all its strands.
 *
 * ```text
 * events$     -c-s-d-p-s-i-p-f|     d: text, i: image
 * text$       -----d----------|
 * images$     -----------I----|
 * ```
 *
 * An error of the source reaches every strand; an error of one strand (arguments that are no JSON, data that is no
 * base64) only that one.
 *
 * @example
 * ```ts
 * const { text$, images$ } = partitionByModality(client.stream({ model, input }));
 * text$.subscribe(({ text }) => process.stdout.write(text));
 * images$.subscribe(({ mimeType, bytes }) => console.log(mimeType, bytes?.byteLength));
 * ```
 */
export function partitionByModality(events$: Observable<InteractionEvent | TurnMark>): Modalities {
  let isTaken = false;
  const once$ = defer(() => {
    if (isTaken) return EMPTY;
    isTaken = true;
    return events$;
  });
  return strandsOf(
    once$.pipe(
      trackSteps(),
      // Left by all, it is reset, and is `EMPTY` then; at its own end it is not, so that an error is told again.
      share({ resetOnComplete: false, resetOnError: false, resetOnRefCountZero: true }),
    ),
  );
}
