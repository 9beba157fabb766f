import { defer, type Observable, of } from 'rxjs';

import { decodeEvents, type DecodeEventsConfig } from '../events/index.js';
import { decodeFrames } from '../frames/index.js';
import type { InteractionEvent } from '../protocol/index.js';

/**
 * The events of a text that is an event stream: one that was recorded, that a document prints, or that a test writes down. In
 * any dialect that the library reads.
 *
 * Emits synchronously. Errors with `DecodeError` at a message that is not JSON or lacks what must be read, unless `onMalformed`
 * is `'skip'`. An end before the interaction's end is no error here: put `throwIfUnsettled` behind it to make it one.
 *
 * @example
 * ```ts
 * fromWire('data: {"event_type":"step.delta","index":0,"delta":{"type":"text","text":"Hi"}}\n\n')
 *   .pipe(textDeltas())
 *   .subscribe((text) => console.log(text)); // Hi
 * ```
 */
export const fromWire = (text: string, config?: DecodeEventsConfig): Observable<InteractionEvent> =>
  defer(() => of(new TextEncoder().encode(text))).pipe(decodeFrames(), decodeEvents(config));
