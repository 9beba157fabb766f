import { RequestError } from '../errors/index.js';
import { defined } from '../internal/defined.js';
import { itemsOf, listFrom } from '../internal/growing-list.js';
import type { Cursor, CursorStep, Interaction, Step } from '../protocol/index.js';
import { startStep } from '../steps/index.js';
import { faultInCursor } from './cursor-fault.js';
import { initialInteraction, type InteractionState, type OpenStep, ownState } from './interaction-state.js';
import { idsIn, recentIdsFrom } from './recent-ids.js';
import { diagnosticsOf, stateBehind } from './snapshot-of.js';
import { stepSoFar } from './step-so-far.js';
import { type MediaInSnapshots, withoutMedia } from './without-media.js';

const savedSteps = (open: readonly OpenStep[], ended: (step: Step) => Step): readonly CursorStep[] =>
  open.map(stepSoFar).map((soFar) => (soFar.hasEnded ? { ...soFar, step: ended(soFar.step) } : soFar));

export interface CursorConfig {
  /**
   * Whether the base64 of images, sound, videos and documents is part of it. `'reference'` leaves it out of steps that have
   * ended: a cursor is as small as the text then, and what came is not compared with what is told again.
   *
   * @defaultValue `'inline'`
   */
  readonly media?: MediaInSnapshots | undefined;
}

/** A cursor at a state; `undefined` where the interaction has no id, so that nobody could go on with it. */
export const cursorAt = (state: InteractionState, { media = 'inline' }: CursorConfig = {}): Cursor | undefined => {
  const ended = media === 'reference' ? withoutMedia : (step: Step): Step => step;
  const { head, usage, usageBefore, ids, done, open, hopStart, settled, lastEventId, recentIds, marked } = state;
  if (head.id === undefined) return undefined;
  return defined<Cursor>({
    v: 1,
    interactionId: head.id,
    lastEventId,
    state: defined({
      head,
      usage,
      usageBefore,
      ids,
      done: itemsOf(done).map(ended),
      open: savedSteps(open, ended),
      hopStart,
      diagnostics: diagnosticsOf(state),
      settled,
      recentIds: lastEventId === undefined ? undefined : idsIn(recentIds),
      marked: marked && { done: marked.done.length, open: savedSteps(marked.open, ended) },
    }),
  });
};

/**
 * Where another process can go on with an interaction that was streamed up to a snapshot: plain JSON, for
 * `client.resume`.
 *
 * `client.resume(cursor)` emits what the cursor lacks, and `scanInteraction({ from: cursor })` puts it together; strands of
 * it (`textDeltas`, `reduceArguments`, …) begin in the middle there: `client.resume(cursor, { replay: true })` tells what came
 * before, too.
 *
 * Taken of a snapshot of `scanInteraction` when it comes, or at least while fewer than 64 have come after it. `undefined` of
 * older ones, of an interaction that is not stored, and of one that did not come from a stream of this process.
 *
 * @example Save after every change
 * ```ts
 * client
 *   .stream({ model, input: 'Tell me a joke.' })
 *   .pipe(scanInteraction())
 *   .subscribe((snapshot) => console.log(JSON.stringify(cursorOf(snapshot)).length));
 * ```
 */
export const cursorOf = (snapshot: Interaction, config?: CursorConfig): Cursor | undefined => {
  const state = stateBehind(snapshot);
  return state && cursorAt(state, config);
};

const restored = ({ index, step, hasEnded, argumentsText, held = [] }: CursorStep): OpenStep => ({
  index,
  state: { ...startStep(step), argumentsText, held: listFrom(held) },
  finished: hasEnded ? step : undefined,
});

/** The state that a cursor was taken at. Throws `RequestError` where it is none. */
export const stateAt = (cursor: Cursor): InteractionState => {
  const fault = faultInCursor(cursor);
  if (fault !== undefined) {
    throw new RequestError(
      [fault],
      `${fault} is not what cursorOf gave; pass the cursor as it was, through JSON if need be`,
    );
  }
  const { lastEventId, state: saved } = cursor;
  const { head, usage, usageBefore, ids, hopStart, settled, marked } = saved;
  const { recentIds = lastEventId === undefined ? [] : [lastEventId] } = saved;
  const state: InteractionState = {
    ...ownState(initialInteraction()),
    ...{ head, usage, usageBefore, ids, hopStart, settled, lastEventId },
    done: listFrom(saved.done),
    open: saved.open.map(restored),
    diagnostics: listFrom(saved.diagnostics),
    unknown: new Map(
      saved.diagnostics.flatMap(({ code, text = '', count = 1 }) => (code === 'event_unknown' ? [[text, count]] : [])),
    ),
    recentIds: recentIdsFrom(recentIds),
  };
  if (marked === undefined) return state;
  const done = listFrom(saved.done.slice(0, marked.done));
  return { ...state, marked: { ...state, done, open: marked.open.map(restored) } };
};
