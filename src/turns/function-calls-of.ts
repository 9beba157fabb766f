import type { FunctionCallStep, Interaction } from '../protocol/index.js';
import { type FunctionCall, surrogateId } from '../steps/index.js';

/** A call without a result. */
export interface PendingCall extends FunctionCall {
  /** The text of its arguments, where that is not a JSON object: such a call must not run (rule R10). */
  readonly invalidArguments?: string | undefined;
}

/** The calls that no result answers, in order: each id once, wherever its result is, and however often it is repeated. */
export const pendingCallsOf = ({
  steps,
  diagnostics,
}: Pick<Interaction, 'steps' | 'diagnostics'>): readonly PendingCall[] => {
  const settled = new Set(steps.flatMap((step) => (step.type === 'function_result' ? [step.call_id] : [])));
  const noted = new Map(diagnostics.map(({ code, position, text }) => [`${code} ${String(position)}`, text ?? '']));
  // A call that was cut before its first piece of arguments looks like one without any, and may not be one.
  const invalidOf = ({ arguments: args }: FunctionCall, position: number): string | undefined =>
    noted.get(`arguments_invalid ${String(position)}`) ??
    (Object.keys(args).length === 0 ? noted.get(`step_truncated ${String(position)}`) : undefined);
  return steps.flatMap((step, position): readonly PendingCall[] => {
    if (step.type !== 'function_call') return [];
    const call = callOf(step, position);
    if (settled.has(call.id)) return [];
    settled.add(call.id);
    return [{ ...call, invalidArguments: invalidOf(call, position) }];
  });
};

const callOf = (step: FunctionCallStep, position: number): FunctionCall => ({
  position,
  id: step.id ?? surrogateId(position),
  name: step.name ?? '',
  arguments: step.arguments ?? {},
});

/**
 * The function calls that the client is to run now: complete, and without a result.
 *
 * Decided by the steps, not by the status (quirk Q10). Calls of server-side tools are not among them, nor are calls whose
 * arguments are not a JSON object: {@link followUp} answers those with an error.
 *
 * @example
 * ```ts
 * functionCallsOf(interaction).map(({ name, arguments: args }) => `${name}(${JSON.stringify(args)})`);
 * ```
 */
export const functionCallsOf = (interaction: Pick<Interaction, 'steps' | 'diagnostics'>): readonly FunctionCall[] =>
  pendingCallsOf(interaction).flatMap(({ invalidArguments, ...call }) =>
    invalidArguments === undefined ? [call] : [],
  );
