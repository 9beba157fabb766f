import { RequestError } from '../errors/index.js';
import {
  type Content,
  Content as ContentCodec,
  type Interaction,
  type InteractionInput,
  isLive,
  type Step,
} from '../protocol/index.js';
import { jsonEqual } from '../internal/json-equal.js';
import { digestOf, digestsOf } from './step-digest.js';

const isBlock = (item: Content | Step): item is Content => Object.hasOwn(ContentCodec.cases, item.type);

/** The input of a request as the steps that it stands for (wire-format 2.2). */
export const inputSteps = (input: InteractionInput | undefined): readonly Step[] => {
  if (input === undefined) return [];
  if (typeof input === 'string') return [{ type: 'user_input', content: [{ type: 'text', text: input }] }];
  const items: readonly (Content | Step)[] = Array.isArray(input)
    ? (input as readonly (Content | Step)[])
    : [input as Content | Step];
  return items.some(isBlock)
    ? [{ type: 'user_input', content: items as readonly Content[] }]
    : (items as readonly Step[]);
};

/** A turn that is part of the history of a conversation. */
export interface LedgerEntry {
  readonly turnId: string;
  /** What was said, and every step that came of it, exactly as it came (wire-format 8.4). */
  readonly steps: readonly Step[];
  /** What each step was when the turn ended (see {@link digestsOf}), and behind them what the next turn goes on from. */
  readonly digests: readonly string[];
  /** The last interaction of the turn: what the next one goes on from, where the server has kept it. */
  readonly interactionId: string | undefined;
  /** The sandbox it ran in, bare (wire-format 9.5). */
  readonly environmentId: string | undefined;
}

/** The history of a conversation, turn by turn. Immutable. */
export type Ledger = readonly LedgerEntry[];

/** A turn that has ended by itself. */
export interface EndedTurn {
  readonly turnId: string;
  readonly input: InteractionInput;
  /** Everything that came of it, as one timeline. */
  readonly interaction: Interaction;
}

/**
 * Whether a turn that ended like this is part of the history: it settled, and neither failed nor was cancelled. An answer
 * that was cut short (`incomplete`) is part of it (wire-format 4).
 */
export const isHistory = ({ status }: Interaction): boolean =>
  !isLive(status) && status !== 'failed' && status !== 'cancelled';

/** What a turn adds to the history. An answer may begin with its own input (wire-format 3.1): that is there once. */
const stepsOf = ({ input, interaction: { steps } }: EndedTurn): readonly Step[] => {
  const said = inputSteps(input);
  const isEchoed = said.length > 0 && jsonEqual(steps.slice(0, said.length), said);
  return isEchoed ? steps : [...said, ...steps];
};

const digestsOfTurn = (
  { steps, interactionId, environmentId }: Pick<LedgerEntry, 'steps' | 'interactionId' | 'environmentId'>,
  before: string | undefined,
): readonly string[] => {
  const digests = digestsOf(steps, before);
  return [...digests, digestOf(digests.at(-1) ?? before ?? '', JSON.stringify([interactionId, environmentId]))];
};

/** A turn as an entry, with the digests that were taken when it ended, or with new ones. */
export const entryOf = (turn: EndedTurn, before: Ledger, digests?: readonly string[]): LedgerEntry => {
  const { id: interactionId, environment_id: environmentId } = turn.interaction;
  const entry = { turnId: turn.turnId, steps: stepsOf(turn), interactionId, environmentId };
  return { ...entry, digests: digests ?? digestsOfTurn(entry, lastDigest(before)) };
};

const lastDigest = (ledger: Ledger): string | undefined => ledger.at(-1)?.digests.at(-1);

/** The history after a turn; the same one where the turn is no part of it. */
export const withTurn = (ledger: Ledger, turn: EndedTurn): Ledger =>
  isHistory(turn.interaction) ? [...ledger, entryOf(turn, ledger)] : ledger;

const changed = (turnId: string, what: string): RequestError =>
  new RequestError(
    ['input'],
    `${what} of turn ${turnId} is not what it was when the turn ended; a history goes back exactly as it came, so restore an unchanged copy, or go on from an earlier turn`,
  );

/**
 * Every step of the history, to be sent as it came. Throws `RequestError`, which names the turn and the step, where
 * something has been changed, left out, added or moved since; the interaction that it goes on from, and the sandbox, too.
 */
export const stepsToSend = (ledger: Ledger): readonly Step[] => {
  let before: string | undefined;
  return ledger.flatMap((entry) => {
    const { turnId, steps, digests } = entry;
    const found = digestsOfTurn(entry, before);
    const at = found.findIndex((digest, place) => digest !== digests[place]);
    if (at !== -1 && at < steps.length) throw changed(turnId, `Step ${at + 1} (${steps[at]?.type ?? 'none'})`);
    if (found.length !== digests.length) throw changed(turnId, 'The last step');
    if (at !== -1) throw changed(turnId, 'The id or the environment');
    before = found.at(-1);
    return steps;
  });
};
