import type { Step } from '../protocol/index.js';
import { invalid, Refusal } from './refusal.js';
import { callsIn, resultsIn } from './turn.js';

/**
 * Refuses results that answer no call, and calls that are left without one.
 *
 * @param before - The steps of the previous interaction, whose calls are open.
 */
export const checkResults = (input: readonly Step[], before: readonly Step[]): void => {
  const results = resultsIn(input);
  if (results.length === 0) return;
  const open = callsIn(before);
  const calls = new Set([...open, ...callsIn(input)].map(({ id }) => id));
  const stray = results.find(({ call_id }) => !calls.has(call_id));
  if (stray) throw invalid(`The function result with call_id '${String(stray.call_id)}' answers no function call.`);
  const answered = new Set(results.map(({ call_id }) => call_id));
  const missing = open.find(({ id }) => !answered.has(id));
  if (missing) throw invalid(`The function call '${String(missing.id)}' has no function result.`);
};

/** The signature that was sent with each call, by the id of the call. */
export type Signatures = Map<string, string>;

/** How many calls are remembered. Nothing else is kept of what is not stored. */
const MOST_REMEMBERED = 10_000;

/** Which calls a history holds, each with the signature of the latest thought before it, or its own. */
export const rememberSignatures = (signatures: Signatures, steps: readonly Step[]): void => {
  let latest: string | undefined;
  for (const step of steps) {
    if (step.type === 'thought') latest = step.signature ?? latest;
    if (step.type === 'function_call' && step.id !== undefined) {
      const signature = step.signature ?? latest;
      if (signature !== undefined) signatures.set(step.id, signature);
    }
  }
  for (const oldest of signatures.keys()) {
    if (signatures.size <= MOST_REMEMBERED) return;
    signatures.delete(oldest);
  }
};

/** A replayed call has to come with the signature it went out with, untouched (wire-format 8.4). */
export const checkSignatures = (input: readonly Step[], signatures: Signatures): void => {
  const sent = new Set(input.flatMap((step) => ('signature' in step ? (step.signature ?? []) : [])));
  for (const { id = '', name } of callsIn(input)) {
    const signature = signatures.get(id);
    if (signature !== undefined && !sent.has(signature)) {
      throw new Refusal(
        400,
        'missing_thought_signature',
        `Function call is missing a thought_signature in functionCall parts: '${String(name)}'.`,
      );
    }
  }
};
