import { cursorAt, interactionStateFrom } from '../interaction/index.js';
import type { Cursor, Interaction } from '../protocol/index.js';

/**
 * A cursor of an interaction of which nothing is known but that it was created: what goes on from it lacks every step.
 * `undefined` where it has no id.
 */
export const cursorAtStart = ({ ids: _ids, diagnostics: _diagnostics, ...resource }: Interaction): Cursor | undefined =>
  cursorAt({ ...interactionStateFrom({ ...resource, steps: [] }), settled: false });
