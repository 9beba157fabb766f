import {
  catchError,
  concat,
  concatMap,
  defer,
  EMPTY,
  filter,
  from,
  type Observable,
  of,
  type OperatorFunction,
  pipe,
  Subject,
  takeUntil,
  tap,
} from 'rxjs';

import { accumulateInteraction, initialInteraction, snapshotOf } from '../../interaction/index.js';
import type { InteractionInput, Step } from '../../protocol/index.js';
import { type Ledger, stepsToSend, withTurn } from '../ledger.js';
import { newTurnId, runTools } from '../run-tools.js';
import type { RunToolsRequest } from '../run-tools-config.js';
import type { TurnEvent } from '../turn-event.js';
import { type ConverseConfig, type PromptStrategy, splitConfig } from './converse-config.js';

/** What a conversation needs of a client: `cancel` only for a budget that a run in the background exceeds. */
export type TurnClient = Parameters<typeof runTools>[0];

/** One prompt of a conversation, and what its turn is called. */
export interface Prompt {
  readonly turnId: string;
  readonly input: InteractionInput;
}

/** Where a conversation stands. One for each, and changed by its turns. */
export interface Course {
  /** The turns that the next one goes on from. */
  ledger: Ledger;
  /** How many prompts have been taken whose turns have not ended. */
  open: number;
  /** Stops the turn that is running. */
  readonly stops: Subject<void>;
}

export const courseFrom = (ledger: Ledger): Course => ({ ledger, open: 0, stops: new Subject() });

/**
 * What a turn says so that it goes on from those before it: the id of the last one, or all of them where there is no such id
 * (wire-format 8.3), and the sandbox they ran in (9.5). Throws where the history may have to be sent and is not what it was.
 */
const goOn = (
  ledger: Ledger,
  { store, environment, history = [], onMissingHistory }: ConverseConfig,
): { readonly request: Partial<RunToolsRequest>; readonly history: readonly Step[] } => {
  const previous = store === false ? undefined : ledger.at(-1)?.interactionId;
  const sandbox =
    environment === undefined ? undefined : ledger.flatMap(({ environmentId }) => environmentId ?? []).at(-1);
  const mayBeSent = previous === undefined || onMissingHistory === 'replay';
  return {
    request: {
      ...(previous === undefined ? {} : { previous_interaction_id: previous }),
      ...(sandbox === undefined ? {} : { environment: sandbox }),
    },
    history: [...history, ...(mayBeSent ? stepsToSend(ledger) : ledger.flatMap(({ steps }) => steps))],
  };
};

/**
 * One turn, between its `turn.started` and exactly one of `turn.completed`, `turn.failed` and `turn.interrupted`. It never
 * errors, and only one that has completed changes the course.
 */
const takeTurn =
  (client: TurnClient, config: ConverseConfig, course: Course) =>
  ({ turnId, input }: Prompt): Observable<TurnEvent> =>
    defer(() => {
      const { request, runConfig } = splitConfig(config);
      let state = initialInteraction();
      let hasStarted = false;
      let hasEnded = false;

      const end = (event: TurnEvent): TurnEvent => {
        hasEnded = true;
        course.open -= 1;
        return event;
      };
      const turn$ = defer(() => {
        const { request: link, history } = goOn(course.ledger, config);
        return runTools(client, { ...request, ...link, input }, { ...runConfig, history, turnId });
      }).pipe(
        tap((event) => {
          hasStarted = true;
          state = accumulateInteraction(state, event);
        }),
      );
      const completed$ = defer(() => {
        const interaction = snapshotOf(state);
        course.ledger = withTurn(course.ledger, { turnId, input, interaction });
        return of(end({ event_type: 'turn.completed', turnId, interaction }));
      });
      const failed = (error: unknown): readonly TurnEvent[] => [
        ...(hasStarted ? [] : [{ event_type: 'turn.started', turnId, input } as const]),
        end({ event_type: 'turn.failed', turnId, error }),
      ];
      return concat(
        concat(turn$, completed$).pipe(
          catchError((error: unknown) => from(failed(error))),
          takeUntil(course.stops),
        ),
        defer(() => (hasEnded ? EMPTY : of(end({ event_type: 'turn.interrupted', turnId })))),
      );
    });

/** Which prompts are taken, and what they do to the turn that is running. Turns never overlap, so what is taken waits. */
const admit = (strategy: PromptStrategy, course: Course): OperatorFunction<Prompt, Prompt> =>
  pipe(
    filter(() => strategy !== 'exhaust' || course.open === 0),
    tap(() => {
      if (strategy === 'switch') course.stops.next();
      course.open += 1;
    }),
  );

/** Takes one turn for each prompt: the conversation itself, without its memory, which is the course. */
export const takeTurns = (
  client: TurnClient,
  config: ConverseConfig,
  course: Course,
): OperatorFunction<Prompt, TurnEvent> =>
  pipe(admit(config.strategy ?? 'switch', course), concatMap(takeTurn(client, config, course)));

/** A prompt whose turn has a name of its own. */
export const promptOf = (input: InteractionInput, { random = Math.random }: ConverseConfig): Prompt => ({
  turnId: newTurnId(random),
  input,
});
