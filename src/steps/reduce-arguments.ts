import { concatMap, from, map, of, type OperatorFunction, pipe } from 'rxjs';

import { ArgumentsError } from '../errors/index.js';
import { type Decoded, type Decoder, decodeWith, describeIssues } from '../internal/decode-with.js';
import type { InteractionEvent, TurnMark } from '../protocol/index.js';
import { assembleSteps } from './assemble-steps.js';
import { completeCalls, isFunctionCall, type StreamedCall } from './complete-call.js';

const withArguments =
  (call: StreamedCall) =>
  <A>(decoded: Decoded<A>): StreamedCall<A> => {
    if (decoded.issues === undefined) return { ...call, arguments: decoded.value };
    throw new ArgumentsError(
      'invalid',
      `The arguments of ${call.name} do not fit: ${describeIssues(decoded.issues)}`,
      JSON.stringify(call.arguments),
    );
  };

/**
 * Emits each function call once, complete, when its step stops: what can be run.
 *
 * {@link scanArguments} shows the arguments while they arrive; those are never to be run. With a decoder (an io-ts codec,
 * or a Standard Schema as zod and arktype make them) the arguments are what it makes of them, and have its type; without
 * one they are a JSON object.
 *
 * ```text
 * events             -c-s-d---d---p-f|     d: '{"city":"Os', then 'lo"}'
 * reduceArguments()  -------------k--|     k.arguments: { city: 'Oslo' }
 * ```
 *
 * A call without arguments has `{}`. One whose `step.stop` does not come is never emitted. Calls come in the order in
 * which they stop, even where a schema takes its time; where a stream tells a hop again, they come again, with the same
 * ids.
 *
 * Errors with `ArgumentsError`: `not_json` where the text is not a JSON object, `invalid` where the arguments do not fit,
 * with the path of the first issue. Other calls are lost then: in a turn, `runTools` tells the model and goes on.
 *
 * @example Typed arguments
 * ```ts
 * const City = t.type({ city: t.string });
 * events$.pipe(reduceArguments(City)).subscribe(({ name, arguments: { city } }) => console.log(name, city));
 * ```
 *
 * @param decoder - What checks the arguments and gives them their type.
 */
export function reduceArguments(): OperatorFunction<InteractionEvent | TurnMark, StreamedCall>;
export function reduceArguments<A>(decoder: Decoder<A>): OperatorFunction<InteractionEvent | TurnMark, StreamedCall<A>>;
export function reduceArguments<A>(
  decoder?: Decoder<A>,
): OperatorFunction<InteractionEvent | TurnMark, StreamedCall | StreamedCall<A>> {
  const calls = assembleSteps(completeCalls, isFunctionCall);
  if (!decoder) return calls;
  return pipe(
    calls,
    concatMap((call) => {
      const decoded = decodeWith(decoder, call.arguments);
      return ('then' in decoded ? from(decoded) : of(decoded)).pipe(map(withArguments(call)));
    }),
  );
}
