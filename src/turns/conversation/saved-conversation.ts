import { RequestError } from '../../errors/index.js';
import { isRecord } from '../../internal/is-record.js';
import { type Interaction, type InteractionInput, Step } from '../../protocol/index.js';
import { entryOf, type Ledger, type LedgerEntry, stepsToSend } from '../ledger.js';
import type { TurnError, TurnState } from './conversation-state.js';

/** One turn of a {@link SavedConversation}. */
export interface SavedTurn {
  readonly id: string;
  readonly input: InteractionInput;
  readonly status: 'completed' | 'failed' | 'stopped';
  readonly interaction: Interaction;
  /** What the turn and each of its steps was when it ended. Only of a turn that is part of the history. */
  readonly digests?: readonly string[] | undefined;
  readonly error?: TurnError | undefined;
}

/** A conversation as plain JSON. Its members are ours to change; what it says survives `JSON.stringify`. */
export interface SavedConversation {
  /** The version of this format. */
  readonly v: 1;
  readonly turns: readonly SavedTurn[];
}

const savedError = ({ name, message, code }: TurnError): TurnError => ({
  name,
  message,
  ...(code === undefined ? {} : { code }),
});

const savedTurn = (
  { id, input, status, interaction, error }: TurnState,
  entry: LedgerEntry | undefined,
): SavedTurn => ({
  id,
  input,
  status: status === 'running' ? 'stopped' : status,
  interaction,
  ...(entry === undefined || status !== 'completed' ? {} : { digests: entry.digests }),
  ...(error === undefined ? {} : { error: savedError(error) }),
});

/** A conversation as JSON. A turn that is running is saved as one that was stopped where it is. */
export const saveConversation = (turns: readonly TurnState[], ledger: Ledger): SavedConversation => {
  const entries = new Map(ledger.map((entry) => [entry.turnId, entry]));
  return { v: 1, turns: turns.map((turn) => savedTurn(turn, entries.get(turn.id))) };
};

/** What is shown of a conversation, and what it goes on from. */
export interface RestoredConversation {
  readonly turns: readonly TurnState[];
  readonly ledger: Ledger;
}

const isListOf = (value: unknown, isItem: (item: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every(isItem);

const isString = (value: unknown): boolean => typeof value === 'string';

/** What is wrong with a value that is to be a saved turn; nothing if it is one. */
const faultInTurn = (value: unknown): string | undefined => {
  if (!isRecord(value)) return '';
  const { id, input, status, interaction, digests, error } = value as Partial<Record<keyof SavedTurn, unknown>>;
  if (typeof id !== 'string' || id === '') return '.id';
  if (typeof input !== 'string' && (typeof input !== 'object' || input === null)) return '.input';
  if (status !== 'completed' && status !== 'failed' && status !== 'stopped') return '.status';
  if (!isRecord(interaction)) return '.interaction';
  if (!isListOf(interaction['steps'], Step.is.bind(Step))) return '.interaction.steps';
  if (!isListOf(interaction['ids'], isString) || !Array.isArray(interaction['diagnostics'])) return '.interaction';
  if ((digests !== undefined) !== (status === 'completed')) return '.digests';
  if (digests !== undefined && !isListOf(digests, isString)) return '.digests';
  return error === undefined || (isRecord(error) && isString(error['name']) && isString(error['message']))
    ? undefined
    : '.error';
};

/** What is wrong with a value that is to be a saved conversation; nothing if it is one. */
const faultIn = (value: unknown): string | undefined => {
  if (!isRecord(value)) return 'from';
  if (value['v'] !== 1) return 'from.v';
  const { turns } = value;
  if (!Array.isArray(turns)) return 'from.turns';
  const faults = turns.flatMap((turn: unknown, place) => {
    const fault = faultInTurn(turn);
    return fault === undefined ? [] : [`from.turns.${String(place)}${fault}`];
  });
  return faults[0];
};

/** What was saved, as it was. Throws `RequestError` where it is no saved conversation, or its history has been changed. */
export const restoreConversation = (saved: SavedConversation): RestoredConversation => {
  const fault = faultIn(saved);
  if (fault !== undefined) {
    throw new RequestError(
      [fault],
      `${fault} is not what toJSON gave; pass the conversation as it was saved, through JSON if need be`,
    );
  }
  const ledger = saved.turns.reduce<Ledger>(
    (before, { id, input, interaction, digests }) =>
      digests === undefined ? before : [...before, entryOf({ turnId: id, input, interaction }, before, digests)],
    [],
  );
  stepsToSend(ledger);
  return { turns: saved.turns.map(shownTurn), ledger };
};

const shownTurn = ({ id, input, status, interaction, error }: SavedTurn): TurnState => ({
  id,
  input,
  interaction,
  status,
  waiting: [],
  ...(error === undefined ? {} : { error }),
});
