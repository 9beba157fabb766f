import { isRecord } from '../internal/is-record.js';
import { jsonEqual } from '../internal/json-equal.js';
import { type InteractionRequest, Step } from '../protocol/index.js';
import { assemble, decodeSteps } from './assemble.js';
import type { EmulatedInteraction } from './emulated-interaction.js';
import { invalid } from './refusal.js';
import type { Reply } from './reply.js';
import type { Run } from './run.js';
import { type Turn, turnOf } from './turn.js';

/** What a request left to be made when it had made as much as one may, or was on its way there (wire-format 10). */
export interface Leftover {
  /** What issued the token. */
  readonly owner: EmulatedInteraction;
  readonly rest: Reply;
}

/** A request that goes on where another one stopped. */
export interface Continuation {
  readonly turn: Turn;
  readonly rest: Reply;
  /** The turn that the first request was, and what it and those after it made. */
  readonly origin: EmulatedInteraction['origin'];
  readonly earlier: readonly Step[];
  /** The token is of no use any more when this is over. If its connection is lost before, it can be used again. */
  readonly spendAfter: (run: Run) => void;
}

/** Answers that are to be continued, by token. */
export interface Leftovers {
  readonly keep: (token: string, leftover: Leftover) => void;
  /** What a request goes on with; `undefined` if it has no token, or one that is not known. Refuses somebody else's. */
  readonly continuationOf: (request: InteractionRequest, input: readonly Step[]) => Continuation | undefined;
  /** Nothing of this interaction can be continued any more. */
  readonly forget: (owner: EmulatedInteraction) => void;
}

/** A client that goes away leaves its token here, so not all can be kept. */
const MOST_KEPT = 1000;

const carries = (event: object | string, token: string): boolean => {
  if (!isRecord(event)) return false;
  const { interaction, continuation_token } = event as Readonly<
    Partial<Record<'interaction' | 'continuation_token', unknown>>
  >;
  return continuation_token === token || (isRecord(interaction) && interaction['continuation_token'] === token);
};

/** What had been made when the token was issued. */
const madeBefore = (token: string, { owner: { earlier, run } }: Leftover): readonly Step[] => {
  const at = run.events.findIndex((event) => carries(event, token));
  return [...earlier, ...decodeSteps(assemble(run.events.slice(0, at + 1)).steps)];
};

const isSame = (one: readonly Step[], other: readonly Step[]): boolean =>
  jsonEqual(
    one.map((step) => Step.encode(step)),
    other.map((step) => Step.encode(step)),
  );

/** Whether it is the request that the token is for: by the interaction that issued it, or said once more as it was. */
const isFor = ({ owner }: Leftover, request: InteractionRequest, input: readonly Step[]): boolean => {
  if (request.model !== owner.turn.request.model) return false;
  return input.length === 0 ? request.previous_interaction_id === owner.id : isSame(input, owner.origin.input);
};

export const createLeftovers = (): Leftovers => {
  const kept = new Map<string, Leftover>();
  return {
    keep: (token, leftover) => {
      kept.set(token, leftover);
      const [oldest] = kept.keys();
      if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    },
    continuationOf: (request, input) => {
      const { continuation_token: token = '' } = request;
      const leftover = kept.get(token);
      if (!leftover) return undefined;
      if (!isFor(leftover, request, input)) throw invalid('The continuation token was issued for another request.');
      const { owner, rest } = leftover;
      const { origin } = owner;
      const earlier = madeBefore(token, leftover);
      return {
        turn:
          input.length === 0
            ? turnOf(request, [], [...origin.history, ...origin.input, ...earlier])
            : turnOf(request, input, origin.history),
        rest,
        origin,
        earlier,
        spendAfter: (run) => {
          run.happened$.subscribe({
            complete: () => {
              if (!run.wasCut()) kept.delete(token);
            },
            error: () => undefined, // the client left, or the emulator was closed
          });
        },
      };
    },
    forget: (owner) => {
      for (const [token, leftover] of kept) if (leftover.owner === owner) kept.delete(token);
    },
  };
};
