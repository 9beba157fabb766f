import { reply, type Reply } from './reply.js';
import { isOutput, splitReply } from './split-reply.js';

/** As much of a reply as one request may make, and what its tokens continue. */
export interface Hop {
  readonly reply: Reply;
  /** What is left to be made, by the token that tells where. */
  readonly rests: ReadonlyMap<string, Reply>;
}

/**
 * How many parts come before the checkpoint: the first step, if others follow. `undefined` if there is no place for one:
 * a call would be missing from what the rest settles with, and raw events bring all that there is.
 */
const checkpointOf = (parts: Reply): number | undefined => {
  const first = parts.findIndex(isOutput);
  if (parts[first]?.kind === 'call' || parts.some(({ kind }) => kind === 'events')) return undefined;
  return parts.slice(first + 1).some(isOutput) ? first + 1 : undefined;
};

/**
 * The first hop of a reply (wire-format 10): it ends with `requires_continuation` and a token if the reply is longer than
 * one request may be, and has the token of a checkpoint on the way if it has several steps.
 *
 * @param mintToken - Makes a token up.
 */
export const inHops = (whole: Reply, tokens: number, mintToken: () => string): Hop => {
  if (tokens === Infinity) return { reply: whole, rests: new Map() };
  const { now, rest } = splitReply(whole, tokens);
  const rests = new Map<string, Reply>();
  const tokenFor = (left: Reply): { readonly continuation_token: string } => {
    const token = mintToken();
    rests.set(token, left);
    return { continuation_token: token };
  };
  const at = checkpointOf(now);
  const behind = now.slice(at ?? now.length);
  const checkpoint = at === undefined ? [] : [reply.status('in_progress', tokenFor([...behind, ...(rest ?? [])]))];
  const end = rest ? [reply.status('requires_continuation', tokenFor(rest))] : [];
  return { reply: [...now.slice(0, at), ...checkpoint, ...behind, ...end], rests };
};
