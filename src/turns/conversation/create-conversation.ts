import { type Observable, observeOn, queueScheduler, ReplaySubject, Subject } from 'rxjs';

import { RequestError } from '../../errors/index.js';
import type { InteractionInput } from '../../protocol/index.js';
import type { TurnEvent } from '../turn-event.js';
import { accumulateConversation, initialConversation, runningTurn } from './accumulate-conversation.js';
import type { ConversationState } from './conversation-state.js';
import type { ConverseConfig } from './converse-config.js';
import {
  type RestoredConversation,
  restoreConversation,
  type SavedConversation,
  saveConversation,
} from './saved-conversation.js';
import { courseFrom, type Prompt, promptOf, takeTurns, type TurnClient } from './take-turns.js';

export interface ConversationConfig extends ConverseConfig {
  /** A conversation to go on with: what `toJSON()` gave, in this process or another. @defaultValue a new one */
  readonly from?: SavedConversation | undefined;
}

/** A conversation that is held: prompts go in, and what is shown comes out. */
export interface Conversation {
  /**
   * Says something: its turn begins at once, whoever listens, or when it is its turn (strategy `'concat'`). Returns the id of
   * the turn, or `undefined` where the prompt is ignored (strategy `'exhaust'`). Throws `RequestError` after `close()`.
   */
  readonly send: (input: InteractionInput) => string | undefined;
  /** Everything that happens, from now on: hot, nothing is replayed. */
  readonly events$: Observable<TurnEvent>;
  /** What is shown, now and after every change. */
  readonly state$: Observable<ConversationState>;
  /** Stops the turn that is running; what it had said stays in the state, and out of the history. Prompts that wait go on. */
  readonly stop: () => void;
  /** Stops the turn that is running, forgets prompts that wait, and completes both streams. `state$` still replays its last. */
  readonly close: () => void;
  /**
   * Another conversation, with the same config, that goes on after a turn of this one, which stays as it is. Throws
   * `RequestError` where there is no such turn, or it is running.
   */
  readonly fork: (turnId: string) => Conversation;
  /** The conversation as plain JSON, for `from`. It holds what was said and the signatures of thoughts, and no secret of the config. */
  readonly toJSON: () => SavedConversation;
}

/**
 * Holds a conversation: {@link converse} with a `send()` in front and a view model behind.
 *
 * Hot: `send()` starts work at once, and `state$` has it whoever listens. A state holds every turn, with its status and its
 * interaction so far; what did not change from one state to the next is the same object, so `===` tells what to render
 * again. One failed turn does not end the conversation, nor does anything else but `close()`.
 *
 * Throws `RequestError` where `from` is not what `toJSON()` gave, or has been edited since.
 *
 * @example
 * ```ts
 * const conversation = createConversation(client, { model, tools: [weather] });
 * conversation.state$.subscribe(({ turns }) => {
 *   for (const { interaction } of turns) console.log(outputText(interaction));
 * });
 * conversation.send('What is the weather in Paris?');
 * ```
 */
export const createConversation = (client: TurnClient, { from, ...config }: ConversationConfig): Conversation =>
  holdConversation(client, config, from ? restoreConversation(from) : { turns: [], ledger: [] });

const holdConversation = (
  client: TurnClient,
  config: ConverseConfig,
  { turns, ledger }: RestoredConversation,
): Conversation => {
  const course = courseFrom(ledger);
  const prompts = new Subject<Prompt>();
  const events = new Subject<TurnEvent>();
  const states = new ReplaySubject<ConversationState>(1);
  let progress = initialConversation(turns);
  let isClosed = false;
  states.next(progress.shown);

  const tell = (event: TurnEvent): void => {
    const { shown } = progress;
    progress = accumulateConversation(progress, event);
    if (progress.shown !== shown) states.next(progress.shown);
    events.next(event);
  };
  const fail = (error: unknown): void => {
    states.error(error);
    events.error(error);
  };
  // Queued: whoever sends another prompt from inside an event has the rest of that event told first.
  const told = prompts
    .pipe(takeTurns(client, config, course), observeOn(queueScheduler))
    .subscribe({ next: tell, error: fail });

  const close = (): void => {
    if (isClosed) return;
    isClosed = true;
    told.unsubscribe();
    const running = runningTurn(progress.shown);
    if (running) tell({ event_type: 'turn.interrupted', turnId: running.id });
    states.next({ ...progress.shown, status: 'closed' });
    states.complete();
    events.complete();
  };

  return {
    send: (input) => {
      if (isClosed) {
        throw new RequestError(['input'], 'The conversation is closed; fork it, or restore it from its JSON, to go on');
      }
      if (config.strategy === 'exhaust' && course.open > 0) return undefined;
      const prompt = promptOf(input, config);
      prompts.next(prompt);
      return prompt.turnId;
    },
    events$: events.asObservable(),
    state$: states.asObservable(),
    stop: () => {
      course.stops.next();
    },
    close,
    fork: (turnId) =>
      holdConversation(client, config, upTo(turnId, { turns: progress.shown.turns, ledger: course.ledger })),
    toJSON: () => saveConversation(progress.shown.turns, course.ledger),
  };
};

/** A conversation up to one of its turns. */
const upTo = (turnId: string, { turns, ledger }: RestoredConversation): RestoredConversation => {
  const place = turns.findIndex(({ id }) => id === turnId);
  if (place === -1) throw new RequestError(['turnId'], `There is no turn ${turnId} in this conversation`);
  if (turns[place]?.status === 'running') {
    throw new RequestError(['turnId'], `Turn ${turnId} is still running; stop it, or fork when it has ended`);
  }
  const kept = turns.slice(0, place + 1);
  const ids = new Set(kept.map(({ id }) => id));
  return { turns: kept, ledger: ledger.filter((entry) => ids.has(entry.turnId)) };
};
