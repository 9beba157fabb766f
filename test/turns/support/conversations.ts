import type {
  Conversation,
  ConversationState,
  InteractionEvent,
  InteractionInput,
  InteractionRequest,
  InteractionsClient,
  TurnEvent,
} from 'rx-interactions';
import { completed, created, stepStart, stepStop, textDelta } from 'rx-interactions/testing';
import { filter, firstValueFrom, type Observable } from 'rxjs';

/** A round that says something and calls nothing. */
export const saying = (id: string, text: string, more: object = {}): readonly InteractionEvent[] => [
  created({ id }),
  stepStart(0, 'model_output'),
  textDelta(0, text),
  stepStop(0),
  completed({ id, ...more }),
];

const LETTERS: Readonly<Record<string, string>> = {
  'turn.started': 'T',
  'turn.completed': 'E',
  'turn.failed': 'F',
  'turn.interrupted': 'X',
  'tool.approval_required': 'A',
  'tool.call': 'C',
  'tool.result': 'R',
  'interaction.created': 'c',
  'step.start': 's',
  'step.delta': 'd',
  'step.stop': 'p',
  'interaction.completed': 'f',
};

/** One letter for what happened. */
export const letterOf = ({ event_type }: TurnEvent): string => LETTERS[event_type] ?? '?';

/** A client that answers in virtual time, and when each of its requests came. */
export const clientOf = (answer: (request: InteractionRequest) => Observable<InteractionEvent>) => {
  const requests: InteractionRequest[] = [];
  const client: Pick<InteractionsClient, 'stream'> = {
    stream: (request) => {
      requests.push(request);
      return answer(request);
    },
  };
  return { client, requests };
};

/** Resolves when nothing is running any more. */
export const idle = (conversation: Conversation): Promise<ConversationState> =>
  firstValueFrom(conversation.state$.pipe(filter(({ status }) => status === 'idle')));

/** Says something and waits for the end of its turn. */
export const say = async (conversation: Conversation, input: InteractionInput): Promise<ConversationState> => {
  conversation.send(input);
  return idle(conversation);
};
