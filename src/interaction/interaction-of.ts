import type { Interaction, InteractionResource } from '../protocol/index.js';
import { interactionStateFrom } from './accumulate-interaction.js';
import { snapshotOf } from './snapshot-of.js';

/**
 * A JSON answer as an {@link Interaction}: `steps` is always there, empty ids and signatures are absent (quirks Q1, Q2),
 * and `ids` holds its id, if it has one.
 */
export const interactionOf = (resource: InteractionResource): Interaction => snapshotOf(interactionStateFrom(resource));
