import type { InteractionEvent } from '../protocol/index.js';

/** Kept beside the events, so that nothing of ours sits on what the server wrote; and no longer than they are. */
const originals = new WeakMap<InteractionEvent, unknown>();

/** Remembers what an event was read from, where that is not the event itself. */
export const keepRaw = <Event extends InteractionEvent>(event: Event, received: unknown): Event => {
  if (event !== received) originals.set(event, received);
  return event;
};

/**
 * The message that an event was read from, as it was received: before its dialect was understood (wire-format 13), with the
 * members that were left out, and with the name that its frame gave it. A canonical event is its own.
 *
 * For logs and bug reports. An event that was made on the way, and not read, is its own, too: `coalesce` makes some.
 *
 * @example See which dialect a server speaks
 * ```ts
 * events$.subscribe((event) => console.log(event.event_type, rawOf(event)));
 * ```
 */
export const rawOf = (event: InteractionEvent): unknown => (originals.has(event) ? originals.get(event) : event);
