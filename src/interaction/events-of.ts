import { type Interaction, type InteractionEvent, isLive } from '../protocol/index.js';
import { interactionStateFrom } from './accumulate-interaction.js';
import { retell } from './retell.js';

/**
 * The events that a server could have streamed for an interaction: the inverse of reducing,
 * `reduceInteraction(eventsOf(x))` is `x` again (diagnostics aside).
 *
 * Text, media, summaries and arguments come as deltas, so that whatever listens to a stream hears a JSON answer the same
 * way. An interaction that is still live has no final event.
 *
 * @example A JSON answer through the same operators as a stream
 * ```ts
 * client.create({ model, input }).pipe(mergeMap((interaction) => eventsOf(interaction)));
 * ```
 */
export function eventsOf(interaction: Interaction): readonly InteractionEvent[] {
  const { diagnostics: _diagnostics, ...resource } = interaction;
  return retell({ ...interactionStateFrom(resource), settled: !isLive(interaction.status) });
}
