import { isLive } from '../protocol/index.js';
import { isInterruption } from './compile-reply.js';
import { reply, type Reply, type ReplyPart, type StepPart } from './reply.js';
import { tokensIn } from './usage-of.js';

/** A reply that is longer than one request may be, in two. */
export interface SplitReply {
  readonly now: Reply;
  /** What is left for the next request; `undefined` if there is nothing. */
  readonly rest: Reply | undefined;
}

const sizeOfPieces = (pieces: readonly (object | string)[]): number =>
  pieces.reduce((sum, piece) => sum + (typeof piece === 'object' && isInterruption(piece) ? 0 : tokensIn(piece)), 0);

/** About how much the model has to make for a part. */
const sizeOf = (part: ReplyPart): number => {
  switch (part.kind) {
    case 'step':
      return sizeOfPieces(part.deltas);
    case 'thought':
      return sizeOfPieces(part.summary);
    case 'call':
      return sizeOfPieces(part.pieces);
    case 'server_tool':
      return tokensIn([part.call, part.result]);
    default:
      return 0;
  }
};

/** Whether a part is something that the model makes. */
export const isOutput = ({ kind }: ReplyPart): boolean =>
  kind === 'step' || kind === 'thought' || kind === 'call' || kind === 'server_tool';

const typeOf = (value: object): unknown => ('type' in value ? value.type : undefined);

/** Only text and media can go on in another step: annotations count from the start of the text that they are about. */
const isDivisible = (part: ReplyPart): part is StepPart =>
  part.kind === 'step' &&
  typeOf(part.start) === 'model_output' &&
  part.deltas.every((delta) => typeOf(delta) !== 'text_annotation_delta');

/** How many deltas it takes to make so many tokens: one at least. */
const countWithin = ({ deltas }: StepPart, tokens: number): number => {
  let made = 0;
  let count = 0;
  for (const delta of deltas) {
    if (made >= tokens) break;
    made += sizeOfPieces([delta]);
    count += 1;
  }
  return count;
};

const isFinal = (part: ReplyPart): boolean => part.kind === 'status' && !isLive(part.status);

/** What the whole settles with where only its beginning tells: with calls that wait for their results. */
const closingOf = (whole: Reply): Reply =>
  whole.some(({ kind }) => kind === 'call') && !whole.some(isFinal) ? [reply.status('requires_action')] : [];

/**
 * Divides a reply where it has taken so many tokens: between two steps, or between two pieces of a `model_output`. Raw
 * events bring their own frame and are not divided.
 *
 * The texts of both parts, joined, are the text of the whole; what `rest` settles with is what the whole would.
 */
export const splitReply = (whole: Reply, tokens: number): SplitReply => {
  if (whole.some(({ kind }) => kind === 'events')) return { now: whole, rest: undefined };
  const now: ReplyPart[] = [];
  let made = 0;
  for (const [at, part] of whole.entries()) {
    if (made >= tokens && isOutput(part)) {
      return { now, rest: [...whole.slice(at), ...closingOf(whole)] };
    }
    const count = isDivisible(part) ? countWithin(part, tokens - made) : Infinity;
    if (isDivisible(part) && count < part.deltas.length) {
      const others: StepPart = { ...part, start: { type: 'model_output' }, deltas: part.deltas.slice(count) };
      return {
        now: [...now, { ...part, deltas: part.deltas.slice(0, count) }],
        rest: [others, ...whole.slice(at + 1), ...closingOf(whole)],
      };
    }
    now.push(part);
    made += sizeOf(part);
  }
  return { now, rest: undefined };
};
