import { concatMap, EMPTY, of, type OperatorFunction, pipe } from 'rxjs';

import { OutputError, withPartial } from '../errors/index.js';
import type { Decoder } from '../internal/decode-with.js';
import { mapError } from '../internal/map-error.js';
import type { Interaction, InteractionEvent, TurnMark } from '../protocol/index.js';
import { reduceJson } from '../steps/index.js';
import { outputText } from './output.js';
import { reduceInteraction } from './reduce-interaction.js';

/** The text of the last round: what stands before the results of functions was said to call them. */
const lastText = ({ steps }: Interaction): string | undefined =>
  outputText({ steps: steps.slice(steps.map(({ type }) => type).lastIndexOf('function_result') + 1) });

const unfinished = (status: string, text = ''): OutputError =>
  new OutputError('incomplete', `The output is not whole: the interaction ended as ${JSON.stringify(status)}`, text);

/**
 * Emits the structured output of an interaction once, when the source completes: typed and validated.
 *
 * It is `reduceInteraction`, `outputText` and `reduceJson` in one, for the events of one interaction or of a whole turn:
 * what was said in earlier rounds, before functions were called, is no part of it. With an io-ts codec or a Standard Schema
 * (zod, valibot, arktype) the value is what that makes of it, and has its type; without one it is `unknown`. For the value
 * while it is written, `scanJson`.
 *
 * ```text
 * events          -c-s-d-d-p-f|
 * reduceOutput()  ------------(v|)
 * ```
 *
 * Errors with `OutputError`, which holds the text, and the interaction as `partial`: where it ended with any other status
 * than `completed`, since JSON that was cut short may still be JSON, or without any text, as after a refusal (`incomplete`);
 * where the text is not JSON (`not_json`); where the value does not fit (`invalid`, with the path of the first issue; see
 * wire-format 11). A schema that answers with a promise delays the value until then. An error of the source passes through.
 *
 * @example One type asks for the output, checks it, and gives it its type
 * ```ts
 * const Recipe = t.type({ name: t.string, serves: t.number });
 * client
 *   .stream({ model, input: 'A soup, please.', response_format: responseFormat(Recipe) })
 *   .pipe(reduceOutput(Recipe))
 *   .subscribe(({ name, serves }) => {
 *     console.log(`${name} for ${serves}`);
 *   });
 * ```
 *
 * @param decoder - What checks the value and gives it its type.
 */
export function reduceOutput(): OperatorFunction<InteractionEvent | TurnMark, unknown>;
export function reduceOutput<A>(decoder: Decoder<A>): OperatorFunction<InteractionEvent | TurnMark, A>;
export function reduceOutput(decoder?: Decoder<unknown>): OperatorFunction<InteractionEvent | TurnMark, unknown> {
  const read = decoder === undefined ? reduceJson() : reduceJson(decoder);
  return pipe(
    reduceInteraction(),
    concatMap((interaction) => {
      const text = lastText(interaction);
      if (interaction.status !== 'completed')
        throw withPartial(unfinished(interaction.status, text), { partial: interaction });
      return (text === undefined ? EMPTY : of(text)).pipe(
        read,
        mapError((error) => withPartial(error, { partial: interaction })),
      );
    }),
  );
}
