import { isErrorLike } from '../../internal/error-like.js';
import {
  accumulateInteraction,
  initialInteraction,
  type InteractionState,
  snapshotOf,
  truncateOpenSteps,
} from '../../interaction/index.js';
import { isHistory } from '../ledger.js';
import type { TurnEvent, TurnStarted } from '../turn-event.js';
import type { ConversationState, TurnError, TurnState } from './conversation-state.js';

/** What is shown, and what the running turn is assembled from. */
export interface ConversationProgress {
  readonly shown: ConversationState;
  readonly assembled: InteractionState;
}

export const initialConversation = (turns: readonly TurnState[] = []): ConversationProgress => ({
  shown: { turns, status: 'idle' },
  assembled: initialInteraction(),
});

/**
 * The next state of a conversation, as a pure function. Total: an event that changes nothing, or belongs to no running turn,
 * gives the same state back.
 */
export const accumulateConversation = (progress: ConversationProgress, event: TurnEvent): ConversationProgress => {
  if (event.event_type === 'turn.started') return started(progress, event);
  const turn = runningTurn(progress.shown);
  if (turn === undefined) return progress;
  switch (event.event_type) {
    case 'turn.completed':
      return ended(progress, turn, isHistory(event.interaction) ? 'completed' : 'failed');
    case 'turn.failed':
      return ended(progress, turn, 'failed', errorOf(event.error));
    case 'turn.interrupted':
      return ended(progress, turn, 'stopped');
    case 'tool.approval_required':
      return shown(progress, { ...turn, waiting: [...turn.waiting, event.call] });
    case 'tool.call':
    case 'tool.progress':
    case 'tool.result':
      return shown(progress, withoutWaiting(turn, event.call.id));
    default: {
      const assembled = accumulateInteraction(progress.assembled, event);
      return assembled === progress.assembled
        ? progress
        : shown({ ...progress, assembled }, { ...turn, interaction: snapshotOf(assembled) });
    }
  }
};

/** The turn that is running: the last one, if any. */
export const runningTurn = ({ turns }: ConversationState): TurnState | undefined => {
  const last = turns.at(-1);
  return last?.status === 'running' ? last : undefined;
};

const started = (progress: ConversationProgress, event: TurnStarted): ConversationProgress => {
  const before = runningTurn(progress.shown);
  const { turns } = before ? ended(progress, before, 'stopped').shown : progress.shown;
  const assembled = initialInteraction();
  const { turnId: id, input = '' } = event;
  const turn: TurnState = { id, input, interaction: snapshotOf(assembled), status: 'running', waiting: [] };
  return { shown: { turns: [...turns, turn], status: 'running' }, assembled };
};

/** The running turn as it is now. */
const shown = (progress: ConversationProgress, turn: TurnState): ConversationProgress => {
  const { turns, status } = progress.shown;
  return turn === turns.at(-1) ? progress : { ...progress, shown: { turns: [...turns.slice(0, -1), turn], status } };
};

const ended = (
  { shown: { turns }, assembled }: ConversationProgress,
  turn: TurnState,
  status: TurnState['status'],
  error?: TurnError,
): ConversationProgress => {
  const cut = truncateOpenSteps(assembled);
  const last: TurnState = {
    ...turn,
    interaction: cut === assembled ? turn.interaction : snapshotOf(cut),
    status,
    waiting: [],
    ...(error === undefined ? {} : { error }),
  };
  return { shown: { turns: [...turns.slice(0, -1), last], status: 'idle' }, assembled: cut };
};

const withoutWaiting = (turn: TurnState, callId: string): TurnState => {
  const waiting = turn.waiting.filter(({ id }) => id !== callId);
  return waiting.length === turn.waiting.length ? turn : { ...turn, waiting };
};

const isTurnError = (error: unknown): error is TurnError =>
  isErrorLike(error) && 'name' in error && typeof error.name === 'string';

/** What a turn failed with, as something that has a name and says something. */
const errorOf = (error: unknown): TurnError => (isTurnError(error) ? error : new Error(String(error)));
